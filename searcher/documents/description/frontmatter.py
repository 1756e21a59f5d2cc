"""What a document says of itself before it begins.

    ---
    title: 標題            YAML between lines of three hyphens, of which Hexo needs no first one; TOML between lines of three plus signs
    ---

    author: 張三, 李四     MultiMarkdown, at the very beginning and with no line but these before the first empty one

Scalars are taken as they are written, no type, tag or merge of YAML is acted upon; those of a table inside by both names:

    rating: {畫質: 9}             rating.畫質: 9
    authors: [{name: 張三}]       authors: 張三
    [taxonomies] tags = ["甲"]    tags: 甲
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from itertools import islice
from typing import Any

from searcher.documents.document import Value
from searcher.frozen import frozen

_LIMIT = 65_536  # characters
_BRACKETS = 2_000
_FIELDS, _ITEMS, _LENGTH = 40, 50, 500
_OPENING = re.compile(r"\s*^(?P<mark>---|\+\+\+)[ \t]*\n", re.MULTILINE)
_UNOPENED = re.compile(
    r"\ufeff?(?P<inside>(?:title|layout|date|tags|categories):[^\n]*\n(?:[ \t-][^\n]*\n){0,50}?[A-Za-z][\w-]{0,60}:[^\n]*\n"
    r"(?:(?:[A-Za-z][\w-]{0,60}:|[ \t-])[^\n]*\n|\n){0,100}?)---[ \t]*(?:\n|\Z)"
)
_KEY = re.compile(r"^([^\s:#?\-][^:\n]{0,60}?)[ \t]*:(?:[ \t]+(?!\{[{%])(.*))?$")  # what a template will be filled in with is no value
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
_DEEPEST = 6  # tables and lists in one another
_MOST_SCALARS = 100_000  # also those that an alias repeats
_OF_THE_DOCUMENT = frozenset(("taxonomies", "extra", "params"))  # tables of Zola and Hugo that say what stands outside of them elsewhere
_NAME = "name"  # what stands for all of a table
_PROPERTY = re.compile(r"([^\W\d_][\w-]{0,60})::[ \t]+(.*)")  # of Logseq
_OF_NOTION = re.compile(r"\s*# [^\n]*\n\n(?P<lines>(?:[^\s:][^\n:]{0,60}: [^\n]*\n)+)(?:\n|\Z)")
_HEADER = re.compile(r"\ufeff?(?P<lines>(?:[A-Za-z]{2,20}:[ \t]+[^\n]*\n)+)(?:[ \t]*\n|\Z)")
_SAID_IN_HEADER = frozenset("title author authors date tags keywords category categories lang language".split())
_LINK = re.compile(r"\[\[|\]\]")
_LISTED = frozenset(("tags", "alias", "aliases", "author", "authors", "标签", "標籤"))  # properties whose values have commas between them
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")

Entry = tuple[tuple[str | None, ...], str]
"""A scalar, and the names of the tables that it is in, and its own; None for a list."""


@frozen
class FrontMatter:
    """The fields (names in lower case), and where in the text the body begins: offset and lines before it."""

    fields: Mapping[str, Value] = field(default_factory=dict)
    body_start: int = 0
    lines: int = 0

    def first(self, *names: str) -> str | None:
        """The value of the first of these fields that has one; of a list, its first item."""
        return next((values[0] for name in names if (values := self.all(name))), None)

    def all(self, *names: str) -> tuple[str, ...]:
        """All values of these fields."""
        values = (self.fields.get(name, ()) for name in names)
        return tuple(item for value in values for item in ((value,) if isinstance(value, str) else value) if item)


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text; empty where there is none. What is broken is read line by line."""
    block = _block(text)
    if block is None:
        return FrontMatter()
    mark, inside, end = block
    fields = _toml_fields(inside) if mark == "+++" else _yaml_fields(inside)
    if not fields:
        return FrontMatter()
    return FrontMatter(fields, end, text.count("\n", 0, end))


def header(text: str) -> FrontMatter:
    """The lines with which MultiMarkdown and MkDocs let a page begin, `author: 張三, 李四`; none where one of them says something else."""
    found = _HEADER.match(text, 0, _LIMIT)
    pairs = [line.split(":", 1) for line in found["lines"].splitlines()] if found else []
    if found is None or not all(name.lower() in _SAID_IN_HEADER for name, _ in pairs):
        return FrontMatter()
    fields = {name: _values(name, value.strip()) for name, value in pairs}
    return FrontMatter(bounded(fields), found.end(), text.count("\n", 0, found.end()))


def page_properties(text: str) -> dict[str, Value]:
    """The properties with which a page of Logseq begins, a line each: `tags:: 甲, [[乙]]`. They are text, too."""
    fields: dict[str, list[str]] = {}
    for line in text[:_LIMIT].split("\n"):
        found = _PROPERTY.fullmatch(line.rstrip())
        if not found:
            break
        fields.setdefault(found[1], []).extend(_LINK.sub("", value).strip().lstrip("#") for value in _values(found[1], found[2]))
    return bounded(fields)


