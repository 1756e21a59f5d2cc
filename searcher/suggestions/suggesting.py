"""What may the user have meant whose query has no hits? Offered, never applied: 汤小鸥 → 汤晓鸥."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice, product

from searcher.engine import Snapshot
from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.plans.terms import SoughtTerm
from searcher.query.parsing import parse
from searcher.query.tree import Any, Query, count_texts
from searcher.suggestions.hearing import TRIED, heard_as_typed, heard_in_parts, letters_of
from searcher.suggestions.mending import near
from searcher.suggestions.mends import OFFERED, Mend, having, mends_of
from searcher.suggestions.mistyping import LONGEST_READING, holding, is_han_text, unknown
from searcher.suggestions.neighbours import Neighbours, held_of
from searcher.suggestions.otherwise import begun, dated, in_fields, is_answered, less, renamed
from searcher.suggestions.plainness import is_wrong, plainly, plainly_within
from searcher.suggestions.spelling import as_its_user_writes
from searcher.suggestions.stretches import Stretch, suspicious_stretches
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold

MOST_TERMS = 50
"""A query of more terms was pasted, not mistyped: to look for what is like each of thousands takes a minute."""


MOST_SLIPS = 4
"""A query with more terms that look mistyped is a list of something else."""

BESIDE, TOGETHER = 5, 3
"""So many documents must have a word together with the other terms, and so many times as many as by chance, for it to be what was meant:
缓存 beside redis."""

TRIED_TOGETHER = 3
"""Of each of several mistyped terms so many mended ones are tried with those of the others."""


def did_you_mean(snapshot: Snapshot, query: Query, options: Options, *, found: bool = False) -> tuple[str, ...]:
    """For a query without hits: its text with terms replaced that sound the same, or that differ in one character or letter.

    First comes that dates, paths or authors are what no document says: 笔记 → path:笔记; then what documents call it: callback → 回调; then
    what is most like it, and that it is the beginning of a word.
    Whatever is offered finds something. `found`: some documents have a part of it.
    """
    if count_texts(query.tree) > MOST_TERMS:
        return ()
    planned = plan(query, options)
    within = mistyped_within(snapshot, query, suspicious_stretches(snapshot, planned.terms, 0, natural=planned.natural), options, 0)
    if within:
        return within
    if read := read_together(snapshot, query, planned.terms, options):
        return read
    mends = _mends(snapshot, planned.terms, found=found)
    alike = _answered(snapshot, _mended(snapshot, query.text, mends, options), options)
    if not alike and mends:  # what keeps it away may be a date or a field
        alike = _answered(snapshot, _mended(snapshot, " ".join(term.text.text for term in planned.terms), mends, options), options)
    called = islice(renamed(snapshot, query, planned.expansions, options), OFFERED)
    fields = (*dated(snapshot, query, planned.terms, options), *islice(in_fields(snapshot, query, planned.terms), OFFERED))
    offered = dict.fromkeys([*fields, *called, *alike[:1], *begun(snapshot, query, planned.terms, options), *alike[1:]])
    return tuple(list(offered)[:OFFERED]) or tuple(less(snapshot, query, options))


def words_among(offered: Sequence[str]) -> tuple[str, ...]:
    """The offered texts that are words, or none in characters: who typed a word that stands nowhere hardly meant two or three characters
    that stand together."""
    return tuple(text for text in offered if text.isascii() or default_dictionary().frequency(fold(text).text))


def mistyped(snapshot: Snapshot, query: Query, terms: Sequence[str], options: Options, complete: int) -> tuple[str, ...]:
    """For a query that was answered: its text with terms mended that are surely misspelled, where documents then have all of it.

    `terms`: those of the query that look so (`mistyping.suspicious`).
    Of Han characters that is one that belongs to no word, and belongs to one when one character is another: 劳动合铜, 末来.
    Where documents are `complete`, having all of its words somewhere, only what is alike and what more documents hold: 人公智能. Of terms
    of which one is enough (OR) each is looked at by itself.
    """
    if not 0 < len(terms) <= MOST_SLIPS:
        return ()
    each = {term: having(snapshot, fold(term).text) if isinstance(query.tree, Any) else complete for term in terms}
    mends = {term: found for term in terms if (found := plainly(snapshot, term, each[term])) or is_wrong(snapshot, term)}
    if len(mends) == 1 and not any(mends.values()) and not (complete or isinstance(query.tree, Any)):
        mends = {term: _beside(snapshot, query, term, options) for term in mends}
    if not mends or not all(mends.values()):
        return ()
    return tuple(_answered(snapshot, _mended(snapshot, query.text, mends, options), replace(options, strict=True))[:1])


def _beside(snapshot: Snapshot, query: Query, term: str, options: Options) -> list[Mend]:
    """What a word of two characters that is none may mean beside other terms: words like it that documents have with all of these, the
    most of them first, and several times as often as chance would have it. 缓村 redis → 缓存 redis, but not 国雨 实施 → 国语 实施."""
    if len(term) != 2 or not is_han_text(fold(term).text) or term == query.text.strip():
        return []
    likely = [mend for mend in mends_of(snapshot, fold(term).text, near) if mend.unlike == 1 and mend.alike][:TRIED]
    held = {mend: _complete(snapshot, query.text.replace(term, mend.text), options) for mend in likely}
    by_chance = TOGETHER * _complete(snapshot, query.text.replace(term, " "), options) / max(1, snapshot.count)
    found = [mend for mend in likely if held[mend] >= max(BESIDE, by_chance * mend.count)]
    return sorted(found, key=lambda mend: -held[mend])


def _complete(snapshot: Snapshot, text: str, options: Options) -> int:
    """How many documents have all of a query."""
    strict = plan(parse(text), options).strict
    return 0 if strict is None else snapshot.matching(strict.match)


def mistyped_within(snapshot: Snapshot, query: Query, stretches: Sequence[Stretch], options: Options, complete: int) -> tuple[str, ...]:
    """For a query that was answered: its text with stretches mended that look misspelled (`stretches.suspicious_stretches`).

    They stand in a sentence, of which nobody expects a document to have all: 公司不给资遣废怎么办.
    """
    mends = {stretch.text: found for stretch in stretches if (found := plainly_within(snapshot, stretch, complete))}
    return tuple(_answered(snapshot, _mended(snapshot, query.text, mends, options), options)[:1]) if mends else ()


def read_together(snapshot: Snapshot, query: Query, terms: Sequence[SoughtTerm], options: Options) -> tuple[str, ...]:
    """The query with Pinyin of several terms in characters that documents have one behind the other, or all of it in the keys of
    Zhuyin: ren gong zhi neng → 人工智能."""
    neighbours, text = Neighbours(snapshot), query.text
    heard = [(" ".join(parts), heard_in_parts(neighbours, [part.lower() for part in parts])) for parts in _parts_in_letters(terms)]
    if text.isascii():
        heard.append((text, heard_as_typed(neighbours, text.lower())))
    for typed, runs in heard:
        if typed in text and not holding(snapshot, typed):
            ways = {typed: [Mend(run, 1, True, held, held) for run, held in held_of(snapshot, islice(runs, TRIED)).items()]}
            if mended := _answered(snapshot, _mended(snapshot, text, ways, options) if ways[typed] else (), options):
                return tuple(mended)
    return ()


def _parts_in_letters(terms: Sequence[SoughtTerm]) -> Iterator[list[str]]:
    """The stretches of two or more terms of nothing but letters."""
    for in_letters, stretch in groupby(terms, lambda term: not term.pattern and bool(letters_of(fold(term.text.text).text))):
        parts = [term.text.text for term in stretch]
        if in_letters and len(parts) > 1 and len("".join(parts)) <= LONGEST_READING:
            yield parts


def _mends(snapshot: Snapshot, terms: Sequence[SoughtTerm], *, found: bool) -> dict[str, list[Mend]]:
    """What may have been meant by each term that no document holds; terms that nothing is like are left out."""
    folded = {term: fold(term).text for term in unknown(snapshot, terms)}
    mends = {term: _likely(text, mends_of(snapshot, text, near), found=found) for term, text in folded.items()}
    return {typed: likely for typed, likely in mends.items() if likely}


def _likely(typed: str, mends: list[Mend], *, found: bool) -> list[Mend]:
    """Those of some texts that may have been meant: by a word, not what merely stands side by side and is as long. 武则天 is no 正则天.

    Where documents have a part of the word, only what is alike: 税务师 is no 税务员.
    """
    frequency = default_dictionary().frequency
    if not (is_han_text(typed) and frequency(typed)):
        return mends
    if found:
        return [mend for mend in mends if mend.alike]
    return [mend for mend in mends if mend.unlike == 0 or frequency(mend.text) or not is_han_text(mend.text)]


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
    return list(islice((text for text in islice(texts, TRIED) if is_answered(snapshot, text, options)), OFFERED))
