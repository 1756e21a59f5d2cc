"""What does the beginning of a file look like?

Every encoding of Chinese but UTF-16 keeps ASCII as it is, so marks in ASCII are looked for in the bytes (UTF-16 comes as UTF-8).
"""

from __future__ import annotations

import re
from collections.abc import Callable

Sniffer = Callable[[bytes], bool]

_FRONT_MATTER = re.compile(rb"\A\s*---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?")
_HTML_START = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK_START = re.compile(
    rb"\A\s*<(?:div|p|h[1-6]|table|ul|ol|section|article|main|span|center|font|br|img|figure|blockquote|pre|style|meta|title)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(
    rb"</?(?:div|p|h[1-6]|table|tr|td|ul|ol|li|span|a|br|img|strong|em|b|i|section|article|figure|blockquote)\b[^<>]*>", re.IGNORECASE
)
_LINK = re.compile(rb"!?\[[^\[\]\r\n]*\]\([^()\s]+(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\r\n]*\")?\)")
_HEADING = re.compile(rb"^#{1,6}[ \t]+\S", re.MULTILINE)
_UNDERLINE = re.compile(rb"^\S[^\r\n]*\r?\n(?:={3,}|-{3,})[ \t]*\r?$", re.MULTILINE)
_BOLD = re.compile(rb"\*\*[^\s*][^*\r\n]*\*\*")
_FENCE = re.compile(rb"^(?:```|~~~)", re.MULTILINE)
_MARKDOWN = ((_LINK, (b"](",)), (_HEADING, (b"#",)), (_BOLD, (b"**",)), (_FENCE, (b"```", b"~~~")), (_UNDERLINE, (b"\n===", b"\n---")))
"""The kinds of marks of Markdown, each with what it cannot be without: most texts have none of these, and need not be searched for it."""

_PACKAGE = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|customXml/|word/|ppt/|xl/|visio/)", re.DOTALL | re.IGNORECASE)

_MIND_MAP = re.compile(rb"PK\x03\x04.{26}(?:content\.(?:json|xml)|Thumbnails/)", re.DOTALL)  # the content may come late
_OFD = re.compile(rb".{30}(?:OFD\.xml|Doc_\d{1,4}/)", re.DOTALL | re.IGNORECASE)

_CLOCK = rb"[\x80-\xff]{0,8} ?\d{1,2}:\d{2}(?::\d{2})?"
_CHAT = re.compile(
    rb"(?:\xef\xbb\xbf|\xe2\x80\x8e)?\s*(?:\[LINE\] [^\n]*\n|\d{4}[./]\d\d[./]\d\d ?[^\n\d]{1,20}\n" + _CLOCK + rb"[ \t]"  # LINE
    rb"|\[?\d{1,4}[/.]\d{1,2}[/.]\d{1,4},? " + _CLOCK + rb"(?:[\s\x80-\xff]{0,4}[AaPp]\.?[Mm]\.?)?(?:\]| -) [^\n]*\n)"  # WhatsApp
)
_STAMPED = re.compile(rb"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2} " + _CLOCK, re.MULTILINE)
_SPEAKER = re.compile(  # QQ and WeChat: who and when, then on other lines what
    rb"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2} " + _CLOCK + rb" (?!\[?(?:ERROR|WARN|INFO|DEBUG|TRACE|FATAL|SEVERE|NOTICE)\b)[^\n]{1,120}"
    rb"|[^\n]{1,80}?[ \xa0]{2}\d{1,2}:\d{2}"
    rb"|[^\n]{1,80} \d{4}[-/.]\d{1,2}[-/.]\d{1,2} " + _CLOCK + rb")\r?\n(?:\r?\n)?(?!\d{4}[-/.])[^\s\n]",
    re.MULTILINE,
)

_WIKI_MARK = re.compile(
    rb"\[\[|\{\{|\\\\[ \r\n]|''|\*\*|//[^/\s]|%%|\(\(|<(?:code|file|WRAP)\b|^(?:  +[*-] |\^ |> |----|~~[A-Z])", re.MULTILINE
)
_WIKI_HEADING = re.compile(rb"^(={2,6})[ \t]*[^=\s][^\n=]{0,300}={2,6}[ \t]*\r?$", re.MULTILINE)

_HEADERS = re.compile(rb"\s{0,20}(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL_HEADER = re.compile(
    rb"^(Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Reply-To):",
    re.MULTILINE | re.IGNORECASE,
)
_SAVED_PAGE = re.compile(rb"^Content-Type:\s*multipart/related\b[^\n]*(?:\n[ \t][^\n]*)*type=\"?text/html", re.MULTILINE | re.IGNORECASE)
_SENT = re.compile(rb"^(?:To|Received|Message-ID):", re.MULTILINE | re.IGNORECASE)
_TROFF_START = re.compile(rb"\s*(?:[.'][ \t]{0,9}[A-Za-z\\]|\.\s|\\\")")
_MAN_PAGE = re.compile(rb"^[.'][ \t]{0,9}(?:TH[ \t]+\S|so[ \t]+man)", re.MULTILINE)


