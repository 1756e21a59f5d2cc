"""What may the user have meant whose query has no hits? Offered, never applied: 汤小鸥 → 汤晓鸥."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice, product

from searcher import forms, segmentation, views
from searcher.engine import AllOf, Snapshot
from searcher.folding import fold
from searcher.hearing import TRIED, heard, heard_as_typed, letters_of
from searcher.leaves import path_run
from searcher.mistyping import LONGEST, is_han_text, suspicious, unknown
from searcher.neighbours import CANDIDATES, HOMOPHONES, Neighbours, chains, fitting, held_of
from searcher.options import Options
from searcher.parsing import parse
from searcher.planning import Plan, plan
from searcher.query import Query, count_texts, spelled
from searcher.readings import homophones, nearly_homophones
from searcher.results import Expansion
from searcher.spelling import as_found
from searcher.terms import SoughtTerm

FOLLOWERS = 80
"""Characters tried in the place of one that may be wrong, the commonest first."""

SPELLED = 0.75
"""Words of letters with less in common than this are not alike: one letter of four may be wrong, left out or added, or two swapped."""

QUOTES = '"“”„‟«»「」『』＂'

OFFERED = 3

MOST_TERMS = 50
"""A query of more terms was pasted, not mistyped: to look for what is like each of thousands takes a minute."""


MOST_SLIPS = 4
"""A query with more terms that look mistyped is a list of something else."""

TRIED_TOGETHER = 3
"""Of each of several mistyped terms so many mended ones are tried with those of the others."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What may have been meant in the place of a term: how many characters or letters are others, whether it sounds alike, how many
    documents hold it. Those less unlike come first."""

    text: str
    unlike: int
    sounds: bool
    count: int

    def rank(self) -> tuple[int, bool, int, str]:
        return self.unlike, not self.sounds, -self.count, self.text


def did_you_mean(snapshot: Snapshot, query: Query, options: Options) -> tuple[str, ...]:
    """For a query without hits: its text with terms replaced that sound the same, or that differ in one character or letter.

    First comes that paths hold what no document does: 笔记 → path:笔记; then what documents call it: callback → 回调.
    Whatever is offered finds something.
    """
    if count_texts(query.tree) > MOST_TERMS:
        return ()
    planned = plan(query, options)
    mends = _mends(snapshot, planned.terms, _near)
    alike = _answered(snapshot, _mended(query.text, mends), options)
    if not alike and mends:  # what keeps it away may be a date or a field
        alike = _answered(snapshot, _mended(" ".join(term.text.text for term in planned.terms), mends), options)
    renamed = _renamed(snapshot, query, planned.expansions, options)
    offered = dict.fromkeys([*_in_paths(snapshot, planned.terms), *renamed, *alike])
    return tuple(list(offered)[:OFFERED]) or tuple(_less(snapshot, query, options))


def mistyped(snapshot: Snapshot, query: Query, planned: Plan, options: Options, complete: int) -> tuple[str, ...]:
    """For a query that was answered: its text with terms mended that are surely misspelled, where documents then have all of it.

    Of Han characters that is one that belongs to no word, and belongs to one when one character is another: 劳动合铜.
    Where documents are `complete`, having all of its words somewhere, only what sounds the same and what more documents hold: 人公智能.
    """
    terms = suspicious(snapshot, planned.terms)
    if not 0 < len(terms) <= MOST_SLIPS:
        return ()
    near = _mends(snapshot, terms, _slips)
    mends = {typed: [mend for mend in found if _is_plain(mend, typed, complete)] for typed, found in near.items()}
    if not all(mends.values()):
        return ()
    return tuple(_answered(snapshot, _mended(query.text, mends), replace(options, strict=True))[:1])


def _is_plain(mend: Mend, typed: str, complete: int) -> bool:
    """Whether one character is another and makes fewer words of what was typed; a word of letters is one anyhow."""
    folded = fold(mend.text).text
    if mend.unlike != 1 or (complete and not (mend.sounds and mend.count > complete)):
        return False
    return not is_han_text(folded) or len(forms.outer_words(folded)) < len(forms.outer_words(fold(typed).text))


def _mends(
    snapshot: Snapshot, terms: Sequence[SoughtTerm], near: Callable[[Neighbours, str], Iterable[tuple[bool, list[str]]]]
) -> dict[str, list[Mend]]:
    """What may have been meant by each term that no document holds, the likeliest first; terms that nothing is like are left out.

    `near` gives texts that are like a folded one.
    """
    neighbours = Neighbours(snapshot)
    found: dict[str, list[Mend]] = {}
    for term in unknown(snapshot, terms):
        folded = fold(term.text.text).text
        mends: dict[str, Mend] = {}
        for sounds, texts in near(neighbours, folded):
            for text, count in held_of(snapshot, texts).items():
                mends.setdefault(text, Mend(as_found(snapshot, text), _unlike(folded, text), sounds and not folded.isascii(), count))
        if mends:
            found[term.text.text] = sorted(mends.values(), key=Mend.rank)
    return found


def _mended(text: str, mends: Mapping[str, Sequence[Mend]]) -> Iterator[str]:
    """A query's text with all mistyped terms mended at once, the likeliest way first."""
    each = TRIED if len(mends) == 1 else TRIED_TOGETHER
    ways = product(*([(place, typed, mend.text) for place, mend in enumerate(found[:each])] for typed, found in mends.items()))
    for way in sorted(ways, key=lambda way: sum(place for place, _, _ in way)) if mends else ():
        mended = text
        for _, typed, meant in way:
            mended = mended.replace(typed, meant)
        yield mended


