"""What may the user have meant whose query has no hits? Offered, never applied: 汤小鸥 → 汤晓鸥."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from math import ceil

from searcher.engine import AllOf, Snapshot, Term
from searcher.plans import forms
from searcher.plans.leaves import field_value
from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.plans.terms import SoughtTerm
from searcher.quantities.moments import is_day
from searcher.query.parsing import parse
from searcher.query.tree import All, Query, Text, count_texts, spelled
from searcher.results import Expansion
from searcher.suggestions.hearing import TRIED
from searcher.suggestions.lookalikes import close_lookalikes
from searcher.suggestions.mending import Near, near, runs_near, slips, slips_within, words_near
from searcher.suggestions.mistyping import SELDOM, SLIPS, WORD, holding, is_han_text, is_rare, is_run, unknown
from searcher.suggestions.neighbours import Neighbours, held_of
from searcher.suggestions.spelling import as_its_user_writes
from searcher.suggestions.stretches import GRAMMAR, Stretch, suspicious_stretches
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.distance import distance
from searcher.text.folding import fold

_QUOTE = re.compile('["“”„‟«»「」『』＂]([~～][0-9]+)?', re.ASCII)
"""A quotation mark, and the distance behind a closing one."""

OFFERED = 3

MOST_TERMS = 50
"""A query of more terms was pasted, not mistyped: to look for what is like each of thousands takes a minute."""


MOST_SLIPS = 4
"""A query with more terms that look mistyped is a list of something else."""

COMMON, SHARE = 3, 0.001
"""Documents, and their share of all: a word of fewer is not what is plainly meant by another text."""

SHARE_OF_PAIRS = 0.015
"""The same of a word of two characters that a question may mean: any two of its own may stand side by side."""

OFTEN = 100
"""So many times as frequent is the word that a rare one is a slip of."""

WRITTEN = 10
"""Documents that hold a run as it stands, so that it is what people write."""

TRIED_TOGETHER = 3
"""Of each of several mistyped terms so many mended ones are tried with those of the others."""


MOST_WAYS = 64
"""Of the ways to say several words of a query otherwise so many are tried."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A folded text that may have been meant in the place of a term: how many characters or letters are others, whether it is alike, how
    many documents hold it as a whole, how many have its words. Those less unlike come first."""

    text: str
    unlike: int
    alike: bool
    held: int
    count: int

    def rank(self) -> tuple[int, bool, int, int, str]:
        return self.unlike, not self.alike, -self.held, -self.count, self.text


def did_you_mean(snapshot: Snapshot, query: Query, options: Options) -> tuple[str, ...]:
    """For a query without hits: its text with terms replaced that sound the same, or that differ in one character or letter.

    First comes that paths or authors hold what no document does: 笔记 → path:笔记; then what documents call it: callback → 回调.
    Whatever is offered finds something.
    """
    if count_texts(query.tree) > MOST_TERMS:
        return ()
    planned = plan(query, options)
    within = mistyped_within(snapshot, query, suspicious_stretches(snapshot, planned.terms, natural=planned.natural), options, 0)
    if within:
        return within
    mends = _mends(snapshot, planned.terms)
    alike = _answered(snapshot, _mended(snapshot, query.text, mends, options), options)
    if not alike and mends:  # what keeps it away may be a date or a field
        alike = _answered(snapshot, _mended(snapshot, " ".join(term.text.text for term in planned.terms), mends, options), options)
    renamed = islice(_renamed(snapshot, query, planned.expansions, options), OFFERED)
    offered = dict.fromkeys([*_in_fields(snapshot, query, planned.terms), *renamed, *alike])
    return tuple(list(offered)[:OFFERED]) or tuple(_less(snapshot, query, options))


def words_among(offered: Sequence[str]) -> tuple[str, ...]:
    """Those that are words of the dictionary: who typed a word that stands nowhere hardly meant two or three characters that do."""
    return tuple(text for text in offered if default_dictionary().frequency(fold(text).text))


def mistyped(snapshot: Snapshot, query: Query, terms: Sequence[str], options: Options, complete: int) -> tuple[str, ...]:
    """For a query that was answered: its text with terms mended that are surely misspelled, where documents then have all of it.

    `terms`: those of the query that look so (`mistyping.suspicious`).
    Of Han characters that is one that belongs to no word, and belongs to one when one character is another: 劳动合铜, 末来.
    Where documents are `complete`, having all of its words somewhere, only what is alike and what more documents hold: 人公智能.
    """
    if not 0 < len(terms) <= MOST_SLIPS:
        return ()
    mends = {term: found for term in terms if (found := _plain(snapshot, term, complete)) or _is_wrong(snapshot, term)}
    if not mends or not all(mends.values()):
        return ()
    return tuple(_answered(snapshot, _mended(snapshot, query.text, mends, options), replace(options, strict=True))[:1])


def mistyped_within(snapshot: Snapshot, query: Query, stretches: Sequence[Stretch], options: Options, complete: int) -> tuple[str, ...]:
    """The same for stretches of a sentence that look so (`stretches.suspicious_stretches`), of which nobody expects a document to have all:
    公司不给资遣废怎么办."""
    mends = {stretch.text: found for stretch in stretches if (found := _sure(snapshot, stretch, complete))}
    return tuple(_answered(snapshot, _mended(snapshot, query.text, mends, options), options)[:1]) if mends else ()


def _sure(snapshot: Snapshot, stretch: Stretch, complete: int) -> list[Mend]:
    """What a stretch of a question plainly means: many documents have it, and just one character is another, which is no word of grammar.

    Any two characters may stand side by side in a sentence, and nobody need have written them so.
    """
    typed, held = fold(stretch.text).text, holding(snapshot, stretch.text)
    common = max(COMMON, snapshot.count * (SHARE_OF_PAIRS if len(typed) == 2 and not stretch.apart else SHARE), SELDOM * held, complete + 1)
    found = _mends_of(snapshot, typed, partial(slips_within, least=ceil(common)))
    return [mend for mend in found if min(mend.held, mend.count) >= common and _is_other_character(typed, mend.text)]


def _is_other_character(typed: str, meant: str) -> bool:
    others = [other for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and len(others) == 1 and (len(typed) == 2 or GRAMMAR.isdisjoint(others))


def _plain(snapshot: Snapshot, term: str, complete: int) -> list[Mend]:
    """What a term plainly means, that no document holds, or hardly one: a common word, what has fewer words, or what many write."""
    typed, held = fold(term).text, holding(snapshot, term)
    common = max(COMMON, SHARE * snapshot.count, (OFTEN if typed.isascii() else SELDOM) * held)
    near_words = partial(words_near, least=ceil(common))
    words = [mend for mend in _mends_of(snapshot, typed, near_words) if mend.unlike == 1 and mend.count >= common]
    if held or (words and not typed.isascii()):
        return [mend for mend in words if not is_rare(typed) or _is_more_frequent(mend.text, typed)]
    plain = [mend for mend in _mends_of(snapshot, typed, slips) if _is_plain(mend, typed, complete)]
    if plain or not is_run(typed) or complete > SLIPS:
        return plain
    return [mend for mend in _mends_of(snapshot, typed, runs_near) if mend.unlike == 1 and mend.held >= max(WRITTEN, common, 2 * complete)]


def _is_wrong(snapshot: Snapshot, term: str) -> bool:
    """Whether a term that looks mistyped surely is, though nobody knows what was meant: it is nowhere, and is no word nor made of words."""
    folded = fold(term).text
    return not (is_rare(folded) or is_run(folded) or holding(snapshot, term))


def _is_more_frequent(word: str, rare: str) -> bool:
    frequency = default_dictionary().frequency
    return frequency(word) >= OFTEN * frequency(rare)


def _is_plain(mend: Mend, typed: str, complete: int) -> bool:
    """Whether one character is another and makes fewer words of what was typed; a word of letters is one anyhow.

    What stands nowhere as a whole, but has its words somewhere, must differ by a character that is taken for the other at a glance.
    """
    if mend.unlike != 1 or (complete and not (mend.alike and mend.count > complete)):
        return False
    if not mend.held and not any(other in close_lookalikes(one) for one, other in zip(typed, mend.text, strict=False) if one != other):
        return False
    if not is_han_text(mend.text) or len(forms.outer_words(mend.text)) < len(forms.outer_words(typed)):
        return True
    return mend.alike and mend.held >= WRITTEN and len(typed) <= WORD


def _mends(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> dict[str, list[Mend]]:
    """What may have been meant by each term that no document holds; terms that nothing is like are left out."""
    found = {term: _mends_of(snapshot, fold(term).text, near) for term in unknown(snapshot, terms)}
    return {typed: mends for typed, mends in found.items() if mends}


def _mends_of(snapshot: Snapshot, typed: str, texts_near: Callable[[Neighbours, str], Near]) -> list[Mend]:
    """What may have been meant by a folded term, the likeliest first."""
    mends: dict[str, Mend] = {}
    for alike, texts in texts_near(Neighbours(snapshot), typed):
        if not alike and sum(mend.alike and mend.unlike == 1 for mend in mends.values()) >= OFFERED:
            break  # whatever follows comes behind these
        texts = [text for text in texts if text not in mends]
        held = held_of(snapshot, texts)
        for text in texts:
            count = _having(snapshot, text) or held.get(text, 0)
            if text in held or (alike and count):
                mends[text] = Mend(text, _unlike(typed, text), alike and not typed.isascii(), held.get(text, 0), count)
    return sorted(mends.values(), key=Mend.rank)


def _having(snapshot: Snapshot, text: str) -> int:
    """How many documents have all words of a text, where it has no single characters: 八款 stands in 第八款, too."""
    words = forms.outer_words(text)
    if not is_han_text(text) or min(map(len, words)) < 2:
        return 0
    return snapshot.matching(AllOf(tuple(Term(views.WORDS, word) for word in words)))


def _mended(snapshot: Snapshot, text: str, mends: Mapping[str, Sequence[Mend]], options: Options) -> Iterator[str]:
    """A query's text with all mistyped terms mended at once, in the script of the query, the likeliest way first.

    Where exact glyphs are wanted, as documents have them.
    """
    typed_as = "" if options.exact_script else text
    each = TRIED if len(mends) == 1 else TRIED_TOGETHER
    ways = product(*([(place, typed, mend.text) for place, mend in enumerate(found[:each])] for typed, found in mends.items()))
    for way in sorted(ways, key=lambda way: sum(place for place, _, _ in way)) if mends else ():
        mended = text
        for _, typed, meant in way:
            mended = mended.replace(typed, as_its_user_writes(snapshot, meant, typed_as))
        yield mended


def _answered(snapshot: Snapshot, texts: Iterable[str], options: Options) -> list[str]:
    """The first of the texts that find something as queries, as many as are offered."""
    return list(islice((text for text in islice(texts, TRIED) if _is_answered(snapshot, text, options)), OFFERED))


def _unlike(typed: str, meant: str) -> int:
    """How many characters are others, left out, added, or swapped with the next; letters that are a reading are one thing, and a name is
    like its short form."""
    if is_han_text(meant) and not is_han_text(typed):
        return 1
    if is_han_text(typed) and len(meant) > len(typed) + 1:
        return 0
    return distance(typed, meant)


def _in_fields(snapshot: Snapshot, query: Query, terms: Sequence[SoughtTerm]) -> Iterator[str]:
    """The terms as a query for paths, where a path holds all of them (the name of a folder, of an archive), or for what else is said of
    documents: their authors, who wrote a mail. A query that also filters is not read so."""
    children = query.tree.children if isinstance(query.tree, All) else (query.tree,)
    if not all(isinstance(child, Text) and child.field is None for child in children) or any(term.pattern for term in terms):
        return
    for name in ("path", *views.SEARCHED_METADATA):
        named = [replace(term.text, field=name, quoted=term.text.quoted or " " in term.text.text) for term in terms]
        wanted = [node for node in (field_value(text, name) for text in named) if node is not None]
        if wanted and len(wanted) == len(named) and snapshot.matching(AllOf(tuple(wanted))):
            yield " ".join(map(spelled, named))


def _renamed(snapshot: Snapshot, query: Query, expansions: Sequence[Expansion], options: Options) -> Iterator[str]:
    """The query with other forms of its words, which weigh too little to answer by themselves, where documents hold these and all of the
    query: callback → 回调, 軟體 授權 → software license. As few as are needed are put in."""
    targets = [
        expansion for expansion in expansions if expansion.source in query.text and held_of(snapshot, (fold(expansion.target).text,))
    ]
    forms_of = {source: [one.target for one in targets if one.source == source] for source in dict.fromkeys(one.source for one in targets)}
    ways = product(*([(source, form) for form in (source, *others)] for source, others in forms_of.items()))
    for way in sorted(islice(ways, MOST_WAYS), key=lambda way: sum(source != form for source, form in way))[1:]:
        text = query.text
        for source, form in way:
            text = text.replace(source, form)
        strict = plan(parse(text), options).strict
        if strict is not None and snapshot.matching(strict.match):
            yield text


def _less(snapshot: Snapshot, query: Query, options: Options) -> Iterator[str]:
    """The query without its quotes, where something is found so; else without the words that no document holds."""
    terms = plan(query, options).terms
    if any(term.text.quoted for term in terms):
        loose = _QUOTE.sub("", query.text)
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
    """A term that documents hold, or else its words that they do, as they were typed; single characters, which tell little, left out.

    Of a day its month, for its year and a number say nothing of it.
    """
    if holding(snapshot, term.text.text):
        return term.text.text
    folded = fold(term.text.text)
    if is_day(folded.text):
        month = term.text.text.partition("月")
        return month[0] + month[1] if month[1] and holding(snapshot, month[0] + month[1]) else ""
    held = [said[0] for said in term.words if len(said[0]) > 1 and any(snapshot.frequency(views.WORDS, form) for form in said)]
    outer = [word for word in held if not any(word != other and word in other for other in held)]
    places = sorted({folded.text.find(word): word for word in outer if word in folded.text}.items())
    return " ".join(term.text.text[slice(*folded.original(start, start + len(word)))] for start, word in places)
