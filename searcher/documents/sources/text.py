"""A text as it is read, whatever it was written with."""

from __future__ import annotations

import re

from searcher.documents.document import Metadata
from searcher.frozen import frozen

_CONTROL = "\x1b\\[[0-9;:?]{0,40}[A-Za-z]"  # ECMA-48, 5.4
_TERMINAL, _TERMINAL_BYTES = re.compile(_CONTROL), re.compile(_CONTROL.encode())
_NEWLINE = re.compile("\r\n?")
_OTHER_BLANK = "\ue5e5"  # A3 A0 of GB18030, which is a blank to those who type it, and to browsers (WHATWG Encoding, 10.2)


@frozen
class SourceText:
    """A decoded text with line breaks as \\n and without NULs; `metadata` says which encoding it had, and how sure that is."""

    text: str
    metadata: Metadata


def clean(text: str) -> str:
    """Line breaks as \\n, no NULs, no mark of the byte order, no colours of a terminal, wide blanks as they are meant."""
    text = text.removeprefix("\ufeff").replace("\0", "").replace(_OTHER_BLANK, "\u3000")
    if "\x1b[" in text:
        text = _TERMINAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text


def without_colours(data: bytes) -> bytes:
    """Bytes without the colours of a terminal, which posts in Big5 also set between the two halves of a character; not those of UTF-16."""
    return _TERMINAL_BYTES.sub(b"", data) if b"\x1b[" in data and b"\0" not in data else data
