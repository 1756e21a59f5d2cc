"""What the user asked for: a tree of frozen data.

The tree says what was typed, not how it is found; `search.py` turns it into requests to the engine.
NOT binds tighter than AND, AND tighter than OR, OR tighter than the space between two terms:

    苹果 OR 蘋果 手机      All(Any(苹果, 蘋果), 手机)
    a AND b OR c         Any(All(a, b), c)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Union

from searcher.frozen import frozen

Node = Union["Text", "All", "Any", "Not", "Range"]


@frozen
class Text:
    """A run of text to find. `text` is as typed, without its quotes and operators.

    `field` is None (title and text) or the canonical English name of a known field.
    `slop` is the greatest number of positions between the parts of a quoted text, 0 for exactly that run.
    `prefix`: `text` is only the beginning. `wildcard`: every `*` in `text` stands for any letters. `fuzzy`: how many letters may differ.
    """

    text: str
    quoted: bool = False
    field: str | None = None
    slop: int = 0
    prefix: bool = False
    fuzzy: int = 0
    wildcard: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing was typed with it: no quotes, no field, no sign of a pattern."""
        return not (self.quoted or self.field or self.prefix or self.fuzzy or self.wildcard)


@frozen
class All:
    """Every child must hold. `explicit` where the user wrote AND or parentheses: such a conjunction is never relaxed."""

    children: tuple[Node, ...]
    explicit: bool = False


@frozen
class Any:
    """One child must hold."""

    children: tuple[Node, ...]


@frozen
class Not:
    """The child must not hold."""

    child: Node


@frozen
class Range:
    """A date or number between `low` and `high`, both inclusive, None for open.

    Dates are ISO 8601, partial allowed ("2021-08"); sizes are integers in decimal digits; documents' own numbers may have a fraction.
    `strict`: the one bound that there is, is left out itself: price:>300.
    """

    field: str
    low: str | None
    high: str | None
    strict: bool = False


@frozen
class Query:
    """What was typed and what it was understood as. `tree` is None where nothing can be searched for (blank, only punctuation).

    `sort` is "date", "modified", "size" or a number of the documents' own, a `-` in front for descending; None: the most relevant first.
    """

    text: str
    tree: Node | None
    sort: str | None = None
    notices: tuple[str, ...] = ()


Scope = str | Query | Mapping[str, str | Sequence[str]]
"""What limits a search: a query, or the values that fields are to have."""


EVERY = Range("size", "0", None)
"""What every document answers: what a query means that only sorts, or is a star."""


def having(values: Mapping[str, str | Sequence[str]]) -> Query:
    """What has these values in these fields, whatever signs are in them; of several values of a field, one. TypeError for what is no text.

    {"tenant": "a", "city": ("上海", "臺北")}  →  tenant:"a" AND (city:"上海" OR city:"臺北")
    """
    each = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
    if not all(isinstance(text, str) for name, texts in each.items() for text in (name, *texts)):
        raise TypeError(values)
    one_of = [Any(tuple(Text(text, quoted=True, field=name) for text in texts)) if texts else Not(EVERY) for name, texts in each.items()]
    return Query("", All(tuple(one_of), explicit=True) if one_of else None)


def side_by_side(tree: Node | None) -> tuple[Node, ...]:
    """The terms that stand side by side without operators; a single one, or what operators join, by itself."""
    return tree.children if isinstance(tree, All) and not tree.explicit else () if tree is None else (tree,)


def count_texts(node: Node | None) -> int:
    """How many texts stand in a tree."""
    if isinstance(node, (All, Any)):
        return sum(map(count_texts, node.children))
    return count_texts(node.child) if isinstance(node, Not) else int(isinstance(node, Text))


def describe(query: Query) -> str:
    """How the query was read, in its own language: parsed again, this gives the same tree and sort (the fields being known)."""
    tree = [] if query.tree is None else ["*" if query.tree == EVERY else spelled_node(query.tree)]
    return " ".join((*tree, *([f"sort:{query.sort}"] if query.sort else [])))


_LEVELS = {Any: 1, All: 2}
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("＂", "＂"))


def spelled_node(node: Node, within: int = 0) -> str:
    """A node as typed; in parentheses where it binds less than what it stands in (0: spaces, 1: OR, 2: AND, 3: NOT)."""
    if isinstance(node, Text):
        return spelled(node)
    if isinstance(node, Range):
        return f"{node.field}:{_spelled_range(node)}"
    if isinstance(node, Not):
        return f"NOT {spelled_node(node.child, 3)}"
    if isinstance(node, All) and not node.explicit:
        return " ".join(spelled_node(child, 1) for child in node.children)
    level = _LEVELS[type(node)]
    joined = (" OR " if level == 1 else " AND ").join(spelled_node(child, level + 1) for child in node.children)
    return joined if level >= within else _in_parentheses(joined)


def _spelled_range(node: Range) -> str:
    if node.strict:
        return f"<{node.high}" if node.low is None else f">{node.low}"
    return node.low if node.low == node.high and node.low else f"{node.low or ''}..{node.high or ''}"


def _in_parentheses(spelled: str) -> str:
    """A word at the end that holds a parenthesis is kept apart from the closing one."""
    last = spelled.rsplit(None, 1)[-1]
    return f"({spelled} )" if "(" in last or "（" in last else f"({spelled})"


def spelled(node: Text) -> str:
    """A text with its field, quotes and signs, as it could be typed."""
    field = f"{node.field}:" if node.field else ""
    if node.quoted:
        opener, closer = next(pair for pair in _QUOTES if _can_hold(pair, node.text))
        return f"{field}{opener}{node.text}{closer}" + (f"~{node.slop}" if node.slop else "")
    fuzzy = {0: "", 1: "~"}.get(node.fuzzy, f"~{node.fuzzy}")
    return f"{field}{node.text}{'*' if node.prefix else ''}{fuzzy}"


def _can_hold(pair: tuple[str, str], text: str) -> bool:
    """Whether quotes can stand around a text: it has none of them, or its own are paired."""
    opener, closer = pair
    if opener == closer:
        return opener not in text
    depth = 0
    for character in text:
        depth += (character == opener) - (character == closer)
        if depth < 0:
            return False
    return depth == 0
