"""How else is a number with decimals written: 3.5倍 ⇄ 三点五倍? Only where a unit says that it is one; all text here is folded."""

from __future__ import annotations

from re import Match

from searcher.quantities.numerals import DIGITS, HAN, IN_DIGITS, IN_HAN, read_number, written
from searcher.text.patterns import late_pattern

UNITS = "万|亿|倍|度|米|公里|千米|公分|厘米|毫米|公斤|千克|吨|斤|升|公顷|亩|级|小时|个百分点|元"
"""What follows a number with decimals. Much else is no such number: 三点半, 三点五十分, 两点意见."""


def in_digits(term: str) -> str:
    """A term with its decimals in digits: 三点一四米 → 3.14米."""
    return _spoken().sub(_with_point, term)


def in_han(term: str) -> str | None:
    """A term with its decimals as they are said, 3.14米 → 三点一四米; None where it has none in digits."""
    said, count = _pointed().subn(_as_said, term)
    return said if count else None


def _with_point(match: Match[str]) -> str:
    whole = read_number(match["whole"])
    return match[0] if whole is None else f"{whole}.{match['rest'].translate(IN_DIGITS)}"


def _as_said(match: Match[str]) -> str:
    return f"{written(int(match['whole']))}点{match['rest'].translate(IN_HAN)}"


_spoken = late_pattern(rf"(?<![{HAN}])(?P<whole>[{HAN}]+)点(?P<rest>[{DIGITS}]{{1,3}})(?={UNITS})")

_pointed = late_pattern(rf"(?<![0-9.,$¥€£])(?P<whole>[0-9]{{1,4}})\.(?P<rest>[0-9]{{1,3}})(?={UNITS})")
