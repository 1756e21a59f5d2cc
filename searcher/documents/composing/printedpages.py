"""Pages as they are printed become one text.

Running heads and page numbers go, but for the first time they stand, so that a sentence goes on across pages.
What is no text (a scan, a font without a table of its characters) is said, never indexed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import About, document_of_text
from searcher.documents.description.titles import is_unreadable
from searcher.documents.document import Document, Location, Metadata, Refused, Skipped
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark

_SENTENCE_END = tuple("。！？!?.…；;：:」』”’）)】》〉")
_LEAST = 20  # characters by which a text can be judged
_UNREADABLE_SHARE, _LATIN_SHARE, _FREQUENT_SHARE = 0.2, 0.5, 0.35
_SYMBOLS_SHARE = 0.6  # of a page of formulas at most
_CONTROLS_SHARE, _PLACES_SHARE, _KNOWN_SHARE = 0.02, 0.12, 0.5
_WORDS_SHARE = 0.2
_LEAST_HAN = 100
_MISSING_PAGES = 10_000  # a file claims as many pages as it likes
_SHARE_OF_TIME = 0.7  # for its pages, before all of it is given up
_FEWEST_PAGES, _SHARE_OF_PAGES, _EDGE_LINES, _LONGEST_HEAD = 4, 0.02, 2, 80
_NUMBER = re.compile(r"\d{1,6}")
_SCANNED = re.compile(r"\s*(?:由 ?)?[扫掃]描全能王[\s扫掃描创創建]*|\s*(?:Scanned (?:by|with|using) )?CamScanner\s*")
"""What an app for scanning prints onto each page."""


def within_limits(pages: Iterable[str | None], options: ReadOptions, *, besides: Callable[[], float] = float) -> Iterator[str]:
    """The texts of pages (None where one cannot be loaded), as many as can be read in time: a part of a very long book is better than
    nothing. `besides`: seconds so far that do not count, for who waits was given signs of life. Refused: too-large, damaged.
    """
    left, end = options.max_bytes, monotonic() + _SHARE_OF_TIME * options.timeout
    missing = 0
    for text in pages:
        missing = missing + 1 if text is None else 0
        if missing > _MISSING_PAGES:
            raise Refused("damaged", Remark("detail.lost-pages", count=missing))
        left -= len(text or "")
        if left < 0:
            raise Refused("too-large", Remark("detail.text-size", limit=options.max_bytes / MEGABYTE))
        yield text or ""
        if monotonic() - besides() > end:
            return


def documents_of_pages(
    source: Source,
    pages: list[str],
    labels: list[str],
    *,
    notes: Sequence[Sequence[str]] = (),
    count: int,
    title: str | None,
    metadata: Metadata,
    about: About,
    date: str | None = None,
    stamped: str | None,
    number: int | None = None,
    without: Refused | None = None,
) -> Iterator[Document | Skipped]:
    """The one document of these pages, and what of the `count` pages there are cannot be read; the others as of `Source.document`.

    `notes` are those of each page, and follow behind all pages.

    Refused("no-text") where nothing can be; `without`: as what else is refused that has no text layer.
    """
    garbled = _garbled(pages)
    scans = [place for place, page in enumerate(pages) if _SCANNED.fullmatch(page)]
    for place in (*garbled, *scans):
        pages[place] = ""
    if not any(pages) and not any(notes) and len(pages) == count:
        raise without or Refused("no-text", Remark("detail.garbled" if garbled else "detail.scan"))
    if any(pages) or any(notes):
        text, places = join_pages(without_running_heads(pages), labels)
        if is_garbled(text):
            raise Refused("no-text", Remark("detail.garbled"))
        text, places = _with_notes(text, places, notes, labels)
        yield document_of_text(
            source, text, title, metadata=metadata, about=about, date=date, stamped=stamped, places=places, number=number
        )
    if garbled:
        named = (*(labels[place] for place in garbled[:10]), *("…" for _ in garbled[10:11]))
        yield Skipped(source.path, "no-text", Remark("detail.garbled-pages", count=len(garbled), pages=count, labels=named))
    if len(pages) < count:
        yield Skipped(source.path, "timeout", Remark("detail.some-pages", count=len(pages), pages=count))


def join_pages(pages: list[str], labels: list[str]) -> tuple[str, list[Location]]:
    """One text and the places of its pages: a blank line between two where a sentence ends, else a line break."""
    lines = Lines()
    for page, label in zip(pages, labels, strict=True):
        if page:
            if label:
                lines.place("page", label)
            lines.add(page, "\n\n" if page.endswith(_SENTENCE_END) else "\n")
    return lines.text, lines.places


def _with_notes(text: str, places: list[Location], notes: Sequence[Sequence[str]], labels: list[str]) -> tuple[str, list[Location]]:
    """The text and the places of pages, and behind them those of their notes, each a block."""
    lines = Lines()
    lines.add(text, "\n\n" if text else "")
    for said, label in zip(notes, labels, strict=False):
        if said:
            lines.place("page", label)
        for note in said:
            lines.add(note, "\n\n")
    return lines.text, [*places, *lines.places]


def without_running_heads(pages: list[str]) -> list[str]:
    """The pages without lines that stand at the edges of many of them, the number of the page apart; the first of each stays."""
    lines = [page.split("\n") for page in pages]
    counts = Counter(key for number, page in enumerate(lines) for key in _keys_of_edges(page, number))
    least = max(_FEWEST_PAGES, _SHARE_OF_PAGES * sum(map(bool, pages)))
    heads = {key for key, count in counts.items() if count >= least}
    seen: set[str] = set()
    return ["\n".join(_without_heads(page, number, heads, seen)).strip("\n") for number, page in enumerate(lines)] if heads else pages


def _garbled(pages: Sequence[str]) -> list[int]:
    """The numbers of pages that are garbled; where most are, of the others also those with the least sign of it, or with hardly a word."""
    garbled = list(map(is_garbled, pages))
    if 2 * sum(garbled) > sum(map(bool, pages)):
        garbled = [is_one or any(map(is_unreadable, page)) or _lacks_words(page) for is_one, page in zip(garbled, pages, strict=True)]
    return [place for place, is_one in enumerate(garbled) if is_one]


def _lacks_words(page: str) -> bool:
    """Whether few of the characters are Han or letters of ASCII: numbers and dots of a table of contents, say."""
    words = sum("\u4e00" <= character <= "\u9fff" or (character.isascii() and character.isalpha()) for character in page)
    return words < _WORDS_SHARE * sum(not character.isspace() for character in page)


def is_garbled(text: str) -> bool:
    """Characters that are none, or none of any language: what comes of a font without a table of its characters.

    Also bytes of GBK or Big5 shown as Latin letters, places in fonts of Han characters shown as controls and these letters, and Han
    characters at random: most of those in a real text are frequent ones.
    Signs of a font of symbols (U+F000 to U+F0FF) are what formulas are full of; only a page of hardly anything else is garbled.
    """
    characters = Counter(text)
    symbols = sum(characters.pop(character) for character in [*characters] if "\uf000" <= character <= "\uf0ff")
    visible = sum(count for character, count in characters.items() if not character.isspace())
    if visible + symbols < _LEAST:
        return False
    if symbols > _SYMBOLS_SHARE * (visible + symbols):
        return True
    unreadable = sum(count for character, count in characters.items() if is_unreadable(character))
    latin = sum(count for character, count in characters.items() if "\x80" <= character <= "\xff")
    if unreadable > _UNREADABLE_SHARE * visible or latin > _LATIN_SHARE * visible or _is_random(characters):
        return True
    return _are_places_in_fonts(characters, visible)


def _edges(lines: list[str]) -> set[int]:
    """The numbers of the first and last lines."""
    count = len(lines)
    return {*range(min(count, _EDGE_LINES)), *range(max(0, count - _EDGE_LINES), count)}


def _keys_of_edges(lines: list[str], page: int) -> set[str]:
    return {key for number in _edges(lines) for key in _keys(lines[number], page)}


def _keys(line: str, page: int) -> set[str]:
    """What a running head has in common with those of other pages: all of it, or all but a number that counts the pages.

    Rows of a table, whose numbers change as they like, have nothing in common.
    """
    plain = " ".join(line.split())
    if not plain or len(plain) > _LONGEST_HEAD:
        return set()
    numbers = list(_NUMBER.finditer(plain))[:4]
    return {plain, *(f"{plain[: found.start()]}\0{int(found[0]) - page}\0{plain[found.end() :]}" for found in numbers)}


def _without_heads(lines: list[str], page: int, heads: set[str], seen: set[str]) -> list[str]:
    edges = _edges(lines)
    return [line for number, line in enumerate(lines) if number not in edges or not _is_repeated(_keys(line, page) & heads, seen)]


def _is_repeated(keys: set[str], seen: set[str]) -> bool:
    repeated = not keys.isdisjoint(seen)
    seen |= keys
    return repeated


def _are_places_in_fonts(characters: Counter[str], visible: int) -> bool:
    """Whether characters are numbers of signs in fonts: controls, and bytes above ASCII, among few Han characters and few words."""
    controls = high = known = 0
    for character, count in characters.items():
        if "\xa0" <= character <= "\xff":
            high += count
        elif unicodedata.category(character) == "Cc" and not character.isspace():
            controls += count
        elif "\u4e00" <= character <= "\u9fff" or (character.isascii() and character.isalpha()):
            known += count
    return controls > _CONTROLS_SHARE * visible and controls + high > _PLACES_SHARE * visible and known < _KNOWN_SHARE * visible


def _is_random(characters: Counter[str]) -> bool:
    from searcher.documents.encodings.frequent import SIMPLIFIED, TRADITIONAL

    han = {character: count for character, count in characters.items() if "\u4e00" <= character <= "\u9fff"}
    total = sum(han.values())
    frequent = {*SIMPLIFIED, *TRADITIONAL}
    return total >= _LEAST_HAN and sum(count for character, count in han.items() if character in frequent) < _FREQUENT_SHARE * total
