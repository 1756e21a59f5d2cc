"""What a process says to the one that reads a file for it, and hears from it: lines of JSON; nothing is unpickled."""

from __future__ import annotations

import json
from typing import IO, Any

from searcher.documents.document import Document, Location, Refused, Skipped
from searcher.remarks import Remark, as_data, from_data

NO_MEMORY = Remark("detail.memory")
"""What a process refuses with whose memory is exhausted; the files before may have taken it."""


class Crashed(Exception):
    """The process ended, or spoke nonsense, before it had said all: `what` says which."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def line_of(value: object) -> bytes:
    """JSON on one line; lone surrogates pass, as names on disk have them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def parsed(line: bytes) -> Any:
    """The inverse of `line_of`; Crashed for anything else."""
    try:
        return json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise Crashed(Remark("detail.nonsense")) from error


def message_of(line: bytes) -> tuple[str, Any]:
    """The kind of a message and its fields; Crashed for anything else."""
    message = parsed(line)
    if not (isinstance(message, list) and len(message) == 2):
        raise Crashed(Remark("detail.nonsense"))
    return str(message[0]), message[1]


def write(pipe: IO[bytes] | None, data: bytes) -> None:
    """Say it at once."""
    if pipe is not None:
        pipe.write(data)
        pipe.flush()


def described(item: Document | Skipped) -> tuple[str, tuple[object, ...]]:
    """A document, or what is none, as a message."""
    if isinstance(item, Skipped):
        return "skipped", (item.path, item.reason, as_data(item.detail))
    places = [(place.start, place.kind, place.label) for place in item.locations]
    own = dict(item.metadata), dict(item.numbers)
    return "document", (item.id, item.title, item.text, item.source, item.path, item.date, *own, places)


def item_of(kind: str, fields: Any) -> Document | Skipped:
    """What was described; Crashed for anything else, for a parser that was taken over may say whatever it likes."""
    try:
        if kind == "skipped":
            path, reason, detail = fields
            return Skipped(_text(path), _text(reason), from_data(detail))
        id, title, text, source, path, date, metadata, numbers, places = fields
        return Document(
            id=_text(id),
            title=_text(title),
            text=_text(text),
            source=_optional(source),
            path=_optional(path),
            date=_optional(date),
            metadata={_text(name): value if isinstance(value, str) else tuple(map(_text, value)) for name, value in metadata.items()},
            numbers={_text(name): _number(value) for name, value in numbers.items()},
            locations=tuple(Location(int(start), _text(kind), _text(label)) for start, kind, label in places),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise Crashed(Remark("detail.nonsense")) from error


def refused_of(fields: Any) -> Refused:
    """What a reader refused with; Crashed for anything else."""
    try:
        reason, detail = fields
        return Refused(_text(reason), from_data(detail))
    except (TypeError, ValueError) as error:
        raise Crashed(Remark("detail.nonsense")) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> float:
    if isinstance(value, int | float):
        return value
    raise TypeError("no number")


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)
