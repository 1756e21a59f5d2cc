"""Plain text becomes a document as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.composing.places import chapter_locations
from searcher.documents.description.frontmatter import FrontMatter, front_matter
from searcher.documents.document import Document, Location
from searcher.documents.plain.declared import declared
from searcher.documents.sources.source import ReadOptions, Source

CODE = frozenset(
    ".py .pyi .js .mjs .cjs .ts .tsx .jsx .vue .java .kt .scala .groovy .c .h .cc .cpp .cxx .hpp .cs .m .swift .go .rs .rb .php .pl .lua .r"
    " .jsp .jspf .asp .aspx .ascx .cshtml .ejs .erb .sh .bash .zsh .fish .ps1 .bat .cmd .sql .css .scss .less .cu .cuh"
    " .ini .cfg .conf .toml .yml .yaml .properties .diff .patch .tex .ltx .typ .j2 .jinja .jinja2 .tpl .tmpl"
    " .service .timer .socket .cnf .repo .desktop .gradle .tf .proto .cmake .mk .svelte .astro".split()
)
"""What programs read first of all: such a file is called by its name, not by its first line (`package main`, `[Unit]`), and is of its own
format."""


def read_plain(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a text file. From the location of kind "line" on, every line break of the text is one of the file."""
    is_code = source.suffix in CODE
    written = source.text(options, format=source.suffix.removeprefix(".") if is_code else "text")
    front = front_matter(written.text)
    front = front if front.fields else FrontMatter(declared(written.text, source.suffix))
    body = written.text[front.body_start :]
    text = body.strip("\n")
    first = front.lines + len(body) - len(body.lstrip("\n")) + 1
    chapters = [] if is_code else chapter_locations(text)
    page = Page(text, (Location(0, "line", str(first)), *chapters), heading=source.name if is_code else None)
    yield document_of_page(source, page, written.metadata, front)
