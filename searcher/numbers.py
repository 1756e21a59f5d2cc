"""How else a number or a year is written: 第12条 ⇄ 第十二条 ⇄ 第一二条, 民国110年 ⇄ 2021年, 两万 ⇄ 20000 ⇄ 2万, 3.5倍 ⇄ 三点五倍.

Only whole, well-formed numbers are read, and only where something says that they are numbers: 第 before them, a unit behind them,
or nothing else in the term. 三一重工, 五一节, 十分 and 千万 are left alone, and so is whatever cannot be read in one way.
All text here is folded: 零 stands for 〇, 万 for 萬.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from re import Match, Pattern

DIGITS = "零一二三四五六七八九"
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
LARGE = ((10**8, "亿"), (10**4, "万"))
LARGEST = 10**12  # numbers from here on are left alone
LARGEST_ALONE = 10**8  # a longer one with nothing beside it is a telephone number rather
APPROXIMATE = ("几", "数", "好")
MINGUO = "民国"
FIRST_YEAR = 1912  # of the Republic of China: 民国元年
ERAS = {
    **{"洪武": 1368, "建文": 1399, "永乐": 1403, "洪熙": 1425, "宣德": 1426, "正统": 1436, "景泰": 1450, "天顺": 1457, "成化": 1465},
    **{"弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567, "万历": 1573, "泰昌": 1620, "天启": 1621, "崇祯": 1628},
    **{
        "顺治": 1644,
        "康熙": 1662,
        "雍正": 1723,
        "干隆": 1736,
        "嘉庆": 1796,
        "道光": 1821,
        "咸丰": 1851,
        "同治": 1862,
        "光绪": 1875,
        "宣统": 1909,
    },
    **{"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019, MINGUO: FIRST_YEAR},
}
"""The first year of the eras of Ming, Qing, modern Japan and the Republic, by their folded names (乾 is 干)."""

LONGEST_ERA = 64  # years: 昭和; the Republic's goes on

UNITS = (
    "年|月|日|号|条|款|项|章|节|篇|卷|编|目|页|届|期|版|集|季|级|世纪|岁|元|块|美元|欧元|港币|港元|台币|人|名|位|个|家|户|天|周|星期|小时"
    "|分钟|秒|米|公里|千米|厘米|毫米|英里|尺|里|公尺|公斤|千克|克|吨|斤|公顷|亩|平方|坪|升|度|倍|种|台|辆|架|艘|间|层|楼|栋|次|回|份|件|本|册|张|例|起|点|等奖"
)
EXACT_UNITS = "年|月|日|号|条|款|项|章|节|篇|卷|编|页|届|期|版|世纪|岁|元|等奖"
"""Units before which any single digit is a number: 一月, 十号. 一个, 一次, 百家 and 千里 are words."""
SMALL = "两二三四五六七八九23456789"
"""Single digits that are numbers before any unit: 三个月, 3天, 两年."""

DECIMAL_UNITS = "万|亿|倍|度|米|公里|千米|公分|厘米|毫米|公斤|千克|吨|斤|升|公顷|亩|级|小时|个百分点|元"
"""What follows a number with decimals: 三点五倍. Much else is no such number: 三点半, 三点五十分, 两点意见."""

SPOKEN_UNITS = "元|块|美元|人|公里|公斤|斤|米|公尺|坪|亩"
"""What may follow a number whose last power was left out: 三千五元."""

NAMES = ("四季", "二元", "三元", "五月天", "二月河", "三人行", "六人行", "四人帮")
"""Words that would be a number and its unit."""

BARE_WEIGHT = 0.7  # what a number alone weighs against one with 第 or a unit
CALENDAR_WEIGHTS = {"as written": 0.9, "western": 0.8, MINGUO: 0.5}
DECIMAL_WEIGHT = 0.9


@dataclass(frozen=True, slots=True)
class NumberForm:
    """Another way to write a term; `text` is folded."""

    text: str
    weight: float


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the numbers and years of a term, heaviest first; none where nothing is surely a number."""
    if not may_hold(folded_term):
        return ()
    closed = _spaces().sub("", folded_term)
    term = _spoken_point().sub(_with_point, _dashed().sub(r"第\1\3之\2", closed))
    forms = _whole(term) | ({term: 1.0} if term != folded_term else {})
    decimal = {_point().sub(_spoken_with_point, text): forms.get(text, 1.0) for text in (term, *forms) if _point().search(text)}
    forms |= {text: round(DECIMAL_WEIGHT * weight, 2) for text, weight in decimal.items()}
    forms.pop(closed, None)
    return tuple(sorted((NumberForm(text, weight) for text, weight in forms.items()), key=lambda form: -form.weight))