def signature(*starts: bytes, offset: int = 0) -> Sniffer:
    """A sniffer for contents that begin (at `offset`) with one of these bytes."""
    return lambda head: head.startswith(starts, offset)


def beginning(pattern: bytes, flags: int = 0) -> Sniffer:
    """A sniffer for contents that begin so."""
    begins = re.compile(pattern, flags).match
    return lambda head: begins(head) is not None


json_lines = beginning(rb"\s*\{\s*\"[^\"\r\n]*\"\s*:[^\r\n]*\}[ \t]*\r?\n\s*\{\s*\"")
"""A line that is a JSON object, and a second one that begins like it."""

org = beginning(rb"(?:#(?!\+)[^\n]*\n|[ \t]*\r?\n){0,9}#\+[a-z_]{2,40}:", re.IGNORECASE)
"""A keyword before everything else but comments."""

mbox = beginning(rb"From [^\r\n]{1,300}\d{4}[^\r\n]{0,40}\r?\n[A-Za-z][A-Za-z0-9-]{0,60}:")
"""The line before the first mail, and its headers."""

references = beginning(
    rb"(?:\xef\xbb\xbf)?\s*(?:TY  - +[A-Z]{3,6}\s*[A-Z][A-Z0-9]  -|%0 [^\n]{2,60}\n%. |RT [^\n]{3,60}\n[A-Z][A-Z0-9] "
    rb"|PMID- *\d+ *\n[A-Z]{2,4} {0,2}- |FN [^\n]{3,60}\nVR [\d.]+\s+PT [A-Z]|PT [A-Z]\n(?:AU|CA|GP|TI) "
    rb"|\{Reference Type\}:[^\n]{0,80}\n\{[A-Z]|(?:DataType|SrcDatabase-)[^\n]{2,100}\n[A-Z][A-Za-z]{1,20}-)"
)
"""A record of literature as databases export it, whose first tag says what kind it is, and another tag behind it."""

bibtex = beginning(
    rb"(?:\s|%[^\n]*\n|@(?:comment|preamble|string)\b[^\n]*\n)*@(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings"
    rb"|techreport|thesis|unpublished)[ \t]*\{[^,{}\n]{0,200},\s*[A-Za-z_-]{1,30}[ \t]*=[ \t]*[\"{0-9]",
    re.IGNORECASE,
)
"""An entry and a field in it, behind nothing but comments and names: a text that quotes an entry is none."""


clippings = beginning(rb"(?:\xef\xbb\xbf)?[^\n]{1,600}\n- [^\n]{0,300}\d[^\n]{0,100}\n\r?\n(?:[^\n]*\n){1,400}?==========\r?\n")
flat_office = beginning(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*(?:<\?[^>]*>\s*|<!--[^>]*-->\s*){0,9}"
    rb"<(?:(?:\w+:)?(?:wordDocument|Workbook)\s[^>]*(?:schemas-microsoft-com:office|microsoft\.com/office)"
    rb"|\w+:package\s[^>]*/2006/xmlPackage|\w+:document\s[^>]*opendocument:xmlns:office)"
)
"""A document of an office program that is one XML file."""


xml = beginning(rb"\s*(?:<\?xml[ \t\n\r]|<!DOCTYPE\s+[\w:-]+\s+(?:PUBLIC|SYSTEM)\s+[\"'])")
"""Any XML that says so, or has a document type."""

ass = beginning(rb"\s*\[script info\]", re.IGNORECASE)
"""The first section of SubStation Alpha."""

subtitles = beginning(rb"WEBVTT|\s*(?:\d{1,6}\s*\r?\n)?(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*\d")
"""The mark of WebVTT, or times with an arrow between them."""


def pdf(head: bytes) -> bool:
    """A PDF, also behind what mail gateways and web servers leave before it (ISO 32000-1, annex H.3.4.1)."""
    return b"%PDF-" in head[:1024]


def evernote(head: bytes) -> bool:
    """Notes as Evernote exports them."""
    return b"<en-export" in head[:1000]


def epub(head: bytes) -> bool:
    """A ZIP that says it is a book, or holds what only books hold; where a large cover comes first, its name tells."""
    return _is_zip(head) and (b"application/epub+zip" in head[:256] or b"META-INF/container.xml" in head)


def ofd(head: bytes) -> bool:
    """A ZIP whose members are named as those of an OFD are; the entry, which every one has, may come late."""
    return _is_zip(head) and (bool(_OFD.match(head)) or b"OFD.xml" in head)


def iwork(head: bytes) -> bool:
    """A ZIP as Pages, Numbers and Keynote write it, or the one in a folder of theirs."""
    return _is_zip(head) and b".iwa" in head and b"Index.zip" not in head


