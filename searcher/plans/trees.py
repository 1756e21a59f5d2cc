"""What do the documents hold that answer a query tree, and which terms are in it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from searcher.engine import AllOf, AnyOf, KeywordPrefix, Node, Not
from searcher.plans.leaves import any_of, field_value, joined, number_range
from searcher.plans.options import Options
from searcher.plans.terms import PlannedTerm, planned_term
from searcher.query.tree import All, Any, Range, Text
from searcher.query.tree import Not as Without
from searcher.text import views


class TreeReader:
    """Reads one query tree and gathers its positive terms on the way.

    `authors`: whether a term is there, too, where it is an author, or what one is called first.
    """

    def __init__(self, options: Options, *, authors: bool = True) -> None:
        self.options = options
        self.authors = authors
        self.terms: list[PlannedTerm] = []

    def match(self, node: object) -> Node | None:
        """The Boolean tree of a query node, None where it holds nothing that can be looked for."""
        if isinstance(node, Text):
            return self._text(node)
        if isinstance(node, All):
            return self._all(node)
        if isinstance(node, Any):
            return joined(AnyOf, [self.match(child) for child in node.children])
        if isinstance(node, Without):
            sure = replace(self.options, any_name=False)  # what is not surely meant keeps nothing away
            child = TreeReader(sure, authors=False).match(node.child)  # what must not be there is neither scored nor marked
            return None if child is None else Not(child)
        if isinstance(node, Range):
            return number_range(node)
        raise TypeError(f"not a query node: {node!r}")

    def _all(self, node: All) -> Node | None:
        """What holds all children; what only asks (多少 in 年假 多少) need not be held where something else is."""
        matches = ((child, self.match(child)) for child in node.children)
        found = [(match, not node.explicit and is_bare(child) and self._asked(child)) for child, match in matches]
        return joined(AllOf, [match for match, asks in found if not asks]) or joined(AllOf, [match for match, _ in found])

    def _asked(self, text: object) -> bool:
        """Whether the term that was read last is this one and only asks."""
        return bool(self.terms) and self.terms[-1].sought.text is text and self.terms[-1].sought.asks

    def _text(self, text: Text) -> Node | None:
        if text.field is None:
            return self._term(text, views.ANYWHERE)
        if text.field == "title":
            return self._term(text, views.IN_TITLE)
        return field_value(text, text.field)

    def _term(self, text: Text, where: views.Views) -> Node | None:
        term = planned_term(text, where, self.options)
        if term is None:
            return None
        self.terms.append(term)
        by = self.authors and where is views.ANYWHERE and is_bare(text) and len(term.folded) > 1
        return any_of(term.match, KeywordPrefix(views.keyword("author", term.folded)) if by else None)


def is_bare(node: object) -> TypeGuard[Text]:
    """Whether a node is a term without quotes or a field."""
    return isinstance(node, Text) and node.field is None and not node.quoted
