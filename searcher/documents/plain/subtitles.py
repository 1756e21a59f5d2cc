"""Subtitles and lyrics become what is said, one line a cue, without times and marks of style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from operator import attrgetter

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen

_TIMES = re.compile(r"\s*((?:\d{1,3}:)?\d{1,2}:\d{2})(?:[.,]\d{1,3})?\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}")
_COUNTER = re.compile(r"\s*\d{1,7}\s*")
_NOT_SHOWN = re.compile(r"(?:NOTE|STYLE|REGION)\b|WEBVTT\b")
_ANNOTATION = re.compile(r"<rt\b[^<>]{0,200}>[^<>]{0,200}</rt>", re.IGNORECASE)
_VOICE = re.compile(r"^\s{0,9}<v(?:\.[^\s<>]{0,100})?\s+([^<>]{1,100})>")  # who speaks (WebVTT)
_TAG = re.compile(r"</?(?:[bius]|c|v|lang|ruby|rt|font|span|i|\d[\d:.]*)(?:[.\s][^<>]{0,300})?/?>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{[^{}]{0,2000}\}")
_DRAWING = re.compile(r"\\p([1-9])")
_NO_DRAWING = re.compile(r"\\p0")
_BREAK = re.compile(r"\\[Nnh]")
_ASS_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_LYRICS_TIMES = re.compile(r"\s*\[(\d{1,3}:\d{2})(?:[.:]\d{1,3})?\](?:\s*\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\])*")
_WORD_TIME = re.compile(r"<\d{1,3}:\d{2}(?:[.:]\d{1,3})?>|\[\d{1,3}:\d{2}[.:]\d{1,3}\]")
_LYRICS_NAMES = {"ti": "title", "ar": "author", "al": "album"}
_LYRICS_TAG = re.compile(r"\s*\[([a-z#]{1,10}):([^\[\]\n]*)\]\s*", re.IGNORECASE)


@frozen
class Cue:
    """What is said, the line of the file (from 1) where it stands, and when."""

    text: str
    line: int
    time: str


@dataclass(slots=True)
class Script:
    """The cues of a file, and what it says of itself: title, author, album."""

    cues: list[Cue] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)


def read_subtitles(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of SRT or WebVTT."""
    return _read(source, options, "vtt" if source.suffix == ".vtt" else "srt", timed_cues)


def read_ass(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of Advanced SubStation Alpha, in the order of the file."""
    return _read(source, options, "ass", ass_cues)


def read_lyrics(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of LRC; a line that is sung several times is written once."""
    return _read(source, options, "lrc", lyrics)


def timed_cues(text: str) -> Script:
    """The cues behind lines like `00:00:01,000 --> 00:00:04,000`; what stands elsewhere is kept, too, unless it is a note or a name."""
    script = Script()
    lines = text.split("\n")
    named = text.startswith("WEBVTT")
    spoken: list[str] = []
    begin, time, hidden = 1, "", False
    for number, line in enumerate(lines, 1):
        times = _TIMES.match(line)
        if times or not line.strip():
            _add(script, spoken, begin, time)
            time, hidden = times[1] if times else time, False
        elif hidden or _names_next(lines, number, named and not spoken):
            continue
        elif not spoken and named and _NOT_SHOWN.match(line) and not _TIMES.match(lines[number - 2]):
            hidden = True
        else:
            begin = begin if spoken else number
            spoken.append(line)
    _add(script, spoken, begin, time)
    return script


def ass_cues(text: str) -> Script:
    """The lines `Dialogue:`, without override codes and drawings."""
    script = Script()
    fields: tuple[str, ...] = _ASS_FIELDS
    for number, line in enumerate(text.split("\n"), 1):
        name, _, value = line.partition(":")
        name = name.strip().lower()
        if name == "format" and "text" in value.lower():
            fields = tuple(part.strip().lower() for part in value.split(","))
        elif name == "dialogue":
            values = dict(zip(fields, value.split(",", len(fields) - 1), strict=False))
            _add(script, [_without_overrides(values.get("text", ""))], number, values.get("start", "").strip().partition(".")[0])
        elif name == "title" and value.strip() != "Default Aegisub file":
            script.about.setdefault("title", value.strip())
    return script


def lyrics(text: str) -> Script:
    """The lines of a song, without their times; `[ti:]` and `[ar:]` are its title and author."""
    script = Script()
    for number, line in enumerate(text.split("\n"), 1):
        about = _LYRICS_TAG.fullmatch(line)
        if about:
            if name := _LYRICS_NAMES.get(about[1].lower()):
                script.about.setdefault(name, about[2].strip())
            continue
        times = _LYRICS_TIMES.match(line)
        words = line[times.end() :] if times else line
        _add(script, [_WORD_TIME.sub("", words)], number, times[1] if times else "")
    return script


def _read(source: Source, options: ReadOptions, format: str, cues_of: Callable[[str], Script]) -> Iterator[Document]:
    written = source.text(options, format=format)
    script = cues_of(written.text)
    about = {name: [value] for name, value in script.about.items()}
    lines = _joined(script.cues)
    yield document_of_page(source, Page(lines.text, tuple(lines.places), heading=source.stem), written.metadata, about)


def _joined(cues: list[Cue]) -> Lines:
    """A line a cue; what only stays on the screen is not said twice."""
    lines = Lines()
    for text, (cue, *_) in groupby(cues, attrgetter("text")):
        lines.place("line", str(cue.line))
        if cue.time:
            lines.place("time", cue.time)
        lines.add(text)
    return lines


def _add(script: Script, spoken: list[str], line: int, time: str) -> None:
    """The cue that `spoken` holds; afterwards it holds nothing."""
    text = " ".join(" ".join(_plain(part) for part in spoken).split())
    spoken.clear()
    if text:
        script.cues.append(Cue(text, line, time))


def _plain(line: str) -> str:
    if "<" in line:
        line = _VOICE.sub(r"\1：", line, count=1)
        line = _TAG.sub("", _ANNOTATION.sub("", line))
    if "{" in line and "\\" in line:
        line = _without_overrides(line)
    return unescape(line) if "&" in line else line


def _without_overrides(text: str) -> str:
    r"""{\an8}文字\N下行 → 文字 下行; what is drawn between {\p1} and {\p0} is no text."""
    kept: list[str] = []
    position, drawing = 0, False
    for match in _OVERRIDE.finditer(text):
        if not drawing:
            kept.append(text[position : match.start()])
        drawing = bool(_DRAWING.search(match[0])) or (drawing and not _NO_DRAWING.search(match[0]))
        position = match.end()
    if not drawing:
        kept.append(text[position:])
    return _BREAK.sub(" ", "".join(kept))


def _names_next(lines: list[str], number: int, named: bool) -> bool:
    """Whether this line (from 1) numbers the cue whose times are in the next line, or, where cues have names, names it."""
    if number >= len(lines) or not _TIMES.match(lines[number]):
        return False
    return named or bool(_COUNTER.fullmatch(lines[number - 1]))
