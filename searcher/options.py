"""What does the caller want of a search, beside the query?"""

from __future__ import annotations

from dataclasses import dataclass, field

from searcher import forms, ranking
from searcher.dictionary import Dictionary
from searcher.query import Query


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller wants of a search, beside the query."""

    strict: bool = False
    expand: bool = True
    exact_script: bool = False
    scope: Query | None = None
    weights: ranking.Weights = field(default_factory=ranking.Weights)
    synonyms: forms.Synonyms = field(default_factory=dict)
    dictionary: Dictionary | None = None