def _whole(term: str) -> dict[str, float]:
    """The term with its whole numbers and years written otherwise, and what each weighs."""
    numbers = tuple(_numbers(term))
    if not numbers:
        return {}
    bare = BARE_WEIGHT if (numbers[0].start, numbers[-1].end) == (0, len(term)) else 1.0
    forms: dict[str, float] = {}
    for calendar, (style, weight) in product(_calendars(numbers), STYLES.items()):
        text = _rewritten(term, numbers, calendar, style)
        forms[text] = max(forms.get(text, 0), round(weight * CALENDAR_WEIGHTS[calendar] * bare, 2))
    forms |= {_inserted().sub(r"第\1-\3\2", text): weight for text, weight in forms.items() if _inserted().search(text)}
    return forms


def is_number(folded: str) -> bool:
    """Whether the text is one number or year and nothing else, but for 第 before it and a unit behind it."""
    found = list(_numbers(folded)) if may_hold(folded) else []
    if len(found) != 1:
        return False
    rest = folded[found[0].end :]
    return folded[: found[0].start] in ("", "第") and (not rest or bool(_unit().fullmatch(rest)))


def may_hold(folded: str) -> bool:
    """Whether something in a text can be, or be part of, a number."""
    return not _NUMERALS.isdisjoint(folded)


def read_number(text: str) -> int | None:
    """The value of a whole number: in Han (一百零三, 两万, 廿一), in digits (20000, 20,000) or in both (2万, 1.5亿); else None."""
    if not text[:1].isascii():
        return _read_han(text)
    number = _read_digits(text)
    return _read_parts(text) if number is None else number


def written(number: int) -> str:
    """`number` in Han: 12 → 十二, 110 → 一百一十, 20000 → 二万; below 10 to the 12th."""
    text = _with_powers(number) if number else "零"
    return text[1:] if text.startswith("一十") else text


def spelled(number: int) -> str:
    """`number` in Han, digit by digit: 2021 → 二零二一."""
    return spelled_digits(str(number))


def spelled_digits(digits: str) -> str:
    """Digits one by one, also where zeros lead: 05 → 零五."""
    return "".join(DIGITS[int(digit)] for digit in digits)


def _taiwanese(number: int) -> str:
    """As in Taiwan's statutes: 110 → 一百十."""
    return written(number).replace("一十", "十")


def _liang(number: int) -> str:
    """As spoken: 20000 → 两万, 2 → 两."""
    return "两" if number == 2 else re.sub("二(?=[千万亿])", "两", written(number))


