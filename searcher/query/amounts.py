"""Which numbers does a typed number, or a typed range of numbers, ask for?

Sizes are whole, `read_range`:      Documents' own numbers may have a sign and a fraction, `read_numbers`:
"10k..2M"     ("10240", "2097152")  "-5..3.5"  ("-5", "3.5", False)
">1万"         ("10001", None)       ">1万"      ("10000", None, True)
"1萬字以上"    ("10000", None)       "30元以下"  None
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_SIZES = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIZE = r"([0-9]{1,40})(?:\.([0-9]{1,3}))?(?:([kmg]?)i?b?|([千万萬亿億])字?|字)"
_UNITS = "千万萬亿億"
_NUMBER = rf"[-−]?[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?[{_UNITS}]?"
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


def read_numbers(typed: str) -> tuple[str | None, str | None, bool] | None:
    """The ends of "30..80", "..-2.5", "≤300" or a single number, in order; and whether the one end is itself left out: ">300"."""
    typed = unicodedata.normalize("NFKC", typed)
    compared = re.fullmatch(f"([<>≤≥])(=?)({_NUMBER})", typed)
    if compared:
        sign, equal, number = compared.groups()
        return _one_end(number, above=sign in ">≥", strict=sign in "<>" and not equal)
    beyond = re.fullmatch(f"({_NUMBER})以([上下内內])", typed)
    if beyond:
        return _one_end(beyond[1], above=beyond[2] == "上", strict=False)
    found = re.fullmatch(rf"({_NUMBER})?(\.{{2,}}|[~—–至到-])?({_NUMBER})?", typed)
    low, dots, high = found.groups() if found else ("", "", "")
    if not (low or high) or (high and not dots):
        return None
    ends = sorted(map(_decimal, filter(None, (low, high if dots else low))))
    return _written(ends[0]) if low else None, _written(ends[-1]) if high or not dots else None, False


def _one_end(number: str, *, above: bool, strict: bool) -> tuple[str | None, str | None, bool]:
    written = _written(_decimal(number))
    return (written, None, strict) if above else (None, written, strict)


def _decimal(typed: str) -> Decimal:
    return Decimal(typed.rstrip(_UNITS).replace("−", "-")) * _SIZES[typed[-1] if typed[-1] in _UNITS else ""]


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}"


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