def notion_properties(text: str) -> tuple[dict[str, Value], tuple[int, int]]:
    """The properties below the title of a page that Notion exports, `Tags: 甲, 乙`, and where their lines stand."""
    found = _OF_NOTION.match(text, 0, _LIMIT)
    if not found:
        return {}, (0, 0)
    pairs = (line.split(": ", 1) for line in found["lines"].splitlines())
    return bounded({name: _values(name, value) for name, value in pairs}), found.span("lines")


def _values(name: str, value: str) -> list[str]:
    """The values of a property, several of some."""
    return re.split("[,，]", value) if name.lower() in _LISTED else [value]


def bounded(fields: Mapping[str, list[str]]) -> dict[str, Value]:
    """Fields with few values, short, one line each, under names in lower case."""
    result: dict[str, Value] = {}
    for name, values in list(fields.items())[:_FIELDS]:
        kept = tuple(filter(None, (_one_line(value) for value in values[:_ITEMS])))
        if kept and _one_line(name):
            result[_one_line(name)[:60].lower()] = kept[0] if len(kept) == 1 else kept
    return result


def fields_in(table: Mapping[str, object], transparent: Collection[str] = ()) -> dict[str, list[str]]:
    """The scalars of a table, as text, by the names of their fields; what `transparent` tables in it say is said of the whole."""
    return _gathered(islice(_entries(table, ()), _MOST_SCALARS), transparent)


def yaml_table(text: str) -> dict[Any, Any] | None:
    """The table that YAML writes, its scalars as texts; None where it is broken, something else, or would take too long to read."""
    import yaml

    if text.count("[") + text.count("{") > _BRACKETS:  # the time of the parser grows with the square of the depth
        return None
    try:
        table = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: characters that YAML forbids
        return None
    return table if isinstance(table, dict) else None


def _block(text: str) -> tuple[str, str, int] | None:
    """The mark, the lines between the marks, and the offset behind the closing one."""
    opening = _OPENING.match(text, 0, _LIMIT)
    if opening is None:
        unopened = _UNOPENED.match(text, 0, _LIMIT)
        return ("---", unopened["inside"], unopened.end()) if unopened else None
    mark = opening["mark"]
    closing = re.compile(rf"^(?:{re.escape(mark)}{'|[.][.][.]' if mark == '---' else ''})[ \t]*(?:\n|\Z)", re.MULTILINE)
    end = closing.search(text, opening.end(), opening.end() + _LIMIT)
    return (mark, text[opening.end() : end.start()], end.end()) if end else None


def _yaml_fields(text: str) -> dict[str, Value]:
    lines = [line for line in text.split("\n") if line.strip()]
    if not text.lstrip().startswith("{") and not any(_KEY.match(line) for line in lines):
        return {}  # a horizontal rule, not front matter
    table = yaml_table(text)
    return bounded(_lenient_fields(lines) if table is None else fields_in(table, _OF_THE_DOCUMENT))


def _entries(value: object, path: tuple[str | None, ...]) -> Iterator[Entry]:
    """The scalars of a value; what holds none, or lies too deep, is an empty one, so that whatever is come across counts."""
    if isinstance(value, Mapping | list) and value and len(path) < _DEEPEST:
        named = value.items() if isinstance(value, Mapping) else ((None, item) for item in value)
        for name, item in named:
            yield from _entries(item, (*path, None if name is None else str(name)))
    else:
        yield path, "" if isinstance(value, Mapping | list) or value in (None, "~", "null") else str(value)


def _gathered(entries: Iterable[Entry], transparent: Collection[str]) -> dict[str, list[str]]:
    """The fields of a document, before those that `transparent` tables say in their place, before those of its other tables: for only
    the first are kept.
    """
    own: dict[str, list[str]] = {}
    told: dict[str, list[str]] = {}
    inner: dict[str, list[str]] = {}
    for path, value in entries:
        is_told = len(path) > 1 and path[0] in transparent and path[1] is not None
        if name := _field(path[is_told:]):
            (inner if "." in name else told if is_told else own).setdefault(name, []).append(value)
    return {**own, **told, **own, **inner}


def _field(path: tuple[str | None, ...]) -> str | None:
    """What a scalar belongs to; None for what stands in a list of tables or lists, but for the names of these tables, and below no name."""
    names = [name for name in path if name is not None]
    if None in path and path[path.index(None) + 1 :] not in ((), (_NAME,)):
        return None
    if not all(map(str.strip, names)):
        return None
    return ".".join(names[:-1] if len(names) > 1 and names[-1] == _NAME else names)


def _lenient_fields(lines: list[str]) -> dict[str, list[str]]:
    """`name: value` lines and the `- item` lines below a name."""
    fields: dict[str, list[str]] = {}
    name = None
    for line in lines:
        if match := _KEY.match(line):
            name = match[1].strip("'\" ")
            fields[name] = [match[2].strip().strip("'\"")] if match[2] else []
        elif name and (item := _ITEM.match(line)):
            fields[name].append(item[1].strip().strip("'\""))
    return fields


def _toml_fields(text: str) -> dict[str, Value]:
    tomllib: Any = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return bounded(_lenient_fields([line.replace(" = ", ": ", 1) for line in text.split("\n")]))
    return bounded(fields_in(table, _OF_THE_DOCUMENT))


def _one_line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()[:_LENGTH]
