"""How else is a measure, or an amount of money, written: 5km ⇄ 5公里 ⇄ 五公里, 20℃ ⇄ 攝氏20度, US$100 ⇄ 100美元, №5 ⇄ 第5号?

Weights say how surely the other way means the same: 500元 is what NT$500 is, and may be another currency; 20度 may be an angle.
All text here is folded: ㎡ is m2, ℃ is °c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from re import Pattern

from searcher.frozen import frozen
from searcher.quantities.numbers import NumberForm, heaviest_first, may_hold
from searcher.quantities.numerals import ARABIC, HAN, liang, read_number, written
from searcher.text.patterns import late_pattern

SURE, SPOKEN, DOUBTFUL = 0.9, 0.8, 0.4
"""What a way weighs: with the number in digits, with it in Han, and where it leaves open what is counted."""

LARGEST_SPOKEN = 10_000
"""A greater number with decimals or signs beside it nobody writes in Han."""

UNSEEN = ("¥", "€", "£")
"""Signs of which an index keeps nothing: ¥500 is read, and never looked for, for it would find every 500."""

COMMONEST = 3
"""Ways of a kind in which a doubtful measure is looked for."""

WORDS = range(1, 10)
"""Numbers in Han that are words with a doubtful unit: 一度, 三元."""

ORDER = "第"
"""Before a number of an order 二 is not 两."""

_SAME = (
    "{}km {}公里 {}千米",
    "{}cm {}公分 {}厘米",
    "{}mm {}毫米 {}公厘",
    "{}kg {}公斤 {}千克",
    "{}mg {}毫克",
    "{}ml {}毫升 {}cc",
    "{}m2 {}平方米 {}平方公尺",
    "{}km2 {}平方公里 {}平方千米",
    "{}m3 {}立方米 {}立方公尺",
    "{}km/h {}公里/小时 每小时{}公里 时速{}公里",
    "{}°c {}摄氏度 摄氏{}度 ?{}度",
    "nt${} ntd{} twd{} {}ntd 新台币{}元 台币{}元 ?{}元",
    "¥{} rmb{} cny{} {}rmb 人民币{}元 {}元人民币 ?{}元",
    "hk${} hkd{} {}hkd {}港元 {}港币 港币{}元 ?{}元",
    "us${} usd{} {}usd {}美元 {}美金",
    "€{} eur{} {}eur {}欧元",
    "£{} gbp{} {}gbp {}英镑",
    "jpy{} {}jpy {}日元 {}日圆",
    "no{} no.{} ?第{}号",
)
"""Ways to write the same, the commonest first; behind a question mark what is something else as well.

That is read only where nothing else is in the term."""


@frozen
class _Way:
    """A way to write a measure: what stands before its number and behind it; `doubtful`: it is something else as well."""

    prefix: str
    suffix: str
    doubtful: bool

    def with_number(self, number: str) -> str:
        return f"{self.prefix}{number}{self.suffix}"


@frozen
class _Measure:
    """A measure in a term: what is before it, its number, what is behind it, how it is written, and all ways of its kind."""

    before: str
    number: str
    after: str
    way: _Way
    ways: tuple[_Way, ...]


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the measures and amounts of a term, one of them at a time, heaviest first."""
    found = _measures(folded_term)
    ways = ((f"{one.before}{text}{one.after}", weight) for one in found for text, weight in _written(one))
    return heaviest_first(ways, _closed(folded_term)) if found else ()


def is_measure(folded: str) -> bool:
    """Whether the text is one measure or amount and nothing else, that is surely one."""
    return any(not (one.before or one.after or one.way.doubtful) for one in _measures(folded))


def may_be_other(folded: str) -> bool:
    """Whether the text is what may be a measure of one kind, and beside other words mostly is of another: 20度 of 旋转20度 is no 20℃."""
    return any(one.way.doubtful for one in _measures(folded))


# Reading


@lru_cache(maxsize=1 << 10)
def _measures(folded: str) -> tuple[_Measure, ...]:
    """The measures in a text, of each kind the first."""
    if not may_hold(folded):  # as in most
        return ()
    closed = _closed(folded)
    return tuple(found for ways, longest in _kinds() if (found := _found(closed, ways, longest)))


def _closed(folded: str) -> str:
    """A term without the space between a number and its unit: 5 km."""
    return re.sub("(?<=[0-9]) +(?=[a-z°])|(?<=[a-z$.]) +(?=[0-9])", "", folded) if " " in folded else folded


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[tuple[_Way, ...], tuple[_Way, ...]], ...]:
    """The ways of each kind, the commonest first, and once more, the longest first."""
    kinds = []
    for line in _SAME:
        parted = ((way.startswith("?"), way.lstrip("?").partition("{}")) for way in line.split())
        ways = tuple(_Way(prefix, suffix, doubtful) for doubtful, (prefix, _, suffix) in parted)
        kinds.append((ways, tuple(sorted(ways, key=lambda way: -len(way.with_number(""))))))
    return tuple(kinds)


def _found(term: str, ways: tuple[_Way, ...], longest: tuple[_Way, ...]) -> _Measure | None:
    """A measure of a kind in a term, in the longest way that fits; a doubtful one is the whole term."""
    for way in longest:
        match = _pattern(way.prefix, way.suffix).search(term) if way.prefix in term and way.suffix in term else None
        if match is not None and _is_amount(match["number"], way) and not (way.doubtful and len(match[0]) < len(term)):
            return _Measure(term[: match.start()], match["number"], term[match.end() :], way, ways)
    return None


def _is_amount(number: str, way: _Way) -> bool:
    """Whether a text is a number, and with its unit no word: 百公里 and 百度 have none, 三元 is a name."""
    value = read_number(number)
    return number[0].isascii() or (value is not None and not (way.doubtful and not way.prefix and value in WORDS))


@lru_cache(maxsize=256)
def _pattern(prefix: str, suffix: str) -> Pattern[str]:
    """Digits stand in any way, a number in Han among Han."""
    numbers = rf"(?:{ARABIC})(?:\.[0-9]+)?[万亿]?" + (f"|[{HAN}]+" if _is_han(prefix + suffix) else "")
    return re.compile(rf"(?<![0-9a-z.,$¥{HAN}]){re.escape(prefix)}(?P<number>{numbers}){re.escape(suffix)}(?![0-9a-z.,/])")


def _is_han(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


# Writing


def _written(measure: _Measure) -> Iterator[tuple[str, float]]:
    """A number in all ways, in Han where the way is Han; if it is doubtful what is counted, in the commonest ones, in digits.

    What has another number or a sign beside it stays in digits, and nothing comes between them: 5-10km is no 5-十公里, -5℃ no -摄氏5度.
    """
    number, value = measure.number, read_number(measure.number)
    digits = number if value is None or number[0].isascii() else str(value)
    doubtful, beside = measure.way.doubtful, _beside().search(measure.before) is not None
    for way in measure.ways[:COMMONEST] if doubtful else measure.ways:
        weight = DOUBTFUL if doubtful or way.doubtful else SURE
        if way.prefix in UNSEEN or (beside and way.prefix):
            continue
        yield way.with_number(digits), weight
        if value is not None and 0 < value < LARGEST_SPOKEN and _is_han(way.with_number("")) and not (doubtful or beside):
            spoken = written(value) if way.prefix == ORDER else liang(value)
            yield from ((way.with_number(han), min(weight, SPOKEN)) for han in dict.fromkeys((spoken, written(value))))


_beside = late_pattern("[-+~–—×/]$|[0-9].$")
"""The end of what is before a number that has another one, or a sign, beside it: 5-10km, 5至10公里, -5℃."""
