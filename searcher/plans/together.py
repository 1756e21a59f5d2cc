"""Does a document that has all that was asked have it together?

A list of words, a log or a collected edition has nearly every word somewhere. There, two terms in places far apart say nothing: such a
document has no better claim to stand first than one that lacks a term, and is put in order with these.
"""

from __future__ import annotations

from dataclasses import replace

from searcher.engine import AllOf, AnyOf, Node, Prefix, Short, Term, Together
from searcher.plans.leaves import any_of, folded_run
from searcher.text import views


def together(match: Node, length: int) -> Node:
    """What matches, in one stretch of its text of so many characters and with its title, or is no longer than that."""
    close = any_of(Short(views.TEXT_GRAMS, length), Together(views.TEXT_GRAMS, _placed(match), length))
    return AllOf((match, close))


def _placed(node: Node) -> Node:
    """A tree whose words are looked for as runs, for only these have positions; a single character would be the prefix of hundreds."""
    if isinstance(node, AllOf | AnyOf):
        return replace(node, children=tuple(map(_placed, node.children)))
    run = folded_run(node.text, views.GRAMS) if isinstance(node, Term) and views.TEXT_WORDS in node.fields else None
    return node if run is None or isinstance(run, Prefix) else run
