"""Which formats are there?

Those that come with searcher are rows, whose readers are named by module, so that nothing is imported before such a file is met.
Another package adds its own as an entry point of the group `searcher.formats`, a `Format` by name; it comes before ours.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from searcher.documents.sources import sniffing
from searcher.documents.sources.format import Format, lazily
from searcher.documents.unread import SIGNATURES

_GZIP, _XZ, _BZIP2 = b"\x1f\x8b\x08", b"\xfd7zXZ\0", tuple(b"BZh%d1AY&SY" % level for level in range(1, 10))

_LARGE_PAGE = 128 * 1024
"""Bytes; where elements are left open in ways that no count of tags sees, building the tree takes the square of them."""


def _format(name: str, suffixes: str, reader: str, sniff: sniffing.Sniffer | None = None, **more: Any) -> Format:
    """A row: `suffixes` with spaces between them, the `reader` as `room:function` of this folder."""
    return Format(name, tuple(suffixes.split()), lazily(f"searcher.documents.{reader}"), sniff, **more)


def _parsed(name: str, suffixes: str, reader: str, sniff: sniffing.Sniffer, **more: Any) -> Format:
    """A row of a format of bytes, whose parser runs in a process of its own."""
    return _format(name, suffixes, reader, sniff, binary=True, isolated=True, **more)


BUILTIN: tuple[Format, ...] = (
    _parsed("docx", ".docx .docm .dotx .dotm .mlx", "office.openxml:read_office", sniffing.package_of(b"word/")),
    _parsed("pptx", ".pptx .pptm .ppsx .ppsm .potx .potm", "office.openxml:read_office", sniffing.package_of(b"ppt/")),
    _parsed("xlsx", ".xlsx .xlsm .xltx .xltm .xlsb", "office.openxml:read_office", sniffing.package_of(b"xl/")),
    _parsed("vsdx", ".vsdx .vsdm .vstx .vstm", "office.openxml:read_office", sniffing.package_of(b"visio/")),
    _parsed("odt", ".odt .ott", "office.opendocument:read_opendocument", sniffing.opendocument(b"text")),
    _parsed("ods", ".ods .ots", "office.opendocument:read_opendocument", sniffing.opendocument(b"spreadsheet")),
    _parsed("odp", ".odp .otp", "office.opendocument:read_opendocument", sniffing.opendocument(b"presentation")),
    _parsed("odg", ".odg .otg", "office.opendocument:read_opendocument", sniffing.opendocument(b"graphics")),
    _parsed(
        "old-office",
        ".doc .dot .xls .ppt .pps .wps .et .dps .msg",
        "oldoffice.file:read_old_office",
        sniffing.signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        modules=("olefile", "xlrd"),
        extra="searcher[office]",
    ),
    _parsed("rtf", ".rtf", "rtf.text:read_rtf", sniffing.signature(b"{\\rtf")),
    _parsed("xmind", ".xmind", "office.mindmap:read_mind_map", sniffing.mind_map),
    # Not ".mm": programs in Objective-C++ are called so, too.
    _format("freemind", "", "office.mindmap:read_free_map", sniffing.rooted(rb"map\s+version=[\"'][^\"'<>]{1,80}[\"']")),
    _format(
        "drawio", ".drawio .dio", "office.drawings:read_drawio", sniffing.rooted(b"mxfile", b"mxGraphModel"), isolated_from=_LARGE_PAGE
    ),
    _format("jsonlines", ".jsonl .ndjson .jsonlines", "json.lines:read_json_lines", sniffing.json_lines, streamed=True),
    _format("csv", ".csv .tsv .tab", "tabular.delimited:read_delimited", streamed=True),
    _format("json", ".json .geojson .ipynb", "json.file:read_json"),
    _format("canvas", ".canvas", "json.canvas:read_canvas"),
    _format("siyuan", ".sy", "json.siyuan:read_siyuan"),
    _format("mediawiki", "", "markup.mediawiki:read_mediawiki", sniffing.mediawiki, streamed=True),
    _format("wikitext", ".wiki .mediawiki .wikitext", "markup.mediawiki:read_wikitext"),
    _format("dokuwiki", ".dokuwiki", "markup.dokuwiki:read_dokuwiki", sniffing.dokuwiki),
    _format("enex", ".enex", "xml.evernote:read_evernote", sniffing.evernote, streamed=True),
    _format("confluence", "", "xml.confluence:read_confluence", sniffing.rooted(b"hibernate-generic"), streamed=True),
    _format("rst", ".rst .rest .rst.txt .rst_", "markup.restructured:read_restructured_text"),
    _format("kanripo", "", "plain.kanripo:read_kanripo", sniffing.beginning(rb"(?:\xef\xbb\xbf)?# ?-\*- mode: mandoku-view")),
    _format("org", ".org", "markup.org:read_org", sniffing.org),
    _format("latex", ".tex .ltx .latex", "markup.latex:read_latex"),
    _format("asciidoc", ".adoc .asciidoc .asc", "markup.asciidoc:read_asciidoc"),
    _format("references", ".ris .enw .nbib .ciw", "literature.references:read_references", sniffing.references),
    _format("bibtex", ".bib", "literature.bibtex:read_bibtex", sniffing.bibtex),
    _format("ics", ".ics", "mail.calendars:read_calendar", sniffing.signature(b"BEGIN:VCALENDAR")),
    _format("vcf", ".vcf", "mail.calendars:read_cards", sniffing.signature(b"BEGIN:VCARD")),
    _format("chat", "", "chats.texts:read_chat", sniffing.chat),
    _format("clippings", "", "plain.clippings:read_clippings", sniffing.clippings),
    _format("po", ".po .pot", "plain.gettext:read_gettext"),
    # Not ".1": logs that were put aside are called so, too.
    _format("man", ".man", "markup.manpage:read_man_page", sniffing.man_page),
    _format("html", ".html .htm .xhtml .xht .shtml", "chats.pages:read_page", sniffing.html, isolated_from=_LARGE_PAGE),
    _format("flat-office", ".fodt .fods .fodp .fodg", "office.flat:read_flat_office", sniffing.flat_office, isolated=True),
    _format("tmx", ".tmx", "xml.translations:read_tmx", sniffing.rooted(b"tmx"), streamed=True),
    _format("xliff", ".xlf .xliff .sdlxliff .mqxliff", "xml.translations:read_translations", sniffing.rooted(b"xliff", b"TS")),
    _format("xml", ".fb2 .dbk .docbook .tei .opml .rss .atom .svg", "xml.file:read_xml", sniffing.xml),  # ".xml" may be any
    _format("markdown", ".md .markdown .mdown .mkd .mdx .md.txt", "markup.markdown:read_markdown", sniffing.markdown),
    _parsed("webarchive", ".webarchive", "web.webarchive:read_webarchive", sniffing.webarchive),
    _format("mhtml", ".mhtml .mht", "mail.message:read_mhtml", sniffing.mhtml, isolated=True),
    _format("mbox", ".mbox .mbx", "mail.mbox:read_mbox", sniffing.mbox, isolated=True),
    _format("eml", ".eml .emlx", "mail.message:read_mail", sniffing.mail, isolated=True),
    _parsed("tnef", ".tnef", "mail.tnef:read_tnef", sniffing.signature(b'x\x9f>"')),  # winmail.dat
    _format("srt", ".srt .vtt", "plain.subtitles:read_subtitles", sniffing.subtitles),
    _format("ass", ".ass .ssa", "plain.subtitles:read_ass", sniffing.ass),
    _format("lrc", ".lrc", "plain.subtitles:read_lyrics"),
    _parsed("pdf", ".pdf", "printed.pdf:read_pdf", sniffing.pdf, modules=("pypdfium2",), extra="searcher[pdf]"),
    _parsed(
        "picture",
        ".png .jpg .jpeg .jpe .jfif .tif .tiff .webp .bmp",
        "printed.pictures:read_picture",
        sniffing.beginning(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|(?s:BM.{4}\0{4}|RIFF.{4}WEBP)"),
        recognised=True,
        modules=("rapidocr", "onnxruntime"),
        extra="searcher[ocr]",
    ),
    _parsed("epub", ".epub", "books.epub:read_epub", sniffing.epub),
    _parsed("ofd", ".ofd", "printed.ofd:read_ofd", sniffing.ofd),
    # Not ".pdb": what compilers write for debuggers is called so, too.
    _parsed("mobi", ".mobi .azw .azw3 .prc", "books.mobi:read_mobi", sniffing.signature(b"BOOKMOBI", b"TEXtREAd", offset=60)),
    _parsed("chm", ".chm", "books.chm:read_chm", sniffing.signature(b"ITSF")),
    _format("unread", ".7z .rar .caj .kdh .nh .pst .ost .dbx .one", "unread:refuse", sniffing.signature(*SIGNATURES), binary=True),
    _parsed("iwork", ".pages .numbers .key", "office.iwork:read_iwork", sniffing.iwork),
    # Archives come last: other formats are ZIPs, too.
    _parsed("zip", ".zip", "archives.archive:read_archive", sniffing.signature(b"PK\x03\x04", b"PK\x05\x06")),
    _parsed("mindmanager", ".mmap .mmat", "office.mindmap:read_mindmanager", sniffing.signature(b"PK\x03\x04")),  # by its name alone
    _parsed("tar", ".tar", "archives.archive:read_archive", sniffing.signature(b"ustar", offset=257)),
    _parsed("compressed", ".gz .tgz .bz2 .tbz .tbz2 .xz .txz", "archives.archive:read_archive", sniffing.signature(_GZIP, _XZ, *_BZIP2)),
    _format("text", ".txt .text .log", "plain.text:read_plain"),
)
"""One row each. They are asked in this order when the name says nothing; the plain format takes what no other claims."""


PICTURE = ".png"
"""A name by which formats of pictures are known."""


@functools.cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages first; the first that claims a content is taken."""
    return (*_foreign_formats(), *BUILTIN)


