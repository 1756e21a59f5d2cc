"""How else is a term with a number or a year written: 第12条 ⇄ 第十二条 ⇄ 第一二条, 民国110年 ⇄ 2021年, 两万 ⇄ 20000 ⇄ 2万?

Only whole, well-formed numbers are read, and only where something says that they are numbers: 第 before them, a unit behind them,
or nothing else in the term. 三一重工, 五一节, 十分 and 千万 are left alone, and so is whatever cannot be read in one way.
All text here is folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from re import Match

from searcher.frozen import frozen
from searcher.quantities import decimals
from searcher.quantities.eras import ERAS, MINGUO, has_moons, in_era, reign, western_year, year_before_republic
from searcher.quantities.numerals import (
    ARABIC,
    HAN,
    OF_MONEY,
    PARTS,
    STYLES,
    Style,
    grouped,
    liang,
    read_number,
    read_spelled,
    read_spoken,
    short,
    spelled,
    written,
)
from searcher.text.patterns import late_pattern

LARGEST_ALONE = 10**8  # a longer one with nothing beside it is a telephone number rather
APPROXIMATE = ("几", "数", "好")

_unit = late_pattern(
    "年|月|日|号|条|款|项|章|节|篇|卷|编|目|页|届|期|版|集|季|级|世纪|岁|元|块|美元|欧元|港币|港元|台币|人|名|位|个|家|户|天|周|星期|小时"
    "|分钟|秒|米|公里|千米|厘米|毫米|英里|尺|里|公尺|公斤|千克|克|吨|斤|公顷|亩|平方|坪|升|度|倍|种|台|辆|架|艘|间|层|楼|栋|次|回|夜|晚|份|件|本|册|张|例|起|点|等奖"
)
"""What is counted."""

_exact_unit = late_pattern("年|月|日|号|条|款|项|章|节|篇|卷|编|页|届|期|版|世纪|岁|元|等奖")
"""Units before which any single digit is a number: 一月, 十号. 一个, 一次, 百家 and 千里 are words."""
SMALL = "两二三四五六七八九23456789"
"""Single digits that are numbers before any unit: 三个月, 3天, 两年."""

_spoken_unit = late_pattern("元|块|美元|人|公里|公斤|斤|米|公尺|坪|亩")
"""What may follow a number whose last power was left out: 三千五元."""

NAMES = (
    *("四季", "二元", "三元", "五月天", "二月河", "三人行", "六人行", "四人帮", "九份", "五台山", "七台河", "九层塔", "七里香", "六月雪"),
    *("二里头", "三里屯", "三里河", "五里店", "六里桥", "七里河", "八里左岸", "八里庄", "十里堡", "十里河", "十里洋场"),
    *("六张犁", "七张站", "三张犁", "三点式"),
)
"""Words that would be a number and its unit: places and plants."""

ROOTS = "人党玄丹苦沙海红洋"
"""What stands before 参 in what is eaten or a medicine: 人参, 海参."""

BARE_WEIGHT = 0.7  # what a number alone weighs against one with 第 or a unit
NAME_WEIGHT, SPELLED_WEIGHT = 0.45, 0.9
"""The same for digits that are mostly a name: read as a count (911 as 九百一十一, windows 10 as 十), and digit by digit (九一一)."""

_order = late_pattern("月|日|号|届|期|版|年级|级|等|楼|编|世纪|次元|次函数|次方|人转|人世界")
"""Before what follows a number of an order, 二 is not 两: 二月, 二年级, 二次函数."""
CALENDAR_WEIGHTS = {"as written": 0.9, "western": 0.8}
RECKONED = 0.5  # what an era weighs that was not typed
NAMELESS, FIRST_NAMELESS = "nameless", 2011
"""A year of the republic without 民国: from this one on it has three digits, and is how Taiwan mostly writes it (110年3月)."""

DECIMAL_WEIGHT = 0.9


@frozen
class NumberForm:
    """Another way to write a term; `text` is folded."""

    text: str
    weight: float


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the numbers and years of a term, heaviest first; none where nothing is surely a number."""
    if not may_hold(folded_term):
        return ()
    closed = _spaces().sub("", folded_term)
    term = decimals.in_digits(_dashed().sub(r"第\1\3之\2", closed))
    forms = _whole(term) | ({term: 1.0} if term != folded_term else {})
    said = {text: decimals.in_han(text) for text in (term, *forms)}
    forms |= {text: round(DECIMAL_WEIGHT * forms.get(source, 1.0), 2) for source, text in said.items() if text is not None}
    return heaviest_first(forms.items(), closed)


def heaviest_first(written: Iterable[tuple[str, float]], typed: str) -> tuple[NumberForm, ...]:
    """Texts and what they weigh as forms of what was typed, each once, with the most that it weighs."""
    heaviest: dict[str, float] = {}
    for text, weight in written:
        heaviest[text] = max(weight, heaviest.get(text, 0))
    return tuple(sorted((NumberForm(text, weight) for text, weight in heaviest.items() if text != typed), key=lambda form: -form.weight))


