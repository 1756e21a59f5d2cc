"""Write regions-mined.tsv: what two regions call the same thing, learnt from parallel texts.

    python -m searcher.tables.mine_regions ms=TITLES.jsonl.xz mdn=PAGES.zh-cn.jsonl.xz,PAGES.zh-tw.jsonl.xz … [--output FILE]

A source is a file of {id, zh-cn, zh-tw} titles, or two files of {id, title, text} pages with the same ids.
Lines that say the same are compared word by word; where one side has a word (or two or three) in another's place, that is a vote.
A pair is kept where the votes are many, agree, and either word is rare in the other region's texts.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from searcher.dictionary import default_dictionary
from searcher.folding import fold
from searcher.forms import outer_words
from searcher.tables.generate_regions import region_rows, shown

LONGEST_PIECE = 3  # words
VOTES = 3
SHARE = 0.25
"""Of all that stands in a word's place, this share must be the other word, on one side."""
LEAST_SHARE = 0.08
"""And this one on the other side."""
RARER = 2.5
"""So many times rarer one of the words is in the other region's texts, and the other word somewhat rarer."""
SOMEWHAT_RARER = 1.4
EDGES = frozenset("的了和与及是在有对将被把各该此其每某个一不中上下内于为以从到会可能要之所这那些您我你他们使让由而且或")
"""Characters that a word of its own seldom begins or ends with: 个字符 and 主控台中 are no words. Dictionary words may."""
ALIKE = 0.34
"""Two lines say the same where they share this part of their words (Dice)."""

Words = tuple[str, ...]
Pair = tuple[str, str]


@dataclass
class Evidence:
    """What the texts say: votes by pair and source, and how often a piece occurs in each region."""

    votes: dict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mainland: Counter[str] = field(default_factory=Counter)
    taiwan: Counter[str] = field(default_factory=Counter)
    lines: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="NAME=FILE[,FILE]")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("regions-mined.tsv"))
    options = parser.parse_args()
    evidence = Evidence()
    for source in options.sources:
        name, _, files = source.partition("=")
        for mainland, taiwan in parallel_lines([Path(file) for file in files.split(",")]):
            note(evidence, name, mainland, taiwan)
    kept = dict(sorted(kept_pairs(evidence).items()))
    rows = sorted(row for pair in kept if not is_composed(pair, kept.keys()) for row in table_rows(pair, *kept[pair]))
    head = "#\tSource (folded), target (as written there), regions of the target, weight, flags, origin (votes); made by mine_regions.py"
    options.output.write_text("\n".join([head, *("\t".join(row) for row in rows)]) + "\n", "utf-8")
    print(f"{evidence.lines} parallel lines, {len(rows)} rows")


def parallel_lines(files: Sequence[Path]) -> Iterator[tuple[Words, Words]]:
    """Lines of both regions that say the same, cut into folded words."""
    if len(files) == 1:
        for row in read_rows(files[0]):
            yield cut(row["zh-cn"]), cut(row["zh-tw"])
        return
    mainland, taiwan = ({row["id"]: row for row in read_rows(file)} for file in files)
    for id in mainland.keys() & taiwan.keys():
        yield cut(mainland[id]["title"]), cut(taiwan[id]["title"])
        yield from aligned(*([cut(line) for line in page[id]["text"].splitlines() if line.strip()] for page in (mainland, taiwan)))


def aligned(mainland: list[Words], taiwan: list[Words]) -> Iterator[tuple[Words, Words]]:
    """Lines that are each other's best match, in about the same place of their pages."""
    best_there = [best_match(line, taiwan, number, len(mainland)) for number, line in enumerate(mainland)]
    best_here = [best_match(line, mainland, number, len(taiwan)) for number, line in enumerate(taiwan)]
    for number, there in enumerate(best_there):
        if there is not None and best_here[there] == number:
            yield mainland[number], taiwan[there]


def best_match(line: Words, others: list[Words], number: int, total: int, reach: int = 12) -> int | None:
    """The number of the most similar line around the same relative place."""
    around = number * len(others) // max(1, total)
    window = range(max(0, around - reach), min(len(others), around + reach + 1))
    scored = [(similarity(line, others[candidate]), -abs(candidate - around), candidate) for candidate in window]
    score, _, best = max(scored, default=(0.0, 0, -1))
    return best if score >= ALIKE else None


