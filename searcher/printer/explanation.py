"""Why a document answers a query, or does not, in the user's language: what was asked, the verdict, what is lacking, and the score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING

from searcher.explanations.explanation import CHARACTERS, TOGETHER, WORK
from searcher.messages import Say, say_known
from searcher.plans import ranking
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line
from searcher.vocabulary import terminology

if TYPE_CHECKING:
    from searcher.explanations.explanation import Explanation, Missing, Part, TermExplanation
    from searcher.results import Expansion

MOST_PARTS = 12
"""So many lines say what a score is made of; what is less is summed up."""


def explanation_lines(explanation: Explanation, say: Say) -> Iterator[str]:
    """How the query was read, what was looked for too, and of a document what it lacks and how its score comes about."""
    yield say("why.query", query=one_line(explanation.query))
    if explanation.understood != explanation.query.strip():
        yield say("why.read", understood=one_line(explanation.understood))
    for term in explanation.terms:
        yield one_line(_term(term, explanation.indexed, say))
    yield from map(one_line, _expansions(explanation.expansions, explanation.expansion_documents, say))
    if explanation.id is not None:
        yield from map(one_line, _document_lines(explanation, say))


def _term(term: TermExplanation, indexed: int, say: Say) -> str:
    line = say("why.term", text=term.text, documents=term.documents, indexed=indexed)
    if term.as_typed != term.documents:
        line += say("why.term.typed", typed=term.as_typed)
    if term.apart:
        line += say("why.term.apart", apart=term.apart)
    if len(term.words) > 1:
        line += say("why.term.words", words=tuple(f"{word} {count:,}" for word, count in term.words))
    return line


def _expansions(expansions: Sequence[Expansion], documents: Sequence[int], say: Say) -> Iterator[str]:
    """The forms of each word, and how many documents hold them, those of one kind and weight on one line."""
    told: dict[tuple[str, str, float], list[str]] = {}
    for expansion, count in zip(expansions, documents, strict=True):
        kind = _kind(expansion, expansions, say)
        told.setdefault((expansion.source, kind, expansion.weight), []).append(f"{expansion.target} {count:,}")
    for (source, kind, weight), targets in told.items():
        yield say("why.expansion", source=source, targets=tuple(targets), kind=kind, weight=weight)


def _kind(expansion: Expansion, expansions: Iterable[Expansion], say: Say) -> str:
    """What kind of form it is. A word inside one that has forms itself counts little, and is not doubtful for it."""
    inner = any(expansion.source != other.source and expansion.source in other.source for other in expansions)
    if expansion.kind == "region" and expansion.weight < ranking.CERTAIN and not inner:
        return say("why.doubtful")
    if expansion.kind == terminology.TRANSLATION and expansion.weight >= terminology.SURE:
        return say("why.same")
    return say_known(say, f"why.{expansion.kind}", expansion.kind)


def _document_lines(explanation: Explanation, say: Say) -> Iterator[str]:
    found = explanation.matches or explanation.relaxed
    key = "why.score" if explanation.matches else "why.relaxed" if found else "why.no.match"
    yield say(key, id=near_path(explanation.id or ""), score=explanation.score)
    yield from (say(f"why.{name}") for name in ("called", "headed", "held", "scattered") if getattr(explanation, name))
    yield from (_missing(missing, explanation.query.strip(), say) for missing in explanation.missing)
    if found:
        yield from _parts(explanation, say)


def _missing(missing: Missing, query: str, say: Say) -> str:
    line = say(_lack(missing), text=missing.text, words=missing.words)
    if missing.text == query and _lack(missing) == "why.missing":  # of a query that is one term only what is lacking is named
        line = say("why.missing.whole", text=missing.words)
    near = missing.nearest if missing.words and not missing.excluded else ()
    return line + (say("why.has" if missing.field else "why.nearest", nearest=near) if near else "")


def _lack(missing: Missing) -> str:
    """The message for what keeps a document from having all that was asked for."""
    if missing.excluded:
        return "why.excluded"
    if missing.field:
        return "why.unlike"
    if not missing.words:
        return "why.missing.apart"
    return "why.missing.whole" if missing.words == (missing.text,) else "why.missing"


def _parts(explanation: Explanation, say: Say) -> Iterator[str]:
    """The score by what gave it, the most first, and what it gains whatever is asked: a word and its characters as one; what no word has,
    pairs of characters, as one, too."""
    groups: dict[str | None, list[Part]] = {}
    words = {_text(part) for part in explanation.parts if not _is_of_characters(part)}
    for part in (part for part in explanation.parts if part.name != WORK):
        groups.setdefault(None if _is_of_characters(part) and _text(part) not in words else _text(part), []).append(part)
    ordered = sorted(groups.items(), key=lambda group: -_sum(group[1]))
    yield from (_part(text, parts, explanation.indexed, say) for text, parts in ordered[:MOST_PARTS])
    rest = [part for _, parts in ordered[MOST_PARTS:] for part in parts]
    if rest:
        yield say("why.more", score=_sum(rest), count=len(ordered) - MOST_PARTS)
    yield from (_of_work(part, say) for part in explanation.parts if part.name == WORK)


def _text(part: Part) -> str:
    """What of the query a part is about; of nearness and single characters the name of that."""
    kind, _, text = part.name.partition(" ")
    return text or kind


def _is_of_characters(part: Part) -> bool:
    """Whether a part was given for two characters side by side, wherever they stand, or for their place in a title."""
    kind, _, text = part.name.partition(" ")
    return kind == "pair" or (kind in ("title", "folder") and len(text) == 2)


def _sum(parts: Iterable[Part]) -> float:
    return sum(part.score for part in parts)


def _part(text: str | None, parts: list[Part], indexed: int, say: Say) -> str:
    """What one word gave: where it stands, how rare it is, and for what it counted."""
    most = max(parts, key=lambda part: len(part.frequencies))
    if text is None:
        return say("why.pairs", score=_sum(parts), found=tuple(dict.fromkeys(map(_text, parts))))
    if most.name == CHARACTERS:
        counts = (count for _, _, count in most.frequencies)
        found = tuple(f"{text} × {count:,}" for text, count in zip(_spelled(most, say), counts, strict=True))
        return say("why.characters", score=_sum(parts), found=found)
    if most.name == TOGETHER:
        return say("why.together", score=_sum(parts), found=tuple(_spelled(most, say)))
    scores: dict[str, float] = {}
    for part in parts:
        kind = part.name.partition(" ")[0]
        scores[kind] = scores.get(kind, 0) + part.score
    line = say("why.part", score=_sum(parts), text=text, found=_places(most, say), documents=most.documents, indexed=indexed)
    if scores.keys() == {"word"}:
        return line
    return line + say("why.kinds", kinds=tuple(say("why.kind", kind=_counted(kind, say), score=score) for kind, score in scores.items()))


def _places(part: Part, say: Say) -> tuple[str, ...]:
    """Where each text stands, and how often; what is there as a word and as the form of another is told once."""
    counts: dict[tuple[str, str], int] = {}
    for text, field, count in part.frequencies:
        place = _field(field, say), text
        counts[place] = max(count, counts.get(place, 0))
    return tuple(f"{field} {text} × {count:,}" for (field, text), count in counts.items())


def _of_work(part: Part, say: Say) -> str:
    work = "".join(text for text, _, _ in part.frequencies)
    return say("why.work", score=part.score, work=work, parts=part.documents) if work else say("why.work.none", score=part.score)


def _spelled(part: Part, say: Say) -> Iterator[str]:
    """The texts of a part as they were typed, behind them how the document writes them where that differs."""
    for (text, _, _), written in zip(part.frequencies, part.written or repeat(""), strict=False):
        yield text + say("aside", text=written) if written else text


def _counted(kind: str, say: Say) -> str:
    """For what it counted: a title is named otherwise where it is a place."""
    return say_known(say, f"why.kind.{kind}", "") or say_known(say, f"why.{kind}", kind)


def _field(name: str, say: Say) -> str:
    """A view of the index as a reader calls it: title.grams → title."""
    field = name.partition(".")[0]
    return say_known(say, f"why.{field}", field)
