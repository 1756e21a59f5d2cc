"""A PDF becomes its text layer, page by page.

Lines stay as they are printed. Running heads and page numbers go, but for the first time they stand,
so that a sentence goes on across pages. What is no text (a scan, a font without a table of its characters) is said, never indexed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING

from searcher.documents.dates import to_iso
from searcher.documents.document import Document, Location, Skipped
from searcher.documents.encodings import decode_name
from searcher.documents.metadata import real_author
from searcher.documents.places import article_locations, in_order
from searcher.documents.refusal import Refused
from searcher.documents.source import MEGABYTE, ReadOptions, Source, too_large
from searcher.documents.sourcetext import clean
from searcher.documents.titles import choose_title
from searcher.remarks import Remark

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WRONG_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY (fpdfview.h)
_BROKEN_WORD = "\ufffe"  # what PDFium leaves of a hyphen and the line break behind it
_SENTENCE_END = tuple("。！？!?.…；;：:」』”’）)】》〉")
_LEAST = 20  # characters by which a text can be judged
_UNREADABLE_SHARE, _LATIN_SHARE, _FREQUENT_SHARE = 0.2, 0.5, 0.35
_LEAST_HAN = 100
_MISSING_PAGES = 10_000  # a file claims as many pages as it likes
_SHARE_OF_TIME = 0.7  # for its pages, before all of it is given up
_FEWEST_PAGES, _SHARE_OF_PAGES, _EDGE_LINES, _LONGEST_HEAD = 4, 0.02, 2, 80
_NUMBER = re.compile(r"\d{1,6}")
_MADE_BY = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel)|PowerPoint Presentation)\s*-\s*", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"^(?:[A-Za-z]:[\\/].*|\S+\.(?:docx?|e?ps|wps|pptx?|xlsx?|pdf|tex|dvi|indd|qxd|fm|pmd|pub|cdr|ai|html?|txt|rtf|odt|pages|tmp))$|"
    r"^(?:untitled|无标题|無標題|未命名|title|document|文档|文件|新建.{0,20}文[档檔])[\s\d]*$",
    re.IGNORECASE,
)


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The one document of a PDF, and what of its pages cannot be read.

    Its size is bounded as that of an archive is, for most of it are images; `max_bytes` bounds its text.
    """
    if source.size > options.max_expanded_bytes:
        raise too_large(source.size, options.max_expanded_bytes)
    with closing(_opened(source)) as pdf:
        count = len(pdf)
        pages = list(_pages(pdf, options))
        labels = [_label(pdf, number) for number in range(len(pages))]
        about = {name: _mended(clean(_said(pdf, name))).strip() for name in pdf.METADATA_KEYS}
    garbled = [number for number, page in enumerate(pages) if is_garbled(page)]
    for number in garbled:
        pages[number] = ""
    if not any(pages) and len(pages) == count:
        raise Refused("no-text", Remark("detail.garbled" if garbled else "detail.scan"))
    if any(pages):
        yield _document(source, pages, labels, about)
    if garbled:
        named = (*(labels[number] for number in garbled[:10]), *("…" for _ in garbled[10:11]))
        yield Skipped(source.path, "no-text", Remark("detail.garbled-pages", count=len(garbled), pages=count, labels=named))
    if len(pages) < count:
        yield Skipped(source.path, "timeout", Remark("detail.some-pages", count=len(pages), pages=count))


def join_pages(pages: list[str], labels: list[str]) -> tuple[str, list[Location]]:
    """One text and the places of its pages: a blank line between two where a sentence ends, else a line break."""
    parts: list[str] = []
    places: list[Location] = []
    length = 0
    for page, label in zip(pages, labels, strict=True):
        if not page:
            continue
        if parts:
            break_ = "\n\n" if parts[-1].endswith(_SENTENCE_END) else "\n"
            parts.append(break_)
            length += len(break_)
        places.append(Location(length, "page", label))
        parts.append(page)
        length += len(page)
    return "".join(parts), places


def without_running_heads(pages: list[str]) -> list[str]:
    """The pages without lines that stand at the edges of many of them, the number of the page apart; the first of each stays."""
    lines = [page.split("\n") for page in pages]
    counts = Counter(key for number, page in enumerate(lines) for key in _keys_of_edges(page, number))
    least = max(_FEWEST_PAGES, _SHARE_OF_PAGES * sum(map(bool, pages)))
    heads = {key for key, count in counts.items() if count >= least}
    seen: set[str] = set()
    return ["\n".join(_without_heads(page, number, heads, seen)).strip("\n") for number, page in enumerate(lines)] if heads else pages


