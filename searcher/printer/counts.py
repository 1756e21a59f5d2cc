"""How many, how long, how old: in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from searcher.messages import Say, say_known
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line
from searcher.query.fields import FACETS, canonical

if TYPE_CHECKING:
    from searcher.results import Results

OLD = 14
"""After so many days without an update, the age of an index is worth a line."""


def document_words(count: int, say: Say) -> str:
    """How many documents: 1 document, 312 documents."""
    return say("total.one") if count == 1 else say("total.many", total=count)


def total_words(results: Results, say: Say) -> str:
    """How many documents match: 312 documents; apart from those that lack a term: 3 documents with every term, 309 with some of them."""
    if is_mixed(results):
        return say("total.part", complete=document_words(results.complete, say), apart=_apart(results, say), rest=_rest(results))
    return document_words(results.total, say) if results.total else say("total.none")


def found_words(results: Results, say: Say, shown: range | None = None) -> str:
    """How many documents match, and which of them are shown, if not all: 10 of 312 documents: 3 with every term, 309 with only some.

    `shown`: the ranks that are in sight, where these are not only the hits of these results.
    """
    ranks = shown or range(results.hits[0].rank, results.hits[-1].rank + 1) if results.hits else range(0)
    if not ranks or (ranks[0] == 1 and ranks[-1] + results.folded >= results.total):
        return total_words(results, say)
    first, last = ranks[0], ranks[-1]
    key = "found.some" if first == 1 else "found.range"
    words = say(key, first=first, shown=last, last=last, total=results.total)
    if is_mixed(results):
        return say("found.mixed", found=words, complete=results.complete, apart=_apart(results, say), rest=_rest(results))
    return words


def foot_words(results: Results, say: Say, *parts: str | None, only: str | None, shown: range | None = None) -> str:
    """The same, how to see `only` those with every term, unless that is None, and what else there is to say."""
    strict = say("only.complete", complete=results.complete, how=only) if only and is_mixed(results) else None
    return " · ".join(filter(None, (found_words(results, say, shown), strict, *parts)))


def _apart(results: Results, say: Say) -> str:
    """How many of those with every term have them only far apart, and so do not stand before the others."""
    return say("found.scattered", count=results.scattered) if results.scattered else ""


def _rest(results: Results) -> int:
    return results.total - results.complete


def is_mixed(results: Results) -> bool:
    """Whether some documents have every term of the query, and some have not."""
    return 0 < results.complete < results.total


def took_words(results: Results, say: Say) -> str:
    """How long the search took, in milliseconds: 3.1 ms."""
    return say("took", took=f"{results.took_ms:.0f}" if results.took_ms >= 9.95 else f"{results.took_ms:.1f}")


def value_lines(name: str, found: Iterable[tuple[str, int]], say: Say) -> Iterator[str]:
    """The values of a field with how many documents have them, a line a value; paths as they are called from here."""
    return (f"{count:>8,}  {one_line(near_path(value_words(name, value, say)))}" for value, count in found)


def facet_lines(counts: Mapping[str, Sequence[tuple[str, int]]], say: Say) -> Iterator[str]:
    """The values of each field that has any, under its name."""
    for name, found in counts.items():
        if found:
            yield say("heading", name=one_line(_field_words(name, say)))
            yield from value_lines(name, found, say)


def no_facets(names: Iterable[str], own: Iterable[str], say: Say) -> str:
    """That no document has any of these, and what else can be counted: `own` are the documents' own fields."""
    asked = tuple(names)
    others = tuple(name for name in (*(canonical(name) or name for name in FACETS), *own) if name not in asked)
    called, known = (tuple(_field_words(name, say) for name in group) for group in (asked, others))
    return one_line(say("no.facets", names=called, known=known))


def _field_words(name: str, say: Say) -> str:
    """A field as it is called in the user's language, where its queries understand that; one of the documents' own is called as it is."""
    return say_known(say, f"field.{name}", name)


def value_words(name: str, value: str, say: Say) -> str:
    """A value of a field, of those that are not the documents' own words, in the user's language: simplified → 简体."""
    return say_known(say, f"value.{value}", value) if name == "script" else value


def age_words(updated: str | None, say: Say, command: str = "searcher index") -> str | None:
    """How old an index is that was not brought in step for a while, and by which command it is; None while it is fresh, or empty."""
    days = _days_since(updated) if updated else 0
    return say("old", days=days, command=command) if days >= OLD else None


def _days_since(moment: str) -> int:
    """Whole days since a moment in ISO 8601."""
    from datetime import datetime, timezone

    then = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return (datetime.now(timezone.utc) - then.astimezone(timezone.utc)).days