def is_number(folded: str) -> bool:
    """Whether the text is one number or year and nothing else, but for 第 before it and a unit behind it; 第105条之1 is one, too."""
    if not may_hold(folded):
        return False
    if _article().fullmatch(folded):
        return True
    found = list(_numbers(folded))
    if len(found) != 1:
        return False
    rest = folded[found[0].end :]
    return folded[: found[0].start] in ("", "第") and (not rest or bool(_unit().fullmatch(rest)))


def may_hold(folded: str) -> bool:
    """Whether something in a text can be, or be part of, a number."""
    return not _NUMERALS.isdisjoint(folded)


_NUMERALS = frozenset("0123456789元" + HAN)


def _whole(term: str) -> dict[str, float]:
    """The term with its whole numbers and years written otherwise, and what each weighs."""
    numbers = tuple(_numbers(term))
    if not numbers:
        return {}
    bare = (numbers[0].start, numbers[-1].end) == (0, len(term))
    forms: dict[str, float] = {}
    styles = STYLES | OF_MONEY if term.startswith("元", numbers[-1].end) else STYLES
    for calendar, (style, weight) in product(_calendars(term, numbers), styles.items()):
        text = _rewritten(term, numbers, calendar, style)
        alone = _alone(numbers[0], term, text, style) if bare else 1.0
        forms[text] = max(forms.get(text, 0), round(weight * CALENDAR_WEIGHTS.get(calendar, RECKONED) * alone, 2))
    forms |= {_inserted().sub(r"第\1-\3\2", text): weight for text, weight in forms.items() if _inserted().search(text)}
    return forms


def _alone(number: _Number, term: str, text: str, style: Style) -> float:
    """What a number with nothing beside it weighs, written as `text`: one in digits that is not round mostly is a name."""
    if not term.isdigit() or text.isascii() or not (number.value < 100 or _is_spelled(number)):
        return BARE_WEIGHT
    return SPELLED_WEIGHT if style is spelled and _is_spelled(number) else NAME_WEIGHT


# Reading


@frozen
class _Number:
    """A number of a term; of a year, `value` is the western one and `start` to `end` holds the era's name as well.

    `calendar`: the name of an era, "western" or "decade"; nothing where it is no year. `digits`: it was written digit by digit.
    """

    start: int
    end: int
    value: int
    calendar: str = ""
    ordinal: bool = False
    digits: bool = False


def _numbers(term: str) -> Iterator[_Number]:
    for match in _pattern().finditer(_formal_three().sub("叁", term)):
        number = _minguo_year(match) if match["minguo"] else _year_of_era(match) if match["era"] else _plain_number(match)
        if number:
            yield number


def _minguo_year(match: Match[str]) -> _Number | None:
    text = match["minguo_year"]
    count = 1 if text == "元" else read_number(text) or read_spelled(text) or 0
    year = year_before_republic(count) if match["before"] else western_year(MINGUO, count)
    return None if year is None else _Number(match.start(), match.end(), year, MINGUO)


def _year_of_era(match: Match[str]) -> _Number | None:
    year = western_year(match["era"], 1 if match["era_year"] == "元" else read_number(match["era_year"]) or 0)
    return None if year is None else _Number(match.start(), match.end(), year, match["era"])


def _plain_number(match: Match[str]) -> _Number | None:
    """The number, where 第, a unit or being alone says that it is one."""
    term, text, start, end = match.string, match["number"], *match.span("number")
    ordinal, alone = bool(_ordinal().search(term, 0, start)), (start, end) == (0, len(term))
    if not (ordinal or alone or _unit().match(term, end)) or term[:start].endswith(APPROXIMATE):
        return None
    if term.startswith(NAMES, start):
        return None
    if alone and text.startswith("00"):
        return None
    if len(text) == 1 and not ordinal and (alone or not (text in SMALL or _exact_unit().match(term, end))):
        return None
    value = read_number(text)
    if value is None and not ordinal and (alone or _spoken_unit().match(term, end)):
        value = read_spoken(text)
    digits = value is None
    if value is None and (ordinal or (len(text) >= 3 and (alone or term[end] in "年号"))):
        value = read_spelled(text)
    if value is None or (alone and text.isdigit() and (value > LARGEST_ALONE or compact_day().fullmatch(text))):
        return None
    if not ordinal and 1850 <= value <= 2100 and term[end : end + 1] == "年" and not _duration().match(term, end):
        return _Number(match.start(), end, value, "decade" if term[end : end + 2] == "年代" else "western")
    return _Number(start, end, value, "", ordinal, digits and not ordinal)


# Writing


