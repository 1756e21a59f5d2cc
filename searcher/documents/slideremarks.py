"""What have people remarked on the slides of a presentation (PPTX), and who: as PowerPoint has written it before 2021, and since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searcher.documents.packages import Parts
from searcher.documents.xmlevents import OPEN, TEXT

_REMARKS = frozenset(("cm", "reply"))
_TEXTS = frozenset(("text", "txBody"))  # before and since


def remarks_on(package: Parts, slide: str, authors: Mapping[str, str]) -> Iterator[str]:
    """The remarks on the slide that is this part, each behind the name of its author; answers come before what they answer."""
    for related in package.related(slide):
        if related.kind == "comments":
            yield from _remarks(package, related.name, authors)


def authors_of_remarks(package: Parts, main: str) -> dict[str, str]:
    """Who remarks on the slides of a presentation, by the ids of the authors."""
    parts = [related.name for related in package.related(main) if related.kind in ("commentAuthors", "authors")]
    found = (
        attributes for part in parts for kind, name, attributes in package.events(part) if kind == OPEN and name in ("cmAuthor", "author")
    )
    return {attributes.get("id", ""): attributes.get("name", "") for attributes in found}


def _remarks(package: Parts, part: str, authors: Mapping[str, str]) -> Iterator[str]:
    by: list[str] = []
    words: list[str] | None = None
    for kind, name, attributes in package.events(part):
        if kind == TEXT:
            if words is not None:
                words.append(name)
        elif name in _REMARKS:
            by = [*by, authors.get(attributes.get("authorId", ""), "")] if kind == OPEN else by[:-1]
        elif name in _TEXTS and kind == OPEN:
            words = []
        elif name in _TEXTS:
            if said := " ".join("".join(words or ()).split()):
                yield f"{by[-1]}: {said}" if by and by[-1] else said
            words = None
        elif name == "p" and words:
            words.append(" ")
