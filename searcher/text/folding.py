"""Text is folded: script, glyph variant, width, case and invisible characters are taken away, and the way back is kept.

`fold_script` is a table, character to character: `len(fold_script(s)) == len(s)`, and a phrase folds to the same text wherever it stands.
`fold` also cleans up what cannot be one to one, and knows which part of the original each folded part came from:

    fold("商湯科技").text              → 商汤科技
    fold("ＡＩ 晶\u200b片").text         → ai 晶片
    fold("人工\n智慧").text             → 人工智慧
    fold("80㎡").text                 → 80m2, and original(2, 4) is (2, 3)

All offsets are `str` offsets, half open.
The tables hold one Unicode version, whichever Python runs: an index folds the same everywhere.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import combining, normalize

from searcher.frozen import frozen
from searcher.text.lookup import TABLES, table_lines
from searcher.text.patterns import late_pattern, late_test
from searcher.text.usual import is_segmented, is_short_run

IDEOGRAPH_CLASS = (
    "々-〇〡-〩〸-〻㐀-䶿一-鿿\uf900-\ufaff\U00016ff0-\U00016ff9\U00020000-\U0003ffff"  # Han
    "\u2e80-\u2fdf"  # radicals, in text not yet folded
    "ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿｦ-ﾝ\U0001aff0-\U0001b16f"  # kana
    "ㄅ-ㄯㆠ-ㆿ"  # bopomofo
    "\ua000-\ua48c\U00017000-\U00018d7f\U0001b170-\U0001b2ff"  # Yi, Tangut, Khitan, Nüshu
)
"""Characters between which a space or a line break means nothing, for use inside a regex character class."""

HAN_CLASS = IDEOGRAPH_CLASS + (
    "가-힣"  # hangul syllables: written with spaces, but parts of words as Han characters are
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
)
"""Letters of scripts written without spaces, for use inside a regex character class."""

INVISIBLE_CLASS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of shorthand and music
)
"""What a reader does not see (Unicode's Default_Ignorable_Code_Point, and the anchors of ruby): matching ignores it."""

VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

SPACE_CLASS = " \n\r\x85\u1680\u2028"
"""Spaces and line breaks of folded text (the table folds U+3000, U+00A0 and the like to a space).

Pages and paragraphs end otherwise, and a tab parts the cells of a table.
"""

REMEMBERED = 100_000  # characters, of those that fold to themselves
MOST_MARKS = 1_000  # behind one letter: to put more of them in order takes Python the square of their number
CLEAN_UP = "1"  # raised when the clean-up below changes what it gives, so that older indexes say so

Edit = tuple[int, int, str]  # (start, end) of what is replaced, and by what


@frozen
class Folded:
    """Folded text, and the way back to the original."""

    text: str
    layers: tuple[Layer, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded part from `start` to `end` stands in the original; what was expanded or composed is taken whole."""
        for layer in reversed(self.layers):
            start, end = layer.before(start, end)
        return start, end


@frozen
class Layer:
    """One pass of clean-up over a text: where its few edits stand, before and after, in ascending order."""

    before_starts: array[int]
    before_ends: array[int]
    after_starts: array[int]
    after_ends: array[int]

    def add(self, before_start: int, before_end: int, after_start: int, after_end: int) -> None:
        """Notes an edit, behind all that were noted: where it stood before, and where it stands now."""
        self.before_starts.append(before_start)
        self.before_ends.append(before_end)
        self.after_starts.append(after_start)
        self.after_ends.append(after_end)

    def before(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text before this pass that became `start` to `end`; what was removed at its edges is left out."""
        first = self._start(start)
        return first, max(first, self._end(end))

    def _start(self, offset: int) -> int:
        edit = bisect_right(self.after_starts, offset) - 1
        if edit < 0:
            return offset
        beyond = offset - self.after_ends[edit]
        return self.before_starts[edit] if beyond < 0 else self.before_ends[edit] + beyond

    def _end(self, offset: int) -> int:
        edit = bisect_left(self.after_starts, offset) - 1
        if edit < 0:
            return offset
        return self.before_ends[edit] + max(0, offset - self.after_ends[edit])


def fold_script(text: str) -> str:
    """`text` in one script, width and case, character for character."""
    return text.translate(_script_table())


def fold(text: str) -> Folded:
    """`text` cleaned up and folded, with its way back; folding again changes nothing."""
    if text.isascii():
        return Folded(text.lower())
    if is_short_run(text):
        return Folded(fold_script(text))
    layers: list[Layer] = []
    untidy = _untidy().search(text)
    if untidy:
        text = edited(text, _expansions(text), layers)
    text = fold_script(text)
    if untidy:
        text = edited(text, _compositions(text), layers)
    text = edited(text, _closures(text), layers)
    return Folded(text, tuple(layers))


def as_written(text: str, folded: str, whole: Folded | None = None) -> str:
    """A folded text as it stands in a text, such as what was typed; as it is where it does not stand there.

    `whole`: the text folded, for who asks more than once: that takes longer than all else.
    """
    whole = whole or fold(text)
    start = whole.text.find(folded)
    if start < 0:
        return folded
    first, end = whole.original(start, start + len(folded))
    return text[first:end]


def sources(character: str) -> tuple[str, str]:
    """The characters that fold to this one, and those that fold to several with it among them; not those that compose to it."""
    return character + _sources_alone().get(character, ""), _sources_among().get(character, "")


def is_ideograph(character: str) -> bool:
    """Whether a character is one of `IDEOGRAPH_CLASS`."""
    return is_segmented(character) or (not character.isascii() and _is_ideograph(character))


def is_tidy(text: str) -> bool:
    """Whether each character of a text folds to one, whatever stands beside it; and none of them is a space."""
    return not _untidy_or_space().search(text)


def edited(text: str, edits: Iterable[Edit], layers: list[Layer]) -> str:
    """`text` with `edits` made, which ascend; they are added to `layers`, unless there are none."""
    pieces: list[str] = []
    layer = Layer(array("q"), array("q"), array("q"), array("q"))
    done = length = 0
    for start, end, replacement in edits:
        pieces += text[done:start], replacement
        length += start - done
        layer.add(start, end, length, length + len(replacement))
        length += len(replacement)
        done = end
    if not pieces:
        return text
    layers.append(layer)
    return "".join(pieces) + text[done:]


def closes(space: str) -> bool:
    """Whether white space between two Han characters is taken away: a blank line stays."""
    return len(_line_break().findall(space)) <= 1


@lru_cache(maxsize=1)
def untidy_class() -> str:
    """What folds to other than one character, or may do so beside others, for use inside a regex character class.

    Beyond the first plane it is rough: of each range there, `re` asks at each character of a text.
    """
    invisible = INVISIBLE_CLASS.partition("\U0001bca0")[0]
    first_plane = "".join(c for c in _expanding_table() if c <= "\uffff")
    return f"{invisible}{_mark_class()}{re.escape(first_plane)}\U0001b000-\U0001f2ff"


@lru_cache(maxsize=1)
def space_class() -> str:
    """What folds to a space or a line break, for use inside a regex character class."""
    return SPACE_CLASS + sources(" ")[0]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """What an index must have been folded with to be searched with this fold: a hash of its tables, never of the release."""
    rows = ((TABLES / name).read_bytes().partition(b"\n")[2] for name in ("fold.tsv", "expand.tsv", "marks.tsv"))
    return hashlib.sha256(b"\0".join([CLEAN_UP.encode(), *rows])).hexdigest()[:16]


def _expansions(text: str) -> Iterator[Edit]:
    """What is invisible goes, what stands for several characters becomes them."""
    several = _expanding_table()
    done = 0
    for match in _invisible_or_expanding().finditer(text):
        start, end = match.span()
        if match[0] in VARIATION_SELECTORS and start > done:
            yield start - 1, end, text[start - 1]  # a mark must not come between a character and its selector
        else:
            yield start, end, several.get(match[0], "")
        done = end


def _compositions(text: str) -> Iterator[Edit]:
    """Marks join the letter before them: e and U+0301 become é, か and ゛ become が; more of them than `MOST_MARKS` stay as they are."""
    for match in _marks().finditer(text):
        if match.end() - match.start() > MOST_MARKS:
            continue
        start = match.start() - _has_letter(text, match.start())
        cluster = text[start : match.end()]
        composed = _composed(cluster)
        if composed != cluster:
            yield start, match.end(), composed


def _has_letter(text: str, mark: int) -> bool:
    """Whether a letter that can take a mark stands before `mark`: outside the first plane, Pythons do not agree on what composes."""
    return mark > 0 and text[mark - 1] <= "\uffff" and not combining(text[mark - 1])


def _composed(cluster: str) -> str:
    """NFC; a spacing voiced sound mark counts as a combining one where there is a letter for both."""
    if "゛" in cluster or "゜" in cluster:
        composed = normalize("NFC", cluster.replace("゛", "\u3099").replace("゜", "\u309a"))
        if "\u3099" not in composed and "\u309a" not in composed:
            return composed
    return normalize("NFC", cluster)


def _closures(text: str) -> Iterator[Edit]:
    """Spaces and a single line break between two Han characters go; a blank line stays."""
    for match in _gap().finditer(text):
        start, end = match.span()
        if is_ideograph(text[start - 1]) and is_ideograph(text[end]) and closes(match[0]):
            yield start, end, ""


class _ScriptTable(dict[int, int]):
    """A table for `str.translate` that remembers what stays: a miss costs `translate` an exception, a hit next to nothing."""

    def __missing__(self, code: int) -> int:
        if len(self) < REMEMBERED:
            self[code] = code
        return code


@lru_cache(maxsize=1)
def _script_table() -> _ScriptTable:
    table = _ScriptTable()
    for row in table_lines("fold.tsv"):
        target = ord(row[0])
        for source in row[2:]:
            table[ord(source)] = target
    return table


@lru_cache(maxsize=1)
def _expanding_table() -> dict[str, str]:
    return dict(_rows("expand.tsv"))


@lru_cache(maxsize=1)
def _sources_alone() -> dict[str, str]:
    return {row[0]: row[2:] for row in table_lines("fold.tsv")}


@lru_cache(maxsize=1)
def _sources_among() -> dict[str, str]:
    found: dict[str, str] = {}
    table = _expanding_table()
    for key, several in zip(table, fold_script("\n".join(table.values())).split("\n"), strict=True):
        for character in set(several):
            found[character] = found.get(character, "") + key
    return found


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in table_lines(name):
        key, _, value = line.partition("\t")
        yield key, value


_untidy = late_pattern(lambda: f"[{untidy_class()}]")
"""Whether a text may need more than the table and the closing of gaps."""

_untidy_or_space = late_pattern(lambda: f"[{untidy_class()}{space_class()}]")

_invisible_or_expanding = late_pattern(lambda: f"[{INVISIBLE_CLASS}]+|[{re.escape(''.join(_expanding_table()))}]")


def _mark_class() -> str:
    return "".join(f"{first}-{last}" for first, last in _rows("marks.tsv"))


_marks = late_pattern(lambda: f"[{_mark_class()}]+")

_is_ideograph = late_test(IDEOGRAPH_CLASS)

_gap = late_pattern(f"[{SPACE_CLASS}](?<=[^\x00-\x7f].)[{SPACE_CLASS}]*(?=[^\x00-\x7f])", re.DOTALL)
"""White space that may be between two Han characters; it begins with one set, by which `re` skips quickly to the next space."""

_line_break = late_pattern("\r\n|[\n\r\x85\u2028]")
