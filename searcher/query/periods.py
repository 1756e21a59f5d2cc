"""Which dates a typed date, or a typed range of dates, asks for.

"2021/8"            "2021-08"
"2021年8月17日"      "2021-08-17"
"民國一百一十年"      "2021"
"113年3月"           "2024-03", as offices in Taiwan write it
"光緒廿年"            "1894"
"2021-08..2021-10"  ("2021-08", "2021-10")
">2020"             ("2021", None)
"去年"               the year before this one
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from searcher.quantities.eras import ERAS, MINGUO, has_moons, western_year
from searcher.quantities.numerals import HAN, read_number, read_spelled
from searcher.query import days
from searcher.text.folding import fold_script

LONGEST = 60
"""No range of dates is written in more characters than these."""

_DIGITS = "0-9０-９"
_NUMERALS = "〇零○一二三四五六七八九十百元"
_NUMBER = f"[0-9]{{1,4}}|[{HAN}元]{{1,5}}"
_DATE = re.compile(  # of folded text
    rf"(?:(?:中华)?(?P<era>{'|'.join(ERAS)})\s?)?(?P<year>{_NUMBER})"
    rf"(?:\s?年(?:\s?(?P<month>{_NUMBER})\s?月(?:\s?(?P<day>{_NUMBER})\s?[日号])?)?"
    r"|[-/.](?P<month2>[0-9]{1,2})(?:[-/.](?P<day2>[0-9]{1,2}))?)?"
)
_REPUBLIC = range(100, 150)
"""Years that Taiwan counts without naming the Republic: no document is dated in the second century."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:\.{2,}|…+|[~～〜至到—–]+)\s*")
_DASHED = re.compile(r"([0-9]{4}|[0-9]{6}|[0-9]{8}|.*[年月日号號])\s*[-－]\s*([0-9]{4}|[0-9]{6}|[0-9]{8}|.*[年月日号號])")
_SINCE = re.compile(r"(.+?)\s*(?:以来|以來|以后|以後|之后|之後|起|以前|之前|为止|為止)")
_RECENT = re.compile(
    rf"(?:最近|近期|近日|(?:最近|近|过去|過去)(半|[{_DIGITS}]{{1,4}}|[两兩{_NUMERALS}]{{1,3}})\s?[个個]?(天|日|周|週|星期|礼拜|禮拜|月|年)(?:[内內]|以?[来來])?)"
)
_AGO = re.compile(r"([0-9]{1,4})\s?(d|w|m|y)")
_UNITS = {
    **dict.fromkeys(("天", "日", "d"), (1, 0)),
    **dict.fromkeys(("周", "週", "星期", "礼拜", "禮拜", "w"), (7, 0)),
    **dict.fromkeys(("月", "m"), (0, 1)),
    **dict.fromkeys(("年", "y"), (0, 12)),
}
"""How many days, or months, each is."""

_COMPARED = re.compile(r"([<>＜＞≤≥])([=＝]?)\s*(.+)", re.DOTALL)


def read_date(text: str) -> str | None:
    """A typed date as ISO 8601, as partial as it was typed; None where it is no date."""
    text = text.strip()
    if text.lower() in _NAMED:
        precision, steps = _NAMED[text.lower()]
        return _moved(date.today().isoformat()[:precision], steps)
    folded = fold_script(text).replace("○", "零").replace("－", "-")
    if compact := _COMPACT.fullmatch(folded):
        return _iso([int(part) for part in compact.groups() if part])
    found = _DATE.fullmatch(folded)
    if found is None:
        return None
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    year, *parts = [_number(part) for part in (found["year"], month, day) if part]
    if found["era"]:
        return _of_era(found["era"], year, parts)
    if year in _REPUBLIC:
        return _of_era(MINGUO, year, parts)
    return _iso([year, *parts]) if 1000 <= year <= 9999 else None


def _of_era(era: str, count: int, parts: list[int]) -> str | None:
    """A year of an era, and its month and day; None with these where its months were not those of the west."""
    year = western_year(era, count)
    return None if year is None or (parts and has_moons(era, year)) else _iso([year, *parts])


