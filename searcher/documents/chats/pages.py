"""A conversation that Telegram exports as pages, or any other page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from searcher.documents.chats.conversations import Message, documents_of_conversations
from searcher.documents.document import Document
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.costly import is_costly
from searcher.documents.web.html import page_of, read_html

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MESSAGE = b'class="message default clearfix'
_NESTED = ".message .message, .text .text"  # no program writes so; each would be read again with what is around it
_WHEN = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})")


def read_page(source: Source, options: ReadOptions) -> Iterable[Document]:
    """The days of a conversation, or the one document of a page."""
    return _read_chat(source, options) if _MESSAGE in source.head() else read_html(source, options)


def _read_chat(source: Source, options: ReadOptions) -> Iterator[Document]:
    from selectolax.lexbor import LexborHTMLParser

    written = source.text(options, format="chat")
    tree = LexborHTMLParser(written.text) if not is_costly(written.text) else None
    messages = list(_messages(tree)) if tree and not tree.css_first(_NESTED) else []
    if not tree or not messages:
        yield from read_html(source, options)
        return
    name = _text(tree.css_first(".page_header .text"))
    yield from documents_of_conversations(source, [(name, messages)], written.metadata)


def _messages(tree: LexborHTMLParser) -> Iterator[Message]:
    """Each message; one that follows another of the same person does not say who it is from."""
    who = moment = ""
    for node in tree.css("div.message"):
        when = node.css_first(".date[title]")
        found = _WHEN.match(when.attributes.get("title") or "") if when else None
        if found:
            who = _text(node.css_first(".body > .from_name")) or who
            moment = f"{found[3]}-{found[2]}-{found[1]}T{found[4]}"
            yield Message(moment, who, "\n".join(map(_text, node.css(".text"))))


def _text(node: LexborNode | None) -> str:
    return page_of(node.html or "", whole=True).text if node is not None else ""
