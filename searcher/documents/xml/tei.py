"""A scholarly edition in TEI is read as the text that it prints: its header tells what it is, what others read stands at the end.

<lem wit="【大】">奘</lem><rdg wit="【宋】">奘奉詔</rdg>      奘, and at the end 奘奉詔 【宋】
<choice><sic>己</sic><corr>已</corr></choice>                已, and at the end 己
<note place="inline">音義</note>                              （音義）
<g ref="#CB00416"/>                                           the character that the header declares, 𣇄 or [日*本]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from searcher.documents.description.dates import to_iso
from searcher.documents.description.titles import HAN
from searcher.documents.xml.events import CLOSE, LINE, OPEN, TEXT, Event

_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus"))
_THROUGH = frozenset(("app", "lem", "choice"))  # what only groups readings
_OF_CHOICE = frozenset(("sic", "orig", "abbr"))  # what an editor replaced
_FOR_MACHINES = frozenset(("mulu",))  # of CBETA: an entry of the table of contents, which the heading repeats
_INLINE = frozenset(("inline", "interlinear"))
_MOMENTS = ("when", "when-iso", "from", "notBefore")  # chapter 3.6.4 of the guidelines
_CODE_POINT = re.compile(r"U\+((?![Dd][89A-Fa-f]|0{4,5}$)[0-9A-Fa-f]{4,5}|10[0-9A-Fa-f]{4})")
_WORK, _FILE = "m", "file"  # levels of titles; the first is of the guidelines (monograph)
_SURE = "unicode"  # the mapping that is the character itself
_ASIDE = "\0"  # no text has it


def printed(events: Iterator[Event], about: dict[str, str | tuple[str, ...]]) -> Iterator[Event]:
    """The events of an edition as it is printed; what the header says goes to `about`. Those of any other XML as they are."""
    first = next(events, None)
    if first is None:
        return
    yield first
    yield from _Edition(about, first[1]).printed(events) if first[1] in _ROOTS else events


@dataclass(slots=True)
class _Edition:
    about: dict[str, str | tuple[str, ...]]
    root: str
    glyphs: dict[str, str] = field(default_factory=dict)
    asides: dict[str, str] = field(default_factory=dict)  # each with its line
    choices: int = 0  # that are open
    line: str = ""  # on which the text began that was taken last

    def printed(self, events: Iterator[Event]) -> Iterator[Event]:
        for event in events:
            kind, name, _ = event
            if kind in (TEXT, LINE):
                yield event
            elif kind == OPEN:
                yield from self._opened(event, events)
            elif name in _THROUGH:
                self.choices -= name == "choice"
            else:
                if name == self.root:
                    yield from self._at_the_end()
                yield event

    def _opened(self, event: Event, events: Iterator[Event]) -> Iterator[Event]:
        _, name, attributes = event
        if name == "teiHeader":
            yield from self._heading(self._read_header(events))
        elif name in _THROUGH:
            self.choices += name == "choice"
        elif name in _FOR_MACHINES:
            self._text_of(events)
        elif _is_inline(name, attributes):
            yield TEXT, f"（{self._text_of(events).strip()}）", {}
        elif self._is_aside(name, attributes):
            text = self._text_of(events)
            self._aside(text, attributes.get("wit", ""), self.line)
        elif name == "g":
            yield TEXT, self._text_of(events).strip() or self._glyph(attributes.get("ref", "")), {}
        else:
            yield event

    def _is_aside(self, name: str, attributes: Mapping[str, str]) -> bool:
        """A reading, what an editor replaced, or a note that is not printed between the lines."""
        is_note = name == "note" and ("place" in attributes or "n" in attributes) and not _is_inline(name, attributes)
        return name == "rdg" or (name in _OF_CHOICE and self.choices > 0) or is_note

    def _at_the_end(self) -> Iterator[Event]:
        for text, line in self.asides.items():
            yield from ((OPEN, "p", {}), (LINE, line, {}), (TEXT, text, {}), (CLOSE, "p", {}))

    def _aside(self, text: str, witnesses: str, line: str) -> None:
        if text.strip():
            self.asides.setdefault(f"{text} {witnesses}".strip(), line)

    def _glyph(self, reference: str) -> str:
        return self.glyphs.get(reference.lstrip("#"), "")

    def _text_of(self, events: Iterator[Event]) -> str:
        """The text of the element that was opened, up to its end, as it is printed: what others read in it is an aside, too."""
        parts: list[str] = []
        lines: list[str] = []
        open_elements: list[
            tuple[int, int, str, str]
        ] = []  # where text and lines of each begin, what stands behind it, witnesses of an aside
        for kind, value, attributes in events:
            if kind == TEXT:
                parts.append(value)
            elif kind == LINE:
                lines.append(value)
            elif kind == OPEN:
                self.choices += value == "choice"
                inline, aside = _is_inline(value, attributes), self._is_aside(value, attributes)
                parts += "（" * inline
                end = _ASIDE if aside else "）" * inline or (self._glyph(attributes.get("ref", "")) if value == "g" else "")
                open_elements.append((len(parts), len(lines), end, attributes.get("wit", "")))
            elif not open_elements:
                break
            else:
                self.choices -= value == "choice"
                start, line, end, witnesses = open_elements.pop()
                if end == _ASIDE:
                    self._aside("".join(parts[start:]), witnesses, next(iter(lines[line:]), ""))
                    del parts[start:]
                elif value != "g" or not "".join(parts[start:]).strip():
                    parts.append(end)
        self.line = next(iter(lines), "")
        return "".join(parts)

    def _heading(self, title: str) -> Iterator[Event]:
        """What the edition is called; of a part of a corpus, which has a title of its own, its heading."""
        if self.about.setdefault("title", title) != title:
            yield from ((OPEN, "head", {}), (TEXT, title, {}), (CLOSE, "head", {}))

    def _read_header(self, events: Iterator[Event]) -> str:
        """What it is called; the rest goes to `about`."""
        titles: list[tuple[str, str]] = []  # each with its level, or as one of the file
        of_file = False
        for kind, value, attributes in events:
            if kind == CLOSE and value == "teiHeader":
                break
            if value == "titleStmt":
                of_file = kind == OPEN
            elif kind == OPEN and value == "title":
                level = attributes.get("level", _FILE if of_file else "")
                titles.append((level, " ".join(self._text_of(events).split())))
            elif kind == OPEN and value == "author":
                self.about.setdefault("author", " ".join(self._text_of(events).split()))
            elif kind == OPEN and value == "date":
                moments = [attributes.get(one, "") for one in _MOMENTS]
                self._know_date((*moments, self._text_of(events)))
            elif kind == OPEN and value == "char":
                self._read_character(attributes.get("id", ""), events)
        return _title(titles)

    def _know_date(self, moments: Iterable[str]) -> None:
        said = next(filter(to_iso, moments), None)
        if said is not None:
            self.about.setdefault("date", said)

    def _read_character(self, name: str, events: Iterator[Event]) -> None:
        """A character that is declared: itself where Unicode has it, else the first that is said of it, how it is put together."""
        found: dict[str, str] = {}
        for kind, value, attributes in events:
            if kind == CLOSE and value == "char":
                break
            if kind == OPEN and value in ("mapping", "value"):
                found.setdefault(attributes.get("type", value), self._text_of(events).strip())
        code = _CODE_POINT.fullmatch(found.get(_SURE, ""))
        self.glyphs[name] = chr(int(code[1], 16)) if code else found.get("value", "")


def _is_inline(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "note" and attributes.get("place") in _INLINE


def _title(titles: list[tuple[str, str]]) -> str:
    """That of the work where it is told apart from the one of the file and of the series, else all that the file is called."""
    works = [title for level, title in titles if level == _WORK]
    chosen = works or [title for level, title in titles if level == _FILE]
    return " ".join(dict.fromkeys([title for title in chosen if HAN.search(title)] or chosen))
