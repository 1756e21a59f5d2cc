"""A byte too many or too few costs itself, not all pairs of bytes behind it until the line ends."""

from __future__ import annotations

import math

from searcher.documents.encodings.likelihood import frequencies, rare

PAIRED = frozenset(("gb18030", "cp950", "big5hkscs"))
"""Encodings in which a character is one byte or several, and only the order tells which."""

_LONGEST_CHARACTER, _LEFT_OVER = 4, -30.0  # bytes of GB18030, and how unlikely it is that a byte is none of a character
_MOST_MENDED = 65_536  # bytes of lines with an error


def mended(data: bytes, encoding: str) -> str:
    """The text of bytes in an encoding of pairs, line by line; what is left over is U+FFFD."""
    allowance, lines = _MOST_MENDED, []
    for line in data.split(b"\n"):
        text = line.decode(encoding, "replace")
        if "\ufffd" in text and len(line) <= allowance:
            allowance -= len(line)
            text = likeliest_cut(line, encoding)
        lines.append(text)
    return "\n".join(lines)


def likeliest_cut(line: bytes, encoding: str) -> str:
    """The line cut into characters so that they are the likeliest, where single bytes may be left over, as U+FFFD (Viterbi, 1967)."""
    known = {**frequencies("traditional"), **frequencies("simplified")} if encoding == "gb18030" else frequencies("traditional")
    best = [(0.0, 0, "")] + [(-math.inf, 0, "")] * len(line)  # up to each byte: the likelihood, where the last character begins, and it
    for start in range(len(line)):
        for end in range(start + 1, min(start + _LONGEST_CHARACTER, len(line)) + 1):
            character = _one_character(line[start:end], encoding) or ("\ufffd" if end == start + 1 else "")
            if not character:
                continue
            likelihood = best[start][0] + _of_character(character, known)
            if likelihood > best[end][0]:
                best[end] = (likelihood, start, character)
    end, characters = len(line), []
    while end:
        _, end, character = best[end]
        characters.append(character)
    return "".join(reversed(characters))


def _of_character(character: str, known: dict[str, float]) -> float:
    if character == "\ufffd":
        return _LEFT_OVER
    return known[character] if character in known else rare(character, "traditional")


def _one_character(piece: bytes, encoding: str) -> str | None:
    """The character that these bytes are, if they are one."""
    try:
        text = piece.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None
