"""Does a document that has all terms of a list have them together?

A list of words, a log or a collected edition has nearly every word somewhere. There, two terms in places far apart say nothing: such a
document has no better claim to stand first than one that lacks a term, and is put in order with these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searcher.engine import AllOf, AnyOf, AtLeast, Leaf, Node, Prefix, Run, Short, Telling, Term, Together
from searcher.plans.leaves import any_of, folded_run
from searcher.plans.ranking import Weights
from searcher.plans.terms import PlannedTerm
from searcher.plans.trees import is_bare
from searcher.text import views


def together(terms: Sequence[PlannedTerm], weights: Weights) -> Node | None:
    """What has all of several terms in one stretch of its text or in its title, or is no longer than that; None where any document does."""
    bare = [term for term in terms if is_bare(term.sought.text) and not term.sought.asks]
    groups = [tuple(dict.fromkeys(_placed(term.match))) for term in bare]
    told = tuple(group for group in groups if group and not any(isinstance(leaf, Prefix) for leaf in group))
    if len(told) < 2 or not weights.together:
        return None
    return any_of(Short(views.TEXT_GRAMS, weights.together), Together(views.TEXT_GRAMS, told, weights.together))


def _placed(node: Node) -> Iterator[Leaf]:
    """What of a term has positions: all that may stand for it, and each part of it."""
    if isinstance(node, AllOf | AnyOf | AtLeast | Telling):
        for child in node.children:
            yield from _placed(child)
    elif isinstance(node, Term) and views.TEXT_WORDS in node.fields:
        run = folded_run(node.text, views.GRAMS)
        yield from () if run is None else (run,)
    elif isinstance(node, Term | Prefix | Run) and views.TEXT_GRAMS in node.fields:
        yield node
