"""A mail becomes a document, its attachments become what they are; a page saved as one file (MHTML) becomes that page."""

from __future__ import annotations

import binascii
import dataclasses
import mimetypes
from collections.abc import Iterator
from email.feedparser import BytesFeedParser
from email.message import Message
from functools import partial

from searcher.documents.archives.membernames import bare_name
from searcher.documents.composing.page import document_of_text
from searcher.documents.document import Document, Metadata, Refused, Skipped
from searcher.documents.encodings.detection import Decoded
from searcher.documents.mail.attachments import Attachment, attached, reading
from searcher.documents.mail.headers import addresses, decoded, header, mail_date, parameter
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.documents.web.html import declared_encoding, page_of, read_html
from searcher.remarks import Remark

_PIECE = 1 << 16  # bytes
_DEEPEST = 20  # multiparts in one another
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SILENT = ("image/", "audio/", "video/", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
"""Parts that are passed over in silence where they are no attachment: pictures in the text, signatures."""


def read_mail(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The mail, then what is attached to it."""
    data = source.read(options.max_bytes)
    yield from mail_documents(source, _without_length(data) if source.suffix == ".emlx" else data, options)


def read_mhtml(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The page that was saved with all that belongs to it."""
    message = _parsed(source.read(options.max_bytes))
    page = next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        raise Refused("no-text", Remark("detail.no-pages"))
    written = _text(page)
    markup = written.text.encode("utf-8", "replace")
    name = f"{source.stem}.html"
    for document in read_html(dataclasses.replace(source, name=name, content=markup, size=len(markup)), options):
        yield dataclasses.replace(document, metadata={**document.metadata, **written.metadata("mhtml")})


def mail_documents(source: Source, data: bytes, options: ReadOptions, number: int | None = None) -> Iterator[Document | Skipped]:
    """The documents of one mail; `number` counts from 1 where a source holds several."""
    message = _parsed(data)
    bodies, attachments = _contents(message, 0)
    subject = header(message, "subject")
    text, encoding = _joined(bodies)
    if not text and message.get_content_type() in _ENCRYPTED:
        raise Refused("encrypted", Remark("detail.encrypted-mail"))
    about = {"from": addresses(message, "from"), "to": addresses(message, "to") + addresses(message, "cc"), "subject": [subject]}
    yield document_of_text(source, text or subject, subject, metadata=encoding, about=about, date=mail_date(message), number=number)
    yield from attached(source, _attachments(source, attachments, options), "" if number is None else f"{number}/")


Contents = tuple[list[Message], list[Message]]
"""What a mail consists of: texts to read, and what is attached."""


def _parsed(data: bytes) -> Message:
    """The mail, read piece by piece: the library's own way to read bytes takes six times their room."""
    start, parser = len(data) - len(data.lstrip(b"\r\n")), BytesFeedParser()
    try:
        for place in range(start, len(data), _PIECE):
            parser.feed(data[place : place + _PIECE])
        return parser.close()
    except RecursionError as error:
        raise Refused("damaged", Remark("detail.deep-parts")) from error


def _without_length(data: bytes) -> bytes:
    """Apple's mail has its length before it and properties behind it."""
    first, _, rest = data.partition(b"\n")
    return rest[: int(first)] if first.strip().isdigit() and len(first) < 12 else data


def _children(part: Message) -> list[Message]:
    return [child for child in part.get_payload() if isinstance(child, Message)] if part.is_multipart() else []


def _contents(part: Message, depth: int) -> Contents:
    """The texts to read of a part: of alternatives the plain one, if it says anything, else the last; and what is attached."""
    kind = part.get_content_type()
    if depth > _DEEPEST:
        raise Refused("damaged", Remark("detail.deep-parts"))
    if kind == "message/rfc822" or not part.is_multipart():
        return ([part], []) if _is_body(part, kind) else ([], [part])
    inside = [_contents(child, depth + 1) for child in _children(part)]
    bodies = [body for texts, _ in inside for body in texts]
    attachments = [part for _, others in inside for part in others]
    if kind == "multipart/alternative":
        bodies = _best([texts for texts, _ in inside])
    elif kind == "multipart/related" and inside:  # a page, and what it is made of
        bodies, beside = inside[0]
        attachments = [part for part in attachments if _disposition(part) == "attachment" or part in beside]
    return bodies, attachments


def _best(alternatives: list[list[Message]]) -> list[Message]:
    telling = [bodies for bodies in alternatives if _joined(bodies)[0]]
    plain = (bodies for bodies in telling if all(body.get_content_type() == "text/plain" for body in bodies))
    return next(plain, telling[-1] if telling else [])


def _is_body(part: Message, kind: str) -> bool:
    if _disposition(part) == "attachment" or _file_name(part):
        return False
    return kind in ("text/plain", "text/html", "text/enriched") or kind.startswith("multipart/")  # without parts: a mail that was cut


def _joined(bodies: list[Message]) -> tuple[str, Metadata]:
    """The texts one after the other, and what is known of the encoding of the first."""
    texts = [(_text(body), body.get_content_type() == "text/html") for body in bodies]
    shown = (page_of(written.text).text if is_html else clean(written.text).strip("\n") for written, is_html in texts)
    return "\n\n".join(text for text in shown if text.strip()), texts[0][0].metadata("eml") if texts else {"format": "eml"}


def _text(part: Message) -> Decoded:
    data = _bytes(part)
    charset = parameter(part, "charset", "content-type")
    return decoded(data, charset or (declared_encoding(data[:4096]) if part.get_content_type() == "text/html" else None))


def _bytes(part: Message) -> bytes:
    """The bytes of a part; of a mail in a mail, that mail, also where it was packed as base64, against the rules (RFC 2046, 5.2.1)."""
    if part.is_multipart():
        inside = part.get_payload(0)
        if not isinstance(inside, Message):
            return b""
        is_packed = not inside.keys() and str(part["content-transfer-encoding"]).strip().lower() == "base64"
        return _from_base64(_written(inside)) if is_packed else _written(inside)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _from_base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        return data


def _written(message: Message) -> bytes:
    """A mail in a mail as it was sent."""
    try:
        return message.as_bytes()
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # what the library does with broken ones
        raise Refused("damaged", Remark("detail.broken-mail")) from error


def _attachments(source: Source, parts: list[Message], options: ReadOptions) -> Iterator[Attachment]:
    for count, part in enumerate(parts, 1):
        if _disposition(part) == "attachment" or not part.get_content_type().startswith(_SILENT):
            name = _file_name(part) or f"{count}{mimetypes.guess_extension(part.get_content_type()) or ''}"
            yield name, reading(source, options, partial(_bytes, part))


def _file_name(part: Message) -> str:
    """The bare name of an attachment; empty where it has none."""
    return bare_name(parameter(part, "filename", "content-disposition") or parameter(part, "name", "content-type"))


def _disposition(part: Message) -> str:
    return (part.get_content_disposition() or "").lower()
