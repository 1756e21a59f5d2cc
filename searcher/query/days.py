"""Which days a partial date can mean.

"2021"        (20210101, 20211231)
"2021-08"     (20210801, 20210831)
"2021-08-17"  (20210817, 20210817)
"""

from __future__ import annotations

import re

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_TIME = re.compile(r"(?<=[T ])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_DAY = 1_000_000
"""From the number of a day to that of its first second."""


def span(date: str) -> tuple[int, int] | None:
    """The earliest and the latest day, as the number yyyymmdd, that an ISO 8601 date (partial, with or without a time) can mean.

    None where it is no date.
    """
    found = _ISO.match(date)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or year < 1 or (month is not None and not 1 <= month <= 12):
        return None
    from calendar import monthrange

    first_month, last_month = (month, month) if month else (1, 12)
    last_of_month = monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= last_of_month:
        return None
    return _number(year, first_month, day or 1), _number(year, last_month, day or last_of_month)


def seconds(date: str) -> tuple[int, int] | None:
    """The same with the time of day, as the numbers yyyymmddhhmmss: the first and the last second of those days."""
    found = span(date)
    return found and (found[0] * _DAY, found[1] * _DAY + 23_59_59)


def second(moment: str) -> int | None:
    """The second that a date with its time names, as the number yyyymmddhhmmss, whatever its zone; the first it can mean, without one."""
    found, time = span(moment), _TIME.search(moment)
    if found is None or time is None:
        return found and found[0] * _DAY
    hour, minute, second = (int(part or 0) for part in time.groups())
    return found[0] * _DAY + hour * 100_00 + minute * 100 + second


def _number(year: int, month: int, day: int) -> int:
    return year * 10_000 + month * 100 + day
