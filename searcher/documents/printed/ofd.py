"""An OFD becomes the text of its pages, as they are printed (GB/T 33190-2016).

Invoices, official papers and theses of the mainland come so. Templates hold what is printed on a form, such as the names of its fields:
they are part of each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from searcher.documents.archives.membernames import safe_member_name
from searcher.documents.composing.page import About
from searcher.documents.composing.printedpages import documents_of_pages, within_limits
from searcher.documents.description.dates import first_date, stamped_date
from searcher.documents.description.metadata import fields, real_author
from searcher.documents.description.titles import kept_title
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.mail.attachments import attached, reading
from searcher.documents.office.packages import Package, opened, part_at
from searcher.documents.printed.ofdlayout import printed
from searcher.documents.printed.ofdpage import Code, Piece, Unit, objects, pieces
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.xml.events import OPEN, TEXT, Event, with_texts, without
from searcher.remarks import Remark

_ENTRY = "OFD.xml"
_ENCRYPTED = "Encryptions.xml"  # GM/T 0099-2020
_SAID = fields(
    "title Title, author Author, program Creator, created CreationDate, modified ModDate, keywords Keyword, subject Subject, root DocRoot"
)
"""Elements of the entry, and what is meant by them here."""
_ISSUED = "开票日期"  # of invoices
_LONGEST = 10_000  # characters of what is said in one element
_FOR_PROGRAMS = (".xml", ".xbrl", ".dat")


@dataclass(slots=True)
class _Body:
    """One document of the file: what it says of itself, and fields of its own."""

    said: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)


def read_ofd(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of an OFD, nearly always one, and what is attached to them. Refused: encrypted, damaged, no-text, too-large."""
    with opened(source, options) as package:
        if _ENCRYPTED in package:
            raise Refused("encrypted", Remark("detail.save-open"))
        named = [body for body in _bodies(package.events(_ENTRY)) if body.said.get("root")]
        bodies = list({body.said["root"][0]: body for body in reversed(named)}.values())[::-1]  # each once
        if not bodies:
            raise Refused("damaged", Remark("detail.no-pages"))
        for number, body in enumerate(bodies, 1):
            book = _Book(package, body.said["root"][0])
            yield from _documents(source, options, book, body, number if len(bodies) > 1 else None)
            yield from _attached(source, options, package, book)


class _Book:
    """One document: its pages, and what they share."""

    def __init__(self, package: Package, root: str) -> None:
        self._package = package
        self._root = part_at("", root)
        self._parts: dict[str, list[tuple[str, str]]] = {}  # by the name of the element: an id, and where it lies
        for name, id, place in _places(package.events(self._root)):
            self._parts.setdefault(name, []).append((id, self._found(self._root, place)))
        self._grounds: dict[str, list[Piece]] = {}
        self._stamps: set[str] = set()
        self.pages = [(id, place) for place, id in {place: id for id, place in self._parts.get("Page", ())}.items()]
        self.heading: str | None = None  # of the first page that has one

    def page(self, id: str, place: str) -> str | None:
        """The text of a page; None where it is not there."""
        if place not in self._package:
            return None
        templates: list[str] = []
        resources: list[str] = []
        body = list(objects(_noting(self._package.events(place), templates, resources)))
        units = {**self._units, **self._units_in(self._found(place, resource) for resource in resources)} if resources else None
        ground = (piece for template in templates for piece in self._ground(template))
        page = printed(ground, self._pieces((thing for _, thing in body), units))
        self.heading = self.heading or page.heading
        return "\n".join(filter(None, (page.text, *self._annotations(id))))

    def attachments(self) -> Iterator[str]:
        """Where those lie that a reader is shown."""
        for _, place in self._parts.get("Attachments", ()):
            for _, _, file in _places(without(self._package.events(place), lambda _, attributes: attributes.get("Visible") == "false")):
                yield self._found(place, file)

    def _pieces(self, things: Iterable[Code | Unit], units: Mapping[str, list[Code | Unit]] | None = None) -> Iterator[Piece]:
        things = list(things)
        if units is None:
            units = self._units if any(isinstance(thing, Unit) for thing in things) else {}
        return pieces(things, units)

    def _ground(self, template: str) -> list[Piece]:
        if template not in self._grounds:
            place = next((place for id, place in self._parts.get("TemplatePage", ()) if id == template), "")
            self._grounds[template] = list(self._pieces(thing for _, thing in objects(self._package.events(place))))
        return self._grounds[template]

    @cached_property
    def _units(self) -> dict[str, list[Code | Unit]]:
        return self._units_in(place for name in ("PublicRes", "DocumentRes") for _, place in self._parts.get(name, ()))

    def _units_in(self, places: Iterable[str]) -> dict[str, list[Code | Unit]]:
        found: dict[str, list[Code | Unit]] = {}
        for place in places:
            for unit, thing in objects(self._package.events(place)):
                found.setdefault(unit, []).append(thing)
        return found

    @cached_property
    def _annotated(self) -> dict[str, str]:
        """Where the annotations of each page lie, by its id."""
        lists = [place for _, place in self._parts.get("Annotations", ())]
        return {id: self._found(place, file) for place in lists for _, id, file in _places(self._package.events(place))}

    def _annotations(self, page: str) -> Iterator[str]:
        """What stamps and notes say, each once in a document; watermarks say nothing."""
        events = self._package.events(self._annotated.get(page, ""))
        shown = without(events, lambda name, attributes: name == "Annot" and attributes.get("Type") == "Watermark")
        for line in printed((), self._pieces(thing for _, thing in objects(shown))).text.split("\n"):
            if line not in self._stamps:
                self._stamps.add(line)
                yield line

    def _found(self, base: str, place: str) -> str:
        """Where a part lies: beside the one that names it, or where programs that take that less exactly mean."""
        beside = part_at(base, place)
        others = (part_at(self._root, place), part_at("", place))
        return next((name for name in (beside, *others) if name in self._package), beside)


