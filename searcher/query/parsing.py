"""How is what was typed read into a tree? Never with an error: whatever cannot be meant as an operator is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice, pairwise
from typing import Literal

from searcher.query import fields as field_names
from searcher.query import lexer
from searcher.query.hints import hints
from searcher.query.lexer import Token
from searcher.query.tree import EVERY, All, Any, Node, Not, Query, Range, Text
from searcher.remarks import Remark

PASSAGE_LENGTH = 30
"""From so many characters on, a text with sentences in it is a pasted passage."""

MOST_TERMS = 200
"""A query of more terms is a pasted text, unless at least one token in `JOINED` is an operator in capitals or a field."""

JOINED = 10

MOST_JOINED, LONGEST_JOINED = 1_000, 10_000
"""Of terms that operators join, the first so many are looked for, up to so many characters; a program can ask for the rest in turn."""

STARS = ("*", "＊")
"""Alone, each asks for every document, as in other programs."""

MOST_PATTERNS = 50
"""So many terms may have a wildcard or a distance: each is compared with every word of the index."""

Kind = Literal["text", "quoted", "operator", "field", "punctuation", "negated"]


def parse(text: str, *, fields: Collection[str] = (), numbers: Collection[str] = ()) -> Query:
    """Understand what was typed; never raises. Time is linear in the length of `text`.

    `fields` are known beside the built-in ones; so are `numbers`, which take a number or a range, and can be sorted by.
    """
    found = lexer.tokens(text, (*numbers, *fields))
    if _is_passage(text, found):
        return Query(text, Text(text.strip()))
    if _is_pasted(found):
        return Query(text, Text(text.strip()), notices=(Remark("notice.many", limit=MOST_TERMS),))
    asked = _first_terms(found)
    cut = (Remark("notice.cut", count=sum(map(_is_term, asked))),) if len(asked) < len(found) else ()
    query = _Parser(text, asked, numbers).query()
    if told := (*cut, *hints(asked, (*numbers, *fields))):
        query = replace(query, notices=(*query.notices, *told))
    if query.tree is None or not _is_negative(query.tree) or any(token.kind == "not" for token in asked):
        return query
    positive = _Parser(text, [token for token in asked if token.kind != "minus"], numbers).query()
    return replace(positive, notices=(*positive.notices, *cut, Remark("notice.minus")))


def highlight_spans(text: str, fields: Collection[str] = ()) -> list[tuple[int, int, Kind]]:
    """What each part of a query is, as (start, end, kind): str offsets, half open, ascending and disjoint; the rest is space or ignored.

    `fields` are known beside the built-in ones.
    """
    found = lexer.tokens(text, fields)
    if text.strip() in STARS:
        return [(start := len(text) - len(text.lstrip()), start + 1, "text")]
    if _is_passage(text, found) or _is_pasted(found):
        return [(found[0].start, found[-1].end, "text")]
    return list(_highlighted(found))


class _Parser:
    """Reads tokens into one tree; `field` is the token of the field whose parentheses it is in."""

    def __init__(self, text: str, found: Sequence[Token], numbers: Collection[str]) -> None:
        self.text = text
        self.tokens = found
        self.numbers = numbers
        self.at = 0
        self.sort: str | None = None
        self.patterns = 0
        self.notices: list[str] = []

    def query(self) -> Query:
        tree = self._sequence(None)
        if tree is None:
            tree = EVERY if self.sort or self.text.strip() in STARS else None
            if tree is None and self.text.strip():
                self.notices.append(Remark("notice.nothing"))
        return Query(self.text, tree, self.sort, tuple(dict.fromkeys(self.notices)))

    def _sequence(self, field: Token | None) -> Node | None:
        """Terms side by side, up to the end or to a closing parenthesis."""
        children: list[Node | None] = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind != "close":
            children.append(self._joined("or", lambda: self._joined("and", lambda: self._term(field), _all_of), _any_of))
        return _together(children)

    def _joined(self, operator: str, part: Callable[[], Node | None], join: Callable[[Sequence[Node | None]], Node | None]) -> Node | None:
        parts = [part()]
        while self._takes(operator):
            parts.append(part())
        return join(parts)

    def _term(self, field: Token | None) -> Node | None:
        """A text, a quote, a group, with what stands before it."""
        negated = False
        while (token := self._next()).kind in ("minus", "not", "field"):
            if token.kind == "field":
                field = token
            else:
                negated = not negated
        node = self._group(field) if token.kind == "open" else self._leaf(token, field)
        return _without(node) if negated and node is not None else node

    def _group(self, field: Token | None) -> Node | None:
        node = self._sequence(field)
        self._takes("close")
        return _all_of(node.children) if isinstance(node, All) else node

    def _leaf(self, token: Token, field: Token | None) -> Node | None:
        if field is not None and token.kind == "nothing":
            self.notices.append(Remark("notice.value", text=_shortened(self.text[field.start : token.end])))
            return None
        if field is not None and field.text in field_names.LISTED and token.kind == "word":
            parts = (part for part in re.split("[,，、]", token.text) if lexer.is_searchable(part))
            several = [kind for part in parts for kind in field_names.kinds(field.text, part)]
            if several and several != [token.text]:
                return _any_of([self._leaf(replace(token, text=part), field) for part in several])
        if field is not None and field.text == field_names.SORT:
            return self._sorted(token, field)
        if field is not None and field.text in field_names.DATES:
            found = _dates(field.text, token.text)
            asked = field.text if field.text == "modified" else "date"
            return Range(asked, *found) if found else self._not_understood("notice.date", token, field)
        if field is not None and (field.text in field_names.NUMBERS or field.text in self.numbers):
            return _amount(field.text, token.text) or self._not_understood("notice.number", token, field)
        name = None if field is None else field.text
        text = token.text if name is None else field_names.value(name, token.text)
        return Text(text, quoted=True, field=name, slop=token.slop) if token.kind == "quoted" else self._unquoted(text, name)

    def _unquoted(self, typed: str, field: str | None) -> Text:
        """A word; where there are too many patterns, the others as they stand."""
        word = _word(typed, field)
        if not (word.prefix or word.wildcard or word.fuzzy):
            return word
        self.patterns += 1
        if self.patterns <= MOST_PATTERNS:
            return word
        self.notices.append(Remark("notice.patterns", limit=MOST_PATTERNS))
        return Text(typed, field=field)

    def _sorted(self, token: Token, field: Token) -> Text | None:
        """`sort:` says nothing about which documents; the last one counts."""
        order = field_names.order(token.text, self.numbers)
        if order is None:
            return self._not_understood("notice.sort", token, field)
        self.sort = None if order == field_names.RELEVANCE else order
        return None

    def _not_understood(self, notice: str, token: Token, field: Token) -> Text:
        typed = self.text[token.start : token.end]
        self.notices.append(Remark(notice, text=_shortened(typed)))
        if token.kind == "quoted":
            return Text(token.text, quoted=True, slop=token.slop)
        return Text(self.text[field.start : field.end] + token.text)

    def _next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, kind: str) -> bool:
        taken = self.at < len(self.tokens) and self.tokens[self.at].kind == kind
        self.at += taken
        return taken


_LETTER = r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
"""A letter of a script that is written with spaces between words."""

_NAME = re.compile(r"[*＊][.．]([a-z0-9]{1,10}(?:\.[a-z0-9]{1,10})?)", re.ASCII | re.IGNORECASE)
"""Files that are called so: *.md."""

_FUZZY = rf"({_LETTER}{{2,}})~([12]?)"
"""In small letters, at least one: HEAD~2 is a revision of Git, PROGRA~1 the short name of a file."""
_WILDCARD = rf"{_LETTER}(?:{_LETTER}|[0-9])*(?:\*(?:{_LETTER}|[0-9])+)+"
"""Compiled only where the sign stands: that takes longer than all the rest of reading a query."""


def _word(typed: str, field: str | None) -> Text:
    """An unquoted word. One that is spelled like an operator but is none is written small, so that it stays none."""
    name = _NAME.fullmatch(typed) if typed[0] in "*＊" and field in (None, "path", "ext") else None
    if name:
        return Text(name[1], field="ext")
    fuzzy = re.fullmatch(_FUZZY, typed) if "~" in typed else None
    if fuzzy and not fuzzy[1].isupper():
        return Text(fuzzy[1], field=field, fuzzy=int(fuzzy[2] or 1))
    text = typed[:-1] if typed[-1] in "*＊" and typed[-2:-1].isalnum() else typed
    prefix, wildcard = text != typed, "*" in text and bool(re.fullmatch(_WILDCARD, text))
    if ("*" in text or "＊" in text) and not wildcard:
        text, prefix = typed, False
    return Text(text.lower() if text in lexer.OPERATORS else text, field=field, prefix=prefix, wildcard=wildcard)


def _dates(field: str, typed: str) -> tuple[str | None, str | None] | None:
    """`after:` begins with its date, `before:` ends before it."""
    from searcher.query import periods

    if field not in ("after", "before"):
        return periods.read_range(typed)
    found = periods.read_date(typed)
    if found is None or field == "after":
        return None if found is None else (found, None)
    last = periods.before(found)
    return None if last is None else (None, last)


def _amount(field: str, typed: str) -> Range | None:
    """A range of sizes, or of a number of the documents' own."""
    from searcher.query import amounts

    if field in field_names.NUMBERS:
        sizes = amounts.read_range(typed)
        return sizes and Range(field, *sizes)
    found = amounts.read_numbers(typed)
    return found and Range(field, *found)