def _calendars(term: str, numbers: tuple[_Number, ...]) -> tuple[str, ...]:
    """How the years may be counted: as they are, and the other way, if all of them are of one era, and no month of another calendar is
    beside them: the third month of 光绪二十年 is not March 1894."""
    written_in = {number.calendar for number in numbers} - {""}
    eras = {reign(number.value) for number in numbers if number.calendar} if written_in == {"western"} else written_in & ERAS.keys()
    lunar = any(has_moons(era, number.value) for era in eras for number in numbers if number.calendar)
    if lunar and any(term.startswith("月", number.end) for number in numbers):
        return ("as written",)
    if written_in == {MINGUO} and all(number.value >= FIRST_NAMELESS for number in numbers if number.calendar):
        return "as written", "western", NAMELESS
    if written_in and written_in <= ERAS.keys():
        return "as written", "western"
    return ("as written", *eras) if len(eras) == 1 else ("as written",)


def _rewritten(term: str, numbers: tuple[_Number, ...], calendar: str, style: Style) -> str:
    pieces: list[str] = []
    done = 0
    for number in numbers:
        in_order = number.value == 2 and (number.ordinal or _order().match(term, number.end))
        pieces += term[done : number.start], _number_text(number, calendar, written if style is liang and in_order else style)
        done = number.end
    return "".join(pieces) + term[done:]


def _number_text(number: _Number, calendar: str, style: Style) -> str:
    counted = number.calendar if calendar == "as written" else calendar
    if number.digits:
        return spelled(number.value) if style is spelled else str(number.value)
    if not number.calendar:
        return written(number.value) if style is spelled and not _is_spelled(number) else style(number.value)
    if counted == NAMELESS:
        return str(number.value - ERAS[MINGUO] + 1)
    if counted in ERAS:
        return in_era(counted, number.value, style)
    return str(number.value) if style in (str, short, grouped) else spelled(number.value)


def _is_spelled(number: _Number) -> bool:
    """Whether people write it digit by digit, too: 第一二条, 一零一号; not 五零零零元."""
    return number.ordinal or (100 < number.value < 10_000 and number.value % 100 > 0)


# Patterns


_DIGITS = rf"(?<![a-z0-9_.,/+$¥€£{HAN}-])(?:{PARTS}|(?:{ARABIC})(?:\.[0-9]+(?=[百千万亿]))?[百千万亿]{{0,2}})(?![a-z0-9_.,/+-]|[{HAN}])"
_IN_HAN = rf"(?<![0-9{HAN}])[{HAN}]+(?![0-9{HAN}])"

_pattern = late_pattern(
    rf"(?P<minguo>(?:中华)?民国(?P<before>前)?(?P<minguo_year>元|[0-9]{{1,3}}|[{HAN}]{{1,6}})(?=年))"
    rf"|(?P<era>{'|'.join(ERAS)})(?P<era_year>元|[0-9]{{1,2}}|[{HAN}]{{1,3}})(?=年)"
    rf"|(?:公元|西元)?(?P<number>{_DIGITS}|{_IN_HAN})"
)
"""A year of the republic or of another era, or any number that is no part of a name (5g, covid-19, 3.14).

The name of the common era before it belongs to it.
"""

compact_day = late_pattern(r"(?<![0-9a-z.,/:-])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9a-z.,/:-])")
"""A day without anything between its numbers, as in names of files: 20240115. Nobody counts so."""

_ordinal = late_pattern("(?:第|[条项款目章节编]之)$")
"""What makes the number behind it one of an order: 第, and 之 behind an article that was put in later (第一百零五条之一)."""

_dashed = late_pattern("(?<![0-9-])第?([0-9]+)-([0-9]+)([条项款目章节编])")
"""An article that was put in later, as Taiwan's courts write it: 第105-1条, 105-1条."""

_inserted = late_pattern("第([0-9]+)([条项款目章节编])之([0-9]+)")
"""The same as statutes write it: 第105条之1."""


_article = late_pattern(f"第(?:[0-9]+-[0-9]+[条项款目章节编]|(?:[0-9]+|[{HAN}]+)[条项款目章节编]之(?:[0-9]+|[{HAN}]+))")
"""An article that was put in later, however it is written."""

_formal_three = late_pattern(f"(?<![{ROOTS}])参(?=[拾佰仟]|[万亿](?:元|[壹贰叁参肆伍陆柒捌玖零]))|(?<=[拾佰仟万亿零])参(?=[万亿元])")
"""參 that stands for 叁 in an amount of money, as in Taiwan: 參仟元, 肆拾參元; not in 人参万元, nor in 参万人次."""

_duration = late_pattern("年(?:历史|来|前|后|间|级|以)")
"""Where 年 counts years and names none."""

_spaces = late_pattern(r"(?<=[0-9]) +(?=[^\W0-9a-z])|(?<=[^\W0-9a-z]) +(?=[0-9])")
"""Spaces between a number and its neighbours, which matching ignores: 第 12 条."""
