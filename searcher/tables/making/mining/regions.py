"""Write regions-mined.tsv: what two regions call the same thing, learnt from parallel texts.

    python -m searcher.tables.making.mining.regions ms=TITLES.jsonl.xz mdn=PAGES.zh-cn.jsonl.xz,PAGES.zh-tw.jsonl.xz android=….jsonl …
                            [--output FILE] [--leave-out mdn …]

A source is a file of {id, zh-cn, zh-tw, zh-hk} titles or messages (`mining/messages.py` makes such), or two files of
{id, title, text} pages with the same ids, of which those lines are taken that say the same.
The words of all of them are aligned (`mining/alignment.py`). A pair of words or short phrases is kept where it was seen often enough,
and makes up a good part of what either of its words is said with; where both words are common in both regions, it is ambiguous.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from searcher.frozen import frozen
from searcher.tables.making.mining.alignment import BREAK, Words, align, phrases
from searcher.tables.making.regions import region_rows
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold
from searcher.text.lookup import TABLES, table_lines
from searcher.text.segmentation import word_spans

VOTES, VOTES_OF_ONE = 3, 5
"""So often a pair must be seen, and so often if only one source has it."""
CLOSENESS, COMMON_CLOSENESS, LEAST_CLOSENESS = 0.15, 0.25, 0.08
"""So close the words of a pair must be, those of a pair that are common in both regions, and the parts of a longer pair."""
LITTLE = frozenset("的了和与及是在有对将被把各该此其每某个一会可能要之所也都已并还后时为以从到上中下内者性式类项器")
"""Characters that one side may have where the other has nothing."""
RARER = 1.4
"""So many times as often each word occurs in its own region's texts; a pair of words that are common in both is ambiguous."""
LIGHTEST, HEAVIEST = 0.3, 0.8
FIRM = 0.55
"""A pair from this weight on counts as sure, unless its words are common in both regions."""
HEAD = "#\tSource (folded), target (as written there), its regions, weight, flags, origin (how often seen); made by mining/regions.py"
CURATED, REJECTED = "regions-curated.tsv", "regions-rejected.tsv"
"""Pairs that readers found right, or wrong; both come before what is mined."""
EDGES = frozenset("的了和与及是在有对将被把各该此其每某个一不中上下内于为以从到会可能要之所这那些您我你他们使让由而且或")
"""Characters that a word of its own seldom begins or ends with: 个字符 and 主控台中 are no words. Dictionary words may."""
ALIKE = 0.34
"""Two lines say the same where they share this part of their words (Dice)."""

REACH = 12
"""So many lines around the same relative place of its page are compared with a line."""

Pair = tuple[str, str]
"""Folded words of two regions."""


@dataclass
class Evidence:
    """What the texts of two regions say: how often a pair was seen, by source, each word in a pair, each piece in its region."""

    pairs: dict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    here: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    here_pieces: Counter[str] = field(default_factory=Counter)
    there_pieces: Counter[str] = field(default_factory=Counter)

    def closeness(self, pair: Pair) -> float:
        """The geometric mean of the parts that a pair makes up of all that either of its words is said with."""
        return self.pairs[pair].total() / math.sqrt(self.here[pair[0]] * self.there[pair[1]])

    def rarity(self, pair: Pair) -> float:
        """How many times as often each of two words occurs in its own region's texts (add one half), of the two the smaller number."""
        here, there = pair
        ours = (self.here_pieces[here] + 0.5) / (self.there_pieces[here] + 0.5)
        return min(ours, (self.there_pieces[there] + 0.5) / (self.here_pieces[there] + 0.5))


@dataclass
class Reader:
    """Cuts the texts of one region into folded words, and remembers how each is written there."""

    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def cut(self, text: str) -> Words:
        """The folded words of a line one behind the other, and a break where something stands between two of them."""
        folded = fold(text)
        words: list[str] = []
        end = 0
        for word, start, stop in sorted(word_spans(folded.text), key=lambda span: (span[1], -span[2])):
            if start >= end:
                if words and folded.text[end:start].strip():
                    words.append(BREAK)
                words.append(word)
                first, last = folded.original(start, stop)
                self.spellings[word][text[first:last]] += 1
                end = stop
        return tuple(words)

    def written(self, folded: str) -> str:
        """How the region mostly writes folded words."""
        return "".join(self.spellings[word].most_common(1)[0][0] if word in self.spellings else word for word in cut(folded))


