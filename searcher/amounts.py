"""Which numbers does a typed number, or a typed range of numbers, ask for?

"10k..2M"     ("10240", "2097152")
">1万"         ("10001", None)
"1萬字以上"    ("10000", None)
"""

from __future__ import annotations

import re
import unicodedata

_SIZES = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIZE = r"([0-9]{1,40})(?:\.([0-9]{1,3}))?(?:([kmg]?)i?b?|([千万萬亿億])字?|字)"
_FROM_TO = r"(.*?)(\.{2,}|…+|[~—–至到-])(.*)"
_COMPARED = r"([<>≤≥])(=?)\s*(.+)"
_BEYOND = r"(.+)以(上|下|内|內)"


def read_range(typed: str) -> tuple[str | None, str | None] | None:
    """The ends of "10k..2M", "10..", ">1万" or a single number, in order."""
    typed = unicodedata.normalize("NFKC", typed)
    compared = re.fullmatch(_COMPARED, typed)
    if compared:
        return _compared(*compared.groups())
    beyond = re.fullmatch(_BEYOND, typed)
    if beyond:
        return _compared("≥" if beyond[2] == "上" else "≤", "", beyond[1])
    found = re.fullmatch(_FROM_TO, typed)
    low, dots, high = found.groups() if found else (typed, "", "")
    numbers = [_size(end) for end in (low, high if dots else low) if end]
    if not numbers or None in numbers:
        return None
    if low and (high or not dots):
        ordered = sorted(number for number in numbers if number is not None)
        return str(ordered[0]), str(ordered[-1])
    return (str(numbers[0]), None) if low else (None, str(numbers[0]))


def _compared(sign: str, equal: str, typed: str) -> tuple[str | None, str | None] | None:
    number = _size(typed)
    if number is None:
        return None
    strictly = not equal and sign in "<>"
    return (str(number + strictly), None) if sign in ">≥" else (None, str(max(number - strictly, 0)))


def _size(typed: str) -> int | None:
    found = re.fullmatch(_SIZE, typed, re.IGNORECASE)
    if found is None:
        return None
    decimals: str = found[2] or ""
    places: int = 10 ** len(decimals)
    return int(found[1] + decimals) * _SIZES[(found[3] or found[4] or "").lower()] // places
