"""What do the headers of a mail say, in whatever encoding they are?

Encoded words of one charset that stand side by side are decoded together, for programs cut characters in half between them.
A charset that is wrong, or none, is guessed by the text, as everywhere.
"""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from searcher.documents.description.dates import to_iso
from searcher.documents.document import Refused
from searcher.documents.encodings.detection import Decoded, codec, decode

_LONGEST = 20_000  # characters of a header that are looked at
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?\s]*(?: [^?\s]*)*)\?=")
_GAP = re.compile(r"(\?=)\s+(?==\?)")
_FOLD = re.compile(r"\r?\n[ \t]*")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GUESSED = frozenset(("utf-8", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "ascii", "iso8859-1", "cp1252", "cp932", "cp949"))
"""Charsets that mails name wrongly; what they say is a hint. Others are told by nothing else, as ISO-2022-JP or HZ."""


def decoded(data: bytes, charset: str | None) -> Decoded:
    """The text of bytes that a mail says are in this charset."""
    name = codec(charset)
    if name and name not in _GUESSED:
        try:
            return Decoded(data.decode(name).encode().decode(), name, 1.0)  # what has half a character (unicode_escape) has none of it
        except (UnicodeError, LookupError):
            name = None
    try:
        return decode(data, declared=name) if data else Decoded("", "utf-8", 1.0)
    except Refused:  # too short, or too strange, to tell
        text = data.decode(name or "utf-8", "replace")
        return Decoded(text, name or "utf-8", 0.0, text.count("\ufffd"))


def header(message: Message, name: str) -> str:
    """The text of a header on one line; empty where there is none."""
    return _BLANK.sub(" ", _words(_raw(message, name))).strip()


def addresses(message: Message, name: str) -> list[str]:
    """The addresses of a header, each with its name: 張三 <zhang@example.com>."""
    raw = _raw(message, name)
    split = [one for person, address in _split(raw) for one in _people(person, address)]
    found = [(_BLANK.sub(" ", _words(person)).strip(), address) for person, address in split]
    shown = [f"{person} <{address}>" if person and address else person or address for person, address in found]
    return [one for one in shown if one] or list(filter(None, [header(message, name)]))


def mail_date(message: Message) -> str | None:
    """When the mail was written."""
    written = header(message, "date")
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return to_iso(written)


def parameter(message: Message, name: str, of: str) -> str:
    """A parameter of a header (`filename` of content-disposition), in RFC 2231, encoded words or plain bytes; empty where there is none."""
    plain: Message = Message()
    plain[of] = _BLANK.sub(" ", _raw(message, of))
    value = plain.get_param(name, header=of)
    if isinstance(value, tuple):
        return decoded(value[2].encode("latin-1", "replace"), value[0]).text
    return _words(value) if isinstance(value, str) else ""


def _split(raw: str) -> list[tuple[str, str]]:
    """The names and addresses of a header; none where its comments are nested too deep."""
    try:
        return getaddresses([raw])
    except RecursionError:
        return []


def _people(person: str, address: str) -> list[tuple[str, str]]:
    """A name and its address; those in an encoded word, where a program has encoded all of a header: 張三 <zhang@example.com>."""
    if person or not address.startswith("=?"):
        return [(person, address)]
    text = _words(address)
    inside = _split(text)
    return inside if inside and all("@" in address for _, address in inside) else [(text, "")]


def _raw(message: Message, name: str) -> str:
    """The first header of this name, its bytes decoded, encoded words as they are."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    unfolded = _FOLD.sub(" ", value[:_LONGEST])
    return unfolded if unfolded.isascii() else decoded(unfolded.encode("utf-8", "surrogateescape"), None).text


def _words(text: str) -> str:
    """The text with its encoded words decoded."""
    if "=?" not in text:
        return text
    text = _GAP.sub(r"\1", text)
    runs = _runs(text)
    behind = runs[-1][3] if runs else 0
    return "".join(before + decoded(data, charset).text for before, charset, data, _ in runs) + text[behind:]


def _runs(text: str) -> list[tuple[str, str, bytes, int]]:
    """Runs of encoded words of one charset side by side: the text before, the charset, the bytes, the offset behind."""
    runs: list[tuple[str, str, bytes, int]] = []
    end = 0
    for match in _WORD.finditer(text):
        before, charset, data = text[end : match.start()], match[1].lower(), _bytes(match[2], match[3])
        if runs and not before and runs[-1][1] == charset:
            runs[-1] = (runs[-1][0], charset, runs[-1][2] + data, match.end())
        else:
            runs.append((before, charset, data, match.end()))
        end = match.end()
    return runs


def _bytes(encoding: str, word: str) -> bytes:
    if encoding in "Qq":
        return binascii.a2b_qp(word.encode("ascii", "replace"), header=True)
    plain = re.sub(r"[^A-Za-z0-9+/]", "", word)
    try:
        return binascii.a2b_base64(plain[: len(plain) - (len(plain) % 4 == 1)] + "=" * (-len(plain) % 4 % 3))
    except binascii.Error:
        return b""
