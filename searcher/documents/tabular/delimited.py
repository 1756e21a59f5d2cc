"""Tables in text (CSV, TSV) become documents: a row each where a column holds texts, else all rows as one.

Which column holds texts is told by its name in the first row: text, body, content, 正文, 内容 and the like.
Files of the first kind are streamed, whatever their size.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from io import TextIOWrapper
from itertools import chain, islice

from searcher.documents.document import Document, Location, Metadata, Refused, Skipped
from searcher.documents.encodings.detection import Decoded, decode
from searcher.documents.literature.references import is_reference
from searcher.documents.sources.source import ReadOptions, Source, too_large
from searcher.documents.tabular.records import document_of, text_field, text_in
from searcher.documents.tabular.rows import Rows
from searcher.remarks import Remark

_DELIMITERS = ",\t;|"
_SAMPLE = 50  # rows that tell the delimiter
_LONGEST_QUOTE = 20_000  # lines; a quotation mark that is closed later than that is a character like others
_MOST_COLUMNS = 20_000
_LONGEST_NAME = 1_000  # characters of the name of a column
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_QUOTED = re.compile(r'\s*"([^"]*(?:""[^"]*)*)"[^\S\n]*')
_QUOTED_BY_TABS = re.compile(r'[^\S\t]*"([^"]*(?:""[^"]*)*)"[^\S\n\t]*')  # where a tab is no space, but ends a cell

Row = tuple[int, list[str]]
"""The line (from 1) of the file where a row begins, and its cells."""


def read_delimited(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of a CSV or TSV file."""
    decoded = decode(source.first_lines(), forced=options.encoding)
    metadata = decoded.metadata("csv")
    delimiter = "\t" if source.suffix in (".tsv", ".tab") else delimiter_of(decoded.text)
    found = rows(_lines(source, decoded, options.max_bytes), delimiter)
    first = next(found, None)
    if first is None:
        raise Refused("empty", Remark("detail.no-rows"))
    if text_field(first[1]) is not None or is_reference(dict.fromkeys(first[1])):
        yield from _documents(source, first[1], found, metadata)
    else:
        table = Rows(options.max_bytes)
        for number, cells in chain((first,), found):
            table.row(cells, number)
        yield table.document(source, metadata)


def delimiter_of(text: str) -> str:
    """The character that parts the first rows into the same number of cells most often; a comma where none does."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """The rows that hold something; a quoted cell may go on over several lines."""
    waiting: list[str] = []
    number = begin = 0
    quotes = 0
    for number, line in enumerate(lines, 1):
        if not waiting:
            begin = number
        waiting.append(line)
        quotes += line.count('"')
        if quotes % 2 and len(waiting) < _LONGEST_QUOTE:
            continue
        yield from _closed(waiting, begin, delimiter) if quotes % 2 == 0 else _unclosed(waiting, begin, delimiter)
        waiting, quotes = [], 0
    yield from _unclosed(waiting, begin, delimiter)


def _closed(lines: list[str], begin: int, delimiter: str) -> Iterator[Row]:
    cells = _cells("".join(lines), delimiter) if len(lines) > 1 or '"' in lines[0] else _plain(lines[0], delimiter)
    if any(cells):
        yield begin, cells


def _unclosed(lines: list[str], begin: int, delimiter: str) -> Iterator[Row]:
    """Rows after a quotation mark that nothing closes: every line for itself."""
    for number, line in enumerate(lines, begin):
        cells = _plain(line, delimiter)
        if any(cells):
            yield number, cells


def _plain(line: str, delimiter: str) -> list[str]:
    return [_read(cell) for cell in line.split(delimiter, _MOST_COLUMNS)]


def _read(cell: str) -> str:
    """A cell as it is shown: programs of the web put entities into what they export (`&nbsp;`, `&#38388;`)."""
    return (_ENTITY.sub(lambda entity: unescape(entity[0]), cell) if "&" in cell else cell).strip()


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of a row some of which are quoted; a mark inside a cell that does not begin with one is a character like others."""
    text, pattern = text.rstrip("\n"), _QUOTED_BY_TABS if delimiter == "\t" else _QUOTED
    cells: list[str] = []
    position = 0
    while position <= len(text):
        quoted = pattern.match(text, position)
        if quoted and (quoted.end() == len(text) or text[quoted.end()] == delimiter):
            cells.append(_read(quoted[1].replace('""', '"')))
            position = quoted.end() + 1
            continue
        end = text.find(delimiter, position) if len(cells) < _MOST_COLUMNS else -1
        end = len(text) if end < 0 else end
        cells.append(_read(text[position:end]))
        position = end + 1
    return cells


def _documents(source: Source, names: list[str], found: Iterator[Row], metadata: Metadata) -> Iterator[Document | Skipped]:
    has_text = text_field(names) is not None
    names = _told_apart(name[:_LONGEST_NAME] for name in names)  # it may stand before what each row says
    for line, cells in found:
        record = {**dict.fromkeys(names, ""), **dict(zip(names, cells, strict=False))}
        if not has_text or text_in(record):
            yield document_of(source, line, record, metadata, [Location(0, "line", str(line))])


def _told_apart(names: Iterable[str]) -> list[str]:
    """备注, 备注 → 备注, 备注 2"""
    counts: Counter[str] = Counter()
    told: list[str] = []
    for name in names:
        counts[name] += 1
        told.append(name if counts[name] == 1 else f"{name} {counts[name]}".strip())
    return told


def _lines(source: Source, decoded: Decoded, limit: int) -> Iterator[str]:
    """The lines of the file, decoded, with their \\n; one over the limit is Refused."""
    with source.open() as binary, TextIOWrapper(binary, encoding=decoded.encoding, errors="replace") as file:
        while line := file.readline(limit):
            if len(line) >= limit and not line.endswith("\n"):
                raise too_large(source.size, limit)
            yield line.replace("\0", "").lstrip("\ufeff")


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that have the commonest number of cells, if that is more than one; then that number."""
    counts = Counter(len(cells) for _, cells in islice(rows(text.splitlines(keepends=True), delimiter), _SAMPLE))
    several = Counter({cells: count for cells, count in counts.items() if cells > 1})
    if not several:
        return 0.0, 0
    cells, count = several.most_common(1)[0]
    return round(count / counts.total(), 1), cells
