"""In which encoding is this text, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass

from searcher.documents.source import Refused


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `replaced` counts the bytes that fitted nowhere."""

    text: str
    encoding: str
    confidence: float
    replaced: int = 0


def decode(data: bytes, *, forced: str | None = None, declared: str | None = None) -> Decoded:
    """The text of bytes. Refused: empty, binary, encoding."""
    if not data:
        raise Refused("empty", "nothing in it")
    for name in ("utf-8-sig", "gb18030", "big5hkscs"):
        try:
            return Decoded(data.decode(name), name, 1.0)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding", "in no encoding that is known")


def is_binary(head: bytes) -> bool:
    """Bytes that are no text in any encoding."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def decode_name(name: bytes) -> str:
    """The name of a file or an archive member, whatever its encoding."""
    return name.decode("utf-8", "replace")
