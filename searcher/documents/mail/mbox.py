"""A mailbox in one file becomes its mails, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from searcher.documents.document import Document, Refused, Skipped, refusal_of
from searcher.documents.mail.message import mail_documents
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark

_BEGIN = re.compile(rb"From [^\r\n]{0,300}\d{4}[^\r\n]{0,40}\r?\n?\Z")
_QUOTED = re.compile(rb">+From ")


def read_mbox(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The mails of a mailbox, each with its attachments; one that cannot be read costs itself alone."""
    with source.open() as file:
        for number, data in enumerate(_mails(file, options.max_bytes), 1):
            yield from _mail(source, data, options, number)


def _mail(source: Source, data: bytes | None, options: ReadOptions, number: int) -> Iterator[Document | Skipped]:
    try:
        if data is None:
            raise Refused("too-large", Remark("detail.over-limit"))
        yield from mail_documents(source, data, options, number)
    except (Refused, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:  # of a broken mail
        refusal = refusal_of(error)
        yield Skipped(source.path, refusal.reason, Remark("detail.mail", number=number, what=refusal.detail))


def _mails(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The mails as they were sent; None for one over the limit. A line `From … 2021` behind a blank one begins the next."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := file.readline(MEGABYTE):
        if blank and _BEGIN.match(line):
            if begun:
                yield b"".join(lines) if size <= limit else None
            lines, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= limit:
                lines.append(line[1:] if _QUOTED.match(line) else line)
            else:
                lines.clear()
        blank = line in (b"\n", b"\r\n")
    if begun or size:
        yield b"".join(lines) if size <= limit else None
