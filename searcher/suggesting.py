"""What may the user have meant whose query has no hits? Offered, never applied: 汤小鸥 → 汤晓鸥."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from searcher import segmentation, views
from searcher.engine import AllOf, Snapshot
from searcher.folding import fold
from searcher.hearing import LONGEST, TRIED, heard, letters_of
from searcher.leaves import literal_run, path_run
from searcher.neighbours import CANDIDATES, HOMOPHONES, Neighbours, chains, fitting, held_of
from searcher.options import Options
from searcher.parsing import parse
from searcher.planning import plan
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


def did_you_mean(snapshot: Snapshot, query: Query, options: Options) -> tuple[str, ...]:
    """For a query without hits: its text with a term replaced that sounds the same, or that differs in one character or letter.

    First comes that paths hold what no document does: 笔记 → path:笔记; then what documents call it: callback → 回调.
    """
    offered: dict[str, tuple[bool, int]] = {}
    neighbours = Neighbours(snapshot)
    if count_texts(query.tree) > MOST_TERMS:
        return ()
    planned = plan(query, options)
    terms = planned.terms
    for term in _unknown(snapshot, terms):
        for sounds, texts in _near(neighbours, fold(term.text.text).text):
            for near, count in held_of(snapshot, texts).items():
                offered.setdefault(query.text.replace(term.text.text, as_found(snapshot, near)), (sounds, count))
    alike = sorted(offered, key=lambda text: (not offered[text][0], -offered[text][1], text))
    renamed = _renamed(snapshot, query, planned.expansions, options)
    return tuple(list(dict.fromkeys([*_in_paths(snapshot, terms), *renamed, *alike]))[:OFFERED]) or tuple(_less(snapshot, query, options))


def _in_paths(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> Iterator[str]:
    """The terms as a query for paths, where a path holds all of them: the name of a folder, of an archive, of a file of many mails."""
    plain = (term.text.text for term in terms if term.text.field is None and not term.pattern)
    wanted = AllOf(tuple(filter(None, (path_run(text) for text in plain))))
    if terms and len(wanted.children) == len(terms) and snapshot.matching(wanted):
        yield " ".join(spelled(replace(term.text, field="path")) for term in terms)


def _renamed(snapshot: Snapshot, query: Query, expansions: Sequence[Expansion], options: Options) -> Iterator[str]:
    """The query with another form of a word, which weighs too little to answer by itself, where documents hold it and all of the query."""
    for expansion in expansions:
        if expansion.source not in query.text or not held_of(snapshot, (fold(expansion.target).text,)):
            continue
        text = query.text.replace(expansion.source, expansion.target)
        strict = plan(parse(text), options).strict
        if strict is not None and snapshot.matching(strict.match):
            yield text


def _unknown(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> list[SoughtTerm]:
    """The terms that no document holds as they stand; what stands somewhere is not mistyped, if only a date or a field keeps it away."""
    texts = {term.text.text: literal_run(fold(term.text.text).text, views.GRAMS) for term in terms}
    held = {text for text, leaf in texts.items() if leaf is not None and snapshot.matching(leaf)}
    return [term for term in terms if term.text.text not in held]


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
    held = [forms[0] for forms in term.words if len(forms[0]) > 1 and any(snapshot.frequency(views.WORDS, form) for form in forms)]
    outer = [word for word in held if not any(word != other and word in other for other in held)]
    places = sorted({folded.text.find(word): word for word in outer if word in folded.text}.items())
    return " ".join(term.text.text[slice(*folded.original(start, start + len(word)))] for start, word in places)


def _near(neighbours: Neighbours, folded: str) -> Iterator[tuple[bool, list[str]]]:
    """Texts like a term: those that sound the same (True), and those that differ in one character."""
    if len(folded) < 2:
        return
    if not _is_han(folded):
        yield True, list(islice(heard(neighbours, letters_of(folded)), TRIED))
        yield False, _spelled_alike(neighbours.snapshot, folded)
    elif len(folded) == 2:  # any two characters that sound so stand together somewhere: only words tell what was meant
        yield True, _words_like(neighbours.snapshot, folded, [homophones(character) for character in folded])
        yield False, _words_like(neighbours.snapshot, folded, [nearly_homophones(character) for character in folded])
    elif len(folded) <= LONGEST:
        alike = [text for text in chains(neighbours, [homophones(character) for character in folded]) if text != folded]
        yield True, alike[:TRIED]
        yield False, list(_one_off(neighbours, folded))[:TRIED]


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
        behind = folded[place + 1 : place + 2]
        for other in list(neighbours.behind(folded[place - 1]))[:FOLLOWERS]:
            changed = folded[:place] + other + folded[place + 1 :]
            if other != folded[place] and (not behind or neighbours.together(other + behind)) and _is_word_at(changed, place):
                yield changed


def _is_word_at(text: str, place: int) -> bool:
    """Whether the character is part of a word, or all are words by themselves, as those of names: 离婚后 is nothing that was misspelled."""
    spans = segmentation.word_spans(text)
    return all(end - start == 1 for _, start, end in spans) or any(start <= place < end and end - start > 1 for _, start, end in spans)


def _spelled_alike(snapshot: Snapshot, folded: str) -> list[str]:
    """Words of the index that begin with the same letter and are spelled most alike: pyhton, pythn, pythen → python."""
    candidates = [word for word, _ in snapshot.terms(views.TEXT_WORDS, folded[:1], CANDIDATES) if word != folded]
    return get_close_matches(folded, candidates, OFFERED, SPELLED)


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "〇" for character in text)
