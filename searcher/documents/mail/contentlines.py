"""Content lines, of which calendars and address books are made (RFC 5545, RFC 6350, vCard 2.1).

SUMMARY;LANGUAGE=zh:會議                          a name, parameters, a value
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;;;;     as telephones write it
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping

from searcher.documents.mail.headers import decoded
from searcher.documents.sources.text import clean
from searcher.frozen import frozen

_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:[^\":;]|\"[^\"]*\")*)*):(.*)", re.DOTALL)
_LOOSE_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)(;[^:]*)?:(.*)", re.DOTALL)  # a quotation mark that nothing closes
_PARAMETER = re.compile(r";([\w-]+)(?:=((?:[^\";]|\"[^\"]*\")*))?")
_CUT = re.compile(rb"(?<=[\x80-\xff])\r?\n[ \t](?=[\x80-\xff])")
_ESCAPE = re.compile(r"\\([\\,;:nN])")
_PART = re.compile(r"(?<!\\);")
_QUOTED_PRINTABLE = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE\b[^:]*:", re.IGNORECASE)


@frozen
class Line:
    """A line: its name and those of its parameters in upper case; `value` as it is written, with its escapes."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a reader sees it."""
        return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The parts of a value that has several (the parts of a name, of an address), those that say something."""
        return [part for part in (Line("", {}, part).text for part in _PART.split(self.value)) if part]


def with_whole_characters(data: bytes) -> bytes:
    """The same without folds between bytes beyond ASCII: programs that count bytes cut characters so (RFC 5545, 3.1)."""
    return _CUT.sub(b"", data)


def components(text: str, kinds: frozenset[str]) -> Iterator[list[Line]]:
    """The lines of each component of these kinds, without those of components in it; one that nothing ends is there, too."""
    lines: list[Line] = []
    depth = 0  # of the components that are open, from one of these kinds on
    for written in _unfolded(text.split("\n")):
        line = _line(written)
        if line is None:
            continue
        if line.name == "BEGIN" and (depth or line.value.strip().upper() in kinds):
            if depth == 1 and line.value.strip().upper() in kinds:  # the one before was not ended
                yield lines
                depth = 0
            lines = lines if depth else []
            depth += 1
        elif line.name == "END" and depth:
            depth -= 1
            if not depth:
                yield lines
        elif depth == 1:
            lines.append(line)
    if depth:
        yield lines


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines: one that begins with a space goes on with the one before, and so does what follows a soft break."""
    parts: list[str] = []
    quoted = False
    for line in lines:
        if parts and quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line.lstrip(" \t"))
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        else:
            if parts:
                yield "".join(parts)
            parts, quoted = [line], bool(_QUOTED_PRINTABLE.search(line, 0, 200))
    if parts:
        yield "".join(parts)


def _line(written: str) -> Line | None:
    found = _LINE.fullmatch(written) or _LOOSE_LINE.fullmatch(written)
    if found is None:
        return None
    parameters = {match[1].upper(): (match[2] or "").strip('"') for match in _PARAMETER.finditer(found[2] or "")}
    value = found[3]
    if "QUOTED-PRINTABLE" in (parameters.get("ENCODING", "").upper(), *parameters):
        value = _decoded(value, parameters.get("CHARSET"))
    return Line(found[1].upper(), parameters, value)


def _decoded(value: str, charset: str | None) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    return clean(decoded(data, charset if value.isascii() else "utf-8").text)
