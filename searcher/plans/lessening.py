"""Which documents may lack something of a query, and which request takes those, too?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from searcher.engine import AllOf, AnyOf, Node, Request, Telling
from searcher.plans import ranking
from searcher.plans.leaves import all_of, any_of, folded_run, in_heads, is_han, joined
from searcher.plans.terms import MOST_EVIDENCE, PlannedTerm
from searcher.plans.trees import TreeReader, is_bare
from searcher.plans.understanding import is_no_word
from searcher.query.tree import All, Query, side_by_side, spelled
from searcher.query.tree import Node as Tree
from searcher.text import views
from searcher.text.dictionary import default_dictionary

_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|ＡＮＤ|ＯＲ|ＮＯＴ)\b")
_SPACES = re.compile("[ \u3000]+[0-9]*")
_PLAIN_LIST = re.compile(r"\s*\w[\w.+#/-]*(?:[ \u3000]+\w[\w.+#/-]*){1,2}\s*")

LISTED_UNITS = 2
"""A term of more is no word of a list: it is said in other words elsewhere, and what stands beside it with it."""

UNKNOWABLE = 2.0
"""More than all that is named is never known: only a few documents are taken, or none."""


def relaxed_request(query: Query, reader: TreeReader, strict: Request, scope: Node | None, *, natural: bool) -> Request | None:
    """The request that also takes documents with a share of what the query names."""
    if reader.options.strict or reader.options.exact_script:
        return None
    node = _relaxed(_plain(query), reader, natural=natural)
    if node is None:
        return None
    apart = not natural and lists(query, reader)
    first = apart or query.sort or _is_one_unit(reader)
    return replace(strict, match=AnyOf((all_of(scope, node), strict.match)), tiers=(strict.match,) if first else strict.tiers)


def _relaxed(tree: Tree | None, reader: TreeReader, *, natural: bool) -> Node | None:
    """The tree with its bare terms replaced by what they name, of which a share is enough; None where there is nothing to choose from.

    Of a single run, which names one thing, much must be known to the index: where 商汤 is nowhere, all of 科技 is no answer to 商汤科技.
    What a title names the document is about: where 技法 is nowhere, a few pages called 排序 are an answer to 排序技法.
    For a single unit stands what may mean the same: 文件 is an answer to 檔案 where little else is. A question of everyday words may be
    answered in formal ones alone: 用人单位 for 老板.
    """
    weights = reader.options.weights
    bare = _naming([term for term in reader.terms if is_bare(term.sought.text)])
    evidence = _most_telling(dict(piece for term in bare for piece in (*_known(term), *(term.akin if natural else ()))))
    choices = evidence if len(evidence) > 1 or len(bare) == 1 else tuple(term.match for term in bare[:MOST_EVIDENCE])
    if not choices or not any(map(is_bare, side_by_side(tree))):  # what operators join is never relaxed
        return None
    kept = _without_bare(tree)
    required = None if kept is None else TreeReader(reader.options).match(kept)
    if len(bare) == 1 and (bare[0].units < 2 or bare[0].doubtful is not None):
        return None if bare[0].doubtful is None else all_of(required, bare[0].doubtful)
    if not (len(bare) == 1 and bare[0].folded.isalnum()) or natural:
        return all_of(required, Telling(weights.share, choices))
    return all_of(required, _some_of(choices, weights.known, weights))


def _known(term: PlannedTerm) -> tuple[tuple[str, Node], ...]:
    """The evidence of a term; the only word that it names may stand across others, as 军人 of 军人是什么 in 领军人物."""
    if len(term.evidence) != 1:
        return term.evidence
    text, node = term.evidence[0]
    return ((text, any_of(node, folded_run(text, views.GRAMS))),)


def last_request(query: Query, reader: TreeReader, strict: Request, scope: Node | None) -> Request | None:
    """The request for documents that hold a part of the one word that is asked for, where these are few."""
    term = reader.terms[0] if len(reader.terms) == 1 else None
    if term is None or term.units > 1 or not is_bare(term.sought.text) or reader.options.strict or reader.options.exact_script:
        return None
    parts = tuple(node for text, node in term.evidence if text != term.folded)
    kept = _without_bare(_plain(query))
    required = None if kept is None else TreeReader(reader.options).match(kept)
    return replace(strict, match=all_of(scope, required, _some_of(parts, UNKNOWABLE, reader.options.weights)), tiers=()) if parts else None


def _some_of(named: Sequence[Node], known: float, weights: ranking.Weights) -> Node:
    """What holds a share of what is named; where less than this part of it is `known`, only if a few documents do, or a few titles."""
    titled = Telling(weights.share, tuple(map(in_heads, named)), UNKNOWABLE, weights.few_titles)
    return AnyOf((Telling(weights.share, tuple(named), known, weights.few), titled))


def wanted(query: Query, terms: Sequence[PlannedTerm]) -> dict[str, Node]:
    """What a relaxed document may lack: of the terms side by side the bare ones, of a single one its words."""
    tree = _plain(query)
    asked = set(map(id, side_by_side(tree)))
    bare = _naming([term for term in terms if is_bare(term.sought.text) and id(term.sought.text) in asked])
    if len(terms) > 1 or not bare or len(bare[0].held) < 2 or is_no_word(bare[0].folded, bare[0].said):
        return {spelled(term.sought.text): term.match for term in bare}
    return dict(bare[0].held)


def _naming(terms: Sequence[PlannedTerm]) -> Sequence[PlannedTerm]:
    """The terms that do not only ask; all of them if there is no other."""
    return [term for term in terms if not term.sought.asks] or terms


def _most_telling(evidence: dict[str, Node]) -> tuple[Node, ...]:
    """What finds each piece of evidence; of a long passage only the rarest by the dictionary."""
    if len(evidence) <= MOST_EVIDENCE:
        return tuple(evidence.values())
    frequency = default_dictionary().frequency
    return tuple(evidence[text] for text in sorted(evidence, key=lambda text: (frequency(text), -len(text)))[:MOST_EVIDENCE])


def _plain(query: Query) -> Tree | None:
    """The tree, with what stands in parentheses opened up where the query has no operator: such parentheses are punctuation."""
    if not isinstance(query.tree, All) or query.tree.explicit or _OPERATOR.search(query.text):
        return query.tree
    opened = (child.children if isinstance(child, All) and all(map(is_bare, child.children)) else (child,) for child in query.tree.children)
    return All(tuple(node for nodes in opened for node in nodes))


def _sets_han_apart(text: str) -> bool:
    """Whether a space stands between two Han characters: a user who types one lists terms. Beside Latin letters it is spelling.

    So it does before what a number counts: 产假 98天, not 教程 8.
    """
    return any(is_han(text[: spaces.start()][-1:]) and is_han(text[spaces.end() :][:1]) for spaces in _SPACES.finditer(text))


def names(query: Query, terms: Sequence[PlannedTerm]) -> Node | None:
    """Of two or three words in a row, without any punctuation, what holds those of Latin letters: each names something.

    What a Han word means may be said otherwise, and a page that is called Introduction to HTML answers HTML 简介. But what has no HTML
    is about something else. In a sentence or in brackets such a word is no more than the translation of others. A number behind such a word
    belongs to it: windows 11 更新. One of several digits says nothing by itself, and counts with the rest: 刑法 336. Where all are of Latin
    letters, all are named: error 500.
    """
    plain = isinstance(query.tree, All) and not query.tree.explicit and all(map(is_bare, query.tree.children))
    if not plain or not _PLAIN_LIST.fullmatch(query.text) or any(term.units > LISTED_UNITS for term in terms):
        return None
    others = [term for term in terms if not any(map(is_han, term.folded))]
    if len(others) == len(terms) > 1:
        return joined(AllOf, [term.match for term in terms])
    naming = [
        (number and folded_run(f"{term.folded} {number}", views.GRAMS)) or term.match
        for term, number in zip(terms, _numbers_behind(terms), strict=True)
        if term in others and any(map(str.isalpha, term.folded))
    ]
    if not naming and any(term.folded.isdigit() and len(term.folded) > 1 for term in others):
        naming = [term.match for term in terms]
    return joined(AllOf, naming)


def _numbers_behind(terms: Sequence[PlannedTerm]) -> Iterator[str]:
    """The number that stands behind each term, if one does."""
    yield from (term.folded if term.folded.isdigit() else "" for term in terms[1:])
    yield ""


def _without_bare(tree: object) -> All | None:
    if not isinstance(tree, All):
        return None
    kept = tuple(child for child in tree.children if not is_bare(child))
    return All(kept) if kept else None


def _is_one_unit(reader: TreeReader) -> bool:
    return len(reader.terms) == 1 and reader.terms[0].units < 2


def lists(query: Query, reader: TreeReader) -> bool:
    """Whether a query is a list of terms."""
    return len(reader.terms) > 1 and _sets_han_apart(query.text)
