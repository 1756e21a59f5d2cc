"""How else is a measure, or an amount of money, written: 5km ⇄ 5公里 ⇄ 五公里, 20℃ ⇄ 攝氏20度, US$100 ⇄ 100美元, №5 ⇄ 第5号?

Weights say how surely the other way means the same: 500元 is what NT$500 is, and may be another currency; 20度 may be an angle.
All text here is folded: ㎡ is m2, ℃ is °c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from re import Pattern

from searcher.quantities.numbers import NumberForm, may_hold
from searcher.quantities.numerals import ARABIC, HAN, read_number, written

SURE, SPOKEN, DOUBTFUL = 0.9, 0.8, 0.4
"""What a way weighs: with the number in digits, with it in Han, and where it leaves open what is counted."""

LARGEST_SPOKEN = 10_000
"""A greater number with decimals or signs beside it nobody writes in Han."""

UNSEEN = "¥€£"
"""Signs of which an index keeps nothing: ¥500 is read, and never looked for, for it would find every 500."""

COMMONEST = 3
"""Ways of a kind in which a doubtful measure is looked for."""

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


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the measures and amounts of a term, one of them at a time, heaviest first."""
    if not may_hold(folded_term):  # as most
        return ()
    forms: dict[str, float] = {}
    closed = _closed(folded_term)
    for ways in _ways():
        for before, number, after, source in _found(closed, ways):
            for text, weight in _written(number, ways, doubtful=source.startswith("?")):
                whole = f"{before}{text}{after}"
                forms[whole] = max(weight, forms.get(whole, 0))
    forms.pop(closed, None)
    return tuple(sorted((NumberForm(text, weight) for text, weight in forms.items()), key=lambda form: -form.weight))


def is_measure(folded: str) -> bool:
    """Whether the text is one measure or amount and nothing else, that is surely one."""
    if not may_hold(folded):
        return False
    closed = _closed(folded)
    found = (one for ways in _ways() for one in _found(closed, ways))
    return any(not before and not after and not source.startswith("?") for before, _, after, source in found)


def _closed(folded: str) -> str:
    """A term without the space between a number and its unit: 5 km."""
    return re.sub("(?<=[0-9]) +(?=[a-z°])|(?<=[a-z$.]) +(?=[0-9])", "", folded) if " " in folded else folded


@lru_cache(maxsize=1)
def _ways() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(ways.split()) for ways in _SAME)


def _found(term: str, ways: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """A measure in a term: what is before it, its number, what is behind it, and the way in which it is written, the longest that fits."""
    for way in sorted(ways, key=len, reverse=True):
        prefix, _, suffix = way.lstrip("?").partition("{}")
        match = _pattern(prefix, suffix).search(term) if prefix in term and suffix in term else None
        if match is not None and (not way.startswith("?") or len(match[0]) == len(term)):
            yield term[: match.start()], match["number"], term[match.end() :], way
            return


def _written(number: str, ways: tuple[str, ...], *, doubtful: bool) -> Iterator[tuple[str, float]]:
    """A number in all ways, in Han where the way is Han; if it is doubtful what is counted, in the commonest ones, in digits."""
    value = read_number(number)
    digits = number if value is None or number[0].isascii() else str(value)
    for way in ways[:COMMONEST] if doubtful else ways:
        weight = DOUBTFUL if doubtful or way.startswith("?") else SURE
        text = way.lstrip("?")
        if text[0] in UNSEEN:
            continue
        yield text.format(digits), weight
        if value is not None and 0 < value < LARGEST_SPOKEN and _is_han(text) and not doubtful:
            yield text.format(written(value)), min(weight, SPOKEN)


def _is_han(way: str) -> bool:
    return any("一" <= character <= "鿿" for character in way)


@lru_cache(maxsize=256)
def _pattern(prefix: str, suffix: str) -> Pattern[str]:
    """Digits stand in any way, a number in Han among Han."""
    numbers = rf"(?:{ARABIC})(?:\.[0-9]+)?[万亿]?" + (f"|[{HAN}]+" if _is_han(prefix + suffix) else "")
    return re.compile(rf"(?<![0-9a-z.,$¥{HAN}]){re.escape(prefix)}(?P<number>{numbers}){re.escape(suffix)}(?![0-9a-z.,/])")
