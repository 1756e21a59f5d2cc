"""Which documents have a heading that says just what was asked for, and which come first together with these?"""

from __future__ import annotations

from collections.abc import Sequence

from searcher.engine import AllOf, AnyOf, Keyword, Node
from searcher.frozen import frozen
from searcher.plans.leaves import any_of, joined, literal_run
from searcher.plans.terms import PlannedTerm, SoughtTerm
from searcher.plans.trees import is_bare
from searcher.query.tree import Node as Tree
from searcher.query.tree import side_by_side
from searcher.records.headings import heading_keyword
from searcher.text import views

_HEADS = (views.TITLE_GRAMS, views.NAME_GRAMS)

MOST_RUNS = 8
"""A term is looked for as a heading in so many forms."""


@frozen
class Headed:
    """`heading` matches what has such a heading; `runs` are the forms of each term that a title may have, too."""

    heading: Node
    runs: tuple[tuple[str, ...], ...]

    @property
    def first(self) -> Node:
        """What has such a heading, and what has all terms in its title, or the name of its file: it is about them, too."""
        titles = [joined(AnyOf, [literal_run(text, _HEADS) for text in texts]) for texts in self.runs]
        return any_of(self.heading, joined(AllOf, titles))


def headed(tree: Tree | None, terms: Sequence[PlannedTerm]) -> Headed | None:
    """What has a heading that says the bare terms of a query one behind the other, of a single term in any form of it."""
    asked = side_by_side(tree)
    bare = {id(node) for node in asked if is_bare(node)}
    said = [term.sought for term in terms if id(term.sought.text) in bare]
    if not said or len(said) < len(asked) or any(term.pattern for term in said):
        return None
    forms = tuple(_in_its_writing(term) for term in said)
    runs = forms[0] if len(said) == 1 else (" ".join(term.text.text for term in said),)
    heading = joined(AnyOf, [Keyword(keyword) for keyword in dict.fromkeys(filter(None, map(heading_keyword, runs)))])
    return None if heading is None else Headed(heading, forms)


def _in_its_writing(term: SoughtTerm) -> tuple[str, ...]:
    """The first forms of a term in its own writing: who asks for 合併衝突 reads Chinese sooner than Merge Conflicts."""
    typed = term.text.text.isascii()
    return tuple([text for text in term.runs if text.isascii() == typed][:MOST_RUNS])