def is_garbled(text: str) -> bool:
    """Characters that are none, or none of any language: what comes of a font without a table of its characters.

    Also bytes of GBK or Big5 shown as Latin letters, and Han characters at random: most of those in a real text are frequent ones.
    """
    characters = Counter(text)
    visible = sum(count for character, count in characters.items() if not character.isspace())
    if visible < _LEAST:
        return False
    unreadable = sum(count for character, count in characters.items() if _is_unreadable(character))
    latin = sum(count for character, count in characters.items() if "\x80" <= character <= "\xff")
    return unreadable > _UNREADABLE_SHARE * visible or latin > _LATIN_SHARE * visible or _is_random(characters)


def _opened(source: Source) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source.content)
    except PdfiumError as error:
        if error.err_code in (_WRONG_PASSWORD, _SECURITY):
            raise Refused("encrypted", Remark("detail.password")) from error
        raise Refused("damaged", Remark("detail.not-whole", kind="PDF", error=error)) from error


def _document(source: Source, pages: list[str], labels: list[str], about: dict[str, str]) -> Document:
    text, locations = join_pages(without_running_heads(pages), labels)
    if is_garbled(text):
        raise Refused("no-text", Remark("detail.garbled"))
    return source.document(
        title=choose_title(_title(about.get("Title", "")), text=text, name=source.stem),
        text=text,
        stamped=to_iso(about.get("CreationDate", "")) or to_iso(about.get("ModDate", "")),
        metadata=_metadata(about, pages),
        locations=in_order(locations, article_locations(text)),
    )


def _pages(pdf: PdfDocument, options: ReadOptions) -> Iterator[str]:
    """The texts of the pages, as many as can be read in time: a part of a very long book is better than nothing."""
    left, end = options.max_bytes, monotonic() + _SHARE_OF_TIME * options.timeout
    missing = 0
    for number in range(len(pdf)):
        text = _page(pdf, number)
        missing = missing + 1 if text is None else 0
        if missing > _MISSING_PAGES:
            raise Refused("damaged", Remark("detail.lost-pages", count=missing))
        text = text or ""
        left -= len(text)
        if left < 0:
            raise Refused("too-large", Remark("detail.text-size", limit=options.max_bytes / MEGABYTE))
        yield text
        if monotonic() > end:
            return


def _page(pdf: PdfDocument, number: int) -> str | None:
    """The text of a page; None where it cannot be loaded."""
    from pypdfium2 import PdfiumError

    try:
        with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
            written: str = text.get_text_bounded()
    except PdfiumError:
        return None
    lines = (line.rstrip() for line in clean(written).replace(_BROKEN_WORD, "").split("\n"))
    return "\n".join(lines).strip("\n")


def _label(pdf: PdfDocument, number: int) -> str:
    try:
        written = pdf.get_page_label(number)
    except UnicodeDecodeError:  # half of a character
        written = ""
    return " ".join(written.split())[:20] or str(number + 1)


def _said(pdf: PdfDocument, name: str) -> str:
    """What it says of itself under a name; nothing where that is broken."""
    try:
        value: str = pdf.get_metadata_value(name)
    except UnicodeDecodeError:
        return ""
    return value


def _title(written: str) -> str | None:
    """What programs write there by themselves is none."""
    title = _MADE_BY.sub("", written)
    return None if _FILE_NAME.match(title) or any(map(_is_unreadable, title)) else title


def _metadata(about: dict[str, str], pages: list[str]) -> dict[str, str | tuple[str, ...]]:
    known = {"format": "pdf", "pages": str(len(pages))}
    named = (("author", "Author"), ("subject", "Subject"), ("keywords", "Keywords"))
    said = {name: about.get(key, "") for name, key in named}
    said["author"] = real_author(said["author"])
    return {**known, **{name: value for name, value in said.items() if value}}


def _mended(value: str) -> str:
    """Bytes of GBK or Big5 that were written where Latin letters are meant: accents on most of them."""
    if sum("\xa0" < character <= "\xff" for character in value) * 2 < len(value):
        return value
    try:
        return decode_name(value.encode("latin-1"))
    except UnicodeEncodeError:
        return value


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


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or (unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") and not character.isspace())


def _is_random(characters: Counter[str]) -> bool:
    from searcher.documents.frequent import SIMPLIFIED, TRADITIONAL

    han = {character: count for character, count in characters.items() if "\u4e00" <= character <= "\u9fff"}
    total = sum(han.values())
    frequent = {*SIMPLIFIED, *TRADITIONAL}
    return total >= _LEAST_HAN and sum(count for character, count in han.items() if character in frequent) < _FREQUENT_SHARE * total
