"""Which date does a file's name say, a title, or the head of an official letter?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath

from searcher.documents.description.dates import to_iso

_NUMERALS = "〇零○一二三四五六七八九"
_NUMBER = f"(?:[0-9]{{1,2}}|[十{_NUMERALS}]{{1,3}})"
_CHINESE = re.compile(
    rf"(?<![0-9{_NUMERALS}])"
    rf"(?:(?P<era>民[國国])\s?(?P<years>[0-9]{{1,3}}|元|[百十{_NUMERALS}]{{1,5}})|(?P<year>(?:1[0-9]|20)[0-9]{{2}}|[一二][{_NUMERALS}]{{3}})|(?P<short>1[0-4][0-9]))"
    rf"\s?年(?P<month>\s?{_NUMBER}\s?月(?:\s?{_NUMBER}\s?[日号號])?)?"
)
_YEAR = "(?:19|20)[0-9]{2}"
_PARTED = re.compile(rf"(?<![0-9.])(?<![0-9]-)({_YEAR})([-_. ])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])")
_COMPACT = re.compile(rf"(?<![0-9A-Fa-f])({_YEAR})([0-9]{{2}})([0-9]{{2}})(?:(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){{1,2}})?(?![0-9A-SU-Za-z])")
_MONTH = re.compile(rf"(?<![0-9.])(?<![0-9]-)({_YEAR})([-_])([0-9]{{2}})(?![0-9]|[-_.][0-9])")

_HEAD = 2_000  # characters in which an official letter has its date
_SENT = re.compile(r"^[ \t\u3000]*(?:[發发]文|成文)(?:日期|[时時][间間])[ \u3000]*[:：](.{4,40})", re.MULTILINE)
_DAY = len("2021-08-12")
_NOTHING = re.compile(r"[\s()\[\]【】〔〕〈〉《》「」,:—─-]*(?:(?:星期|週|周|禮拜|礼拜)[一二三四五六日天][\s()\[\]【】〔〕]*)?")
"""Beside a date: signs, or the day of the week."""
_SENTENCE = re.compile("[,。]")
_UNTIL = re.compile(r"\s*[-–—~至到]\s*[0-9一二]")
_FROM = re.compile(r"(?:[0-9]{4}|[年代纪紀])\s*[-–—~至到]\s*$")
"""Behind a year and before it, where it is the end of a time: 2019年至2021年, 公元前7世纪~1869年."""
_SINCE = re.compile(r"\s*(?:起|以?[前後后]|之[前後后])")
"""Behind a day that something else is before or after."""


def date_in_name(name: str) -> str | None:
    """The first date that a name says, as ISO 8601; None for numbers that are none, such as a version, a range of years, a number alone.

    2021-08-12 會議.txt      → 2021-08-12
    IMG_20210812_101500.jpg → 2021-08-12
    民國110年度預算.pdf       → 2021
    110年8月12日紀錄.docx     → 2021-08-12
    2019-2021 report.md     → None
    1912年至1949年史料.txt    → None
    """
    plain = unicodedata.normalize("NFKC", PurePath(name).stem)
    return next((date for date, _, _ in _dates(plain)), None)


def date_in_title(title: str) -> str | None:
    """The day with which a title begins or ends, as those of minutes do; what stands within it or in a sentence is what it is about.

    2021-08-12 第三次會議             → 2021-08-12
    立法會 ─ 2013年 1月 9日（星期三）  → 2013-01-09
    自九十七年七月一日起適用之辦法     → None
    1937年7月7日，盧溝橋事變爆發       → None
    2021年3月5日起施行的規定           → None
    """
    plain = unicodedata.normalize("NFKC", title).strip()
    if _SENTENCE.search(plain):
        return None
    edges = ((date, plain[:start], plain[end:]) for date, start, end in _dates(plain) if len(date) == _DAY)
    found = (date for date, before, after in edges if _NOTHING.fullmatch(after) or (_NOTHING.fullmatch(before) and not _SINCE.match(after)))
    return next(found, None)


def date_of_letter(text: str) -> str | None:
    """The day on which an official letter says that it was sent; of a text that is only known to be of some year, nothing.

    發文日期：中華民國111年3月5日 → 2022-03-05
    成文時間：約公元前1000年       → None
    """
    said = (date for sent in _SENT.findall(text[:_HEAD]) for date, _, _ in _dates(unicodedata.normalize("NFKC", sent)))
    return next((date for date in said if len(date) == _DAY), None)


def _dates(plain: str) -> Iterator[tuple[str, int, int]]:
    """The dates in a text, and from where to where each is written; the calendar tells what is one."""
    for written, start, end in _written(plain):
        if date := to_iso(written):
            yield date, start, end


def _written(name: str) -> Iterator[tuple[str, int, int]]:
    """What may be a date, as dates are written, and where."""
    for found in _CHINESE.finditer(name):
        if not found["month"] and (_UNTIL.match(name, found.end()) or _FROM.search(name[: found.start()])):
            continue
        if found["short"] is None:
            yield found[0], *found.span()
        elif found["month"]:  # in Taiwan the year of the Republic, whose name is left out
            yield f"民國{found[0]}", *found.span()
    for found in _PARTED.finditer(name):
        yield f"{found[1]}-{found[3]}-{found[4]}", *found.span()
    for found in _COMPACT.finditer(name):
        yield f"{found[1]}-{found[2]}-{found[3]}", *found.span()
    for found in _MONTH.finditer(name):
        yield f"{found[1]}-{found[3]}", *found.span()