def _together(children: Sequence[Node | None]) -> Node | None:
    present = tuple(child for child in children if child is not None)
    return All(present) if len(present) > 1 else _single(present)


def _all_of(children: Sequence[Node | None]) -> Node | None:
    flat = tuple(_flattened(All, children))
    return All(flat, explicit=True) if len(flat) > 1 else _single(flat)


def _any_of(children: Sequence[Node | None]) -> Node | None:
    flat = tuple(_flattened(Any, children))
    return Any(flat) if len(flat) > 1 else _single(flat)


def _flattened(kind: type[All] | type[Any], children: Sequence[Node | None]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, kind):
            yield from child.children
        elif child is not None:
            yield child


def _single(nodes: Sequence[Node]) -> Node | None:
    return nodes[0] if nodes else None


def _without(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(node)


def _is_negative(node: Node) -> bool:
    """Whether a tree only takes away."""
    return isinstance(node, Not) or (isinstance(node, All | Any) and all(map(_is_negative, node.children)))


_SENTENCE_END = re.compile("[。！？；]+")


def _is_passage(text: str, found: Sequence[Token]) -> bool:
    """Whether a query is a pasted passage, in which nothing is an operator: long, with two sentences, or one and several lines.

    Quoted texts and values of fields do not count: who quotes means it.
    """
    words = [token for token in found if token.kind == "word" and not token.value]
    if len(found) < 2 or sum(len(token.text) for token in words) < PASSAGE_LENGTH:
        return False
    ends = sum(len(_SENTENCE_END.findall(token.text)) for token in words)
    return ends > 1 or (ends == 1 and any("\n" in text[one.end : other.start] for one, other in pairwise(found)))


def _is_pasted(found: Sequence[Token]) -> bool:
    """Whether a query has so many terms, and so little that joins them, that it is a pasted text of any kind: a table, a program."""
    return len(found) > MOST_TERMS and not _is_joined(found)


def _is_joined(found: Sequence[Token]) -> bool:
    return sum(token.kind in ("or", "and", "not", "field") for token in found) * JOINED >= len(found)


def _first_terms(found: Sequence[Token]) -> Sequence[Token]:
    """The parts of a query up to the last term that is looked for: of joined ones not all, if they are too many, or too long."""
    terms = [number for number, token in enumerate(found) if _is_term(token)]
    lengths = accumulate(len(found[number].text) for number in terms)
    fitting = max(1, sum(length <= LONGEST_JOINED for length in islice(lengths, MOST_JOINED)))
    return found[: terms[fitting - 1] + 1] if fitting < len(terms) and _is_joined(found) else found


def _is_term(token: Token) -> bool:
    return token.kind in ("word", "quoted")


def _highlighted(found: Sequence[Token]) -> Iterator[tuple[int, int, Kind]]:
    kinds: dict[str, Kind] = {
        "word": "text",
        "quoted": "quoted",
        "field": "field",
        **dict.fromkeys(("open", "close", "nothing"), "punctuation"),
    }
    groups: list[bool] = []
    negated = False
    for token in found:
        kind = kinds.get(token.kind, "operator")
        inside = negated or any(groups[-1:])
        yield token.start, token.end, "negated" if inside and kind in ("text", "quoted") else kind
        if token.kind == "open":
            groups.append(inside)
        elif token.kind == "close" and groups:
            groups.pop()
        negated = token.kind in ("minus", "not") or (negated and token.kind == "field")


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