@frozen
class Kept:
    """A pair that the evidence bears out."""

    weight: float
    ambiguous: bool
    origin: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="NAME=FILE[,FILE]")
    parser.add_argument("--output", type=Path, default=TABLES / "regions-mined.tsv")
    parser.add_argument("--leave-out", action="append", default=[], metavar="NAME")
    options = parser.parse_args()
    sources = {name: files.split(",") for name, _, files in (source.partition("=") for source in options.sources)}
    rows: dict[Pair, tuple[str, ...]] = {}
    read = 0
    for there in ("zh-tw", "zh-hk"):
        readers = {"zh-cn": Reader(), there: Reader()}
        lines = {
            name: list(parallel_lines([Path(file) for file in files], readers))
            for name, files in sources.items()
            if name not in options.leave_out
        }
        read += sum(map(len, lines.values()))
        for row in mined_rows(gather(lines), readers):
            key = row[0], fold(row[1]).text
            rows[key] = joined(rows[key], row) if key in rows else row
    options.output.write_text("\n".join([HEAD, *("\t".join(row) for row in sorted(rows.values()))]) + "\n", "utf-8")
    print(f"{read} parallel lines, {len(rows)} rows")


def mined_rows(evidence: Evidence, readers: Mapping[str, Reader]) -> Iterator[tuple[str, ...]]:
    """Both ways, what no other table knows, nobody found wrong, and shorter pairs do not make up."""
    (_, mainland), (region, other) = readers.items()
    kept, known, rejected = kept_pairs(evidence), known_pairs(), rejected_pairs()
    parts = {pair for pair, seen in evidence.pairs.items() if seen.total() >= VOTES and evidence.closeness(pair) >= LEAST_CLOSENESS} | known
    sure = {pair for pair, found in kept.items() if not found.ambiguous} | sure_pairs()
    for pair, found in kept.items():
        if pair not in known | rejected and not is_composed(pair, parts):
            here, there = pair
            rest = f"{found.weight:g}", "ambiguous" if found.ambiguous else "", found.origin
            made_up = is_made_up(pair, sure)
            if not has_own_forms(here, made_up=made_up, ambiguous=found.ambiguous):
                yield here, other.written(there), region.removeprefix("zh-"), *rest
            if not has_own_forms(there, made_up=made_up, ambiguous=found.ambiguous):
                yield there, mainland.written(here), "cn", *rest


def has_own_forms(text: str, *, made_up: bool, ambiguous: bool) -> bool:
    """Whether a row for several words would do harm: they would be looked for as one, and no longer in the forms of each."""
    words = cut(text)
    return len(words) > 1 and (made_up or (ambiguous and any(len(word) > 1 for word in words)))


def joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """One row for a word that two regions share."""
    source, target, regions, weight, flags, origin = first
    return source, target, ",".join(sorted({*regions.split(","), second[2]})), weight, flags, origin


def kept_pairs(evidence: Evidence) -> dict[Pair, Kept]:
    """The pairs of words that the evidence bears out, before what is made up of shorter ones is taken out."""
    kept = {}
    for pair, seen in evidence.pairs.items():
        here, there = pair
        if seen.total() >= VOTES and all(map(is_word, pair)) and here not in there and there not in here:
            closeness = evidence.closeness(pair)
            common = evidence.rarity(pair) < RARER
            if closeness >= (COMMON_CLOSENESS if common else CLOSENESS) and (seen.total() >= VOTES_OF_ONE or len(seen) > 1):
                weight = round(min(HEAVIEST, LIGHTEST + 0.6 * closeness), 1)
                doubtful = common or weight < FIRM
                origin = ", ".join(f"{name} {number}" for name, number in sorted(seen.items()))
                kept[pair] = Kept(min(weight, 0.4) if doubtful else weight, doubtful, f"mined: {origin}")
    return kept


def is_composed(pair: Pair, parts: Collection[Pair]) -> bool:
    """Whether both sides are several words, and pairs of shorter parts make them up: 二进制+文件 and 二进位+档案."""
    return all(len(cut(text)) > 1 for text in pair) and is_made_up(pair, parts)


def is_made_up(pair: Pair, parts: Collection[Pair]) -> bool:
    """Whether pairs of shorter parts, equal parts, and little words on one side only, one behind the other, make up the pair."""

    @cache
    def made_up(here: str, there: str, whole: bool) -> bool:
        if not whole and (here == there or (here, there) in parts):
            return True
        if (here[:1] in LITTLE and made_up(here[1:], there, False)) or (there[:1] in LITTLE and made_up(here, there[1:], False)):
            return True
        splits = [(i, j) for i in range(1, len(here)) for j in range(1, len(there))]
        return any((here[:i] == there[:j] or (here[:i], there[:j]) in parts) and made_up(here[i:], there[j:], False) for i, j in splits)

    return made_up(*pair, True)


