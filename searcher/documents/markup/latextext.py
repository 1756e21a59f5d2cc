"""Pieces of LaTeX, in titles and in BibTeX, become what is printed of them: letters with their accents, no commands."""

from __future__ import annotations

import re
import unicodedata

_ACCENT = re.compile(r"\\([`'^\"~=.]|[cvuHrk](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?[ \t]*|(.))|[{}]")
_CHARACTERS = frozenset("&%$#_{} ")  # that are printed behind a backslash
LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "aa": "å", "AA": "Å", "i": "i", "j": "j"}
LETTERS |= {name: name for name in ("TeX", "LaTeX", "BibTeX")} | {"textless": "<", "textgreater": ">", "ldots": "…", "dots": "…"}
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega".split()
for _name, _letter in zip(_GREEK, "αβγδεζηθικλμνξπρστυφχψω", strict=True):
    LETTERS |= {_name: _letter, _name.title(): _letter.upper()}
_ACCENTS = dict(zip("`'^\"~=.cvuHrk", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u030a\u0328", strict=True))


def printed(text: str) -> str:
    r"""A text without commands: G\"odel \& {Bernays} → Gödel & Bernays."""
    text = _ACCENT.sub(lambda match: unicodedata.normalize("NFC", match[2] + _ACCENTS[match[1]]), text) if "\\" in text else text
    return _COMMAND.sub(_shown, text.replace("~", " "))


def _shown(match: re.Match[str]) -> str:
    if match[2] == "\\":  # a line ends
        return " "
    return LETTERS.get(match[1], "") or (match[2] if match[2] in _CHARACTERS else "")
