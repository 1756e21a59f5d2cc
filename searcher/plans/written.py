"""How else is a name in Latin letters written: web socket as websocket, get_user_id as getUserId, VSCode as VS Code, nodejs as node.js?

To an index, web-socket is web socket, and vue3 is vue 3: what counts here is whether letters stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from searcher.frozen import frozen
from searcher.plans.options import Options
from searcher.query.tree import Node, Text, side_by_side
from searcher.results import Expansion
from searcher.text.folding import fold
from searcher.text.patterns import late_pattern
from searcher.vocabulary import terminology

LONGEST = 100
"""Characters of a term in which names are looked for."""

SHORTEST_PART = 3
"""Letters of each of two words that a table has with a space, and that were typed as one."""

SCRIPTS = "js"
"""How names of libraries end, with a dot or without: nodejs, node.js."""

_in_parts = late_pattern(
    r"(?<![A-Za-z0-9._-])"
    r"(?:[A-Za-z]+(?: [A-Za-z]+|\.js)|(?=[A-Za-z0-9_-]*[A-Za-z][_-][A-Za-z])[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+)"
    r"(?![A-Za-z0-9._-])",
    re.IGNORECASE,
)
_between = late_pattern("[ ._-]")
_as_one = late_pattern(r"(?<![A-Za-z0-9._-])[A-Za-z]{4,}(?![A-Za-z0-9._-])")
_humps = late_pattern("(?<=[a-z])(?=[A-Z][A-Za-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")  # not before the last of IoT, PDFs, OSes
_first_word, _last_word = late_pattern(r"[A-Za-z]+(?![A-Za-z0-9._+#-])"), late_pattern(r"(?<![A-Za-z0-9._+-])[A-Za-z]+$")


@frozen
class Spellings:
    """`others`: what is looked for beside folded words of a query; `pairs`: which of these, folded, two terms side by side are together."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)

    def added(self, options: Options) -> Options:
        """The options with these as synonyms, behind the user's own."""
        if not self.others:
            return options
        own = options.synonyms
        return replace(options, synonyms={**own, **{word: (*own.get(word, ()), *others) for word, others in self.others.items()}})

    def told(self, expansions: Iterable[Expansion]) -> Iterator[Expansion]:
        """What is told of the forms: what two terms are together as one of both, web socket → websocket."""
        for one in expansions:
            both = self.pairs.get(fold(one.target).text, "") if one.kind == "synonym" else ""
            yield replace(one, source=both) if fold(one.source).text in fold(both).text.split() else one


def spellings(tree: Node | None, options: Options) -> Spellings:
    """How else the names in a query are written; none where it is looked for as it was typed."""
    texts = [_plain_text(child) for child in side_by_side(tree)]
    if not options.expand or options.exact_script or not any(map(_has_letters, texts)):  # as of most queries
        return Spellings()
    pairs = {fold(one + other).text: f"{one} {other}" for one, other in _side_by_side(texts)}
    others = [*(found for text in texts for found in _in_text(text))]
    others += [(fold(word).text, both.replace(" ", "")) for both in pairs.values() for word in both.split()]
    return Spellings({name: tuple(dict.fromkeys(other for named, other in others if named == name)) for name, _ in others}, pairs)


def _side_by_side(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words of letters that two terms side by side end and begin with: 什么是web socket."""
    for one, other in pairwise(texts):
        if one[-1:].isascii() and (ends := _last_word().search(one)) and (begins := _first_word().match(other)):
            yield ends[0], begins[0]


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    """Each name in a term, folded, and how else it is written."""
    for found in _in_parts().finditer(text):
        yield fold(found[0]).text, _between().sub("", found[0])
    for found in _as_one().finditer(text):
        name, parts = fold(found[0]).text, _humps().split(found[0])
        if name.endswith(SCRIPTS):
            yield name, f"{found[0][: -len(SCRIPTS)]}.{found[0][-len(SCRIPTS) :]}"
        else:
            yield from ((name, other) for other in _apart(" ".join(parts) if len(parts) > 1 else name))


def _apart(name: str) -> Iterator[str]:
    """A name in its parts, and what these surely are in Chinese; one that was typed as one word only as a table has it: opensource."""
    if " " in name:
        yield name
    places = range(SHORTEST_PART, len(name) - SHORTEST_PART + 1)
    ways = [fold(name).text] if " " in name else [f"{name[:place]} {name[place:]}" for place in places]
    for way in ways:
        sure = [form.shown for form in terminology.expansions(way, terminology.TRANSLATION) if form.weight >= terminology.SURE]
        yield from (way, *sure) if sure and " " not in name else sure


def _plain_text(node: Node) -> str:
    """The text of a term of which nothing was said besides, and nothing of a longer one: a passage."""
    return node.text if isinstance(node, Text) and node.is_plain and len(node.text) <= LONGEST else ""


def _has_letters(text: str) -> bool:
    return any("A" <= character <= "z" for character in text)
