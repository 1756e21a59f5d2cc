"""A date as documents write it becomes ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from searcher.quantities.eras import ERAS, MINGUO
from searcher.quantities.numerals import IN_DIGITS, read_number

_FOLDED = str.maketrans("〇○元兩", "零零一两")
_NUMERAL = r"[0-9〇零○一二三四五六七八九十百千廿卅元]+"
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

_HALVES = dict.fromkeys("下午 晚上 晚間 晚间 傍晚 PM".split(), 12) | dict.fromkeys("上午 凌晨 早上 清晨 中午 AM".split(), 0)
_CLOCK = (
    r"(?:[T\s]*(?P<half>[上下]午|晚[上間间]|傍晚|凌晨|早上|清晨|中午)?\s*(?P<hour>\d{1,2})\s*[:时時点點]\s*(?P<minute>\d{1,2})\s*分?\s*(?::?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?"
    r"\s*(?P<half2>[AP]M)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?)?"
)
_NUMERIC = re.compile(rf"(?P<year>\d{{4}})(?:\s*([-/.])\s*(?P<month>\d{{1,2}})(?:\s*\2\s*(?P<day>\d{{1,2}}){_CLOCK})?)?")
_COMPACT = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}'?:?\d{2})?'?)?"
)
_CHINESE = re.compile(
    rf"(?P<era>(?:中華|中华)?\s*民[國国]|公元|西元)?\s*(?P<year>{_NUMERAL})\s*年(?:\s*(?P<month>{_NUMERAL})\s*月(?:\s*(?P<day>{_NUMERAL})\s*[日号號]?\s*(?:[(]?(?:星期|週|周|礼拜|禮拜)[一二三四五六日天][)]?)?{_CLOCK})?)?"
)
_REPUBLIC = re.compile(
    rf"(?:中華|中华)?\s*民[國国]\s*(?P<year>\d{{1,3}})\s*([-/.])\s*(?P<month>\d{{1,2}})(?:\s*\2\s*(?P<day>\d{{1,2}}){_CLOCK})?"
)
_DAY_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<name>[A-Za-z]{3})[a-z]*\.?"
_MONTH_DAY = r"(?P<name2>[A-Za-z]{3})[a-z]*\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_ENGLISH = re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+)?(?:{_DAY_MONTH}|{_MONTH_DAY}),?[\s-]+(?P<year>\d{{4}}),?{_CLOCK}(?:\s*\([A-Za-z ]+\))?")
_ENGLISH_MONTH = re.compile(r"(?P<name>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s+(?P<name>[A-Za-z]{3})[a-z]*\.?(?:\s+(?P<day>\d{1,2}))?")  # as databases of literature write it
_UNIX = re.compile(  # as ctime(3) and date(1) write it
    r"[A-Z][a-z]{2}\s+(?P<name>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
    r"(?:\s+(?P<zone>[A-Z]{3,4}))?\s+(?P<year>\d{4})"
)
_CLOCKS = ("1601-01-01", "1899-12-30", "1904-01-01", "1969-12-31", "1970-01-01", "1979-12-31", "1980-01-01")
"""When the clocks of Windows, workbooks, the older Macintosh, Unix and ZIP begin, there or an evening before in another zone."""
_SAID_OF_IT = re.compile(r"\s*(?:公[布佈告]|修正|施行|[發发][布佈表]|更新|起)+$")


def to_iso(text: str) -> str | None:
    """The date as ISO 8601, as exact as it is given; None where it is none.

    2021年8月17日                    → 2021-08-17
    中華民國一百一十年八月           → 2021-08
    Tue, 17 Aug 2021 11:18:00 GMT    → 2021-08-17T11:18:00+00:00
    """
    plain = unicodedata.normalize("NFKC", text[:200]).strip()
    plain = _SAID_OF_IT.sub("", plain)
    if match := _REPUBLIC.fullmatch(plain):
        return _iso(match, year=int(match["year"]) + ERAS[MINGUO] - 1)
    if match := _CHINESE.fullmatch(plain):
        return _iso(match, year=_chinese_year(match))
    for pattern in (_NUMERIC, _COMPACT, _ENGLISH, _ENGLISH_MONTH, _YEAR_FIRST, _UNIX):
        if match := pattern.fullmatch(plain):
            return _iso(match, year=int(match["year"]))
    return None


def first_date(texts: Iterable[str]) -> str | None:
    """The first of these that is a date, as ISO 8601."""
    return next(filter(None, map(to_iso, texts)), None)


def stamped_date(texts: Iterable[str]) -> str | None:
    """The first of these dates, which programs have put there, that is more than the beginning of their clock."""
    return next((date for date in map(to_iso, texts) if date and not date.startswith(_CLOCKS)), None)


def _chinese_year(match: re.Match[str]) -> int:
    """0, which the calendar refuses, where it is no number."""
    year = _number(match["year"])
    return year + ERAS[MINGUO] - 1 if year and match["era"] and "民" in match["era"] else year


def _iso(match: re.Match[str], *, year: int) -> str | None:
    """The parts that were written, checked against the calendar."""
    found = match.groupdict()
    month, day = _month(found), found.get("day") or found.get("day2")
    try:
        if year < 1000 or month is None:
            return f"{year:04d}" if 1000 <= year <= 9999 and month is None else None
        whole = date(year, month, _number(day) if day else 1)
        if not day:
            return f"{year:04d}-{month:02d}"
        return whole.isoformat() if found.get("hour") is None else _with_clock(whole, found)
    except (ValueError, OverflowError):
        return None


def _month(found: dict[str, str | None]) -> int | None:
    name = found.get("name") or found.get("name2")
    if name:
        return MONTHS.get(name.lower(), 0)  # no month: the calendar refuses it
    month = found.get("month")
    return _number(month) if month else None


def _with_clock(day: date, found: dict[str, str | None]) -> str:
    moment = datetime(day.year, day.month, day.day, _hour(found), int(found["minute"] or 0), int(found["second"] or 0))
    zone = found.get("zone")
    return moment.replace(tzinfo=_zone(zone)).isoformat() if zone else moment.isoformat()


def _hour(found: dict[str, str | None]) -> int:
    hour, half = int(found["hour"] or 0), found.get("half") or found.get("half2") or ""
    if half in ("凌晨", "上午", "AM") and hour == 12:
        return 0
    return hour + _HALVES.get(half, 0) if hour < 12 else hour


def _zone(text: str) -> timezone | None:
    """None for the name of a zone, for the same letters mean several (CST)."""
    if text.isalpha():
        return timezone.utc if text in ("Z", "UTC", "GMT") else None
    digits = re.sub(r"\D", "", text)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4] or 0))
    return timezone(-offset if text.startswith("-") else offset)


def _number(text: str) -> int:
    """一百一十 and 110 → 110; 二〇二一, 2〇21 → 2021; 百, as in 民國百年, → 100; 0 where it is no number."""
    digits = text.translate(_FOLDED).translate(IN_DIGITS)
    if digits.isdecimal():
        return int(digits)
    plain = text.translate(_FOLDED).lstrip("零")
    return read_number(f"一{plain}" if plain.startswith("百") else plain) or 0
