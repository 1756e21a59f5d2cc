"""Would the tree of this page take more than linear time, or too much room?"""

from __future__ import annotations

import re

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that hold nothing."""

_DEEPEST = 2_000  # open elements; the parser's time grows with the square of the depth
_FORMATTING_COST = 300_000  # open formatting elements times tags: each paragraph opens all of them again
_MOST_TAGS = 500_000  # with the text between them, each takes half a kilobyte of the tree
_LONGEST_TAG = 20_000  # characters between < and >, data apart; the parser's time grows with the square of the attributes
_CLOSED_BY_THEMSELVES = VOID | frozenset("p li td th tr dt dd option rt rp rb".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONGEST_TAG},}}>")


def is_costly(markup: str) -> bool:
    """Whether a tree would take more than linear time, or too much room, as it does with pages made to."""
    if any(match[0].count(" ") + match[0].count("\n") > 500 for match in _LONG_TAG.finditer(markup)):
        return True
    depth = formatting = deepest_formatting = tags = 0
    for match in _TAG_NAME.finditer(markup):
        name, step = match[2].lower(), -1 if match[1] else 1
        tags += 1
        if tags > _MOST_TAGS:
            return True
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
            deepest_formatting = max(deepest_formatting, formatting)
        if name not in _CLOSED_BY_THEMSELVES:
            depth = max(0, depth + step)
            if depth > _DEEPEST:
                return True
    return deepest_formatting > 20 and deepest_formatting * tags > _FORMATTING_COST
