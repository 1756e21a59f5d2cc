"""Which numbers does a typed number, or a typed range of numbers, ask for?

Sizes are whole, `read_range`:      Documents' own numbers may have a sign and a fraction, `read_numbers`:
"10k..2M"     ("10240", "2097152")  "-5..3.5"  ("-5", "3.5", False)
">1万"         ("10001", None)       ">1万"      ("10000", None, True)
"1萬字以上"    ("10000", None)       "30元以下"  None
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

Number = TypeVar("Number", int, Decimal)

_POWERS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIZE = r"[0-9]{1,40}(?:\.[0-9]{1,3})?(?:[kmg]?i?b?|[千万萬亿億]字?|字)"
_LATIN = re.IGNORECASE | re.ASCII
"""K is k; ı, which other patterns take for an i, is none."""
_NUMBER = r"[-−]?[0-9]{1,15}(?:\.[0-9]{1,9})?[千万萬亿億]?"


def read_range(typed: str) -> tuple[str | None, str | None] | None:
    """The ends of "10k..2M", "10..", ">1万" or a single number, in order."""
    found = _ends(typed, _SIZE, _size)
    if found is None:
        return None
    low, high, strict = found
    return None if low is None else str(low + strict), None if high is None else str(max(high - strict, 0))


def read_numbers(typed: str) -> tuple[str | None, str | None, bool] | None:
    """The ends of "30..80", "..-2.5", "≤300" or a single number, in order; and whether the one end is itself left out: ">300"."""
    found = _ends(typed, _NUMBER, _decimal)
    if found is None:
        return None
    low, high, strict = found
    return None if low is None else _written(low), None if high is None else _written(high), strict


def _ends(typed: str, number: str, read: Callable[[str], Number]) -> tuple[Number | None, Number | None, bool] | None:
    """The ends of a range in order, and whether the one end is itself left out; `number` is the pattern of what can be `read`."""
    typed = unicodedata.normalize("NFKC", typed)
    compared = re.fullmatch(rf"([<>≤≥])(=?)\s*({number})|({number})以([上下内內])", typed, _LATIN)
    if compared:
        sign, equal, behind, before, beyond = compared.groups()
        end, strict = read(behind or before), bool(sign) and sign in "<>" and not equal
        return (end, None, strict) if (sign or beyond) in ">≥上" else (None, end, strict)
    found = re.fullmatch(rf"({number})?(\.{{2,}}|[~—–至到-])?({number})?", typed, _LATIN)
    low, dots, high = found.groups() if found else (None, None, None)
    if not (low or high) or (high and not dots):
        return None
    ends = sorted(map(read, filter(None, (low, high if dots else low))))
    return ends[0] if low else None, ends[-1] if high or not dots else None, False


def _size(typed: str) -> int:
    digits, power = _parted(typed.lower().rstrip("ib字"))
    whole, _, decimals = digits.partition(".")
    places: int = 10 ** len(decimals)
    return int(whole + decimals) * power // places


def _decimal(typed: str) -> Decimal:
    digits, power = _parted(typed.replace("−", "-"))
    return Decimal(digits) * power


def _parted(typed: str) -> tuple[str, int]:
    """The digits of a number, and what the sign behind them says that these count."""
    digits = typed.rstrip("".join(_POWERS))
    return digits, _POWERS[typed[len(digits) :]]


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}"