def _short(number: int) -> str:
    """A round number with 万 or 亿 behind digits: 20000 → 2万, 125000000 → 1.25亿."""
    for power, name in LARGE:
        if number >= power and number % (power // 100) == 0:
            whole, rest = divmod(number, power)
            decimals = f".{rest * 100 // power:02}".rstrip("0") if rest else ""
            return f"{whole}{decimals}{name}"
    return str(number)


def _in_parts(number: int) -> str:
    """As counted aloud, in digits: 120000000 → 1亿2000万, 35000 → 3万5000."""
    for power, name in LARGE:
        whole, rest = divmod(number, power)
        if 0 < whole < 10_000 and rest % (power // 10_000) == 0 and rest >= power // 10:
            return f"{whole}{name}{rest // (power // 10_000)}{'万' if power > 10**4 else ''}"
    return str(number)


def _in_thousands(number: int) -> str:
    """The same with 千: 1亿2千万, 3万5千."""
    return re.sub("([1-9])000(?=万|$)", r"\1千", _in_parts(number)) if number >= 10_000 else str(number)


def _in_ten_thousands(number: int) -> str:
    """As in statistics: 120000000 → 12000万."""
    return f"{number // 10_000}万" if 10**8 <= number < 10**11 and number % 10**4 == 0 else str(number)


def _grouped(number: int) -> str:
    """With commas where people set them: 20000 → 20,000."""
    return f"{number:,}" if number >= 10_000 else str(number)


STYLES: dict[Callable[[int], str], float] = {
    str: 1.0,
    written: 1.0,
    _taiwanese: 0.9,
    _liang: 0.9,
    _short: 0.9,
    _in_parts: 0.8,
    _in_thousands: 0.8,
    _in_ten_thousands: 0.7,
    _grouped: 0.8,
    spelled: 0.7,
}
"""The ways to write a number, and how common each is."""


# Reading


@dataclass(frozen=True, slots=True)
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
    for match in _pattern().finditer(term):
        number = _minguo_year(match) if match["minguo"] else _year_of_era(match) if match["era"] else _plain_number(match)
        if number:
            yield number


def _minguo_year(match: Match[str]) -> _Number | None:
    text = match["minguo_year"]
    value = 1 if text == "元" else read_number(text) or _read_spelled(text)
    if not value or value > 200:
        return None
    year = FIRST_YEAR - value if match["before"] else FIRST_YEAR - 1 + value
    return _Number(match.start(), match.end(), year, MINGUO)


def _year_of_era(match: Match[str]) -> _Number | None:
    count = 1 if match["era_year"] == "元" else read_number(match["era_year"])
    if not count or count > LONGEST_ERA:
        return None
    return _Number(match.start(), match.end(), ERAS[match["era"]] + count - 1, match["era"])


def _plain_number(match: Match[str]) -> _Number | None:
    """The number, where 第, a unit or being alone says that it is one."""
    term, text, start, end = match.string, match["number"], *match.span("number")
    ordinal, alone = bool(_ordinal().search(term, 0, start)), (start, end) == (0, len(term))
    if not (ordinal or alone or _unit().match(term, end)) or term[:start].endswith(APPROXIMATE):
        return None
    if term.startswith(NAMES, start):
        return None
    if len(text) == 1 and not ordinal and (alone or not (text in SMALL or _exact_unit().match(term, end))):
        return None
    value = read_number(text)
    if value is None and not ordinal and (alone or _spoken_unit().match(term, end)):
        value = _read_spoken(text)
    digits = value is None
    if value is None and (ordinal or (len(text) >= 3 and (alone or term[end] in "年号"))):
        value = _read_spelled(text)
    if value is None or (alone and text.isdigit() and value > LARGEST_ALONE):
        return None
    if not ordinal and 1850 <= value <= 2100 and term[end : end + 1] == "年" and not _duration().match(term, end):
        return _Number(match.start(), end, value, "decade" if term[end : end + 2] == "年代" else "western")
    return _Number(start, end, value, "", ordinal, digits and not ordinal)


def _read_digits(text: str) -> int | None:
    match = _digits().fullmatch(text)
    if not match or len(text) > 18:
        return None
    whole, rest, powers = match["whole"].replace(",", ""), match["rest"] or "", match["powers"]
    power = 1
    for name in powers:
        power *= POWERS[name]
    if (whole.startswith("0") and len(whole) > 2) or 10 ** len(rest) > power:
        return None
    value = int(whole + rest) * (power // 10 ** len(rest))
    return value if value < LARGEST else None


def _read_parts(text: str) -> int | None:
    """Digits with powers between them, 1亿2000万, 3万5千: well formed where the same in Han is."""
    if not re.fullmatch("(?:[0-9]{1,4}[千万亿]{1,2}){1,3}(?:[0-9]{4})?", text):
        return None
    return _read_han(re.sub("[0-9]+", lambda digits: written(int(digits[0])), text))


def _read_han(text: str) -> int | None:
    """Read loosely, then written again: only what comes out as it went in was well formed."""
    plain = text.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    total = section = digit = 0
    for c in plain[:40]:
        if c in DIGITS:
            digit = DIGITS.index(c)
        elif c in "十百千":
            section, digit = section + (digit or 1) * POWERS[c], 0
        elif c in POWERS:
            total, section, digit = (total + section + digit) * POWERS[c] if c == "亿" else total + (section + digit) * POWERS[c], 0, 0
        else:
            return None
    number = total + section + digit
    well_formed = number < LARGEST and written(number).replace("一十", "十") == plain.replace("一十", "十")
    return number if well_formed else None


def _read_spoken(text: str) -> int | None:
    """A number whose last power is left out, as people speak: 两万五 → 25000, 三千五 → 3500. (二百五 is a fool.)"""
    match = re.fullmatch("(.*([百千万亿]))([1-9一二三四五六七八九])", text)
    whole = read_number(match[1]) if match and text not in ("二百五", "两百五") else None
    if not match or whole is None:
        return None
    digit = int(match[3]) if match[3].isascii() else DIGITS.index(match[3])
    return whole + digit * POWERS[match[2]] // 10


def _with_point(match: Match[str]) -> str:
    """三点一四 → 3.14."""
    whole = read_number(match["whole"])
    return match[0] if whole is None else f"{whole}.{''.join(str(DIGITS.index(c)) for c in match['rest'])}"


def _spoken_with_point(match: Match[str]) -> str:
    """3.14 → 三点一四."""
    return f"{written(int(match['whole']))}点{spelled_digits(match['rest'])}"


def _read_spelled(text: str) -> int | None:
    """A number in Han digits alone: 二零二一 → 2021."""
    if not 2 <= len(text) <= 8 or text[0] == "零" or set(text) - set(DIGITS):
        return None
    return int("".join(str(DIGITS.index(c)) for c in text))


# Writing


def _calendars(numbers: tuple[_Number, ...]) -> tuple[str, ...]:
    """How the years may be counted: as they are, and the other way, where the republic's count is used at all."""
    written_in = {number.calendar for number in numbers} - {""}
    if written_in and written_in <= ERAS.keys():
        return "as written", "western"
    if written_in == {"western"} and all(number.value >= FIRST_YEAR for number in numbers if number.calendar):
        return "as written", MINGUO
    return ("as written",)


def _rewritten(term: str, numbers: tuple[_Number, ...], calendar: str, style: Callable[[int], str]) -> str:
    pieces: list[str] = []
    done = 0
    for number in numbers:
        pieces += term[done : number.start], _number_text(number, calendar, style)
        done = number.end
    return "".join(pieces) + term[done:]


def _number_text(number: _Number, calendar: str, style: Callable[[int], str]) -> str:
    counted = number.calendar if calendar == "as written" else calendar
    if number.digits:
        return spelled(number.value) if style is spelled else str(number.value)
    if not number.calendar:
        return written(number.value) if style is spelled and not _is_spelled(number) else style(number.value)
    if counted not in ERAS:
        return str(number.value) if style in (str, _short, _grouped) else spelled(number.value)
    if number.value < ERAS[counted]:
        return f"{MINGUO}前{style(FIRST_YEAR - number.value)}"
    count = number.value - ERAS[counted] + 1
    return counted + ("元" if count == 1 and style is not str else style(count))


def _is_spelled(number: _Number) -> bool:
    """Whether people write it digit by digit, too: 第一二条, 一零一号; not 五零零零元."""
    return number.ordinal or (100 < number.value < 10_000 and number.value % 100 > 0)


def _with_powers(number: int) -> str:
    """Greatest power first; 零 stands where powers are skipped."""
    for name, power in reversed(POWERS.items()):
        if number >= power:
            high, rest = divmod(number, power)
            gap = "零" if 0 < rest < power // 10 else ""
            return _with_powers(high) + name + gap + (_with_powers(rest) if rest else "")
    return DIGITS[number]


_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两", "一二三四五六七八九十百千二")
_HAN = "零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMERALS = frozenset("0123456789元" + _HAN)
_ARABIC = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"


@lru_cache(maxsize=1)
def _pattern() -> Pattern[str]:
    """A year of the republic or of another era, or any number that is no part of a name (5g, covid-19, 3.14).

    The name of the common era before it belongs to it.
    """
    parts = "(?:[0-9]{1,4}[千万亿]{1,2}){1,3}[0-9]{4}|(?:[0-9]{1,4}[千万亿]{1,2}){2,3}|[0-9]{1,3}[万亿][1-9]"
    digits = rf"(?<![a-z0-9_.,/+{_HAN}-])(?:{parts}|(?:{_ARABIC})(?:\.[0-9]+(?=[百千万亿]))?[百千万亿]{{0,2}})(?![a-z0-9_.,/+-]|[{_HAN}])"
    han = rf"(?<![0-9{_HAN}])[{_HAN}]+(?![0-9{_HAN}])"
    return re.compile(
        rf"(?P<minguo>(?:中华)?民国(?P<before>前)?(?P<minguo_year>元|[0-9]{{1,3}}|[{_HAN}]{{1,6}})(?=年))"
        rf"|(?P<era>{'|'.join(ERAS)})(?P<era_year>元|[0-9]{{1,2}}|[{_HAN}]{{1,3}})(?=年)"
        rf"|(?:公元|西元)?(?P<number>{digits}|{han})"
    )


@lru_cache(maxsize=1)
def _ordinal() -> Pattern[str]:
    """What makes the number behind it one of an order: 第, and 之 behind an article that was put in later (第一百零五条之一)."""
    return re.compile("(?:第|[条项款目章节编]之)$")


@lru_cache(maxsize=1)
def _dashed() -> Pattern[str]:
    """An article that was put in later, as Taiwan's courts write it: 第105-1条, 105-1条."""
    return re.compile("(?<![0-9-])第?([0-9]+)-([0-9]+)([条项款目章节编])")


@lru_cache(maxsize=1)
def _inserted() -> Pattern[str]:
    """The same as statutes write it: 第105条之1."""
    return re.compile("第([0-9]+)([条项款目章节编])之([0-9]+)")


@lru_cache(maxsize=1)
def _digits() -> Pattern[str]:
    return re.compile(rf"(?P<whole>{_ARABIC})(?:\.(?P<rest>[0-9]+))?(?P<powers>[百千万亿]{{0,2}})")


@lru_cache(maxsize=1)
def _unit() -> Pattern[str]:
    return re.compile(UNITS)


@lru_cache(maxsize=1)
def _exact_unit() -> Pattern[str]:
    return re.compile(EXACT_UNITS)


@lru_cache(maxsize=1)
def _spoken_unit() -> Pattern[str]:
    return re.compile(SPOKEN_UNITS)


@lru_cache(maxsize=1)
def _spoken_point() -> Pattern[str]:
    return re.compile(rf"(?<![{_HAN}])(?P<whole>[{_HAN}]+)点(?P<rest>[零一二三四五六七八九]{{1,3}})(?={DECIMAL_UNITS})")


@lru_cache(maxsize=1)
def _point() -> Pattern[str]:
    return re.compile(rf"(?<![0-9.,])(?P<whole>[0-9]{{1,4}})\.(?P<rest>[0-9]{{1,3}})(?={DECIMAL_UNITS})")


@lru_cache(maxsize=1)
def _duration() -> Pattern[str]:
    """Where 年 counts years and names none."""
    return re.compile("年(?:历史|来|前|后|间|级|以)")


@lru_cache(maxsize=1)
def _spaces() -> Pattern[str]:
    """Spaces between a number and its neighbours, which matching ignores: 第 12 条."""
    return re.compile(r"(?<=[0-9]) +(?=[^\W0-9a-z])|(?<=[^\W0-9a-z]) +(?=[0-9])")
