"""Writing into an index of ours as a Whoosh program writes: a `whoosh.writing.IndexWriter` over our `Writer`.

A document's fields become a `Record`: what an analyzer of Whoosh cuts becomes terms, at the positions it says; a number of whatever kind
goes into its column; what is stored lies with the document as JSON. It differs from Whoosh's own writer in what ours gives:

- a commit is all or nothing, and which segments it merges is not asked;
- the field `id`, where a schema has it, is the document's own: adding a document of an id that is there replaces it;
- `update_document` replaces what was added by the same writer, too;
- postings hold frequencies, not weights: a boost is refused, and belongs in the query.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.reading import IndexReader
from whoosh.writing import CLEAR, IndexingError, IndexWriter

from searcher.engine.as_whoosh.codec import segments_reader
from searcher.engine.as_whoosh.schema import kind_of, number_of, to_stored
from searcher.engine.commits.part import CommitPart
from searcher.engine.commits.writer import Writer
from searcher.engine.fields import IDS, KEYWORD, NUMBERS, POSITIONS, TERMS, TEXT, Kinds
from searcher.engine.files.texts import decode
from searcher.engine.record import JSON, Record, Terms
from searcher.engine.snapshot import Snapshot
from searcher.frozen import frozen

BLOCK = 4_000
"""Characters of a block of stored text."""


@frozen
class Recorder:
    """How an application makes a record of a document's fields, and what it notes with a commit, given what was noted."""

    record: Callable[[dict[str, Any]], Record]
    meta: Callable[[Mapping[str, JSON]], Mapping[str, JSON]]