def _bodies(events: Iterable[Event]) -> Iterator[_Body]:
    """What the entry says of each document."""
    body, custom = _Body(), ""
    for kind, name, attributes, text in with_texts(events, _LONGEST):
        said = (text or "").strip()
        if kind == OPEN:
            body = _Body() if name == "DocBody" else body
            custom = attributes.get("Name", "") if name == "CustomData" else custom
        elif name == "CustomData":
            body.own.setdefault(custom, []).append(said)
        elif name in _SAID and said:
            body.said.setdefault(_SAID[name], []).append(said)
        elif name == "DocBody":
            yield body


def _places(events: Iterable[Event]) -> Iterator[tuple[str, str, str]]:
    """The parts that a part names: the element, the id, and where it lies, as its attribute or its text say."""
    id = ""
    for kind, name, attributes, text in with_texts(events, _LONGEST):
        if kind == OPEN:
            id = attributes.get("PageID") or attributes.get("ID") or id
            if attributes.get("BaseLoc"):
                yield name, attributes.get("ID", ""), attributes["BaseLoc"]
        elif text and text.strip():
            yield name, id, text.strip()


def _noting(events: Iterable[Event], templates: list[str], resources: list[str]) -> Iterator[Event]:
    """The same events; which templates and resources a page names is taken down."""
    inside = False
    for event in events:
        kind, name, attributes = event
        if kind == OPEN:
            inside = name == "PageRes"
            if name == "Template":
                templates.append(attributes.get("TemplateID", ""))
        elif kind == TEXT and inside and name.strip():
            resources.append(name.strip())
        yield event


def _documents(source: Source, options: ReadOptions, book: _Book, body: _Body, number: int | None) -> Iterator[Document | Skipped]:
    lost: list[str] = []
    pages = list(within_limits(_texts(book, lost), options))
    if len(lost) == len(book.pages):
        raise Refused("damaged", Remark("detail.no-pages"))
    dates = (*body.said.get("created", ()), *body.said.get("modified", ()))
    yield from documents_of_pages(
        source,
        pages,
        [str(page) for page in range(1, len(pages) + 1)],
        count=len(book.pages),
        title=kept_title(next(iter(body.said.get("title", ())), ""), text="\n".join(pages), name=source.stem) or book.heading,
        date=first_date(body.own.get(_ISSUED, ())),
        stamped=stamped_date(dates),
        metadata={"format": "ofd", "pages": str(len(pages))},
        about=_about(body),
        number=number,
    )
    if lost:
        yield Skipped(source.path, "damaged", Remark("detail.damaged-pages", count=len(lost), pages=len(book.pages)))


def _texts(book: _Book, lost: list[str]) -> Iterator[str | None]:
    """The texts of the pages; those that are not there, or broken, are taken down."""
    for id, place in book.pages:
        try:
            text = book.page(id, place)
        except Refused as refusal:
            if refusal.reason != "damaged":
                raise
            text = None
        if text is None:
            lost.append(id)
        yield text


def _about(body: _Body) -> About:
    """Fields of its own are those with a Chinese name, such as 发票号码; others are what programs note for themselves."""
    program = body.said.get("program", [])
    authors = [author for author in map(real_author, body.said.get("author", ())) if author not in program]
    own = {name: values for name, values in body.own.items() if any("\u4e00" <= character <= "\u9fff" for character in name)}
    return {"author": authors, "keywords": body.said.get("keywords", []), "subject": body.said.get("subject", []), **own}


def _attached(source: Source, options: ReadOptions, package: Package, book: _Book) -> Iterator[Document | Skipped]:
    """What is attached, but for data that say once more what is printed, for programs."""
    shown = (place for place in dict.fromkeys(book.attachments()) if not place.lower().endswith(_FOR_PROGRAMS))
    parts = ((place, partial(package.read, place, options.max_bytes + 1)) for place in shown)
    return attached(source, ((safe_member_name(place), reading(source, options, part)) for place, part in parts))
