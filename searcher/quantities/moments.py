"""How else is a day or a time written: 2024年1月15日 ⇄ 2024-01-15 ⇄ 20240115, 下午3点半 ⇄ 15:30, 半年 ⇄ 6个月, 90后 ⇄ 九零后?

Only what can hardly be anything else is read: a day of the calendar, an hour with 下午 or the like before it or 半 or minutes behind.
All text here is folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from re import Match, Pattern

from searcher.quantities.eras import ERAS, MINGUO, western_year
from searcher.quantities.numbers import NumberForm, compact_day, heaviest_first
from searcher.quantities.numerals import DIGITS, IN_DIGITS, read_number, spelled, written
from searcher.text.patterns import late_pattern

SURE, LIKELY, RECKONED, DOUBTFUL = 0.9, 0.7, 0.5, 0.45
"""`RECKONED`: the year as Taiwan counts it, which is just sure enough to answer by itself: few who type a western year mean it."""

FORENOON = ("凌晨", "清晨", "早上", "早晨", "上午")
MIDDAY = "中午"
AFTERNOON = ("下午", "午后", "傍晚", "晚上", "晚间", "夜里")
EVENING = 18
"""The hour from which one says 晚上 rather than 下午."""

NOON = 12
FRACTIONS = {"": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}
LONGEST_SPAN = 10
"""So many years or hours and a half are known as months and minutes."""

LATEST = 150
"""No day of the republic without its name is read from this year on."""

Way = tuple[str, float]
"""A way to write something, and what it weighs."""


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the days and times of a term, one of them at a time, heaviest first."""
    if _NUMERALS.isdisjoint(folded_term):  # as most are
        return ()
    return heaviest_first(_written_otherwise(folded_term), folded_term)


def _written_otherwise(term: str) -> Iterator[Way]:
    for signs, pattern, ways in _KINDS:
        for match in pattern().finditer(term) if not signs.isdisjoint(term) else ():
            yield from ((term[: match.start()] + text + term[match.end() :], weight) for text, weight in ways(match))


# Days


def is_day(folded: str) -> bool:
    """Whether the text is a day of the calendar and nothing else, written with its month."""
    if _NUMERALS.isdisjoint(folded):
        return False
    compact, match = compact_day().fullmatch(folded), _day().fullmatch(folded)
    return _is_day(*map(int, compact.groups())) if compact else match is not None and _read_day(match) is not None


def _read_day(match: Match[str]) -> tuple[int | None, int, int] | None:
    """Year, if there is one, month and day; None where they are no day."""
    republic = match["republic"] or match["counted"] or match["number_republic"]
    if republic:
        count = read_number(republic)
        year = None if count is None else western_year(MINGUO, count)
        if year is None:
            return None
    else:
        year_text = match["year"] or match["number_year"]
        year = int(year_text.translate(IN_DIGITS)) if year_text else None
    month, day = read_number(match["month"] or match["number_month"]), read_number(match["day"] or match["number_day"])
    return None if month is None or day is None or not _is_day(year, month, day) else (year, month, day)


def _ways_of_a_day(match: Match[str]) -> Iterator[Way]:
    """In numbers only with its year: 1/15 may be anything. 110.3.5 may be a version, and is a day of the republic only by itself."""
    read = _read_day(match)
    if read is None:
        return
    if match["number_republic"]:
        if len(match[0]) == len(match.string):
            yield from ((text, DOUBTFUL) for text, _ in _written_day(*read))
    elif match["counted"]:
        yield from ((text, min(weight, RECKONED)) for text, weight in _written_day(*read))
    else:
        yield from _written_day(*read)


def _ways_of_a_compact_day(match: Match[str]) -> Iterator[Way]:
    year, month, day = map(int, match.groups())
    if _is_day(year, month, day):
        yield from _written_day(year, month, day)


