"""Which dates a typed date, or a typed range of dates, asks for.

"2021/8"            "2021-08"
"2021年8月17日"      "2021-08-17"
"民國一百一十年"      "2021"
"2021-08..2021-10"  ("2021-08", "2021-10")
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from searcher import days

_DIGITS = "0-9０-９"
_NUMERALS = "〇零○一二三四五六七八九十百元"
_NUMBER = rf"[{_DIGITS}]{{1,4}}|[{_NUMERALS}]{{1,5}}"
_DATE = re.compile(
    rf"(?P<era>(?:中[華华])?民[國国]\s?)?(?P<year>{_NUMBER})"
    rf"(?:\s?年(?:\s?(?P<month>{_NUMBER})\s?月(?:\s?(?P<day>{_NUMBER})\s?[日号號])?)?"
    rf"|[-/.－／．](?P<month2>[{_DIGITS}]{{1,2}})(?:[-/.－／．](?P<day2>[{_DIGITS}]{{1,2}}))?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:\.{2,}|…+|[~～至到])\s*")
_VALUES = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "元": 1}
_REPUBLIC = 1911  # the year before the first year of 民國


def read_date(text: str) -> str | None:
    """A typed date as ISO 8601, as partial as it was typed; None where it is no date."""
    text = text.strip()
    compact = _COMPACT.fullmatch(text)
    found = compact or _DATE.fullmatch(text)
    if found is None:
        return None
    if compact:
        parts = [int(part) for part in compact.groups() if part]
    else:
        month, day = found["month"] or found["month2"], found["day"] or found["day2"]
        parts = [_number(part) for part in (found["year"], month, day) if part]
        if found["era"]:
            parts[0] += _REPUBLIC
        elif not 1000 <= parts[0] <= 9999:
            return None
    return _iso(parts)


def read_range(text: str) -> tuple[str | None, str | None] | None:
    """The first and last date of "2021-08..2021-10", "2021.." or a single date, in order; None where that is no range."""
    ends = _BETWEEN.split(text.strip(), maxsplit=1)
    low, high = ends[0], ends[-1]
    dates = tuple(read_date(end) for end in (low, high))
    if not (low or high) or any(end and found is None for end, found in zip((low, high), dates, strict=True)):
        return None
    first, last = dates
    return (last, first) if first and last and _later(first, last) else (first, last)


def before(iso: str) -> str | None:
    """The last date before one, as partial as it: "2021" → "2020", "2021-01" → "2020-12"; None before all dates."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return (day - timedelta(days=1)).isoformat() if day > date.min else None
    if len(parts) == 2 and parts[1] > 1:
        return _iso([parts[0], parts[1] - 1])
    return _iso([parts[0] - 1, *([12] if len(parts) == 2 else [])])


def _iso(parts: list[int]) -> str | None:
    written = "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))
    return written if days.span(written) else None


def _later(first: str, second: str) -> bool:
    """Whether the first of two dates begins after the second ends, so that they were typed the wrong way round."""
    spans = days.span(first), days.span(second)
    return spans[0] is not None and spans[1] is not None and spans[0][0] > spans[1][1]


def _number(text: str) -> int:
    """A number in digits ("110", "１１０"), in numerals read one by one ("二〇二一"), or with tens and hundreds ("一百一十")."""
    if text[0] not in _NUMERALS:
        return int(text)
    if "十" not in text and "百" not in text:
        return int("".join(str(_VALUES[numeral]) for numeral in text))
    total, ones = 0, 0
    for numeral in text:
        if numeral in "十百":
            total, ones = total + (ones or 1) * (10 if numeral == "十" else 100), 0
        else:
            ones = _VALUES[numeral]
    return total + ones
