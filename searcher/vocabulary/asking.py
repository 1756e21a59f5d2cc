"""Which stretches of a query only ask: whether (能不能, 违不违法), for help (帮我找有关), who (邊個), and which terms for a number?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from searcher.frozen import frozen
from searcher.text.patterns import late_pattern

_twice = late_pattern(r"([一-鿿]{1,2})[不没唔]\1")
"""A verb of one or two characters, or the first character of one, denied and said again."""

_REQUEST = re.compile(
    "(?:请|麻烦)?(?:(?:你|您)?(?:帮我|帮忙|替我|给我)(?:找|查|搜)|我(?:想|要|想要)(?:找|查|搜|知道))(?:找|查|寻|询|出)?(?:一下|看看|看)?"
    "(?:(?:有关|关于)(?:于)?)?"
)
"""What a request to somebody begins with: 幫我找一下有關."""

_UNIT = "(?:年|天|日|月|周|星期|小时|分钟|岁|次|倍|人|号|钱|元|块|点|层|楼|级|页|种|时间)"
_COUNTED = f"(?:个{_UNIT}?|{_UNIT})"

_SPOKEN = re.compile(
    "(?<![旁这那两])边[个位间啲]|定系(?![统列数])|有冇|第几|(?:星期|礼拜|周)几(?![何乎率])"
    f"|(?<=[要需得满])(?<![主重]要)几{_COUNTED}|(?<![十好前])几(?:[号岁楼]|点(?=[开关到上下起睡放出钟前后结]))"
)
"""What Hong Kong asks with and no dictionary has: who, which, which of two, is there. And what asks for a number within a sentence."""

_DENYING = re.compile("[不没唔]")

_HOW_MANY = re.compile(f"(?:几|多少|多长){_COUNTED}?")
"""How long, how old, how many: 几个月, 多少钱. In a sentence 几年 is some years; set apart as a term it asks."""

_START = attrgetter("start")

_IDIOMS = frozenset("一二三四五六七八九十时动人鬼")
"""时不时 is now and then, 动不动 easily: nobody asks so."""

_HELPING = re.compile("可以|能够|应该|应当|需要|愿意|[能会可要该应有得行好对肯敢愿需是系]")
"""Verbs that name nothing by themselves."""


@frozen
class Asked:
    """Such a stretch of a folded text: offsets of where it begins, of the verb said again, and of the end of that. Where no verb is said
    again, both are its end.

    `all`: the verb names nothing by itself, and asks as the rest does: 能, not 违法.
    """

    start: int
    again: int
    end: int
    all: bool

    def holds(self, start: int, end: int) -> bool:
        """Whether a word between two offsets does nothing but ask: one of the stretch, or one that the dictionary has for all of it."""
        if start == self.start and end >= self.end:
            return True
        return self.start <= start and end <= self.end and (self.all or start < self.again)


def asks_how_many(folded: str) -> bool:
    """Whether a folded term does nothing but ask for a number: 几年, 多少钱."""
    return _HOW_MANY.fullmatch(folded) is not None


def asked(folded: str) -> tuple[Asked, ...]:
    """The stretches of a folded text that ask, ascending."""
    request = _REQUEST.match(folded)
    plain = (*([] if request is None else [request]), *_SPOKEN.finditer(folded))
    found = [Asked(stretch.start(), stretch.end(), stretch.end(), all=False) for stretch in plain]
    return tuple(sorted((*found, *_asked(folded)), key=_START) if _DENYING.search(folded) else found)


def without_asking(folded: str) -> str:
    """The text without what asks in it, but for the last character that another word may begin with.

    这样违不违法 → 这样，违法; 可不可以退货 → ，以退货; 有没有效 → ，有效
    """
    for one in reversed(asked(folded)):
        folded = f"{folded[: one.start]}，{folded[one.end - 1 if one.all else one.again :]}"
    return folded


def _asked(folded: str) -> Iterator[Asked]:
    for found in _twice().finditer(folded):
        verb = found[1]
        if verb in _IDIOMS:
            continue
        again = found.start() + len(verb) + 1
        helping = _HELPING.match(folded, again)
        if helping is None or verb not in helping[0]:
            yield Asked(found.start(), again, found.end(), all=False)
        else:
            yield Asked(found.start(), again, max(found.end(), helping.end()), all=True)