def _answered(snapshot: Snapshot, texts: Iterable[str], options: Options) -> list[str]:
    """The first of the texts that find something as queries, as many as are offered."""
    return list(islice((text for text in islice(texts, TRIED) if _is_answered(snapshot, text, options)), OFFERED))


def _unlike(typed: str, meant: str) -> int:
    """How many characters are others, left out, added, or swapped with the next; letters that are a reading are one thing."""
    if is_han_text(meant) and not is_han_text(typed):
        return 1
    rows = [list(range(len(meant) + 1))]
    for i, one in enumerate(typed, start=1):
        row = [i]
        for j, other in enumerate(meant, start=1):
            changed = rows[i - 1][j - 1] + (one != other)
            swapped = i > 1 and j > 1 and one == meant[j - 2] and other == typed[i - 2]
            row.append(min(rows[i - 1][j] + 1, row[j - 1] + 1, changed, rows[i - 2][j - 2] + 1 if swapped else changed))
        rows.append(row)
    return rows[-1][-1]


def _in_paths(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> Iterator[str]:
    """The terms as a query for paths, where a path holds all of them: the name of a folder, of an archive, of a file of many mails."""
    plain = (term.text.text for term in terms if term.text.field is None and not term.pattern)
    wanted = AllOf(tuple(filter(None, (path_run(text) for text in plain))))
    if terms and len(wanted.children) == len(terms) and snapshot.matching(wanted):
        yield " ".join(spelled(replace(term.text, field="path", quoted=" " in term.text.text)) for term in terms)


def _renamed(snapshot: Snapshot, query: Query, expansions: Sequence[Expansion], options: Options) -> Iterator[str]:
    """The query with another form of a word, which weighs too little to answer by itself, where documents hold it and all of the query."""
    for expansion in expansions:
        if expansion.source not in query.text or not held_of(snapshot, (fold(expansion.target).text,)):
            continue
        text = query.text.replace(expansion.source, expansion.target)
        strict = plan(parse(text), options).strict
        if strict is not None and snapshot.matching(strict.match):
            yield text


def _less(snapshot: Snapshot, query: Query, options: Options) -> Iterator[str]:
    """The query without its quotes, where something is found so; else without the words that no document holds."""
    terms = plan(query, options).terms
    if any(term.text.quoted for term in terms):
        loose = "".join(character for character in query.text if character not in QUOTES)
        if _is_answered(snapshot, loose, options):
            yield loose
        return
    known = [_known(snapshot, term) for term in terms]
    text = " ".join(words for words in known if words)
    if text and text != query.text and _is_answered(snapshot, text, options):
        yield text


def _is_answered(snapshot: Snapshot, text: str, options: Options) -> bool:
    planned = plan(parse(text), options)
    return any(snapshot.matching(request.match) for request in (planned.strict, planned.relaxed) if request is not None)


def _known(snapshot: Snapshot, term: SoughtTerm) -> str:
    """The words of a term that documents hold, as they were typed; single characters, which tell little, left out."""
    folded = fold(term.text.text)
    held = [said[0] for said in term.words if len(said[0]) > 1 and any(snapshot.frequency(views.WORDS, form) for form in said)]
    outer = [word for word in held if not any(word != other and word in other for other in held)]
    places = sorted({folded.text.find(word): word for word in outer if word in folded.text}.items())
    return " ".join(term.text.text[slice(*folded.original(start, start + len(word)))] for start, word in places)


def _near(neighbours: Neighbours, folded: str) -> Iterator[tuple[bool, list[str]]]:
    """Texts like a term: those that sound the same (True), and those that differ in one character."""
    if len(folded) < 2:
        return
    if not is_han_text(folded):
        letters = letters_of(folded)
        yield True, list(islice(heard(neighbours, letters) if letters else heard_as_typed(neighbours, folded), TRIED))
        yield False, _spelled_alike(neighbours.snapshot, folded)
    elif len(folded) == 2:  # any two characters that sound so stand together somewhere: only words tell what was meant
        yield True, _words_like(neighbours.snapshot, folded, [homophones(character) for character in folded])
        yield False, _words_like(neighbours.snapshot, folded, [nearly_homophones(character) for character in folded])
    elif len(folded) <= LONGEST:
        alike = [text for text in chains(neighbours, [homophones(character) for character in folded]) if text != folded]
        yield True, alike[:TRIED]
        yield False, list(_one_off(neighbours, folded))[:TRIED]


def _slips(neighbours: Neighbours, folded: str) -> Iterator[tuple[bool, list[str]]]:
    """Texts like a term with a character that belongs to no word: with another in its place, which stands beside both neighbours."""
    if folded.isascii():
        yield False, _spelled_alike(neighbours.snapshot, folded)
        return
    if not is_han_text(folded):
        yield True, list(islice(heard_as_typed(neighbours, folded), TRIED))
        return
    places = [start for word, start, end in segmentation.word_spans(folded) if end - start == 1]
    for sounds in (True, False):
        yield (
            sounds,
            list(islice((text for place in places for text in _with_another(neighbours, folded, place, sounds=sounds)), 2 * TRIED)),
        )


def _with_another(neighbours: Neighbours, folded: str, place: int, *, sounds: bool) -> Iterator[str]:
    """A text with another character in one place, which sounds the same, or is one of the commonest behind the one before it."""
    before, behind = folded[max(0, place - 1) : place], folded[place + 1 : place + 2]
    others = homophones(folded[place])[:HOMOPHONES] if sounds or not before else list(neighbours.behind(before))[:FOLLOWERS]
    for other in others:
        beside = (not before or neighbours.together(before + other)) and (not behind or neighbours.together(other + behind))
        changed = folded[:place] + other + folded[place + 1 :]
        if beside and changed != folded and _is_word_at(changed, place):
            yield changed


def _words_like(snapshot: Snapshot, folded: str, choices: Sequence[str]) -> list[str]:
    """Words of the index and of the language that have one character of each choice, the most frequent first."""
    found = {
        word: count
        for word, count in fitting(snapshot, views.TEXT_WORDS, choices[0][:HOMOPHONES], choices)
        if len(word) == len(choices) and word != folded and segmentation.few_words(word)[-1:] == [word]
    }
    return sorted(found, key=lambda word: (-found[word], word))[:TRIED]


def _one_off(neighbours: Neighbours, folded: str) -> Iterator[str]:
    """Runs that differ in one character, whose neighbours stand beside it elsewhere."""
    for place in range(1, len(folded)):
        yield from _with_another(neighbours, folded, place, sounds=False)


def _is_word_at(text: str, place: int) -> bool:
    """Whether the character is part of a word, or all are words by themselves, as those of names: 离婚后 is nothing that was misspelled."""
    spans = segmentation.word_spans(text)
    return all(end - start == 1 for _, start, end in spans) or any(start <= place < end and end - start > 1 for _, start, end in spans)


def _spelled_alike(snapshot: Snapshot, folded: str) -> list[str]:
    """Words of the index that begin with the same letter and are spelled most alike: pyhton, pythn, pythen → python."""
    candidates = [word for word, _ in snapshot.terms(views.TEXT_WORDS, folded[:1], CANDIDATES) if word != folded]
    return get_close_matches(folded, candidates, OFFERED, SPELLED)
