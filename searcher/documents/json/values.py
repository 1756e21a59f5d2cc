"""A text in JSON becomes a value, where that takes no more memory than it may; and what may be in a value is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from searcher.documents.document import Refused, only_text
from searcher.remarks import Remark

_MOST_VALUES = 4_000_000  # brackets and commas of a text; each value takes some 100 bytes of memory


def json_value(text: str) -> Any:
    """What a text says; ValueError where it is no JSON. Refused: too-large, damaged."""
    count_of_values(text)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Refused("damaged", Remark("detail.deep-json")) from error


def value_or_plain(text: str) -> Any:
    """The same of a file that only has the name of JSON, perhaps; then it is plain text."""
    try:
        return json_value(text)
    except ValueError as error:
        raise only_text() from error


def count_of_values(text: str) -> int:
    """How many values a text holds, about. Refused("too-large") where they are too many."""
    count = sum(map(text.count, "[{,"))
    if count > _MOST_VALUES:
        raise Refused("too-large", Remark("detail.values", limit=_MOST_VALUES))
    return count


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list; none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def table(value: object, name: str) -> dict[str, Any]:
    """The object that another has under this name; an empty one where it has none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def string(value: Mapping[str, Any], name: str) -> str:
    """The text that an object has under this name; empty where it has none."""
    found = value.get(name)
    return found if isinstance(found, str) else ""
