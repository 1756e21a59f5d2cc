"""Which document of an index is meant by an id or a path?"""

from __future__ import annotations

from pathlib import Path

from searcher.documents import Document, listed_path, safe_name
from searcher.engine import AnyOf, Handle, Keyword, Request, Snapshot
from searcher.errors import InvalidOption, UnknownDocument
from searcher.records.kept import values_in
from searcher.records.storing import document_of
from searcher.remarks import Remark
from searcher.text import views


def checked_id(id: str) -> str:
    """What may be an id; InvalidOption for what is no text."""
    if not isinstance(id, str):
        raise InvalidOption(option="id", value=repr(id), reason=Remark("reason.text"))
    return id


def handle_at(snapshot: Snapshot, id_or_path: str) -> Handle:
    """The document of this id, else the first of this path or of this file; UnknownDocument where there is none."""
    id_or_path = safe_name(checked_id(id_or_path))
    absolute = str(Path(id_or_path).absolute())
    for candidate in (id_or_path, absolute):
        handle = snapshot.find(candidate)
        if handle is not None:
            return handle
    for match in snapshot.search(Request(_placed(id_or_path, absolute)), limit=1).matches:
        return match.handle
    listed = listed_path(absolute)
    if listed != absolute:
        return handle_at(snapshot, listed)
    raise UnknownDocument(id=id_or_path)


def count_at(snapshot: Snapshot, path: str) -> int:
    """How many documents have this path, or come from this file."""
    path = safe_name(checked_id(path))
    return snapshot.matching(_placed(path, str(Path(path).absolute())))


def _placed(path: str, absolute: str) -> AnyOf:
    places = (views.keyword("path", path), views.keyword("path", absolute), views.keyword("source", absolute))
    return AnyOf(tuple(map(Keyword, places)))


def document_at(snapshot: Snapshot, handle: Handle) -> Document:
    """The document that was indexed."""
    return document_of(values_in(snapshot, handle), snapshot.text(handle))
