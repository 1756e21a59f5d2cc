"""An index of ours as a `whoosh.index.Index`: an ordinary Whoosh program reads, searches and writes it.

    index = WhooshIndex(Store.create("index", {}), Schema(title=TEXT(stored=True), path=ID(unique=True, stored=True)))
    with index.writer() as writer:
        writer.add_document(title="First document", path="/a")
    with index.searcher() as searcher:
        searcher.search(QueryParser("title", index.schema).parse("first"))

What lies on disk is ours: no file of Whoosh's own is made, none of its pickles is read. There is no `whoosh.filedb` storage either: a
`Storage` hands out files that copy themselves into memory and unpickle on request, where ours are mapped and checked.
Like Whoosh's own, the index always shows the newest commit; readers and searchers keep the one they were opened on.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.index import Index, LockError
from whoosh.reading import IndexReader

from searcher.engine import toc
from searcher.engine.as_whoosh.codec import check_whoosh, kinds_of, whoosh_reader
from searcher.engine.as_whoosh.schema import RawPositions, kind_of, schema_of
from searcher.engine.as_whoosh.writer import Recorder, WhooshWriter
from searcher.engine.fields import POSITIONS, Kinds, check_kind
from searcher.engine.record import Cut
from searcher.engine.snapshot import Snapshot
from searcher.engine.store import Store
from searcher.errors import IndexLocked, IndexMismatch


class WhooshIndex(Index):  # type: ignore[misc]
    """The index of a store, for Whoosh. For use by many threads; a searcher and a writer are for one."""

    def __init__(
        self,
        store: Store,
        schema: fields.Schema | type | None = None,
        *,
        cuts: Mapping[str, Cut] | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        """`schema`: the program's own, with its analyzers; it gives it each time, for they are not kept. Fields that it lacks are not seen.

        Without it the schema is what the index says of itself, its fields analysed by `cuts` where they have one.
        IndexMismatch: a field is of another kind on disk. MissingDependency: another Whoosh is installed.
        """
        check_whoosh()
        self._store, self._recorder = store, recorder
        self._given = None if schema is None else _own(fields.ensure_schema(schema))
        self._analyzers = {name: CutAnalyzer(cut) for name, cut in (cuts or {}).items()}
        self._schema(store.snapshot())

    @property
    def schema(self) -> fields.Schema:
        return self._schema(self._store.snapshot())

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """A reader of the newest commit."""
        snapshot = self._store.snapshot()
        return whoosh_reader(snapshot, self._schema(snapshot))

    def writer(self, timeout: float = 0.0, **options: Any) -> WhooshWriter:
        """The writer; LockError where another has not finished after so many seconds. Whoosh's tuning of its own writer is not heard."""
        try:
            writer = self._store.writer(timeout)
        except IndexLocked as error:
            raise LockError(str(error)) from error
        try:
            snapshot = self._store.snapshot()
            schema = self._schema(snapshot)
            writer.schema.unite(Kinds(_kinds(schema), ()))
            return WhooshWriter(writer, snapshot, schema, self._recorder)
        except BaseException:
            writer.cancel()
            raise

    def add_field(self, fieldname: str, fieldspec: fields.FieldType) -> None:
        """Adds a field, for as long as this object lives; its kind is kept on disk."""
        super().add_field(fieldname, fieldspec)
        if self._given is not None:
            self._given.add(fieldname, _own_field(fieldname, fieldspec))

    def latest_generation(self) -> int:
        return self._store.generation

    def last_modified(self) -> float:
        return (self._store.path / toc.FILE).stat().st_mtime

    def is_empty(self) -> bool:
        return not self._store.snapshot().segments

    def _schema(self, snapshot: Snapshot) -> fields.Schema:
        kinds = kinds_of(snapshot)
        if self._given is None:
            kept = schema_of(kinds)
            for name, analyzer in self._analyzers.items():
                if name in kept:
                    kept[name].analyzer = analyzer
            return kept
        try:
            for name, kind in _kinds(self._given).items():
                check_kind(name, kind, kinds.indexed.get(name, kind))
        except ValueError as error:
            raise IndexMismatch(path=self._store.path, reason=str(error)) from error
        return _copied(self._given)


class CutAnalyzer(Analyzer):  # type: ignore[misc]
    """A way to cut text as an analyzer of Whoosh, which fills one token again and again."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **options: Any,
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions, chars, mode=mode, **options)
        for one in self.cut(value, mode == "query"):
            token.text, token.boost, token.stopped, token.pos = one.text, 1.0, False, start_pos + one.position
            token.startchar, token.endchar = start_char + one.start, start_char + one.end
            yield token


def _own(schema: fields.Schema) -> fields.Schema:
    """A program's schema, with its positions as we keep them, and without what we do not keep."""
    if schema._dyn_fields:
        raise ValueError("a schema with dynamic fields (glob) is not kept here: name each field")
    own = fields.Schema()
    for name in sorted(schema._subfields):
        own.add(name, _own_field(name, schema[name]))
    return own


def _copied(schema: fields.Schema) -> fields.Schema:
    """A schema that can be changed without the other; the fields are shared."""
    other = copy.copy(schema)
    other._fields, other._subfields = dict(schema._fields), dict(schema._subfields)
    return other


def _own_field(name: str, field: fields.FieldType) -> fields.FieldType:
    """A field of a program: its analyzer and its ways stay; its positions are not pickled; term vectors are not kept."""
    own = copy.copy(field() if isinstance(field, type) else field)
    own.vector = None
    if kind_of(name, own) == POSITIONS:
        own.format = RawPositions()
    return own


def _kinds(schema: fields.Schema) -> dict[str, str]:
    return {name: kind for name, field in schema.items() if (kind := kind_of(name, field)) is not None}
