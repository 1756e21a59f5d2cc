"""How a document becomes a record of the index."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from searcher.documents import Document, Location
from searcher.engine import Part, Record, Terms, sketch_of
from searcher.errors import InvalidDocument
from searcher.passages.filenames import name_span, said_by_name
from searcher.query import days, fields
from searcher.records import columns
from searcher.records.headings import KINDS, heading_keyword
from searcher.records.storing import digest_of, document_of, values_of
from searcher.records.works import number_of
from searcher.remarks import Remark
from searcher.text import views
from searcher.text.analysis import Analysis, analyses, analyze, block_starts
from searcher.text.dictionary import Dictionary
from searcher.text.folding import fold
from searcher.text.pairs import Pairs
from searcher.text.scripts import script_of

LONG = 1_000_000
"""Characters from which a text is handed on block by block: all its terms at once would take fifty times its room. It has no sketch."""

LONGEST_KEYWORD = 200
"""Characters of a metadata value that is kept as a keyword; longer ones are prose, not names."""

_KEPT = 256
"""So many analyses are cached of what many records of one file share, such as its path."""

GREATEST = sys.float_info.max

LONGEST_SUFFIX = 12
PACKED = frozenset((".gz", ".bz2", ".xz", ".zst", ".z"))
"""Suffixes of what only packs another file: report.tar.gz ends in gz and in tar.gz."""


def record_of(document: Document, dictionary: Dictionary | None = None) -> Record:
    """Analyse a document, with the words of `dictionary` (None: those that come with jieba).

    InvalidDocument is raised where it cannot be indexed, before anything is written.
    """
    _check(document)
    title, is_long = analyze(document.title, dictionary), len(document.text) > LONG
    text = analyze("" if is_long else document.text, dictionary)
    said = text if text.grams.line else title
    return Record(
        id=document.id,
        fields={
            **_name_terms(document, dictionary),
            views.TITLE_WORDS: Terms(title.words, None),
            views.TEXT_WORDS: Terms(text.words, None),
            views.TITLE_GRAMS: title.grams,
            views.TEXT_GRAMS: text.grams,
            views.PATH_GRAMS: _path_grams(document.path or ""),
            **_metadata_grams(document.metadata),
        },
        keywords=tuple(dict.fromkeys(_keywords(document))),
        numbers={
            **_numbers(document),
            **({} if is_long or document.numbers else {views.SKETCH: sketch_of(said.grams)}),
        },
        values=values_of(document, block_starts(document.text)),
        text="" if is_long else document.text,
        blocks=text.blocks,
        parts=_parts(document.text, dictionary) if is_long else (),
    )


def _parts(text: str, dictionary: Dictionary | None) -> Iterator[Part]:
    """A long text block by block, analysed when it is asked for."""
    starts = block_starts(text)
    for found, start, end in zip(analyses(text, dictionary), starts, [*starts[1:], len(text)], strict=True):
        terms: dict[str, Terms | Pairs] = {views.TEXT_WORDS: Terms(found.words), views.TEXT_GRAMS: found.grams}
        yield Part(text[start:end], found.blocks[0][1], terms)


def relabelled(values: Mapping[str, Any], text: str, renamed: Iterable[tuple[str, str]], dictionary: Dictionary | None = None) -> Record:
    """The record of a stored document whose paths begin otherwise now (pairs of old and new), for `Writer.relabel`.

    Only what a path tells is analysed.
    """
    names: dict[str, Any] = {name: _renamed(values[name], renamed) for name in ("id", "path", "source")}
    document = replace(document_of(values, text), **names)
    return Record(
        id=document.id,
        fields={**_name_terms(document, dictionary), views.PATH_GRAMS: _path_grams(document.path or "")},
        keywords=tuple(dict.fromkeys(_keywords(document))),
        numbers={},
        values={**values, **names},
        text="",
        blocks=(),
    )


def _renamed(path: str | None, renamed: Iterable[tuple[str, str]]) -> str | None:
    """A path, or an id that begins with one, under its new name."""
    for old, new in renamed:
        if path is not None and (path == old or path.startswith((f"{old}#", f"{old}!"))):
            return new + path[len(old) :]
    return path


def record_from(fields: Mapping[str, Any], dictionary: Dictionary | None) -> Record:
    """The record of a document given by its fields; InvalidDocument where one is missing, or none that a document has."""
    try:
        document = Document(**fields)
    except TypeError as error:
        raise InvalidDocument(id=fields.get("id", "''"), reason=str(error).partition("() ")[2]) from error
    return record_of(document, dictionary)


def _check(document: Document) -> None:
    if not isinstance(document, Document):
        raise InvalidDocument(id=f"{document!r:.60}", reason=Remark("reason.no-document", kind=type(document).__name__))
    wrong = next(faults(document), None)
    if wrong is not None:
        raise InvalidDocument(id=document.id or "''", reason=wrong)


def faults(document: Document) -> Iterator[Remark]:
    """What of a document is not as it is to be, so that it cannot be indexed."""
    if not document.id:
        yield Remark("reason.no-id")
    for name in ("id", "title", "text", "source", "path", "date", "modified"):
        value = getattr(document, name)
        if not isinstance(value, str) and not (value is None and name in ("source", "path", "date", "modified")):
            yield Remark("reason.not-text", field=name)
    if not isinstance(document.metadata, Mapping):
        yield Remark("reason.metadata", name=f"{document.metadata!r:.60}")
    else:
        yield from (Remark("reason.metadata", name=name) for name, value in document.metadata.items() if not _are_texts(name, value))
    if not isinstance(document.numbers, Mapping):
        yield Remark("reason.own-numbers", name=f"{document.numbers!r:.60}")
    else:
        yield from _wrong_numbers(document.numbers)
    if not isinstance(document.locations, tuple | list) or not all(map(_is_location, document.locations)):
        yield Remark("reason.locations")


def _wrong_numbers(numbers: Mapping[str, float]) -> Iterator[Remark]:
    for name, number in numbers.items():
        if not isinstance(name, str) or not fields.is_free(name):
            yield Remark("reason.field-name", name=f"{name!r:.60}")
        elif type(number) not in (int, float) or not abs(number) <= GREATEST:
            yield Remark("reason.own-numbers", name=name)


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) or (isinstance(value, tuple | list) and _are_texts(*value)) for value in values)


def _is_location(location: object) -> bool:
    return isinstance(location, Location) and type(location.start) is int and _are_texts(location.kind, location.label)


@lru_cache(maxsize=_KEPT)
def _path_grams(path: str) -> Pairs:
    return analyze(views.path_text(path)).grams


def _name_terms(document: Document, dictionary: Dictionary | None) -> dict[str, Terms | Pairs]:
    """What the name of the document's file says; empty terms where it says nothing, which take the place of those of another name."""
    span = name_span(document.id, document.title, document.path, document.source)
    name = _analyzed(said_by_name(document.path or "", span), dictionary)
    return {views.NAME_WORDS: Terms(name.words), views.NAME_GRAMS: name.grams}


