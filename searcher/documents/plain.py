"""Plain text becomes a document as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.declared import declared
from searcher.documents.document import Document, Location
from searcher.documents.frontmatter import FrontMatter, front_matter
from searcher.documents.metadata import date_of, described
from searcher.documents.places import article_locations, in_order
from searcher.documents.source import ReadOptions, Source
from searcher.documents.sourcetext import read_text
from searcher.documents.titles import choose_title

CODE = frozenset(
    ".py .pyi .js .mjs .cjs .ts .tsx .jsx .vue .java .kt .scala .groovy .c .h .cc .cpp .cxx .hpp .cs .m .swift .go .rs .rb .php .pl .lua .r"
    " .sh .bash .zsh .fish .ps1 .bat .cmd .sql .css .scss .less .ini .cfg .conf .toml .yml .yaml .properties .diff .patch".split()
)
"""What programs read first of all: such a file is called by its name, not by its first line (`package main`)."""


def read_plain(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a text file. From the location of kind "line" on, every line break of the text is one of the file."""
    written = read_text(source, options, format="text")
    front = front_matter(written.text)
    front = front if front.fields else FrontMatter(declared(written.text, source.suffix))
    body = written.text[front.body_start :]
    text = body.strip("\n")
    first = front.lines + len(body) - len(body.lstrip("\n")) + 1
    yield source.document(
        title=choose_title(
            front.first("title", "标题", "標題"), source.name if source.suffix in CODE else None, text=text, name=source.stem
        ),
        text=text,
        date=date_of(front),
        metadata=described(written.metadata, front),
        locations=in_order((Location(0, "line", str(first)),), article_locations(text)),
    )