def similarity(a: Words, b: Words) -> float:
    """The part of the words that two lines share (Dice); short lines say too little."""
    if min(len(a), len(b)) < 3:
        return 0.0
    return 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)))


def cut(text: str) -> Words:
    """The folded words of a line one behind the other."""
    return outer_words(fold(text).text)


def note(evidence: Evidence, source: str, mainland: Words, taiwan: Words) -> None:
    evidence.lines += 1
    evidence.mainland.update(pieces(mainland))
    evidence.taiwan.update(pieces(taiwan))
    for kind, a, b, c, d in SequenceMatcher(None, mainland, taiwan, autojunk=False).get_opcodes():
        if kind == "replace" and b - a <= LONGEST_PIECE and d - c <= LONGEST_PIECE:
            pair = "".join(mainland[a:b]), "".join(taiwan[c:d])
            if all(map(is_word, pair)):
                evidence.votes[pair][source] += 1


def pieces(words: Words) -> Iterator[str]:
    for length in range(1, LONGEST_PIECE + 1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])


def is_word(text: str) -> bool:
    """Han throughout, of two to six characters: a single one, or a name in Latin letters, says too little."""
    return 2 <= len(text) <= 6 and all("\u4e00" <= character <= "\u9fff" for character in text) and has_whole_edges(text)


def has_whole_edges(text: str) -> bool:
    return bool(default_dictionary().frequency(text)) or not (text[0] in EDGES or text[-1] in EDGES)


def kept_pairs(evidence: Evidence) -> dict[Pair, tuple[bool, str]]:
    """The pairs that the votes bear out: whether each is doubtful, and where it comes from."""
    kept = {}
    there, here = totals(evidence.votes, 0), totals(evidence.votes, 1)
    for (mainland, taiwan), votes in evidence.votes.items():
        count = votes.total()
        shares = count / there[mainland], count / here[taiwan]
        rarities = rarity(evidence.mainland, evidence.taiwan, mainland), rarity(evidence.taiwan, evidence.mainland, taiwan)
        if count < VOTES or max(shares) < SHARE or min(shares) < LEAST_SHARE or mainland in taiwan or taiwan in mainland:
            continue
        if min(rarities) < SOMEWHAT_RARER or max(rarities) < RARER:
            continue
        origin = ", ".join(f"{name} {number}" for name, number in sorted(votes.items()))
        kept[mainland, taiwan] = (min(rarities) < RARER or min(shares) < SHARE, f"mined: {origin}")
    return kept


def is_composed(pair: Pair, kept: Collection[Pair]) -> bool:
    """Whether other pairs, or equal parts, make up the pair: 二进制+文件 and 二进位+档案."""
    mainland, taiwan = pair
    splits = (((mainland[:i], taiwan[:j]), (mainland[i:], taiwan[j:])) for i in range(1, len(mainland)) for j in range(1, len(taiwan)))
    known = known_pairs()
    return any(all(a == b or (a, b) in kept or (a, b) in known for a, b in split) for split in splits)


@lru_cache(maxsize=1)
def known_pairs() -> frozenset[Pair]:
    """What OpenCC's table says already, mainland first."""
    rows = ((row[0], fold(row[1]).text, row[2]) for row in region_rows())
    return frozenset((target, source) if "cn" in regions else (source, target) for source, target, regions in rows)


def table_rows(pair: Pair, doubtful: bool, origin: str) -> Iterator[tuple[str, ...]]:
    """Both ways; nothing where OpenCC knows the pair."""
    mainland, taiwan = pair
    if pair not in known_pairs():
        weight, flags = ("0.4", "ambiguous") if doubtful else ("0.6", "")
        yield mainland, to_traditional(taiwan), "tw", weight, flags, origin
        yield taiwan, shown(mainland, "cn"), "cn", weight, flags, origin


def totals(votes: Mapping[Pair, Counter[str]], side: int) -> Counter[str]:
    """How often anything stands in place of a word."""
    found: Counter[str] = Counter()
    for pair, counts in votes.items():
        found[pair[side]] += counts.total()
    return found


def rarity(own: Counter[str], other: Counter[str], text: str) -> float:
    """How many times as often a piece occurs in its own region's texts (add one half, so that nothing is infinite)."""
    return (own[text] + 0.5) / (other[text] + 0.5)


def to_traditional(text: str) -> str:
    return str(traditional_converter().convert(text))


@lru_cache(maxsize=1)
def traditional_converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    opened: Any = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    default_dictionary()
    main()
