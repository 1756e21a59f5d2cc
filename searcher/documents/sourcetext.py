"""The text of a source, decoded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from searcher.documents.document import Metadata
from searcher.documents.encodings import decode
from searcher.documents.source import ReadOptions, Source

_TERMINAL = re.compile("\x1b\\[[0-9;:?]{0,40}[A-Za-z]")  # ECMA-48, 5.4
_HEAD = 4_096  # bytes in which a text says which encoding it has
_NEWLINE = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded text with line breaks as \\n and without NULs; `metadata` says which encoding it had, and how sure that is."""

    text: str
    metadata: Metadata


def read_text(source: Source, options: ReadOptions, *, format: str, declared: Callable[[bytes], str | None] | None = None) -> SourceText:
    """The text of a source, whatever its encoding; `declared` finds in its first bytes which it says it has, believed only where it fits.

    Refused: too-large, empty, binary, encoding.
    """
    data = source.read(options.max_bytes)
    decoded = decode(data, forced=options.encoding, declared=declared(data[:_HEAD]) if declared else None)
    return SourceText(clean(decoded.text), decoded.metadata(format))


def clean(text: str) -> str:
    """Line breaks as \\n, no NULs, no mark of the byte order, no colours of a terminal."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    if "\x1b[" in text:
        text = _TERMINAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text