def known_pairs() -> frozenset[Pair]:
    """What the other tables say, be it that a pair is none; mainland first."""
    return frozenset(known_weights())


def sure_pairs() -> frozenset[Pair]:
    return frozenset(pair for pair, weight in known_weights().items() if weight >= 0.5)


@lru_cache(maxsize=1)
def known_weights() -> dict[Pair, float]:
    curated = (line.split("\t") for line in table_lines(CURATED))
    weights: dict[Pair, float] = {}
    for source, target, places, weight, *_ in (*curated, *region_rows()):
        pair = source, fold(target).text
        weights.setdefault((pair[1], pair[0]) if "cn" in places else pair, float(weight))
    return weights


@lru_cache(maxsize=1)
def rejected_pairs() -> frozenset[Pair]:
    return frozenset((row[0], row[1]) for row in (line.split("\t") for line in table_lines(REJECTED)))


def gather(lines: Mapping[str, Sequence[tuple[Words, Words]]]) -> Evidence:
    """Align the lines of all sources, and count the phrases that stand for each other."""
    evidence = Evidence()
    named = [(name, *pair) for name, pairs in lines.items() for pair in dict.fromkeys(pairs)]
    for (name, here, there), links in zip(named, align([(here, there) for _, here, there in named]), strict=True):
        evidence.here_pieces.update(pieces(here))
        evidence.there_pieces.update(pieces(there))
        for a, b, c, d in phrases(links, here, there):
            pair = "".join(here[a:b]), "".join(there[c:d])
            evidence.here[pair[0]] += 1
            evidence.there[pair[1]] += 1
            evidence.pairs[pair][name] += 1
    return evidence


def parallel_lines(files: Sequence[Path], readers: Mapping[str, Reader]) -> Iterator[tuple[Words, Words]]:
    """Lines of both regions that say the same, cut into folded words."""
    (here, mainland), (there, other) = readers.items()
    if len(files) == 1:
        yield from ((mainland.cut(row[here]), other.cut(row[there])) for row in read_rows(files[0]) if here in row and there in row)
    elif there == "zh-tw":
        pages = [{row["id"]: row for row in read_rows(file)} for file in files]
        for id in sorted(pages[0].keys() & pages[1].keys()):
            both = [(reader, side[id]) for reader, side in zip((mainland, other), pages, strict=True)]
            titles = [reader.cut(page["title"]) for reader, page in both]
            yield titles[0], titles[1]
            yield from aligned(*([reader.cut(line) for line in page["text"].splitlines() if line.strip()] for reader, page in both))


def aligned(mainland: list[Words], taiwan: list[Words]) -> Iterator[tuple[Words, Words]]:
    """Lines that are each other's best match, in about the same place of their pages."""
    best_there = [best_match(line, taiwan, number, len(mainland)) for number, line in enumerate(mainland)]
    best_here = [best_match(line, mainland, number, len(taiwan)) for number, line in enumerate(taiwan)]
    for number, there in enumerate(best_there):
        if there is not None and best_here[there] == number:
            yield mainland[number], taiwan[there]


def best_match(line: Words, others: list[Words], number: int, total: int) -> int | None:
    """The number of the most similar line around the same relative place."""
    around = number * len(others) // max(1, total)
    window = range(max(0, around - REACH), min(len(others), around + REACH + 1))
    scored = [(similarity(line, others[candidate]), -abs(candidate - around), candidate) for candidate in window]
    score, _, best = max(scored, default=(0.0, 0, -1))
    return best if score >= ALIKE else None


def similarity(a: Words, b: Words) -> float:
    """The part of the words that two lines share (Dice); short lines say too little."""
    if min(len(a), len(b)) < 3:
        return 0.0
    return 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)))


def cut(text: str) -> Words:
    return Reader().cut(text)


def pieces(words: Words, longest: int = 3) -> Iterator[str]:
    for length in range(1, longest + 1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])


def is_word(text: str) -> bool:
    """Han throughout, of two to six characters: a single one, or a name in Latin letters, says too little."""
    return 2 <= len(text) <= 6 and all("\u4e00" <= character <= "\u9fff" for character in text) and has_whole_edges(text)


@lru_cache(maxsize=1 << 16)
def has_whole_edges(text: str) -> bool:
    return bool(default_dictionary().frequency(text)) or not (text[0] in EDGES or text[-1] in EDGES)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    opened: Any = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    default_dictionary()
    main()
