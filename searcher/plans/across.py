"""How is a run found between whose characters a document has signs that were not typed, or has not those that were?

少典之子姓公孫, of which an edition has 少典之子，姓公孫; 卡爾馬克思, or 卡爾・馬克思; 使用Python, or 使用“Python”.
What is written with spaces keeps what was typed between it: foo.bar is not foobar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from searcher.engine import AllOf, AnyOf, Link, Linked, Node, Not, Run
from searcher.frozen import frozen
from searcher.passages import snippets
from searcher.passages.filenames import said_by_name, stored_span
from searcher.plans.leaves import folded_run, joined
from searcher.plans.units import NAME_DOT
from searcher.text import views
from searcher.text.analysis import GAP, Atom, atoms
from searcher.text.characters import is_spaced
from searcher.text.usual import is_short_run
from searcher.vocabulary import regions

SHORTEST = 4
"""So many characters (words in Latin letters, numbers) stand together seldom by chance where signs part them."""

_NO_DOT = dict.fromkeys(NAME_DOT)


def across(folded: str, grams: tuple[str, ...], *, otherwise: bool = False) -> Linked | None:
    """What finds a folded text where other signs stand between its characters; None where it is too short for that, or nothing in it is
    written without spaces. `otherwise`: only if no document has it as it is."""
    run = folded_run(folded, grams)
    if not isinstance(run, Run) or len(folded) < SHORTEST:
        return None
    there = _atoms(folded)
    if len(there) < SHORTEST or all(is_spaced(atom.text) for atom in there):
        return None
    links = tuple(_link(one, other) for one, other in pairwise(there))
    return Linked(grams, links, there[-1].text, run, HasAcross(folded), otherwise)


def other_dots(folded: str, grams: tuple[str, ...]) -> Node | None:
    """What finds a short foreign name without its dot, 簡愛 for 簡・愛, and a known name with its dot; None for others."""
    typed, plain = folded.translate(NAME_DOT), folded.translate(_NO_DOT)
    if not is_short_run(plain):
        return None
    known = (form.target for form in regions.expansions(plain))
    names = [name for name in dict.fromkeys((plain, *known)) if name != typed and name.translate(_NO_DOT) == plain]
    found, run = joined(AnyOf, [folded_run(name, grams) for name in names]), folded_run(folded, grams)
    return found and run and AllOf((found, Not(run)))


def _atoms(folded: str) -> list[Atom]:
    """The atoms of a folded text. In most queries they are the characters, for which no pattern need be compiled."""
    return [Atom(text, at, at, at + 1) for at, text in enumerate(folded)] if is_short_run(folded) else atoms(folded)


def _link(one: Atom, other: Atom) -> Link:
    """By which terms an atom leads to the next one: adjacent characters written without spaces are one gram, any other atom is alone."""
    if is_spaced(one.text) and is_spaced(other.text):
        return ((one.text, other.position - one.position),)
    adjacent = one.text if is_spaced(one.text) or is_spaced(other.text) else one.text + other.text
    return ((adjacent, 1), (one.text, 1 + GAP))


@frozen
class HasAcross:
    """Says whether a text has the folded one, whatever signs are in either."""

    folded: str

    def __call__(self, field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool:
        return any(snippets.marks(text, _pattern(self.folded)) for text in _texts_of(field, values, texts))


def _texts_of(field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> Iterable[str]:
    """What a field was made of."""
    if field == views.TEXT_GRAMS:
        return texts
    stored = values()
    return (stored["title"],) if field == views.TITLE_GRAMS else (said_by_name(stored["path"] or "", stored_span(stored)),)


@lru_cache(maxsize=64)
def _pattern(folded: str) -> snippets.Pattern:
    """Made once for all documents that are read."""
    return snippets.pattern([snippets.Sought(folded, 0, across=True)])