def _metadata_grams(metadata: Mapping[str, str | tuple[str, ...]]) -> dict[str, Pairs]:
    searched = (name for name in views.SEARCHED_METADATA if name in metadata)
    return {views.metadata_grams(name): _analyzed("\n\n".join(_as_tuple(metadata[name])), None).grams for name in searched}


def _analyzed(text: str, dictionary: Dictionary | None) -> Analysis:
    """The analysis of what the records of a file may have in common: a name, an author. What is long is not kept."""
    return _short_analyzed(text, dictionary) if len(text) <= LONGEST_KEYWORD else analyze(text, dictionary)


_short_analyzed = lru_cache(maxsize=_KEPT)(analyze)


def _keywords(document: Document) -> Iterator[str]:
    """What the document says of itself, as far as it is no prose, and what is found out of it."""
    parts = ((name, part) for name, value in document.metadata.items() for part in _as_tuple(value))
    said = (views.keyword(name, _folded(part)) for name, part in parts if 0 < len(part) <= LONGEST_KEYWORD)
    yield from (keyword for keyword in said if not _names_a_file(keyword))
    yield views.keyword("script", script_of(document.text))
    yield views.keyword("digest", digest_of(document))
    yield from filter(None, (heading_keyword(place.label) for place in document.locations if place.kind in KINDS))
    if document.source is not None:
        yield views.keyword("source", document.source)
    if document.path is not None:
        yield views.keyword("path", document.path)
        yield from (views.keyword("ext", suffix) for suffix in _suffixes(document.path))
    if document.date is not None and _span(document.date) is not None:
        yield views.keyword("year", document.date[:4])


@lru_cache(maxsize=_KEPT)
def _folded(part: str) -> str:
    return fold(part).text.strip()


def _names_a_file(keyword: str) -> bool:
    """Whether metadata says what only we say: by such keywords documents are replaced, removed and told to be copies."""
    name, _, value = keyword.partition(":")
    return name == "digest" or (name in ("source", "path") and PurePath(value).is_absolute())


@lru_cache(maxsize=_KEPT)
def _suffixes(path: str) -> tuple[str, ...]:
    """How a file's name ends, folded, without the first dot: the last suffix, and where it only packs, the one before with it."""
    found = PurePath(path.replace("\\", "/")).suffixes[-2:]
    ends = [found[-1], "".join(found)] if found and found[-1].lower() in PACKED else found[-1:]
    return tuple(dict.fromkeys(fold(end[1:]).text for end in ends if 1 < len(end) <= LONGEST_SUFFIX))


def _numbers(document: Document) -> dict[str, int]:
    own = {columns.column(name): columns.ordinal(number) for name, number in document.numbers.items()}
    numbers = {views.SIZE: len(document.text), **own}
    work = number_of(document.title, document.text)
    if work is not None:
        numbers[views.WORK] = work
    span = _span(document.date) if document.date is not None else None
    if span is not None:
        numbers[views.FIRST_DAY], numbers[views.LAST_DAY] = span
    modified = days.second(document.modified) if document.modified is not None else None
    if modified is not None:
        numbers[views.MODIFIED] = modified
    return numbers


_span = lru_cache(maxsize=_KEPT)(days.span)


def _as_tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