def by_name(name: str) -> Format | None:
    """The format of this name."""
    return next((format for format in formats() if format.name == name), None)


def named(name: str) -> list[Format]:
    """Formats by the name's suffix, the longest suffix first."""
    lower = name.lower()
    fitting = [(len(suffix), format) for format in formats() for suffix in format.suffixes if lower.endswith(suffix)]
    return [format for _, format in sorted(fitting, key=lambda pair: -pair[0])]


def lacks_module(name: str) -> bool:
    """Whether a format that goes by the suffix of this name needs what this Python lacks."""
    return any(format.missing() is not None for format in named(name))


def may_show_text(name: str) -> bool:
    """Whether something of this name may be a picture in which text is looked for, or hold one: a PDF, an archive, a mail."""
    return any(format.recognised or format.isolated for format in named(name))


def _foreign_formats() -> Iterator[Format]:
    """What other packages give. Their code may be wrong in any way: a warning tells its author, and files are read without it."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="searcher.formats"):
        called = f"the format {entry.name} of {entry.value}"
        try:
            format = entry.load()
        except (Exception, SystemExit) as error:
            warnings.warn(f"{called} cannot be loaded: {type(error).__name__}: {error}", stacklevel=2)
            continue
        if not isinstance(format, Format):
            warnings.warn(f"{called} is no searcher.documents.Format", stacklevel=2)
        elif not _are_suffixes(format.suffixes):
            warnings.warn(f"{called} has other suffixes than a tuple of lower-case texts that begin with a dot", stacklevel=2)
        else:
            yield format if format.sniff is None else replace(format, sniff=_guarded(format.sniff, called))


def _are_suffixes(suffixes: object) -> bool:
    return isinstance(suffixes, tuple) and all(isinstance(one, str) and one == one.lower() and one.startswith(".") for one in suffixes)


def _guarded(sniff: sniffing.Sniffer, called: str) -> sniffing.Sniffer:
    """A sniffer that knows no content of which it raises an error: it is shown the beginning of every file."""

    def guarded(head: bytes) -> bool:
        try:
            return bool(sniff(head))
        except Exception as error:
            warnings.warn(f"{called} fails at the beginning of a file: {type(error).__name__}: {error}", stacklevel=2)
            return False

    return guarded
