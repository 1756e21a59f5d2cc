"""A text as it is read, whatever it was written with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from searcher.documents.document import Metadata

_TERMINAL = re.compile("\x1b\\[[0-9;:?]{0,40}[A-Za-z]")  # ECMA-48, 5.4
_NEWLINE = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded text with line breaks as \\n and without NULs; `metadata` says which encoding it had, and how sure that is."""

    text: str
    metadata: Metadata


def clean(text: str) -> str:
    """Line breaks as \\n, no NULs, no mark of the byte order, no colours of a terminal."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    if "\x1b[" in text:
        text = _TERMINAL.sub("", text)
    return _NEWLINE.sub("\n", text) if "\r" in text else text
