"""How likely is this text in a script? The likelihood of a text is that of its characters, by their frequency."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

CHINESE = ("simplified", "traditional")


def likelihood(counts: Counter[str], script: str) -> float:
    """The natural logarithm of the likelihood of a text, given as the counts of its characters."""
    known = frequencies(script)
    return sum(count * (known[character] if character in known else rare(character, script)) for character, count in counts.items())


@cache
def frequencies(script: str) -> dict[str, float]:
    """The characters that are expected in a script, with the natural logarithm of their shares."""
    known = {chr(code): _BLANK_ASCII for code in range(0x20, 0x7F)}
    known.update((character, value) for characters, value in _ASCII for character in characters)
    if script == "latin":
        known.update((character, -7.0) for character in "éèêëàâäáãåçñóòôöõøíìîïúùûüßæœ“”‘’–—…«»°·©®±×µ£€§")
        return known
    known.update((character, value) for characters, value in _PUNCTUATION for character in characters)
    if script == "japanese":
        known.update((character, -4.5) for character in _JAPANESE)
    if script == "korean":
        known.update((character, -4.6) for character in _KOREAN)
    else:
        known.update(_by_rank(script))
    return known


def rare(character: str, script: str) -> float:
    """The same for a character that is in no list of a script, by its block."""
    code = ord(character)
    if 0x4E00 <= code < 0xA000:
        return -13.0 if script in CHINESE else -14.0
    if code < 0x20 or 0x7F <= code < 0xA0 or character == "\ufffd":
        return _CONTROL_CHARACTER
    if 0x3040 <= code < 0x3100:
        return -6.0 if script == "japanese" else -13.0
    if 0xAC00 <= code < 0xD7A4:
        return -8.5 if script == "korean" else -17.0
    if 0x2500 <= code < 0x2600 or character == "\ue5e5":  # what tables and pictures of boards are drawn with; A3 A0 of GB18030
        return -7.0
    if 0xFF01 <= code < 0xFF5F or 0x2000 <= code < 0x2070 or 0x3000 <= code < 0x3040:
        return -9.0
    if 0x2100 <= code < 0x2600 or 0x3105 <= code < 0x3130 or 0x3400 <= code < 0x4DC0 or 0xF900 <= code < 0xFB00:
        return -14.0
    if 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return -17.0
    if script == "latin" and code < 0x700:  # accents; Greek, Cyrillic, Hebrew, Arabic
        return -12.0 if code < 0x180 else -9.5
    return -15.0


def _by_rank(script: str) -> dict[str, float]:
    """Shares fitted to the counts that the order comes from."""
    from searcher.documents.encodings.frequent import SIMPLIFIED, TRADITIONAL

    order = TRADITIONAL if script == "traditional" else SIMPLIFIED
    less = 1.0 if script == "japanese" else 0.0
    return {character: -math.log(80 + 3.6 * rank + 0.004 * rank * rank) - less for rank, character in enumerate(order)}


# Natural logarithms of the share of a character in a text, measured roughly; what matters is the order of magnitude.
_ASCII = ((" etaoinsrhldcum\n", -3.5), ("fpgwybvkxjqz", -5.0), ("0123456789", -5.0), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", -6.0), ("\t\r", -5.0))
_PUNCTUATION = (("，。", -3.5), ("、：；「」“”（）《》？！", -5.5), ("　…—‘’『』【】〈〉〔〕·．", -7.0), ("─│┌┐└┘├┤┬┴┼", -6.0))
_JAPANESE = "のにはをたがでてとしれさるいもなかっらりうすまこあくそどよえけだ、。ーンスルトリアイクラ"
_KOREAN = "이다의는을에가로고하지한사기인대도어리아자시여라과들나만해일수정구그스전부상으서원제보주장유성게있었것와적은"
_BLANK_ASCII, _CONTROL_CHARACTER = -7.0, -18.0