class WhooshWriter(IndexWriter):  # type: ignore[misc]
    """A `whoosh.writing.IndexWriter`. For use by one thread."""

    def __init__(self, writer: Writer, snapshot: Snapshot, schema: fields.Schema, recorder: Recorder | None) -> None:
        """`snapshot`: what the writer begins with."""
        self.schema = schema
        self.is_closed = False
        self._writer, self._snapshot, self._recorder = writer, snapshot, recorder
        self._parts = list(map(CommitPart, snapshot.segments))
        self._starts = list(accumulate((segment.count for segment in snapshot.segments), initial=0))
        self._added: dict[tuple[str, bytes], str] = {}
        self._ids: set[str] = set()

    def reader(self, **options: Any) -> IndexReader:
        """What was there when this writer began, without what it has deleted."""
        self._check_open()
        return segments_reader([part.segment for part in self._parts], self.schema, self._snapshot.generation)

    def add_field(self, fieldname: str, fieldtype: fields.FieldType, **options: Any) -> None:
        self._check_open()
        super().add_field(fieldname, fieldtype, **options)
        kind = kind_of(fieldname, self.schema[fieldname])
        if kind is not None:
            self._writer.schema.unite(Kinds({fieldname: kind}, ()))

    def remove_field(self, fieldname: str, **options: Any) -> None:
        raise NotImplementedError("a field cannot be taken out of an index: open the index with a schema that does not have it")

    def add_document(self, **fields: Any) -> None:
        """Adds a document; InvalidDocument, UnknownFieldError: nothing has changed."""
        self._add(fields)

    def update_document(self, **fields: Any) -> None:
        """Adds a document in the place of those that have the same value in a unique field; refused as `add_document` refuses."""
        earlier = {self._added[term] for term in self._unique_terms(fields) if term in self._added}
        id = self._add(fields)
        for name, text in self._unique_terms(fields):
            self.delete_by_term(name, text)
        for same in earlier - {id}:
            self._writer.remove(same)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Deletes a document by its number in `reader()`."""
        self._check_open()
        if not delete or not 0 <= docnum < self._starts[-1]:
            raise IndexingError(f"document {docnum} cannot be {'deleted' if delete else 'called back'}")
        number = bisect_right(self._starts, docnum) - 1
        part, document = self._parts[number], docnum - self._starts[number]
        id = part.segment.stored.values(document)[0]
        if part.delete(np.array([document])) and id not in self._ids:
            self._writer.remove(id)

    def add_reader(self, reader: IndexReader) -> None:
        raise NotImplementedError("postings of another index are not taken over: add its documents")

    def commit(self, mergetype: object = None, optimize: object = None, merge: object = None) -> None:
        """Makes everything visible at once. `mergetype=CLEAR` deletes what was there before; other wishes about segments are not heard."""
        self._check_open()
        if mergetype is CLEAR:
            for docnum in list(self.reader().all_doc_ids()):
                self.delete_document(docnum)
        self.is_closed = True
        self._writer.commit(meta=None if self._recorder is None else self._recorder.meta(self._snapshot.meta))

    def cancel(self) -> None:
        self.is_closed = True
        self._writer.cancel()

    def _add(self, given: dict[str, Any]) -> str:
        """Adds a document; gives its id."""
        self._check_open()
        record = self._recorder.record(given) if self._recorder is not None else self._record(given)
        self._writer.add(record)
        self._ids.add(record.id)
        self._added.update((term, record.id) for term in self._unique_terms(given))
        if IDS in given:
            for part in self._parts:  # what had this id is not seen any more
                part.delete_id(record.id)
        return record.id

    def _check_open(self) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed")

    def _unique_terms(self, given: Mapping[str, Any]) -> list[tuple[str, bytes]]:
        return [(name, self.schema[name].to_bytes(given[name])) for name in self._unique_fields(given) if given[name] is not None]

    def _record(self, given: Mapping[str, Any]) -> Record:
        """The record of a document, as the schema says."""
        names = [name for name in given if not name.startswith("_") and given[name] is not None]
        self._check_names(given, names)
        terms: dict[str, Terms] = {}
        keywords: tuple[str, ...] = ()
        numbers: dict[str, int] = {}
        for name in names:
            field, kind = self.schema[name], kind_of(name, self.schema[name])
            if kind == NUMBERS:
                numbers[name] = number_of(field, _one(name, given[name]))
            elif kind == KEYWORD:
                keywords = tuple(_terms(field, given[name], positional=False).texts)
            elif kind in (TERMS, POSITIONS):
                terms[name] = _terms(field, given[name], positional=kind == POSITIONS)
                if field.separate_spelling():
                    terms[field.spelling_fieldname(name)] = Terms(list(field.spellable_words(given[name])))
        values = {name: self._stored_value(name, given) for name in names if name != IDS and _is_kept(self.schema[name])}
        text = values.pop(TEXT, "")
        return Record(self._id(given), terms, keywords, numbers, values, text, tuple((n, n) for n in range(0, len(text) or 1, BLOCK)))

    def _check_names(self, given: Mapping[str, Any], names: list[str]) -> None:
        for name in names:
            if name not in self.schema:
                raise fields.UnknownFieldError(f"No field named {name!r} in {self.schema}")
        for name, value in given.items():
            if name.startswith("_") and name.endswith("boost") and value != 1:
                raise ValueError(f"{name} is not heard: frequencies are kept here, not weights; boost in the query")

    def _id(self, given: Mapping[str, Any]) -> str:
        """The document's own id, or one that no other document has."""
        if IDS in given:
            return str(given[IDS])
        return f"#{self._snapshot.generation + 1}.{len(self._ids) + 1}"

    def _stored_value(self, name: str, given: Mapping[str, Any]) -> JSON:
        return to_stored(self.schema[name], given.get(f"_stored_{name}", given[name]))


def _terms(field: fields.FieldType, value: Any, *, positional: bool) -> Terms:
    """What a field's analyzer cuts from a value; a list is taken as terms."""
    if field.analyzer is None:
        return Terms([decode(text) for text, frequency, *_ in field.index(value) for _ in range(frequency)])
    if not isinstance(value, (str, list, tuple)):
        raise ValueError(f"{value!r:.50} is not text")
    found = [
        (token.text, token.pos, token.boost)
        for token in formats.tokens(value, field.analyzer, {"mode": "index", "positions": True, "boosts": True})
    ]
    if any(boost != 1 for *_, boost in found):
        raise ValueError("an analyzer gave a boost: frequencies are kept here, not weights")
    texts = [text for text, *_ in found]
    if positional:
        return Terms(texts, [position for _, position, _ in found])
    return Terms(list(dict.fromkeys(texts)) if isinstance(field.format, formats.Existence) else texts)


def _is_kept(field: fields.FieldType) -> bool:
    """Whether the value of a field is stored: to be given back, or to sort by."""
    return bool(field.stored) or (field.column_type is not None and not isinstance(field, fields.NUMERIC))


def _one(name: str, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        raise ValueError(f"the field {name!a} holds one number of a document, not several")
    return value
