"""A mail as Outlook saves it (MS-OXMSG) becomes a document, its attachments become what they are."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from email import message_from_string
from functools import partial

from searcher.documents.archives.membernames import bare_name
from searcher.documents.composing.page import document_of_text
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.encodings.detection import decode, decode_name
from searcher.documents.mail.attachments import Attachment, attached
from searcher.documents.mail.headers import mail_date
from searcher.documents.oldoffice.compound import Compound, file_time, opened_compound
from searcher.documents.registry import documents_of
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.documents.web.html import page_of
from searcher.remarks import Remark

PROPERTIES = "__properties_version1.0"
_SUBJECT, _BODY, _HTML, _HEADERS = "0037", "1000", "1013", "007D"
_SENDER, _SENDER_ADDRESS, _TO, _CC = "0C1A", "5D01", "0E04", "0E03"
_DATA, _LONG_NAME, _NAME = "3701", "3707", "3704"  # of an attachment
_TIMES = (b"\x39\0", b"\x06\x0e")  # when it was sent, when it came; of type 0x0040
_HEAD, _HEAD_INSIDE = 32, 24  # bytes before the properties of a mail, and of one in a mail


def read_outlook(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The mail, then what is attached to it."""
    with opened_compound(source, options) as compound:
        yield from _mail(compound, "", source, options)


def _mail(compound: Compound, folder: str, source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The mail whose streams lie in this folder (its name ends in a slash, but for the root), then what is attached to it."""
    subject = _property(compound, folder, _SUBJECT)
    text = clean(_property(compound, folder, _BODY)).strip() or _page(compound, folder)
    about = _correspondence(compound, folder, subject)
    yield document_of_text(source, text or subject, subject, metadata={"format": "msg"}, about=about, date=_date(compound, folder))
    yield from attached(source, _attachments(compound, folder, source, options))


def _attachments(compound: Compound, folder: str, source: Source, options: ReadOptions) -> Iterator[Attachment]:
    for place in compound.folders(f"{folder}__attach_version1.0_"):
        name = _property(compound, f"{place}/", _LONG_NAME) or _property(compound, f"{place}/", _NAME)
        yield bare_name(name), partial(_attached, compound, f"{place}/", source, options)


def _attached(compound: Compound, folder: str, source: Source, options: ReadOptions, name: str) -> Iterator[Document | Skipped]:
    data = compound.stream(f"{folder}__substg1.0_{_DATA}0102")
    mail = f"{folder}__substg1.0_{_DATA}000D"
    inside = source.member(name, data)
    if data:
        yield from documents_of(inside, options)
    elif f"{mail}/{PROPERTIES}" in compound:
        if inside.depth > options.max_depth:
            raise Refused("unsupported", Remark("detail.nested-archives", limit=options.max_depth))
        yield from _mail(compound, f"{mail}/", inside, options)


def _property(compound: Compound, folder: str, tag: str) -> str:
    """A property that is a text: UTF-16, or bytes in an encoding that is not told."""
    path = f"{folder}__substg1.0_{tag}"
    wide = compound.stream(f"{path}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").replace("\0", "").strip()
    return decode_name(compound.stream(f"{path}001E")).replace("\0", "").strip()


def _page(compound: Compound, folder: str) -> str:
    data = compound.stream(f"{folder}__substg1.0_{_HTML}0102")
    markup = decode(data).text if data else _property(compound, folder, _HTML)
    return page_of(markup).text if markup else ""


def _correspondence(compound: Compound, folder: str, subject: str) -> dict[str, list[str]]:
    """Who wrote to whom, about what."""
    sender, address = (_property(compound, folder, tag) for tag in (_SENDER, _SENDER_ADDRESS))
    writer = f"{sender} <{address}>" if sender and address and sender != address else sender or address
    receivers = [name.strip() for tag in (_TO, _CC) for name in _property(compound, folder, tag).split(";") if name.strip()]
    return {"from": [writer], "to": receivers, "subject": [subject]}


def _date(compound: Compound, folder: str) -> str | None:
    headers = _property(compound, folder, _HEADERS)
    written = mail_date(message_from_string(headers)) if headers else None
    if written:
        return written
    properties = compound.stream(f"{folder}{PROPERTIES}")[_HEAD_INSIDE if folder else _HEAD :]
    times = {
        properties[at + 2 : at + 4]: properties[at + 8 : at + 16]
        for at in range(0, len(properties) - 15, 16)
        if properties[at : at + 2] == b"\x40\0"
    }
    found = (file_time(struct.unpack("<Q", times[tag])[0]) for tag in _TIMES if tag in times)
    moment = next(filter(None, found), None)
    return f"{moment.replace(microsecond=0).isoformat()}+00:00" if moment else None
