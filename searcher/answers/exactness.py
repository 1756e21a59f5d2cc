"""Which documents hold what was typed in the very characters that were typed: 后 is not 後.

The index knows no script, so that texts are read: but no other texts than those that hold what was typed in some script, and none where
nothing else is written that way (的). Of Han characters a look at a text says nearly always whether it has them, without folding it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from searcher.engine import AllOf, Handle, Match, Matches, Snapshot
from searcher.passages import snippets
from searcher.passages.filenames import stored_span
from searcher.plans.options import Options
from searcher.plans.planning import Plan, matching
from searcher.plans.terms import SoughtTerm
from searcher.query.tree import All, Any, Text
from searcher.query.tree import Node as Tree
from searcher.records.kept import values_in
from searcher.text.folding import fold, sources
from searcher.text.usual import is_short_run


def held_exactly(snapshot: Snapshot, tree: Tree, planned: Plan, options: Options, limit: int | None, offset: int) -> Matches:
    """What answers a query with its terms in the title, the file's name or the text in their own script; the total is exact."""
    request, terms = planned.strict, planned.terms
    if request is None:
        return Matches(0, ())
    if _chooses(tree):
        found = snapshot.search(request, limit=None)
        handles = frozenset(match.handle for match in found.matches)
        held = _held(snapshot, tree, handles, {term.text: term for term in terms}, options) or frozenset()
        return _page(found, [match for match in found.matches if match.handle in held], limit, offset)
    plain = [term for term in terms if _is_plain(term)]
    request = replace(request, match=AllOf((request.match, *(term.literal for term in plain))))
    doubtful = [term for term in terms if term not in plain or not _is_written_one_way(term.text.text)]
    if not doubtful:
        return snapshot.search(request, limit=limit, offset=offset)
    found = snapshot.search(request, limit=None)
    return _page(found, [match for match in found.matches if holds_exactly(snapshot, match.handle, doubtful)], limit, offset)


def holds_exactly(snapshot: Snapshot, handle: Handle, terms: Sequence[SoughtTerm]) -> bool:
    """Every term stands in the text, the title or the file's name in its own script; these are read where the text lacks one."""
    text = snapshot.text(handle)
    lacking = [term.text.text for term in terms if not _stands_in(text, term.text.text)]
    if not lacking:
        return True
    values = values_in(snapshot, handle)
    texts = values["title"], (values["path"] or "")[slice(*stored_span(values))]
    return all(any(_stands_in(whole, typed) for whole in texts) for typed in lacking)


def _page(found: Matches, held: Sequence[Match], limit: int | None, offset: int) -> Matches:
    return replace(found, total=len(held), matches=tuple(held[offset : None if limit is None else offset + limit]))


def _chooses(tree: Tree) -> bool:
    """Whether a document may answer without one of the terms: 以后 OR 以後."""
    return isinstance(tree, Any) or (isinstance(tree, All) and any(map(_chooses, tree.children)))


def _held(
    snapshot: Snapshot, tree: Tree, handles: frozenset[Handle], terms: Mapping[Text, SoughtTerm], options: Options
) -> frozenset[Handle] | None:
    """Which documents answer a part of a query with its terms in their own script; None where nothing of it can be looked for."""
    if isinstance(tree, All | Any):
        parts = (_held(snapshot, child, handles, terms, options) for child in tree.children)
        asked = [part for part in parts if part is not None]
        joined = frozenset[Handle].union if isinstance(tree, Any) else frozenset[Handle].intersection
        return joined(*asked) if asked else None
    wanted = matching(tree, options)
    if wanted is None:
        return None
    among = snapshot.among(handles, wanted)
    term = terms.get(tree) if isinstance(tree, Text) else None
    return frozenset(handle for handle in among if term is None or holds_exactly(snapshot, handle, (term,)))


def _is_plain(term: SoughtTerm) -> bool:
    """Whether a term is a run of Han characters, which stands wherever these do."""
    text = term.text
    return is_short_run(text.text) and not (text.field or text.slop or term.pattern)


def _is_written_one_way(typed: str) -> bool:
    """Whether what folds to the characters of a run is in their own script, whichever way it is written."""
    return all(set(_ways(character)) == set("".join(sources(fold(character).text))) for character in typed)


def _ways(character: str) -> str:
    """In which ways texts write a character in its own script, signs that stand for several among them."""
    return "".join(way for way in "".join(sources(fold(character).text)) if character in unicodedata.normalize("NFKC", way))


def _stands_in(text: str, typed: str) -> bool:
    if is_short_run(typed):
        if typed in text:
            return True
        if not _run(typed).search(text):
            return False
    return any(snippets.same_script(text[start:end], typed) for start, end in snippets.marks(text, _pattern(typed)))


@lru_cache(maxsize=64)
def _run(typed: str) -> re.Pattern[str]:
    """What every text has that holds a run in its own script, whatever is ignored between its characters; also other texts.

    Where signs may stand for several of its characters, all texts do.
    """
    ways = [_ways(character) for character in typed]
    several = any(len(unicodedata.normalize("NFKC", way)) > 1 for of_one in ways for way in of_one)
    return re.compile("" if several else r"[\W_]*".join(f"[{of_one}]" for of_one in ways))


@lru_cache(maxsize=64)
def _pattern(typed: str) -> snippets.Pattern:
    """Made once for all documents that are read."""
    return snippets.pattern([snippets.Sought(typed, 0, 1.0)], merge=False)
