"""The formats that come with searcher, one row each.

Rows are asked in this order when the name says nothing; the plain format takes what no other claims.
"""

from __future__ import annotations

from searcher.documents.format import Format, lazily
from searcher.documents.sniffing import (
    looks_like_ass,
    looks_like_bibtex,
    looks_like_epub,
    looks_like_evernote,
    looks_like_html,
    looks_like_json_lines,
    looks_like_mail,
    looks_like_man_page,
    looks_like_markdown,
    looks_like_mbox,
    looks_like_mediawiki,
    looks_like_mhtml,
    looks_like_ofd,
    looks_like_opendocument,
    looks_like_pdf,
    looks_like_references,
    looks_like_subtitles,
    looks_like_xml,
    package_of,
    signature,
)

_GZIP, _XZ, _BZIP2 = b"\x1f\x8b\x08", b"\xfd7zXZ\0", tuple(b"BZh%d1AY&SY" % level for level in range(1, 10))

BUILTIN: tuple[Format, ...] = (
    Format(
        name="docx",
        suffixes=(".docx", ".docm", ".dotx", ".dotm"),
        read=lazily("searcher.documents.office:read_office"),
        sniff=package_of(b"word/"),
        binary=True,
        isolated=True,
    ),
    Format(
        name="pptx",
        suffixes=(".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
        read=lazily("searcher.documents.office:read_office"),
        sniff=package_of(b"ppt/"),
        binary=True,
        isolated=True,
    ),
    Format(
        name="xlsx",
        suffixes=(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"),
        read=lazily("searcher.documents.office:read_office"),
        sniff=package_of(b"xl/"),
        binary=True,
        isolated=True,
    ),
    *(
        Format(
            name=name,
            suffixes=suffixes,
            read=lazily("searcher.documents.opendocument:read_opendocument"),
            sniff=looks_like_opendocument(kind),
            binary=True,
            isolated=True,
        )
        for name, kind, suffixes in (
            ("odt", b"text", (".odt", ".ott")),
            ("ods", b"spreadsheet", (".ods", ".ots")),
            ("odp", b"presentation", (".odp", ".otp")),
            ("odg", b"graphics", (".odg", ".otg")),
        )
    ),
    Format(
        name="old-office",
        suffixes=(".doc", ".dot", ".xls", ".ppt", ".pps", ".wps", ".et", ".dps", ".msg"),
        read=lazily("searcher.documents.oldoffice:read_old_office"),
        sniff=signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        binary=True,
        isolated=True,
        modules=("olefile", "xlrd"),
        extra="searcher[office]",
    ),
    Format(
        name="rtf",
        suffixes=(".rtf",),
        read=lazily("searcher.documents.rtf:read_rtf"),
        sniff=signature(b"{\\rtf"),
        binary=True,
        isolated=True,
    ),
    Format(
        name="jsonlines",
        suffixes=(".jsonl", ".ndjson", ".jsonlines"),
        read=lazily("searcher.documents.jsonlines:read_json_lines"),
        sniff=looks_like_json_lines,
        streamed=True,
    ),
    Format(
        name="csv",
        suffixes=(".csv", ".tsv", ".tab"),
        read=lazily("searcher.documents.delimited:read_delimited"),
        streamed=True,
    ),
    Format(
        name="json",
        suffixes=(".json", ".geojson", ".ipynb"),
        read=lazily("searcher.documents.jsonfile:read_json"),
    ),
    Format(
        name="mediawiki",
        suffixes=(),
        read=lazily("searcher.documents.mediawiki:read_mediawiki"),
        sniff=looks_like_mediawiki,
        streamed=True,
    ),
    Format(
        name="wikitext",
        suffixes=(".wiki", ".mediawiki", ".wikitext"),
        read=lazily("searcher.documents.mediawiki:read_wikitext"),
    ),
    Format(
        name="enex",
        suffixes=(".enex",),
        read=lazily("searcher.documents.evernote:read_evernote"),
        sniff=looks_like_evernote,
        streamed=True,
    ),
    Format(
        name="rst",
        suffixes=(".rst", ".rest"),
        read=lazily("searcher.documents.restructured:read_restructured_text"),
    ),
    Format(
        name="asciidoc",
        suffixes=(".adoc", ".asciidoc"),
        read=lazily("searcher.documents.asciidoc:read_asciidoc"),
    ),
    Format(
        name="references",
        suffixes=(".ris", ".enw"),
        read=lazily("searcher.documents.references:read_references"),
        sniff=looks_like_references,
    ),
    Format(
        name="bibtex",
        suffixes=(".bib",),
        read=lazily("searcher.documents.bibtex:read_bibtex"),
        sniff=looks_like_bibtex,
    ),
    Format(
        name="man",
        suffixes=(".man", ".mdoc"),  # not ".1": logs that were put aside are called so, too
        read=lazily("searcher.documents.manpage:read_man_page"),
        sniff=looks_like_man_page,
    ),
    Format(
        name="html",
        suffixes=(".html", ".htm", ".xhtml", ".xht", ".shtml"),
        read=lazily("searcher.documents.html:read_html"),
        sniff=looks_like_html,
    ),
    Format(
        name="xml",
        suffixes=(".fb2", ".dbk", ".docbook", ".tei", ".opml", ".rss", ".atom"),  # not ".xml": the content tells which
        read=lazily("searcher.documents.xmlfile:read_xml"),
        sniff=looks_like_xml,
    ),
    Format(
        name="markdown",
        suffixes=(".md", ".markdown", ".mdown", ".mkd", ".mdx"),
        read=lazily("searcher.documents.markdown:read_markdown"),
        sniff=looks_like_markdown,
    ),
    Format(
        name="mhtml",
        suffixes=(".mhtml", ".mht"),
        read=lazily("searcher.documents.mail:read_mhtml"),
        sniff=looks_like_mhtml,
        isolated=True,
    ),
    Format(
        name="mbox",
        suffixes=(".mbox", ".mbx"),
        read=lazily("searcher.documents.mbox:read_mbox"),
        sniff=looks_like_mbox,
        isolated=True,
    ),
    Format(
        name="eml",
        suffixes=(".eml", ".emlx"),
        read=lazily("searcher.documents.mail:read_mail"),
        sniff=looks_like_mail,
        isolated=True,
    ),
    Format(
        name="srt",
        suffixes=(".srt", ".vtt"),
        read=lazily("searcher.documents.subtitles:read_subtitles"),
        sniff=looks_like_subtitles,
    ),
    Format(
        name="ass",
        suffixes=(".ass", ".ssa"),
        read=lazily("searcher.documents.subtitles:read_ass"),
        sniff=looks_like_ass,
    ),
    Format(
        name="lrc",
        suffixes=(".lrc",),
        read=lazily("searcher.documents.subtitles:read_lyrics"),
    ),
    Format(
        name="pdf",
        suffixes=(".pdf",),
        read=lazily("searcher.documents.pdf:read_pdf"),
        sniff=looks_like_pdf,
        binary=True,
        isolated=True,
        modules=("pypdfium2",),
        extra="searcher[pdf]",
    ),
    Format(
        name="epub",
        suffixes=(".epub",),
        read=lazily("searcher.documents.epub:read_epub"),
        sniff=looks_like_epub,
        binary=True,
        isolated=True,
    ),
    Format(
        name="ofd",
        suffixes=(".ofd",),
        read=lazily("searcher.documents.ofd:read_ofd"),
        sniff=looks_like_ofd,
        binary=True,
        isolated=True,
    ),
    Format(
        name="mobi",
        suffixes=(".mobi", ".azw", ".azw3", ".prc", ".pdb"),
        read=lazily("searcher.documents.mobi:read_mobi"),
        sniff=signature(b"BOOKMOBI", b"TEXtREAd", offset=60),
        binary=True,
        isolated=True,
    ),
    # Archives come last: other formats are ZIPs, too.
    Format(
        name="zip",
        suffixes=(".zip",),
        read=lazily("searcher.documents.archives:read_zip"),
        sniff=signature(b"PK\x03\x04", b"PK\x05\x06"),
        binary=True,
        isolated=True,
    ),
    Format(
        name="tar",
        suffixes=(".tar",),
        read=lazily("searcher.documents.archives:read_tar"),
        sniff=signature(b"ustar", offset=257),
        binary=True,
        isolated=True,
    ),
    Format(
        name="compressed",
        suffixes=(".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz"),
        read=lazily("searcher.documents.archives:read_compressed"),
        sniff=signature(_GZIP, _XZ, *_BZIP2),
        binary=True,
        isolated=True,
    ),
    Format(
        name="text",
        suffixes=(".txt", ".text", ".log"),
        read=lazily("searcher.documents.plain:read_plain"),
    ),
)
