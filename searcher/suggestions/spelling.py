"""How do documents write a folded text?

Folding makes one of characters that Simplified text tells apart (图像 and 图象, 区块链 and 炼), for finding. What is offered to a reader is
written as documents write it.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from searcher.engine import AllOf, Handle, Keyword, Leaf, Request, Snapshot
from searcher.plans.leaves import literal_run
from searcher.plans.words import outer_words
from searcher.records.kept import values_in
from searcher.text import views
from searcher.text.folding import as_written, fold, fold_script
from searcher.text.scripts import script_of
from searcher.vocabulary.regions import as_typed

_WRITTEN = {**{character: character for character in "乾俱像呆坯幺座彷徵沈画著薰藉覆链颚"}, "瀋": "沈", "鏈": "链", "鍊": "链", "顎": "颚"}
"""Characters that fold to another one of Simplified text, also those of Traditional text, and how Simplified text writes them.

Not 畫: 計畫 is 计划.
"""

ASKED = 5
"""So many documents say how they write it."""


def as_found(snapshot: Snapshot, folded: str) -> str:
    """A folded text with the characters by which most of the first documents that hold it tell them apart: 图象 → 图像.

    Simplified documents are asked if there are any; the other characters stay. Of what none holds as a whole, each word is asked for.
    """
    if _merged().isdisjoint(folded) and not any(map(_is_rare, folded)):
        return folded
    spelled = _spellings(snapshot, folded, "simplified", ASKED) or _spellings(snapshot, folded, None, ASKED)
    words = () if spelled else outer_words(folded)
    if len(words) > 1 and "".join(words) == folded:
        return "".join(as_found(snapshot, word) for word in words)
    found = Counter(_written(text, folded) for text in spelled)
    return max(found, key=lambda text: found[text], default=folded)


def _as_mostly_written(snapshot: Snapshot, folded: str) -> str:
    """A folded text as Simplified documents write it, if one holds it, else as others do: 国籍法 → 國籍法; where none does, as titles."""
    if _is_held_in(snapshot, folded, "simplified"):
        return as_found(snapshot, folded)
    found = Counter(_spellings(snapshot, folded, None, ASKED))
    return max(found, key=lambda text: found[text]) if found else as_titled(snapshot, folded)


def as_its_user_writes(snapshot: Snapshot, folded: str, typed: str) -> str:
    """A folded text in the script of what was typed, as documents in that script write it; as most do, where nothing tells the script."""
    script = script_of(typed)
    if script == "traditional":
        return next(iter(_spellings(snapshot, folded, script, 1)), as_typed(folded, typed))
    return as_found(snapshot, folded) if script == "simplified" else _as_mostly_written(snapshot, folded)


def as_documents_write(snapshot: Snapshot, text: str) -> str:
    """What was looked for as documents write it: 公务员 → 公務員; as it is, where one in its script holds it, or nothing tells."""
    folded, script = fold(text).text, script_of(text)
    if script == "other" or _is_held_in(snapshot, folded, script):
        return text
    return next(iter(_spellings(snapshot, folded, None, 1)), text)


def _spellings(snapshot: Snapshot, folded: str, script: str | None, most: int) -> list[str]:
    """How the first documents that hold a folded text, of those in a script if one is named, write it."""
    leaf = literal_run(folded, (views.TEXT_GRAMS,))
    if leaf is None:
        return []
    matches = snapshot.search(Request(_in_script(leaf, script) if script else leaf), limit=most).matches
    return [_original(snapshot, match.handle, leaf, folded) for match in matches]


def _is_held_in(snapshot: Snapshot, folded: str, script: str) -> bool:
    leaf = literal_run(folded, (views.TEXT_GRAMS,))
    return leaf is not None and snapshot.matching(_in_script(leaf, script)) > 0


def _in_script(leaf: Leaf, script: str) -> AllOf:
    return AllOf((leaf, Keyword(views.keyword("script", script))))


def as_titled(snapshot: Snapshot, folded: str) -> str:
    """A folded text as the first title, or name of a file, that holds it writes it."""
    leaf = literal_run(folded, (views.TITLE_GRAMS, views.NAME_GRAMS))
    for match in snapshot.search(Request(leaf), limit=1).matches if leaf else ():
        values = values_in(snapshot, match.handle)
        return as_written(f"{values['title']}\n\n{values['path']}", folded)
    return folded


def _original(snapshot: Snapshot, handle: Handle, leaf: Leaf, folded: str) -> str:
    """A folded text as a document writes it the first time, where its line does not end within."""
    for start, end in snapshot.blocks_with(handle, leaf, views.TEXT_GRAMS)[:1]:
        found = as_written(snapshot.text(handle, start, end), folded)
        return (" " if " " in folded else "").join(found.split())
    return folded


def _written(found: str, folded: str) -> str:
    if len(found) != len(folded):
        return folded
    return "".join(_WRITTEN.get(character, character if _is_rare(other) else other) for character, other in zip(found, folded, strict=True))


def _is_rare(character: str) -> bool:
    """Whether only tables know this form of a character (Extension A): 㓥 for 劏, which everybody writes."""
    return "\u3400" <= character <= "\u4dbf"


@lru_cache(maxsize=1)
def _merged() -> frozenset[str]:
    """What the characters fold to."""
    return frozenset(map(fold_script, _WRITTEN))
