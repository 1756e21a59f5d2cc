"""What surrounds the article of a saved web page is taken off.

trafilatura says which text is the article. Nothing inside it goes: only blocks before its first and behind its last paragraph,
and of those only what it does not know and what is no sentence (menus, links, imprints).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

from searcher.documents.composing.page import Page
from searcher.documents.document import Location
from searcher.documents.web.costly import is_costly

_LONGEST = 2 << 20  # characters of markup
_MOST_AROUND = 1_000  # blocks at each end: so many are no menu, and each is looked for in all of the article
_SHORTEST = 100  # letters of an article; shorter ones are no safe ground
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；，]|[.!?](?:\s|$)")
_NOT_LETTERS = re.compile(r"[\W_]+")


def article_of(page: Page, markup: str) -> Page:
    """The page without what surrounds its article; as it is where there is no page, no article, or no trafilatura."""
    if len(markup) > _LONGEST or not _PAGE.search(markup) or find_spec("trafilatura") is None or is_costly(markup):
        return page
    article = _letters(_extracted(markup))
    if len(article) < _SHORTEST:
        return page
    blocks = page.text.split("\n\n")
    end = len(blocks) - 1
    first = next((index for index, block in enumerate(blocks[:_MOST_AROUND]) if _belongs(block, article)), 0)
    last = next((index for index in range(end, max(-1, end - _MOST_AROUND), -1) if _belongs(blocks[index], article)), end)
    starts = list(accumulate((len(block) + 2 for block in blocks[:first]), initial=0))
    heads = {place.start for place in page.locations if place.kind == "heading"}
    while first and starts[first - 1] in heads:  # those right above it are its own
        first -= 1
    return _cut(page, starts[first], len("\n\n".join(blocks[: last + 1])))


def _extracted(markup: str) -> str:
    import trafilatura

    _keep_stop_words()
    return trafilatura.extract(markup, favor_recall=True, include_tables=True, include_comments=True) or ""


class _Words(tuple[str, ...]):
    """Words that are hashed as the object they are, not word by word."""

    __slots__ = ()
    __hash__ = object.__hash__


@cache
def _keep_stop_words() -> None:
    """For each page, justext looks up its 150,000 stop words in a cache; to hash them took two thirds of the time of a small one."""
    external: Any = import_module("trafilatura.external")
    if hasattr(external, "jt_stoplist_init"):  # another release may keep them otherwise
        external.JT_STOPLIST = _Words(external.jt_stoplist_init())


def _belongs(block: str, article: str) -> bool:
    letters = _letters(block)
    return bool(letters) and (letters in article or _SENTENCE.search(block) is not None)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def _cut(page: Page, start: int, end: int) -> Page:
    kept = (place for place in page.locations if start <= place.start < end)
    locations = tuple(Location(place.start - start, place.kind, place.label) for place in kept)
    return replace(page, text=page.text[start:end], locations=locations)