def read_range(text: str) -> tuple[str | None, str | None] | None:
    """The first and last date of "2021-08..2021-10", "2021.." or a single date, in order; None where that is no range."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if text in _WEEKS:
        return _week(date.today(), _WEEKS[text])
    recent = _RECENT.fullmatch(text) or _AGO.fullmatch(text.lower())
    if recent:
        return _recent(date.today(), *recent.groups())
    compared, since, dashed = (pattern.fullmatch(text) for pattern in (_COMPARED, _SINCE, _DASHED))
    if compared:
        return _beside(*compared.groups())
    if since:
        return _beside("<" if text.endswith("前") else "≤" if text.endswith("止") else "≥", "", since[1])
    ends = dashed.groups() if dashed else _BETWEEN.split(text, maxsplit=1)
    low, high = ends[0], _completed(ends[0], ends[-1])
    dates = tuple(read_date(end) for end in (low, high))
    if not (low or high) or any(end and found is None for end, found in zip((low, high), dates, strict=True)):
        return None
    first, last = dates
    return (last, first) if first and last and _later(first, last) else (first, last)


def before(iso: str) -> str | None:
    """The last date before one, as partial as it: "2021" → "2020", "2021-01" → "2020-12"; None before all dates."""
    return _moved(iso, -1)


def _moved(iso: str, steps: int) -> str | None:
    """A date so many years, months or days later, whatever it is precise to; None where that is no date any more."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        ordinal = date(*parts).toordinal() + steps
        return date.fromordinal(ordinal).isoformat() if 0 < ordinal <= date.max.toordinal() else None
    if len(parts) == 2:
        year, month = divmod(parts[0] * 12 + parts[1] - 1 + steps, 12)
        return _iso([year, month + 1])
    return _iso([parts[0] + steps])


def _completed(low: str, high: str) -> str:
    """The end of a range with what its beginning has said already: 2021年8月, 10月 → 2021年10月."""
    shared = "年" if "月" in high else "月" if re.search("[日号號]", high) else ""
    if not shared or "年" in high or shared not in low:
        return high
    return low[: low.index(shared) + 1] + high


def _beside(sign: str, equal: str, text: str) -> tuple[str | None, str | None] | None:
    """The range of ">2020" or "≤2021-08"."""
    iso = read_date(text)
    if iso is None:
        return None
    later = sign in ">＞≥"
    edge = iso if equal or sign in "≤≥" else _moved(iso, 1 if later else -1)
    return None if edge is None else (edge, None) if later else (None, edge)


def _recent(today: date, number: str | None, unit: str | None) -> tuple[str, str] | None:
    """The last so many days, weeks, months or years, today included; the last month where none are named."""
    days_each, months_each = _UNITS[unit or "月"]
    half = number == "半"
    count = 1 if number is None or half else _number(number)
    if half and months_each < 12:
        days_each, months_each = days_each or 30, 0
    if months_each:
        first = _moved(today.isoformat()[:_MONTH], -(count * months_each // (2 if half else 1)))
        low = first and _day_in(first, today.day)
    else:
        low = _moved((today + timedelta(days=1)).isoformat(), -(count * days_each // (2 if half else 1)))
    return None if low is None else (low, today.isoformat())


def _day_in(month: str, day: int) -> str:
    """That day of a month, or its last one."""
    last = days.span(month)
    return f"{month}-{min(day, last[1] % 100) if last else day:02}"


def _week(today: date, weeks: int) -> tuple[str, str]:
    """Monday and Sunday of this week, or of one so many weeks later."""
    monday = today + timedelta(days=7 * weeks - today.weekday())
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


_DAY, _MONTH, _YEAR = 10, 7, 4  # characters of a date in ISO 8601 that is so precise

_NAMED = {
    **dict.fromkeys(("today", "今天", "今日"), (_DAY, 0)),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), (_DAY, -1)),
    "前天": (_DAY, -2),
    **dict.fromkeys(("本月", "这个月", "這個月"), (_MONTH, 0)),
    **dict.fromkeys(("上月", "上个月", "上個月"), (_MONTH, -1)),
    "今年": (_YEAR, 0),
    "去年": (_YEAR, -1),
    "前年": (_YEAR, -2),
}
"""Days, months and years that are called by where they stand from today."""

_WEEKS = {
    **dict.fromkeys(("本周", "本週", "这周", "這週", "本星期", "这个星期", "這個星期"), 0),
    **dict.fromkeys(("上周", "上週", "上星期", "上个星期", "上個星期"), -1),
}


def _iso(parts: list[int]) -> str | None:
    written = "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))
    return written if days.span(written) else None


def _later(first: str, second: str) -> bool:
    """Whether the first of two dates begins after the second ends, so that they were typed the wrong way round."""
    spans = days.span(first), days.span(second)
    return spans[0] is not None and spans[1] is not None and spans[0][0] > spans[1][1]


def _number(text: str) -> int:
    """A number in digits, in numerals read one by one ("二零二一"), or with tens and hundreds ("一百一十"); -1 where it is none."""
    folded = fold_script(text)
    number = 1 if folded == "元" else read_number(folded)
    if number is None:
        number = read_spelled(folded)
    return -1 if number is None else number
