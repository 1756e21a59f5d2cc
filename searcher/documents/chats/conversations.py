"""A conversation becomes documents, a day each: a line a message, who said it before it, and when as its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import FrontMatter
from searcher.documents.description.titles import clean_title
from searcher.documents.document import Document, Metadata
from searcher.documents.sources.source import Source
from searcher.frozen import frozen

_MOST_SPEAKERS = 50  # of a day


@frozen
class Message:
    """What somebody said; `who` is empty for what the program says itself.

    `moment` is ISO 8601, empty where it is not known; `line` is that of the file (from 1), where it has lines.
    """

    moment: str
    who: str
    text: str
    line: int | None = None

    @property
    def day(self) -> str:
        """2021-08-17"""
        return self.moment[:10]

    @property
    def time(self) -> str:
        """15:20, and UTC where it is told so: nobody knows where the speakers were"""
        return self.moment[11:16] + (" UTC" if self.moment.endswith("+00:00") else "")


def documents_of_conversations(
    source: Source, conversations: Iterable[tuple[str, Iterable[Message]]], metadata: Metadata
) -> Iterator[Document]:
    """The days of conversations, each with its name, in the order of the messages.

    A day is told apart by its date, whenever an export begins; one that comes again, or of no date, by which of them it is.
    """
    counts: Counter[str] = Counter()
    for name, messages in conversations:
        days = groupby((message for message in messages if message.text.strip()), key=attrgetter("day"))
        for day, said in days:
            page, speakers = _written(said)
            known = FrontMatter({"title": clean_title(name) or source.stem, "date": day, "author": speakers})
            counts[day] += 1
            number = ".".join(filter(None, (day, str(counts[day]) if counts[day] > 1 or not day else "")))
            yield document_of_page(source, page, metadata, known, number=number)


def _written(messages: Iterable[Message]) -> tuple[Page, tuple[str, ...]]:
    lines = Lines()
    speakers: dict[str, None] = {}
    for message in messages:
        who = clean_title(message.who)
        if who and len(speakers) < _MOST_SPEAKERS:
            speakers[who] = None
        if message.line:
            lines.place("line", str(message.line))
        if when := f"{message.time} {who}".strip():
            lines.place("time", when)
        lines.add(f"{who}：{message.text.strip()}" if who else message.text.strip())
    return Page(lines.text, tuple(lines.places)), tuple(speakers)