def webarchive(head: bytes) -> bool:
    """A page as Safari saves it."""
    return head.startswith(b"bplist00") and b"WebMainResource" in head


def mind_map(head: bytes) -> bool:
    """A ZIP as XMind writes it; OpenDocument, which has a part of such a name too, is asked for before."""
    return _is_zip(head) and _MIND_MAP.search(head) is not None and b"mimetype" not in head[:64]


def html(head: bytes) -> bool:
    """A page, or (also behind front matter) a fragment whose beginning is a block element and whose tags are many."""
    body = _without_comments(_without_front_matter(head))
    if _HTML_START.match(body):
        return True
    return bool(_BLOCK_START.match(body)) and len(_TAG.findall(body)) >= 3


def markdown(head: bytes) -> bool:
    """Several marks of different kinds, or front matter before what is no page: few enough to leave no plain text without its asterisks."""
    body = _without_front_matter(head)
    found = [len(kind.findall(body)) if any(sign in body for sign in signs) else 0 for kind, signs in _MARKDOWN]
    links, _, _, fences, _ = found
    return sum(count > 0 for count in found) >= 2 or links + fences >= 3 or body is not head


def package_of(*folders: bytes) -> Sniffer:
    """A sniffer for ZIPs of office programs: a part of theirs shows, and one of these folders, or none (it may come late)."""
    others = (b"word/", b"ppt/", b"xl/", b"visio/")

    def sniff(head: bytes) -> bool:
        if not _is_zip(head) or not _PACKAGE.search(head):
            return False
        shown = [folder for folder in others if folder in head]
        return not shown or any(folder in shown for folder in folders)

    return sniff


def mail(head: bytes) -> bool:
    """Headers first, and three of them such as mails have."""
    headers = _HEADERS.match(head)
    return bool(headers) and len({name.lower() for name in _MAIL_HEADER.findall(headers[0] if headers else b"")}) >= 3


def mhtml(head: bytes) -> bool:
    """A mail that only holds a page and what belongs to it."""
    headers = _HEADERS.match(head)
    return bool(headers and _SAVED_PAGE.search(headers[0]) and not _SENT.search(headers[0]))


def opendocument(kind: bytes) -> Sniffer:
    """A sniffer for a ZIP of OpenDocument: its first member says what kind it is; where it does not, its parts tell, and the name."""
    first = b"mimetypeapplication/vnd.oasis.opendocument."

    def sniff(head: bytes) -> bool:
        if head.startswith(first, 30):
            return _is_zip(head) and head.startswith(first + kind, 30)
        return _is_zip(head) and b"content.xml" in head and b"META-INF/manifest.xml" in head

    return sniff


def mediawiki(head: bytes) -> bool:
    """The dump of a wiki."""
    return b"<mediawiki" in head[:1000] and _without_comments(head).startswith(b"<mediawiki")


def man_page(head: bytes) -> bool:
    """A source for troff that begins with a request or a comment, and names its page, or one to read instead."""
    return bool(_TROFF_START.match(head)) and bool(_MAN_PAGE.search(head))


def chat(head: bytes) -> bool:
    """A conversation: how LINE and WhatsApp begin, or lines with who and when and others between them, which logs lack."""
    beginning = head[:4096]
    speakers = len(_SPEAKER.findall(beginning)) if beginning.count(b":") > 1 else 0
    return bool(_CHAT.match(head)) or (speakers > 1 and len(_STAMPED.findall(beginning)) <= 1.2 * speakers)


def dokuwiki(head: bytes) -> bool:
    """The first heading is one of a page of DokuWiki, where many marks stand for the highest level, and there are other marks of it."""
    first = _WIKI_HEADING.search(head) if b"\n=" in head or head.startswith(b"=") else None
    return first is not None and len(first[1]) > 4 and _WIKI_MARK.search(head) is not None


def rooted(*names: bytes) -> Sniffer:
    """A sniffer for XML whose outermost element is called so, behind a document type perhaps."""
    root = re.compile(rb"(?:<![^>\[]{0,500}>\s*)?<(?:%b)[\s>]" % b"|".join(names))
    return lambda head: root.match(_without_comments(head.removeprefix(b"\xef\xbb\xbf"))) is not None


def _is_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def _without_front_matter(head: bytes) -> bytes:
    match = _FRONT_MATTER.match(head)
    return head[match.end() :] if match else head


def _without_comments(body: bytes) -> bytes:
    """What follows an XML declaration and comments at the beginning."""
    match = _PROLOGUE.match(body)
    position = match.end() if match else 0
    while body.startswith(b"<!--", position) and (end := body.find(b"-->", position)) >= 0:
        position = end + 3
        position += len(body[position : position + 100]) - len(body[position : position + 100].lstrip())
    return body[position:]
