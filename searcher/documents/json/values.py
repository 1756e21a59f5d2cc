"""A text in JSON becomes a value, where that takes no more memory than it may."""

from __future__ import annotations

import json
from typing import Any

from searcher.documents.document import Refused
from searcher.remarks import Remark

_MOST_VALUES = 4_000_000  # brackets and commas of a text; each value takes some 100 bytes of memory


def json_value(text: str) -> Any:
    """What a text says; ValueError where it is no JSON. Refused: too-large, damaged."""
    count_of_values(text)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Refused("damaged", Remark("detail.deep-json")) from error


def count_of_values(text: str) -> int:
    """How many values a text holds, about. Refused("too-large") where they are too many."""
    count = sum(map(text.count, "[{,"))
    if count > _MOST_VALUES:
        raise Refused("too-large", Remark("detail.values", limit=_MOST_VALUES))
    return count
