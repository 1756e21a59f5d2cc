"""Characters fall into classes: letters written without spaces, other letters, digits, and what joins them.

The classes are strings for use inside a regex character class, and meant for folded text.
They name blocks instead of asking Python for categories, because Python's own Unicode version differs from 3.10 to 3.14,
and the positions of an index must not; where a block is rare, its few signs count as letters.
"""

from __future__ import annotations

from searcher.text.folding import HAN_CLASS
from searcher.text.patterns import late_pattern, late_test
from searcher.text.usual import is_segmented

UNSPACED = HAN_CLASS + "\ue000-\uf8ff"  # private use: in real documents mostly Han that had no code point when they were written
"""Letters each of which is an atom of its own."""

DIGIT = "0-9"

LETTER = (
    "A-Za-zªµºÀ-ÖØ-öø-\u02c1\u02ee\u0300-\u0374\u0376-\u037d\u037f\u0386\u0388-\u03f5\u03f7-\u0481\u0483-\u0556"  # Latin …
    "\u0560-\u0588\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7-\u05f2\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ff"  # … Arabic
    "\u0710-\u0963\u0966-\u0df3\u0e50-\u0e59\u0ed0-\u0ed9\u0f00\u0f18-\u0f39\u0f40-\u0f84\u0f86-\u0fbc\u1040-\u1049"  # Syriac … Tibetan
    "\u1090-\u10fa\u10fc-\u135f\u1369-\u13ff\u1401-\u166c\u166f-\u167f\u1681-\u169a\u16a0-\u16ea\u16ee-\u1734\u1740-\u177f"  # Georgian …
    "\u17dc-\u17ff\u180b-\u1cff\u1d00-\u1fff\u2071\u207f\u2090-\u209f\u20d0-\u20ff\u2132\u214e\u2180-\u2188"  # Mongolian …
    "\u2c00-\u2cf8\u2cfd\u2d00-\u2dff\u302a-\u302f\u3099\u309a\ua4d0-\ua4fd\ua500-\ua60c\ua610-\ua672\ua674-\ua67d\ua67f-\ua6f1"
    "\ua717-\ua873\ua880-\ua8cd\ua8d0-\ua8f7\ua8fb-\uabff\ud7b0-\ud7ff\ufb00-\ufb28\ufb2a-\ufd3d\ufd50-\ufdff\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010000-\U00016fe4\U0001bc00-\U0001cfff\U0001d400-\U0001d7ff\U0001df00-\U0001efff"  # what lies beyond, and is no symbol
)
"""Letters that run together to a word: all others, with their marks."""

JOINER = "-.'_/+#:@&"
"""What may stand, once, between letters and digits of one name: covid-19, node.js, foo_bar."""

_BLANKS, _LINE_BREAK = r"[ \u1680]", r"(?:\r\n?|[\n\x85\u2028])"
SPACE = f"(?:{_BLANKS}+(?:{_LINE_BREAK}{_BLANKS}*)?|{_LINE_BREAK}{_BLANKS}*)"
"""A regex: spaces, with at most one line break among them; a tab is none, for it parts the cells of a table."""


def end_of_word(text: str, at: int) -> int:
    """Where the word ends that goes on at a place; the place itself where none does."""
    return end_of_run(text, at) if at and is_spaced(text, at - 1) else at


def end_of_run(text: str, at: int) -> int:
    """Where letters and digits of a script with spaces end, of which the first may stand at a place; the place itself where none does."""
    run = _spaced_run().match(text, at)
    return run.end() if run else at


def is_spaced(text: str, at: int = 0) -> bool:
    """Whether a letter or digit of a script that is written with spaces stands at a place."""
    character = text[at : at + 1]
    if character.isascii():
        return character.isalnum()
    return not is_segmented(character) and _is_spaced(character)


_is_spaced = late_test(LETTER + DIGIT)

_spaced_run = late_pattern(f"[{LETTER}{DIGIT}]+")
