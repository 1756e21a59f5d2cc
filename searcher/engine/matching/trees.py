"""Which documents match a Boolean tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from searcher.engine.arrays.docsets import (
    EMPTY,
    Array,
    DocSet,
    among,
    at_least,
    complement,
    difference,
    distinct,
    everything,
    ids,
    intersection,
    is_mask,
    size,
    union,
)
from searcher.engine.fields import KEYWORDS, MISSING
from searcher.engine.matching import leaves, linked, telling, together
from searcher.engine.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Every,
    Fuzzy,
    Joining,
    Keyword,
    KeywordPrefix,
    Leaf,
    Linked,
    Node,
    Not,
    Nothing,
    NumberRange,
    Prefix,
    Run,
    Short,
    Telling,
    Term,
    Together,
    Wildcard,
)
from searcher.engine.reading.reader import Reader

_PATTERNS = (Prefix, Wildcard, Fuzzy)
_LEAVES = (Term, Run, *_PATTERNS)
_CHEAP = (Term, Keyword, NumberRange, Nothing)
_DEARER = (Run, Linked, Short)
_LAST = 100
"""Positions in many documents are read when all else is known."""

_GREATEST = 2**63 - 1


def matching(reader: Reader, node: Node) -> DocSet:
    """The documents that match, without the deleted ones; the same tree, asked for again or within another, is not evaluated anew."""
    found = _match(reader, node, None)
    return found if reader.alive is None else intersection(found, reader.alive, reader.count)


def count(reader: Reader, node: Node) -> int:
    """How many documents match. Of a keyword its list says it, as of a term that one field has; deleted ones are looked up there."""
    term = Term((KEYWORDS,), node.text) if isinstance(node, Keyword) else node
    if not isinstance(term, Term):
        return size(matching(reader, node))
    found, deleted = leaves.count(reader, term), reader.segments.deleted
    return found - len(among(deleted, leaves.sets(reader, term), reader.count)) if found and len(deleted) else found


def matching_among(reader: Reader, node: Node, documents: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Which of some documents match, each named by its segment and its number there."""
    wanted = distinct(reader.segments.numbers(documents))
    found = intersection(wanted, _match(reader, node, wanted), reader.count)
    live = ids(found if reader.alive is None else intersection(found, reader.alive, reader.count))
    return reader.segments.at_all(live.tolist())


def in_tiers(reader: Reader, matched: DocSet, tiers: Sequence[Node]) -> Iterator[DocSet]:
    """The matching documents of each tier, those of no tier last."""
    for tier in tiers:
        chosen = matching(reader, tier)
        yield intersection(matched, chosen, reader.count)
        matched = difference(matched, chosen, reader.count)
    yield matched


def limited(reader: Reader, node: Node) -> list[Leaf]:
    """The leaves that stand for more terms than are looked for."""
    if isinstance(node, Term):
        return []
    if isinstance(node, _PATTERNS):
        return [node] if leaves.is_limited(reader, node) else []
    if isinstance(node, Joining):
        return [leaf for child in node.children for leaf in limited(reader, child)]
    return limited(reader, node.child) if isinstance(node, Not | Together) else []


def _match(reader: Reader, node: Node, within: DocSet | None) -> DocSet:
    """The documents that match, deleted ones among them; with `within`, it does not matter which others are given."""
    if isinstance(node, _LEAVES):
        return leaves.documents(reader, node, within)
    if isinstance(node, Not):
        return complement(_match(reader, node.child, within), reader.count)
    if isinstance(node, Linked):
        return linked.documents(reader, node, within)
    if isinstance(node, Short):
        return _short(reader, node, within)
    if isinstance(node, Together):
        return together.documents(reader, node, within, _match)
    if not isinstance(node, Joining):
        return _filter(reader, node)
    key = "tree", id(node)  # what is found is kept with the node, so that no other one has its number meanwhile
    if within is None:
        return reader.matched(key, lambda: (node, _joined(reader, node, None)))[1]
    known: tuple[Node, DocSet] | None = reader.known_to_match(key)
    return _joined(reader, node, within) if known is None else known[1]


