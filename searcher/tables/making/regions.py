"""The region table comes from OpenCC's phrase lists: what mainland, Taiwan and Hong Kong call the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from searcher.tables.making.opencc_lists import opencc_list
from searcher.text.folding import fold_script

if TYPE_CHECKING:
    from opencc import OpenCC


def region_rows() -> list[tuple[str, ...]]:
    """Both ways between mainland and Taiwan, mainland and Hong Kong, and Taiwan and Hong Kong where both differ from the mainland.

    A pair whose two sides fold alike differs in script only and is left out.
    """
    taiwan, hong_kong = region_words("TWPhrases"), region_words("HKPhrases")
    found: dict[tuple[str, str], RegionPair] = {}
    for region, words in (("tw", taiwan), ("hk", hong_kong)):
        for mainland, local, rank in words:
            note(found, mainland, local, region, f"OpenCC {region.upper()}Phrases", rank)
            note(found, local, mainland, "cn", f"OpenCC {region.upper()}Phrases", rank)
    for mainland, local, rank in taiwan:
        for same, other, other_rank in hong_kong:
            if same == mainland:
                note(found, local, other, "hk", "OpenCC TWPhrases, HKPhrases", rank + other_rank)
                note(found, other, local, "tw", "OpenCC TWPhrases, HKPhrases", rank + other_rank)
    ambiguous = {fold_script(mainland) for mainland, _, _ in taiwan} & {fold_script(local) for _, local, _ in taiwan}
    return sorted(pair.row(ambiguous) for pair in found.values())


def traditional_rows() -> list[tuple[str, str]]:
    """Each folded character, and how Taiwan mostly writes it: to show a word's neighbours in the word's own script."""
    taiwan = {source: targets[0] for source, targets in opencc_list("TWVariants")}
    found: dict[str, str] = {}
    for source, targets in opencc_list("STCharacters"):
        key, written = fold_script(source), taiwan.get(targets[0], targets[0])
        if key == source and written != key:
            found[key] = written
    return sorted(found.items())


@dataclass
class RegionPair:
    source: str
    shown: str
    regions: set[str]
    origin: str
    rank: int

    def row(self, ambiguous: set[str]) -> tuple[str, ...]:
        """A word that two regions use for different things is ambiguous, and so is one that has several counterparts."""
        doubtful = self.source in ambiguous or self.rank > 0
        return (
            self.source,
            self.shown,
            ",".join(sorted(self.regions)),
            "0.4" if doubtful else "0.7",
            "ambiguous" if doubtful else "",
            self.origin,
        )


def note(found: dict[tuple[str, str], RegionPair], source: str, target: str, region: str, origin: str, rank: int) -> None:
    key, folded = fold_script(source), fold_script(target)
    if key != folded:
        pair = found.setdefault((key, folded), RegionPair(key, shown(target, region), set(), origin, rank))
        pair.regions.add(region)
        pair.rank = min(pair.rank, rank)


def region_words(name: str) -> list[tuple[str, str, int]]:
    """The mainland's word, the region's word, and whether it is the region's first choice (0) or a later one."""
    return [(mainland, local, rank) for mainland, locals_ in opencc_list(name) for rank, local in enumerate(locals_)]


def shown(text: str, region: str) -> str:
    """`text`, which OpenCC gives in a traditional standard, as the region writes it."""
    if region != "cn":
        return text
    return str(to_simplified().convert(text))


@lru_cache(maxsize=1)
def to_simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
