"""Why a document answers a query, or does not, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searcher.messages import CATALOGUE, Say
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line

if TYPE_CHECKING:
    from searcher.explaining import Explanation, Missing, Part


def explanation_lines(explanation: Explanation, say: Say) -> Iterator[str]:
    """How the query was read, what was looked for too, and of a document: its score, part by part, and what it lacks."""
    yield say("why.query", query=one_line(explanation.query))
    yield say("why.read", understood=one_line(explanation.understood))
    for term in explanation.terms:
        words = say("list").join(f"{word} {count:,}" for word, count in term.words)
        yield one_line(say("why.term", text=term.text, documents=term.documents, words=words))
    for expansion in explanation.expansions:
        kind = _said(f"why.{expansion.kind}", expansion.kind, say)
        yield one_line(say("why.expansion", source=expansion.source, target=expansion.target, kind=kind, weight=expansion.weight))
    if explanation.id is not None:
        yield from _document_lines(explanation, say)


def _document_lines(explanation: Explanation, say: Say) -> Iterator[str]:
    key = "why.score" if explanation.matches else "why.relaxed" if explanation.relaxed else "why.no.match"
    yield one_line(say(key, id=near_path(explanation.id or ""), score=explanation.score))
    for part in explanation.parts:
        yield one_line(_part(part, say))
    for missing in explanation.missing:
        yield one_line(_missing(missing, say))


def _part(part: Part, say: Say) -> str:
    kind, _, text = part.name.partition(" ")
    if kind == "together":
        return say("why.together", score=part.score, weight=part.weight, found=say("list").join(text for text, _, _ in part.frequencies))
    found = say("list").join(f"{_field(field, say)} {text} × {count:,}" for text, field, count in part.frequencies)
    name = f"{_said(f'why.{kind}', kind, say)} {text}"
    return say("why.part", score=part.score, name=name, weight=part.weight, documents=part.documents, found=found)


def _missing(missing: Missing, say: Say) -> str:
    whole = missing.words == (missing.text,)
    key = "why.missing.whole" if whole else "why.missing"
    line = say(key, text=missing.text, words=say("list").join(missing.words))
    return line + (say("why.nearest", nearest=say("list").join(missing.nearest)) if missing.nearest else "")


def _field(name: str, say: Say) -> str:
    """A view of the index as a reader calls it: title.grams → title."""
    field = name.partition(".")[0]
    return _said(f"why.{field}", field, say)


def _said(key: str, otherwise: str, say: Say) -> str:
    return say(key) if key in CATALOGUE else otherwise
