"""Where in a document does a passage stand?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice, zip_longest

from searcher.documents.document import Location

_ARTICLE = re.compile(
    r"^[ \t\u3000]*(第\s?[0-9０-９〇零一二三四五六七八九十百千兩两]{1,9}(?:[-－﹣‐–][0-9０-９]{1,3})?\s?[條条]"
    r"(?:\s?之\s?[0-9０-９一二三四五六七八九十]{1,4})?)",
    re.MULTILINE,
)
_NUMBER = "[0-9０-９〇零一二三四五六七八九十百千兩两]{1,9}"
_CHAPTER = re.compile(
    rf"^[ \t\u3000]*(第[ \u3000]?{_NUMBER}[ \u3000]?"
    r"(?:[章回卷][^\n。，；？！,;?!]{0,30}|[部篇編编集節节講讲課课](?:[ \t\u3000:：][^\n。；]{0,40})?))$",
    re.MULTILINE,
)
"""A line that is no sentence; after the names of smaller parts, which begin sentences as well (第二节课), stands a blank or a colon."""

MOST_PLACES = 200_000
"""Of a document, for they stay in memory until it is written: behind so many headings, lines or the like, lines are counted on."""


def article_locations(text: str) -> list[Location]:
    """The articles of a statute: 第N條 at the beginning of a line; one that was put in later is 第N條之M or 第N-M條."""
    return [Location(match.start(1), "article", "".join(match[1].split())) for match in islice(_ARTICLE.finditer(text), MOST_PLACES)]


def chapter_locations(text: str) -> list[Location]:
    """The chapters of a book that is plain text: 第一章 緒論 on a line of its own. One alone is the title of the text, and those of a table
    of contents, which follow one another without any text between, are none.
    """
    found = list(islice(_CHAPTER.finditer(text), MOST_PLACES))
    pairs = zip_longest(found, found[1:]) if len(found) > 1 else ()
    begun = (one for one, next in pairs if text[one.end() : next.start() if next else None].strip())
    return [Location(match.start(1), "heading", " ".join(match[1].split())) for match in begun]


def in_order(*groups: Iterable[Location]) -> tuple[Location, ...]:
    """All locations, at most so many, ascending by start."""
    return tuple(sorted(islice(chain.from_iterable(groups), MOST_PLACES), key=lambda location: location.start))


def needed_lines(text: str, locations: Iterable[Location]) -> list[Location]:
    """The same without lines that follow from the one before by counting line breaks."""
    kept: list[Location] = []
    known: tuple[int, int] | None = None  # an offset and its line
    for location in locations:
        if location.kind == "line":
            line = int(location.label)
            follows = known is not None and known[1] + text.count("\n", known[0], location.start) == line
            known = (location.start, line)  # also where it follows, so that no break is counted twice
            if follows:
                continue
        kept.append(location)
    return kept