def _joined(reader: Reader, node: AllOf | AnyOf | AtLeast | Telling, within: DocSet | None) -> DocSet:
    """The documents that match a node which joins others; nothing is kept."""
    if isinstance(node, AllOf):
        return _all_of(reader, node.children, within)
    if isinstance(node, AnyOf):
        return _any_of(reader, node.children, within)
    if isinstance(node, AtLeast):
        return at_least(node.count, [_match(reader, child, within) for child in node.children], reader.count)
    return telling.documents(reader, node, _sets)


def _filter(reader: Reader, node: Node) -> DocSet:
    """The documents of a node that nothing scores."""
    if isinstance(node, Keyword):
        return reader.term(KEYWORDS, node.text).documents
    if isinstance(node, KeywordPrefix):
        return leaves.merged(reader, KEYWORDS, reader.segments.prefixed(KEYWORDS, node.text)).documents
    if isinstance(node, NumberRange):
        return _in_range(reader.column(node.column), node)
    if isinstance(node, Every):
        return everything(reader.count)
    if isinstance(node, Nothing):
        return EMPTY
    raise TypeError(f"not a node of a request: {node!r}")


def _short(reader: Reader, node: Short, within: DocSet | None) -> DocSet:
    """The documents of which a field has so many terms at most; their lengths are exact."""
    documents = ids(everything(reader.count) if within is None else within)
    short: Array = documents[reader.segments.lengths_of(node.field, documents) <= node.most]
    return short


def _in_range(numbers: Array, wanted: NumberRange) -> DocSet:
    low = MISSING + 1 if wanted.low is None else max(wanted.low, MISSING + 1)
    high = _GREATEST if wanted.high is None else min(wanted.high, _GREATEST)
    if low > high:
        return EMPTY
    return np.logical_and(numbers >= low, numbers <= high)


def _all_of(reader: Reader, children: Sequence[Node], within: DocSet | None) -> DocSet:
    """Cheap children first, the smallest first; the others look only where these match; what must not match is taken away at the end."""
    found = _all_cheap(reader, [child for child in children if isinstance(child, _CHEAP)], within)
    for child in sorted((child for child in children if not isinstance(child, _CHEAP)), key=_effort):
        if found is not None and not len(found):
            return EMPTY
        if isinstance(child, Not) and found is not None:
            found = difference(found, _match(reader, child.child, found), reader.count)
        else:
            documents = _match(reader, child, found)
            found = documents if found is None else intersection(found, documents, reader.count)
    return everything(reader.count) if found is None else found


def _any_of(reader: Reader, children: Sequence[Node], within: DocSet | None) -> DocSet:
    """Each child looks only where none before it matches, and where nothing is left, no other is asked."""
    found = list[DocSet]()
    for child in children:
        documents = _match(reader, child, within)
        found.append(documents)
        if within is not None and not is_mask(within):
            within = difference(within, documents, reader.count)
            if not len(within):
                break
    return union(found, reader.count)


def _all_cheap(reader: Reader, children: Sequence[Node], found: DocSet | None) -> DocSet | None:
    """Where all match, the rarest first. The sets of the fields of a term are not united first."""
    if len(children) == 1 and found is None:
        return _match(reader, children[0], None)
    for sets in sorted((_sets(reader, child) for child in children), key=lambda sets: sum(map(len, sets))):  # masks last
        found = union(sets, reader.count) if found is None else among(found, sets, reader.count)
    return found


def _sets(reader: Reader, node: Node) -> list[DocSet]:
    """Sets of which a node matches what any of them holds: title and text are not united first."""
    if isinstance(node, Term):
        return leaves.sets(reader, node)
    if isinstance(node, AnyOf):
        return [documents for child in node.children for documents in _sets(reader, child)]
    return [_match(reader, node, None)]


def _effort(node: Node) -> int:
    """Which kinds of nodes come first: those with more work to save come later."""
    if isinstance(node, Together):
        return _LAST
    if isinstance(node, _DEARER):
        return 2
    if isinstance(node, Joining):
        return 1 + max(map(_effort, node.children), default=0)
    return 1 + _effort(node.child) if isinstance(node, Not) else 0
