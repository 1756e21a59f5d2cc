"""What does the caller want of a search, beside the query?"""

from __future__ import annotations

from dataclasses import field
from operator import index
from typing import Any, TypedDict

from searcher.errors import InvalidOption
from searcher.frozen import frozen
from searcher.plans import forms, ranking
from searcher.query.tree import Query, Scope
from searcher.remarks import Remark
from searcher.text.dictionary import Dictionary


@frozen
class Options:
    """What the caller wants of a search, beside the query.

    `any_name`: the name of a word in another language or register is enough, though it may mean something else. No caller sets this: it is
    tried where nothing else is found.
    """

    strict: bool = False
    expand: bool = True
    any_name: bool = False
    exact_script: bool = False
    scope: Query | None = None
    weights: ranking.Weights = field(default_factory=ranking.Weights)
    synonyms: forms.Synonyms = field(default_factory=dict)
    dictionary: Dictionary | None = None


class SearchOptions(TypedDict, total=False):
    """The options of `Index.search`, for those who hand them on: a type checker and an editor know them there, too."""

    limit: int | None
    offset: int
    strict: bool
    expand: bool
    exact_script: bool
    scope: Scope | None
    weights: ranking.Weights | None
    snippets: int
    width: int
    copies: bool


def check_limit(limit: int | None) -> None:
    """InvalidOption for what is neither a number of things nor None, which is for all of them."""
    if limit is not None:
        check_count("limit", limit)


def check_count(option: str, number: Any) -> None:
    """InvalidOption for what counts nothing: no whole number, or one below 0."""
    try:
        count = index(number)
    except TypeError as error:
        raise InvalidOption(option=option, value=repr(number), reason=Remark("reason.whole")) from error
    if count < 0:
        raise InvalidOption(option=option, value=number, reason=Remark("reason.zero"))