def _written_day(year: int | None, month: int, day: int) -> Iterator[Way]:
    in_digits, in_han = (f"{year}年", f"{spelled(year)}年") if year else ("", "")
    for sign in "日号":
        yield f"{in_digits}{month}月{day}{sign}", SURE
        yield f"{in_han}{written(month)}月{written(day)}{sign}", SURE
    if year:  # a slash or a dot in the place of the hyphen is the same to matching
        yield f"{year}-{month:02}-{day:02}", SURE
        yield f"{year}-{month}-{day}", SURE
        if 1900 <= year < 2100:
            yield f"{year}{month:02}{day:02}", LIKELY
        yield from _in_republic(year, month, day)


def _in_republic(year: int, month: int, day: int) -> Iterator[Way]:
    """As Taiwan counts years; without its name where the year has three digits, as else it may be anything."""
    count = year - ERAS[MINGUO] + 1
    if count > 0:
        yield f"{MINGUO}{count}年{month}月{day}日", RECKONED
        yield f"{MINGUO}{written(count)}年{written(month)}月{written(day)}日", RECKONED
    if 100 <= count < LATEST:
        yield f"{count}年{month}月{day}日", RECKONED
        yield f"{count}.{month}.{day}", DOUBTFUL
        yield f"{count}.{month:02}.{day:02}", DOUBTFUL


def _is_day(year: int | None, month: int, day: int) -> bool:
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return False
    return True


# Times of day


def _ways_of_a_time(match: Match[str]) -> Iterator[Way]:
    """As it is said and as a clock shows it; in 24 hours where it is known to be afternoon."""
    part, (hour, minute) = match["part"] or "", _time(match)
    if not 0 <= minute < 60 or not 0 <= hour <= (NOON if part else 2 * NOON) or not _is_time(match, hour):
        return
    weight = LIKELY if part or match["rest"] or hour > NOON else DOUBTFUL
    yield from ((part + text, weight) for text in (*_said(hour, minute), f"{hour}:{minute:02}"))
    if (part in (*FORENOON, *AFTERNOON) and 0 < hour < NOON) or (part == MIDDAY and hour == NOON):
        half = "am" if part in FORENOON else "pm"
        yield f"{hour}:{minute:02}{half}", weight
        if not minute:
            yield f"{hour}{half}", weight
    if part == MIDDAY and hour == NOON:
        yield f"{hour}:{minute:02}", weight
    elif part in AFTERNOON and hour < NOON:
        yield from ((text, weight) for text in (f"{hour + NOON}:{minute:02}", *_said(hour + NOON, minute)))
    elif part in FORENOON:
        yield from ((text, weight) for text in (f"{hour}:{minute:02}", f"{hour:02}:{minute:02}"))
    elif NOON < hour < 2 * NOON:
        said = "晚上" if hour >= EVENING else "下午"
        yield from ((said + text, weight) for text in _said(hour - NOON, minute))


