"""A space of Confluence, as it exports it in XML (entities.xml), becomes its pages, posts and comments, one after the other.

<object class="Page"><id name="id">7</id><property name="title">接口規範</property>…</object>
<object class="BodyContent"><property name="body"><p>…</p></property><property name="content" class="Page"><id>7</id></property></object>

Objects come in any order: first all of them are asked what they are, then the bodies are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Skipped
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import page_of
from searcher.documents.xml.events import OPEN, Event, with_texts, xml_events
from searcher.remarks import Remark

_CONTENTS = frozenset(("Page", "BlogPost", "Comment"))
_GONE = frozenset(("deleted", "draft"))
_LINK_BODY = "<ac:plain-text-link-body>"
_CDATA = "<![CDATA["
_CDATA_END = re.compile(r"\]\] ?>")  # an export writes "]] >", for the body is in a section itself
_SETTING = re.compile(
    r'<ac:parameter ac:name="(?!title")[^<>]{0,200}>[^<>]{0,2000}</ac:parameter>|<ac:(task-(?:id|uuid|status))>[^<>]{0,100}</ac:\1>'
)
_ID = re.compile(r"\w{1,40}")
_LINKED = re.compile(
    r'<ri:(?:page|blog-post|attachment) [^<>]{0,500}?ri:(?:content-title|filename)="([^"<>]{0,500})"[^<>]{0,500}/>(?=\s{0,9}</ac:link>)'
)
_MENTIONED = re.compile(r'<ri:user [^<>]{0,200}?ri:(?:userkey|username)="([^"<>]{0,200})"[^<>]{0,200}/>')

Fields = dict[str, str | None]
"""The properties of an object: a text, or the id of another object; None for a text over the limit."""


@dataclass(slots=True)
class _Space:
    """What is known of contents by their id, and the names of people by their key."""

    contents: dict[str, Fields] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def take(self, kind: str, fields: Fields) -> None:
        """Of versions that were replaced, of drafts and of what was deleted, nothing is kept."""
        key = fields.get("id") or ""
        if kind == "ConfluenceUserImpl":
            self.people[key] = fields.get("fullName") or fields.get("name") or ""
        elif kind in _CONTENTS and _ID.fullmatch(key) and not fields.get("originalVersion") and fields.get("contentStatus") not in _GONE:
            self.contents[key] = fields

    def title(self, fields: Mapping[str, str | None]) -> str:
        """A comment is called as what it is about."""
        about = self.contents.get(fields.get("containerContent") or fields.get("owner") or "", {})
        return fields.get("title") or about.get("title") or ""

    def author(self, fields: Mapping[str, str | None]) -> str:
        return self.people.get(fields.get("creator") or "", "") or fields.get("creatorName") or ""


def read_confluence(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The pages, posts and comments of an export, as they last were."""
    space = _Space()
    with source.open() as file:
        for kind, fields in _objects(xml_events(file), options.max_bytes):
            if kind != "BodyContent":
                space.take(kind, fields)
    with source.open() as file:
        bodies = (fields for kind, fields in _objects(xml_events(file), options.max_bytes) if kind == "BodyContent")
        read = set[str]()
        for fields in bodies:
            id = fields.get("content") or ""
            content = space.contents.get(id)
            if content is None or id in read:
                continue
            read.add(id)
            body = fields.get("body", "")
            if body is None:
                yield Skipped(source.path, "too-large", Remark("detail.over-limit"))
            else:
                yield _document(source, id, body, content, space)


def _objects(events: Iterable[Event], limit: int) -> Iterator[tuple[str, Fields]]:
    """Each object with its class, when it ends; of what lies deeper in it, only the ids that its properties refer to."""
    kind, fields, path = "", Fields(), list[str]()
    for event, name, attributes, text in with_texts(events, limit):
        if event == OPEN:
            if name == "object":
                kind, fields, path = attributes.get("class", ""), {}, []
            path.append(attributes.get("name", "") if name == "property" else "")
            continue
        label = path.pop() if path else ""
        if name == "object":
            yield kind, fields
        elif name == "id" and len(path) == 1:
            fields["id"] = (text or "").strip()
        elif name == "id" and len(path) == 2 and path[-1]:
            fields[path[-1]] = (text or "").strip()
        elif name == "property" and len(path) == 1:
            fields.setdefault(label, text)


def _document(source: Source, id: str, body: str, content: Fields, space: _Space) -> Document:
    title = space.title(content)
    page = page_of(_shown(body, space), whole=True)
    about = {"title": [title], "date": [content.get("creationDate") or ""], "author": [space.author(content)]}
    return document_of_page(source, page if page.text else Page(title), {"format": "confluence"}, about, number=id)


def _shown(body: str, space: _Space) -> str:
    """The storage format as HTML: programs, and words of links, stand in CDATA, what is linked or mentioned without one in attributes."""
    before, *sections = body.split(_CDATA)
    parts = [before]
    for section in sections:
        text, *behind = _CDATA_END.split(section, maxsplit=1)
        parts += escape(text) if parts[-1].endswith(_LINK_BODY) else f"<pre>{escape(text)}</pre>", *behind
    plain = _SETTING.sub("", "".join(parts))
    return _MENTIONED.sub(lambda found: escape(space.people.get(found[1], found[1])), _LINKED.sub(r"\1", plain))
