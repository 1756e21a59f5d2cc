"""Which terms side by side are one thing? Those that the tables have a row for together: machine learning, New York.

    machine learning 应用      → [machine learning] 应用
    什么是machine learning？   → [什么是machine learning？]

Only bare terms are joined, where Latin letters stand on both sides of the space; an operator, a minus, a field, a quote, a sign of
punctuation or of a pattern keeps them apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeGuard

from searcher.plans.options import Options
from searcher.plans.units import units_of
from searcher.query.tree import All, Node, Text
from searcher.text.folding import fold


def joined_up(tree: Node, options: Options) -> Node:
    """The tree with terms that are one thing as one; the very tree where there are none, or where no other forms are wanted."""
    if not isinstance(tree, All) or tree.explicit or not options.expand or options.exact_script:
        return tree
    if not any(_touch(one, other) for one, other in pairwise(tree.children)):  # as of most queries
        return tree
    return _joined(tree, options, _ends)


def joined_later(tree: Node, options: Options) -> Node:
    """The tree with terms that are one thing as one; where names overlap, the later one: free [trade union], not [free trade] union."""
    return _joined(tree, options, _later_ends) if isinstance(tree, All) else tree


Ends = Callable[[Sequence[str], Options], Iterator[int]]
"""Where names end in a row of words."""


def _joined(tree: All, options: Options, ends: Ends) -> Node:
    children = tuple(child for row in _rows(tree.children) for child in _with_names(row, options, ends))
    return tree if len(children) == len(tree.children) else All(children) if len(children) > 1 else children[0]


def _touch(one: Node, other: Node) -> bool:
    """Whether two terms side by side may be parts of one: Latin letters or digits meet there, and nothing was said of them besides.

    The sign of dollars is a letter of its currency: NT$ 500.
    """
    return _is_plain(one) and _is_plain(other) and _is_latin(one.text.rstrip("$")[-1:]) and _is_latin(other.text[:1])


def _is_plain(node: Node) -> TypeGuard[Text]:
    return isinstance(node, Text) and not (node.quoted or node.field or node.prefix or node.fuzzy or node.wildcard)


def _is_latin(character: str) -> bool:
    return character.isalnum() and (character.isascii() or "０" <= character <= "ｚ")


def _rows(children: Sequence[Node]) -> Iterator[list[Node]]:
    """The children in rows of which each touches the next."""
    row: list[Node] = []
    for child in children:
        if row and not _touch(row[-1], child):
            yield row
            row = []
        row.append(child)
    yield row


def _with_names(row: Sequence[Node], options: Options, ends: Ends) -> Iterator[Node]:
    """A row with the terms in it that one name spans as one."""
    texts = [child for child in row if isinstance(child, Text)]
    if len(texts) < 2:
        yield from row
        return
    first = 0
    for last in ends([fold(text.text).text for text in texts], options):
        yield texts[first] if last == first else Text(" ".join(text.text for text in texts[first : last + 1]))
        first = last + 1


def _ends(words: Sequence[str], options: Options) -> Iterator[int]:
    """The number of each term behind which no name goes on."""
    whole = " ".join(words)
    starts = [0, *accumulate(len(word) + 1 for word in words)][:-1]
    within: set[int] = set()
    place = 0
    for unit in units_of(whole, options.synonyms, options.dictionary):
        start = whole.index(unit.text, place)
        place = start + len(unit.text)
        within.update(range(bisect_right(starts, start), bisect_right(starts, place - 1)))
    yield from (number for number in range(len(words)) if number + 1 not in within)


def _later_ends(words: Sequence[str], options: Options) -> Iterator[int]:
    """The number of each term behind which no name goes on, where a name gives way to one that begins in it and ends behind it."""
    first = 0
    while first < len(words):
        last = first + next(_ends(words[first:], options))
        behind = first + 1 + next(_ends(words[first + 1 :], options), -1)
        last = first if first < last < behind else last
        yield last
        first = last + 1
