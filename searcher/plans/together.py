"""Does a document that has all that was asked have it together?

A list of words, a log or a collected edition has nearly every word somewhere. There, two terms in places far apart say nothing: such a
document has no better claim to stand first than one that lacks a term, and is put in order with these.
"""

from __future__ import annotations

from dataclasses import replace

from searcher.engine import AllOf, AnyOf, Node, Short, Term, Together
from searcher.plans.leaves import any_of, folded_run
from searcher.plans.ranking import Weights
from searcher.text import views


def together(match: Node, weights: Weights) -> Node | None:
    """What matches in one stretch of a text, with its title, or is no longer than a stretch; None where that is not asked."""
    length = weights.together
    return any_of(Short(views.TEXT_GRAMS, length), Together(views.TEXT_GRAMS, _placed(match), length)) if length else None


def _placed(node: Node) -> Node:
    """A tree whose words are looked for as runs, for only these have positions."""
    if isinstance(node, AllOf | AnyOf):
        return replace(node, children=tuple(map(_placed, node.children)))
    if isinstance(node, Term) and views.TEXT_WORDS in node.fields:
        return folded_run(node.text, views.GRAMS) or node
    return node
