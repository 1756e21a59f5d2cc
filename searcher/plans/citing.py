"""Which article of which law does a query cite: 刑法第264条?"""

from __future__ import annotations

from collections.abc import Sequence

from searcher.engine import AllOf, Node
from searcher.frozen import frozen
from searcher.plans.ranking import CERTAIN, Weights
from searcher.plans.terms import PlannedTerm
from searcher.plans.titles import called_in_order
from searcher.plans.understanding import is_part, unit_node
from searcher.records.works import ARTICLE, LAWS, WITHIN_ARTICLES
from searcher.text import views

ORDINAL = "第"
"""What stands before the number of a part of a law."""


@frozen
class Cited:
    """An article that is cited: `law` is what is called as its law, and has it; `articles` are the folded ways to write its number."""

    law: Node
    articles: tuple[str, ...]


def cited_article(terms: Sequence[PlannedTerm], weights: Weights) -> Cited | None:
    """The article of a law that the query cites, 刑法第264条; None of a query that says something besides.

    Whoever asks for 刑法第264条 司法解释 looks for what cites it.
    """
    text = terms[0].sought.text if len(terms) == 1 and weights.title else None
    units = () if text is None or text.quoted or text.field else terms[0].said
    number = next((number for number, unit in enumerate(units) if is_part(unit, ARTICLE)), 0)
    name, behind = units[:number], units[number + 1 :]
    if not name or not name[-1].text.endswith(LAWS) or not all(is_part(unit, *WITHIN_ARTICLES) for unit in behind):
        return None
    called, article = called_in_order(name, CERTAIN), units[number]
    if called is None:
        return None
    written = (article.text, *(form.text for form in article.forms))
    return Cited(
        law=AllOf((called, unit_node(article, views.IN_TEXT, CERTAIN))),
        articles=tuple(f"{ORDINAL}{text.removeprefix(ORDINAL)}" for text in written),
    )
