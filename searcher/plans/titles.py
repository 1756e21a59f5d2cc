"""Which titles say all that was asked for and nothing besides: 設定固定資產, where somebody looks for 设置固定资产?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from searcher.engine import AllOf, AnyOf, Node, Short, Term
from searcher.plans import forms, ranking
from searcher.plans.terms import PlannedTerm, unit_node
from searcher.plans.trees import is_bare
from searcher.query.tree import All
from searcher.text import analysis, views

LONGEST = 12
"""A query of more units is no title."""

PARTICLE = "的"
"""A title may have it or not: 用户的目录, 使用者目錄."""

_WORDS, _GRAMS = (views.TITLE_WORDS,), (views.TITLE_GRAMS,)


def whole_titles(tree: object, terms: Sequence[PlannedTerm], weights: ranking.Weights) -> Node | None:
    """What is called as the query says, with its units in any form and any order; None where no title could be, or it is one word.

    Each unit may be in a form that by itself could mean something else, as several together seldom do: 配置 and 設定. A single word is
    found by its sure forms first, and weighs most in the title anyhow.
    What is excluded, quoted, or asked of a field is no part of the title. Where titles count for nothing, nothing is called so.
    """
    if not weights.title or not (weights.word or weights.gram):
        return None
    asked = tree.children if isinstance(tree, All) and not tree.explicit else (tree,)
    bare = {id(node) for node in asked if is_bare(node)}
    units = [unit for term in terms if id(term.sought.text) in bare for unit in term.said]
    naming = [unit for unit in units if unit.text != PARTICLE]
    if not 1 < len(naming) <= LONGEST:
        return None
    longest = sum(_longest(unit, weights.doubtful) for unit in units)
    return AllOf((*(_in_title(unit, weights.doubtful) for unit in naming), _no_longer(longest)))


def _in_title(unit: forms.Unit, least: float) -> Node:
    """What has the unit in its title; what joins others may be another word that does."""
    if unit.text in forms.JOINING:
        return AnyOf(tuple(Term(_WORDS, word) for word in forms.JOINING))
    return unit_node(unit, _WORDS, _GRAMS, least)


def _no_longer(longest: int) -> Node:
    """What has a title of so many characters and words at most, beside a particle."""
    return AnyOf((Short(views.TITLE_GRAMS, longest), AllOf((Term(_WORDS, PARTICLE), Short(views.TITLE_GRAMS, longest + 1)))))


def _longest(unit: forms.Unit, least: float) -> int:
    """How many places a title has for the unit, in its longest form."""
    found = [_places(unit.text), *(_places(form.text) for form in unit.sure(least))]
    return max(*found, sum(_longest(part, least) for part in unit.parts))


@lru_cache(maxsize=1 << 12)
def _places(text: str) -> int:
    return len(analysis.atoms(text))
