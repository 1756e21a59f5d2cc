"""Which short texts have no characters but the usual ones? For these no pattern with the letters of all scripts need be compiled.

Python takes 1 to 4 milliseconds to compile one, for it looks at each letter, and most queries need none.
"""

from __future__ import annotations

SEGMENTED = "\u4e00-\u9fd5"
"""The letters that jieba makes words of (its own class); other Han characters are words by themselves, whichever engine cuts."""

_SHORT = 64  # characters: of a longer text a pattern tells sooner


def is_segmented(character: str) -> bool:
    """Whether a character is one of `SEGMENTED`, as nearly all that are no ASCII are; an empty text is none."""
    return SEGMENTED[0] <= character <= SEGMENTED[-1]


def is_short_run(text: str) -> bool:
    """Whether a text is nothing but some letters of `SEGMENTED`, as most queries are."""
    return 0 < len(text) <= _SHORT and min(text) >= SEGMENTED[0] and max(text) <= SEGMENTED[-1]


def plain_words(text: str) -> list[str]:
    """The words of a text that is nothing but small letters a to z with a space between two words, as English terms are. None of any
    other text.
    """
    words = text.split(" ") if len(text) <= _SHORT and text.isascii() and text.islower() else []
    return words if all(map(str.isalpha, words)) else []


def is_plain(text: str) -> bool:
    """Whether a text is short, and nothing but ASCII, letters of `SEGMENTED` and `SIGNS`, as most queries are that mix scripts: a pattern
    that knows no other characters is compiled in a tenth of the time.
    """
    return len(text) <= _SHORT and all(c < "\x80" or SEGMENTED[0] <= c <= SEGMENTED[-1] or c in SIGNS for c in text)


SIGNS = "。、“”‘’《》「」『』—·"
"""Signs in use between Han characters that are letters nowhere; a comma or a question mark is folded to that of ASCII."""

PLAIN_HAN, PLAIN_ATOM, PLAIN_LETTER = rf"[^\x00-\x7f{SIGNS}]", rf"[^\x00-/:-@\[-`{{-\x7f{SIGNS}]", "A-Za-z"
"""In a plain text: what matches its Han characters, what matches these, letters and digits, and the letters, for use inside a class."""