def _ways_of_an_english_time(match: Match[str]) -> Iterator[Way]:
    """3:30pm is 下午3:30, and all that that is."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if 1 <= hour <= NOON and (hour < NOON or match["half"] == "p"):  # 12am is midnight
        parts = ("上午",) if match["half"] == "a" else ("下午",) if hour < NOON else (MIDDAY, "下午")
        for time in (f"{part}{hour}:{minute:02}" for part in parts):
            yield from ((form.text, form.weight) for form in expansions(time))
            yield time, LIKELY


def _time(match: Match[str]) -> tuple[int, int]:
    """Hour and minute; below zero where they are none."""
    hour, rest = read_number(match["hour"] or match["clock_hour"]), match["rest"] or ""
    minute = FRACTIONS.get(rest) if rest in FRACTIONS else read_number(rest.rstrip("分"))
    if match["clock_minute"]:
        minute = int(match["clock_minute"])
    return (-1, -1) if hour is None or minute is None else (hour, minute)


def _is_time(match: Match[str], hour: int) -> bool:
    """Whether something says that it is no list of so many points: 三点建议."""
    return bool(match["part"] or match["rest"] or match["clock_hour"]) or hour > NOON


def _said(hour: int, minute: int) -> Iterator[str]:
    """3点半, 三点半, 3点30分, 3时30分."""
    behind = f"{minute}分" if minute else ""
    yield f"{hour}点{behind}"
    yield f"{hour}时{behind}"
    yield f"{'两' if hour == 2 else written(hour)}点{f'{written(minute)}分' if minute else ''}"
    if minute == FRACTIONS["半"]:
        yield f"{hour}点半"
        yield f"{'两' if hour == 2 else written(hour)}点半"


# Spans


def _ways_of_a_span(match: Match[str]) -> Iterator[Way]:
    return ((text, LIKELY) for text in _spans().get(match[0], ()))


@lru_cache(maxsize=1)
def _spans() -> dict[str, tuple[str, ...]]:
    """Half a year is six months, an hour and a half ninety minutes, the nineties are 九零: each text, and what is the same."""
    same = [("半年", *_counted(6, "个月")), ("半小时", "半个小时", *_counted(30, "分钟")), ("一刻钟", *_counted(15, "分钟"))]
    same += [(*_counted(years, "年半"), *_counted(12 * years + 6, "个月")) for years in range(1, LONGEST_SPAN + 1)]
    same += [(*_counted(hours, "个半小时"), *_counted(60 * hours + 30, "分钟")) for hours in range(1, LONGEST_SPAN + 1)]
    same += [(f"{decade}0后", f"{DIGITS[decade]}零后") for decade in (0, 5, 6, 7, 8, 9)]
    return {text: tuple(other for other in group if other != text) for group in same for text in group}


def _counted(number: int, unit: str) -> tuple[str, ...]:
    said = {str(number), "两" if number == 2 else written(number)}
    return tuple(f"{text}{unit}" for text in sorted(said))


_HAN = "零一二三四五六七八九十两廿卅"
_NUMERALS = frozenset("0123456789半" + _HAN)
_ALONE = f"(?<![0-9a-z{_HAN}百千万.:/-])"
_NUMBER = f"(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}})"


_day = late_pattern(
    f"{_ALONE}(?:(?:(?P<year>[12][0-9]{{3}}|[一二][{DIGITS}]{{3}})|(?P<counted>1[0-4][0-9])|{MINGUO}(?P<republic>[0-9]{{1,3}}|[{_HAN}百]{{1,5}}))年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})[日号]"
    f"|{_ALONE}(?:(?P<number_year>[12][0-9]{{3}})|(?P<number_republic>1[0-4][0-9]))(?P<sign>[-/.])(?P<number_month>[0-9]{{1,2}})(?P=sign)(?P<number_day>[0-9]{{1,2}})(?![0-9a-z./:-])"
)

_time_of_day = late_pattern(
    f"(?:(?P<part>{'|'.join((*FORENOON, MIDDAY, *AFTERNOON))})|{_ALONE})"
    f"(?:(?P<hour>{_NUMBER})[点时](?P<rest>半|整|钟|[一三]刻|{_NUMBER}分)?"
    "|(?P<clock_hour>[0-9]{1,2}):(?P<clock_minute>[0-5][0-9])(?![0-9:ap]| [ap]\\.?m(?![a-z])))"
)

_english_time = late_pattern(f"{_ALONE}(?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-5][0-9]))? ?(?P<half>[ap])(?:m|\\.m\\.?)(?![0-9a-z])")

_span = late_pattern(f"{_ALONE}(?<![上下前后大小多年])[0-9{_HAN}]{{0,4}}(?:半个?小时|年半|半年|个半小时|个月|分钟|刻钟|后)")


_KINDS: tuple[tuple[frozenset[str], Callable[[], Pattern[str]], Callable[[Match[str]], Iterator[Way]]], ...] = (
    (frozenset("月-/."), _day, _ways_of_a_day),
    (frozenset("0123"), compact_day, _ways_of_a_compact_day),
    (frozenset("点时:"), _time_of_day, _ways_of_a_time),
    (frozenset("m"), _english_time, _ways_of_an_english_time),
    (frozenset("半月分刻后"), _span, _ways_of_a_span),
)
"""What is read: characters without which nothing is, its pattern (which takes a while, seldom needed), and how else it is written."""
