"""The text of a source, decoded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from searcher.documents.document import Metadata
from searcher.documents.encodings import decode
from searcher.documents.source import ReadOptions, Source

_TERMINAL = re.compile("\x1b\\[[0-9;:?]{0,40}[A-Za-z]")  # ECMA-48, 5.4
_NEWLINE = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded text with line breaks as \\n and without NULs; `metadata` says which encoding it had, and how sure that is."""

    text: str
    metadata: Metadata


def read_text(
    source: Source, options: ReadOptions, *, format: str, declared: str | None = None, mended: Callable[[bytes], bytes] = bytes
) -> SourceText:
    """The text of a source, whatever its encoding; `declared` is what it says of itself, believed only where it fits.

    `mended` is what its bytes go through before.

    Refused: too-large, empty, binary, encoding.
    """
    decoded = decode(mended(source.read(options.max_bytes)), forced=options.encoding, declared=declared)
    return SourceText(clean(decoded.text), decoded.metadata(format))


def clean(text: str) -> str:
    """Line breaks as \\n, no NULs, no mark of the byte order, no colours of a terminal."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    if "\x1b[" in text:
        text = _TERMINAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text
