"""The fold's tables come from OpenCC's script lists, NFKC, case folding and Unicode's radicals; and from a list of old forms."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from searcher.tables.making.opencc_lists import opencc_list, rows
from searcher.text.lookup import TABLES

SCRIPT_CHARACTERS = (
    "TSCharacters",
    "TSCharactersExt",
    "STCharacters",
    "TWVariants",
    "TWVariantsRev",
    "HKVariants",
    "HKVariantsRev",
    "CJK_Compatibility_Ideographs",
)
SCRIPT_PHRASES = (
    "STPhrases",
    "STPhrases_GeneratedFromRegionalPhrases",
    "TSPhrases",
    "TWVariantsPhrases",
    "TWVariantsRevPhrases",
    "HKVariantsPhrases",
    "HKVariantsRevPhrases",
)
CHARACTERS = tuple(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
SYMBOLS_KEPT = "™℠"  # a mark behind a name is no part of it: Windows™ must be found by windows
SPACING_MARKS = "゛゜"  # typed behind a kana, they mean the combining ones
SLASHES = {"\u2044": "/", "\u2215": "/"}  # ½ is 1⁄2 in NFKC, and people type 1/2


def fold_rows() -> list[tuple[str, str]]:
    """One row for each character that others fold to: it, and all of them."""
    sources = defaultdict(list)
    for source, target in sorted(character_fold().items()):
        sources[target].append(source)
    return [(target, "".join(members)) for target, members in sorted(sources.items())]


def expanding_rows() -> list[tuple[str, str]]:
    """Each character that stands for several, and the folded text it stands for."""
    fold = character_fold()
    return [(c, "".join(fold.get(t, t) for t in to)) for c, to in unicode_fold()[1].items()]


@lru_cache(maxsize=1)
def character_fold() -> dict[str, str]:
    """Every character that folds to another."""
    script, one = script_fold(), unicode_fold()[0]
    return {c: script.get(to, to) for c, to in one.items()} | {c: to for c, to in script.items() if c not in one}


def script_fold() -> dict[str, str]:
    """Each Han character that is written otherwise in another script or region, and the one that stands for them all."""
    groups = script_groups()
    for pair in old_forms():
        groups.join(*pair)
    preferred = preference()
    fold: dict[str, str] = {}
    for group in groups:
        head = min(group, key=preferred)
        fold |= {c: head for c in group if c != head}
    return fold | {"〇": "零"} | {c: "零" for c, to in fold.items() if to == "〇"}


def script_groups() -> Groups:
    """What scripts, regions and radicals make the same."""
    groups = Groups()
    for source, targets in script_pairs():
        for target in targets:
            for pair in zip(source, target, strict=True):
                groups.join(*pair)
    for pair in [*kept_rows("radicals.tsv"), *strict_shinjitai()]:
        groups.join(*pair)
    return groups


@lru_cache(maxsize=1)
def unicode_fold() -> tuple[dict[str, str], dict[str, str]]:
    """NFKC and case folding, apart: characters that become one character, and those that become several.

    What becomes only punctuation (… ‼) or begins with a space (spacing accents) is left alone: it separates words either way.
    Not so a character that no normal form keeps, for composing would take it apart.
    """
    one, several = {}, {}
    for c in CHARACTERS:
        to = compatible(c)
        if len(to) == 1 and to != c:
            one[c] = to
        elif len(to) > 1 and (unicodedata.normalize("NFC", c) != c or worth_expanding(c, to)):
            several[c] = to
    return one | SLASHES, several


def worth_expanding(c: str, to: str) -> bool:
    return c not in SYMBOLS_KEPT and not to[0].isspace() and any(t.isalnum() for t in to)


def compatible(text: str) -> str:
    """NFKC and full case folding, repeated until nothing changes."""
    while True:
        to = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        for slash, plain in SLASHES.items():
            to = to.replace(slash, plain)
        if to == text:
            return to
        text = to


def mark_rows() -> list[tuple[str, str]]:
    """The ranges of the marks, and of what folds to one: a halfwidth ﾞ is a mark too."""
    found = set(marks())
    return ranges(sorted(found | {c for c, to in character_fold().items() if to in found}))


def marks() -> Iterator[str]:
    """Characters that may compose with the one before them, in the first plane of Unicode 3.2: every Python composes these alike."""
    old = unicodedata.ucd_3_2_0
    pairs = (old.decomposition(c).split() for c in CHARACTERS)
    second = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    jamo = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for c in CHARACTERS[:0xF800]:
        if old.combining(c) or c in second or c in jamo or c in SPACING_MARKS:
            yield c


def ranges(characters: Iterable[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for c in characters:
        if found and ord(found[-1][1]) + 1 == ord(c):
            found[-1] = (found[-1][0], c)
        else:
            found.append((c, c))
    return found


class Groups:
    """Characters that are the same for a reader, as disjoint sets."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}

    def join(self, a: str, b: str) -> None:
        """From now on `a` and `b`, and all that is joined with either, are the same."""
        a, b = unicodedata.normalize("NFKC", a), unicodedata.normalize("NFKC", b)
        one, other = self._group.setdefault(a, {a}), self._group.setdefault(b, {b})
        if one is not other:
            one |= other
            self._group.update(dict.fromkeys(other, one))

    def __iter__(self) -> Iterator[set[str]]:
        return iter({id(group): group for group in self._group.values()}.values())


def script_pairs() -> Iterator[tuple[str, list[str]]]:
    for name in (*SCRIPT_CHARACTERS, *SCRIPT_PHRASES):
        yield from opencc_list(name)


def old_forms() -> Iterator[tuple[str, str]]:
    """Each usual form and another: 高 髙.

    No form is common for itself (in GB 2312, or in the first plane of Big5), so that no two words become one, but for those that are the
    usual form elsewhere: 侄 姪.
    """
    return ((usual, old) for usual, forms in kept_rows("variants.tsv") for old in forms)


def kept_rows(name: str) -> Iterator[tuple[str, str]]:
    """The rows of a table that is kept by hand."""
    return rows((TABLES / name).read_text("utf-8"))


def strict_shinjitai() -> Iterator[tuple[str, str]]:
    """Japanese forms that are nothing else in Chinese (in neither GB 2312 nor Big5 nor OpenCC's lists) and have one traditional form.

    The whole list would join 辩辨瓣, 予豫 and 欠缺, which are different words in Chinese.
    """
    chinese = {source for name in SCRIPT_CHARACTERS for source, _ in opencc_list(name)}
    for new, old in opencc_list("JPShinjitaiCharacters"):
        if len(old) == 1 and new not in chinese and not encodable(new, "gb2312") and not encodable(new, "big5"):
            yield new, old[0]


def preference() -> Callable[[str], tuple[int, int, str]]:
    """The key by which the character that stands for its group is chosen: in the first plane of GB 2312, which holds 3,755 characters of
    everyday, or in the second, and the commonest in OpenCC's simplified phrases."""
    uses = Counter(c for phrase, _ in opencc_list("STPhrases") for c in phrase)

    def key(c: str) -> tuple[int, int, str]:
        plane = 2 if not encodable(c, "gb2312") else c.encode("gb2312") >= b"\xd8"
        return plane, -uses[c], c

    return key


def encodable(c: str, encoding: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
