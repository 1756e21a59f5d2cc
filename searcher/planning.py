"""How what was asked is looked for: a query tree becomes requests to the engine.

A strict request wants every term; a relaxed one wants a share of the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from searcher import columns, ideas, ranking, views
from searcher.dictionary import default_dictionary
from searcher.engine import AllOf, AnyOf, Node, Not, Request, Telling
from searcher.joining import joined_later, joined_up
from searcher.leaves import all_of, field_value, in_heads, is_han, joined, number_range
from searcher.options import Options
from searcher.query import All, Any, Query, Range, Text, spelled
from searcher.query import Node as Tree
from searcher.query import Not as Without
from searcher.results import Expansion
from searcher.terms import MOST_EVIDENCE, PlannedTerm, SoughtTerm, planned_term

_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|ＡＮＤ|ＯＲ|ＮＯＴ)\b")

_SPACES = re.compile("[ \u3000]+[0-9]*")

_STOPS = re.compile("[，。；！,;]")

_PLAIN_LIST = re.compile(r"\s*\w[\w.+#/-]*(?:[ \u3000]+\w[\w.+#/-]*){1,2}\s*")

LISTED_UNITS = 2
"""A term of more is no word of a list: it is said in other words elsewhere, and what stands beside it with it."""

UNKNOWABLE = 2.0
"""More than all that is named is never known: only a few documents are taken, or none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask the engine: `strict` is None where there is nothing to look for.

    `relaxed` also takes documents that lack something: all that the strict one matches, and those with a share of what is named. It is None
    where that would change nothing. Its first tier, where it has one, is what a user who typed this surely wants: the run itself, or,
    where Han terms were set apart by spaces, all of them.
    `natural` says that the query is a question or a passage: nobody expects a document to hold all of it.
    `names`: of a short list of words, some of Han characters, what holds all the others: python of python 装饰器.
    `last`: of a single word of several, what holds some of these, for where nothing else answers: 夹克 for 皮夹克.
    `wanted` is what a document may lack that the relaxed one finds, and what holds it: the terms as they were typed, of a single one its
    folded words; nothing where the query is `natural`.
    `ways`: where some of the terms are one thing together, the plan of them one by one, and the one with these as one. What is taken though
    it lacks something is what either way takes.
    """

    strict: Request | None = None
    relaxed: Request | None = None
    natural: bool = False
    names: Node | None = None
    last: Request | None = None
    terms: tuple[SoughtTerm, ...] = ()
    wanted: tuple[tuple[str, Node], ...] = ()
    expansions: tuple[Expansion, ...] = ()
    ways: tuple[Plan, ...] = ()


def plan(query: Query, options: Options) -> Plan:
    """Turn a query into requests; the same query and options always give the same plan."""
    typed = _plan(query, options)
    trees = () if query.tree is None else _with_terms_joined(query.tree, options)
    return _with_names(typed, *(_plan(replace(query, tree=tree), options, natural=typed.natural) for tree in trees)) if trees else typed


def _with_terms_joined(tree: Tree, options: Options) -> tuple[Tree, ...]:
    """The tree with terms that are one thing as one, in each way in which they may be."""
    first = joined_up(tree, options)
    later = tree if first is tree else joined_later(tree, options)
    return () if first is tree else (first,) if later in (first, tree) else (first, later)


def _plan(query: Query, options: Options, *, natural: bool | None = None) -> Plan:
    """The plan of a query, its terms as they are; `natural` where that is known."""
    reader = _Reader(options)
    strict = None if query.tree is None else reader.match(query.tree)
    if strict is None:
        return Plan()
    scope = None if options.scope is None or options.scope.tree is None else matching(options.scope.tree, options)
    asks = _asks(query, reader)
    natural = _is_natural(reader, asks=asks) if natural is None else natural
    scored = ideas.distinct(idea for term in reader.terms for idea in term.ideas)
    weights = _weights(reader.options.weights, scored, natural=natural, states=not asks and bool(_STOPS.search(query.text)))
    features = ideas.features(scored, weights)
    alone = reader.terms[0] if len(reader.terms) == 1 else None
    quoted = alone is not None and alone.sought.text.quoted  # a quotation stands together wherever it is found
    request = Request(
        match=all_of(scope, strict),
        features=features,
        nearness=None if quoted else ideas.nearness(scored, features, weights, None if alone is None else alone.run),
        characters=ideas.characters(scored, features, weights) if not quoted and (asks or _lists(query, reader)) else None,
        tiers=() if query.sort else _literal_first(reader.terms),
        sort=_column(query.sort),
        ranking=weights.bm25f,
    )
    return Plan(
        strict=request,
        relaxed=_relaxed_request(query, reader, request, scope, natural=natural),
        natural=natural,
        names=None if natural else _names(query, reader.terms),
        last=_last_request(query, reader, request, scope),
        terms=tuple(term.sought for term in reader.terms),
        wanted=() if natural else tuple(_wanted(_plain(query), reader.terms).items()),
        expansions=tuple(dict.fromkeys(expansion for term in reader.terms for expansion in term.expansions)),
    )


def _with_names(typed: Plan, named: Plan, *others: Plan) -> Plan:
    """The plan of terms of which some are one thing together: machine learning. `typed` finds them one by one, `named` and `others` as one.

    Whatever the one or the other finds is found, and what holds all comes first; of a query that is one name, before that, what holds it as
    a run or by another name. What only the others know is scored, marked and told, too.
    """
    if typed.strict is None or named.strict is None:
        return typed
    also = [way.strict for way in others if way.strict is not None]
    known = named.strict.features
    strict = replace(
        named.strict,
        match=AnyOf((named.strict.match, *(way.match for way in also), typed.strict.match)),
        features=(*known, *dict.fromkeys(feature for way in also for feature in way.features if feature not in known)),
        tiers=(named.terms[0].literal,) if len(named.terms) == 1 and named.strict.sort is None else (),
    )
    terms = {term.text.text: term for way in (named, *others) for term in way.terms}
    return replace(
        named,
        strict=strict,
        relaxed=None if typed.relaxed is None else one_of(strict, [way.relaxed for way in (typed, named, *others)]),
        terms=tuple(terms.values()) if others else named.terms,
        wanted=named.wanted if len(named.wanted) > 1 else typed.wanted,
        expansions=tuple(dict.fromkeys(form for way in (named, *others) for form in way.expansions)),
        ways=(typed, named, *others),
    )


def one_of(strict: Request, relaxed: Sequence[Request | None]) -> Request:
    """The request for what one of several others takes, which comes behind all that a strict one does."""
    ways = [request.match for request in relaxed if request is not None]
    return replace(strict, match=AnyOf((*ways, strict.match)), tiers=(*strict.tiers, strict.match))


def matching(tree: Tree, options: Options) -> Node | None:
    """What the documents that answer a query, or a part of it, hold; None where nothing of it can be looked for."""
    found = (_Reader(options).match(node) for node in (tree, *_with_terms_joined(tree, options)))
    return joined(AnyOf, list(found))


class _Reader:
    """Reads one query tree and gathers its positive terms on the way."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.terms: list[PlannedTerm] = []

    def match(self, node: object) -> Node | None:
        """The Boolean tree of a query node, None where it holds nothing that can be looked for."""
        if isinstance(node, Text):
            return self._text(node)
        if isinstance(node, All):
            return self._all(node)
        if isinstance(node, Any):
            return joined(AnyOf, [self.match(child) for child in node.children])
        if isinstance(node, Without):
            child = _Reader(self.options).match(node.child)  # what must not be there is neither scored nor marked
            return None if child is None else Not(child)
        if isinstance(node, Range):
            return number_range(node)
        raise TypeError(f"not a query node: {node!r}")

    def _all(self, node: All) -> Node | None:
        """What holds all children; what only asks (多少 in 年假 多少) need not be held where something else is."""
        found = [(self.match(child), not node.explicit and _is_bare(child) and self._asked(child)) for child in node.children]
        return joined(AllOf, [match for match, asks in found if not asks]) or joined(AllOf, [match for match, _ in found])

    def _asked(self, text: object) -> bool:
        """Whether the term that was read last is this one and only asks."""
        return bool(self.terms) and self.terms[-1].sought.text is text and self.terms[-1].sought.asks

    def _text(self, text: Text) -> Node | None:
        if text.field is None:
            return self._term(text, views.WORDS, views.GRAMS)
        if text.field == "title":
            return self._term(text, (views.TITLE_WORDS,), (views.TITLE_GRAMS,))
        return field_value(text, text.field)

    def _term(self, text: Text, words: tuple[str, ...], grams: tuple[str, ...]) -> Node | None:
        term = planned_term(text, words, grams, self.options)
        if term is None:
            return None
        self.terms.append(term)
        return term.match


def _relaxed_request(query: Query, reader: _Reader, strict: Request, scope: Node | None, *, natural: bool) -> Request | None:
    """The request that also takes documents with a share of what the query names."""
    if reader.options.strict or reader.options.exact_script:
        return None
    node = _relaxed(_plain(query), reader, natural=natural)
    if node is None:
        return None
    apart = not natural and _lists(query, reader)
    first = apart or query.sort or _is_one_unit(reader)
    return replace(strict, match=AnyOf((all_of(scope, node), strict.match)), tiers=(strict.match,) if first else strict.tiers)


def _relaxed(tree: object, reader: _Reader, *, natural: bool) -> Node | None:
    """The tree with its bare terms replaced by what they name, of which a share is enough; None where there is nothing to choose from.

    Of a single run, which names one thing, much must be known to the index: where 商汤 is nowhere, all of 科技 is no answer to 商汤科技.
    What a title names the document is about: where 技法 is nowhere, a few pages called 排序 are an answer to 排序技法.
    For a single unit stands what may mean the same: 文件 is an answer to 檔案 where little else is. A question of everyday words may be
    answered in formal ones alone: 用人单位 for 老板.
    """
    weights = reader.options.weights
    bare = _naming([term for term in reader.terms if _is_bare(term.sought.text)])
    evidence = _most_telling(dict(piece for term in bare for piece in (*term.evidence, *(term.akin if natural else ()))))
    choices = evidence if len(evidence) > 1 or len(bare) == 1 else tuple(term.match for term in bare[:MOST_EVIDENCE])
    if not choices or not _has_bare(tree):
        return None
    kept = _without_bare(tree)
    required = None if kept is None else _Reader(reader.options).match(kept)
    if len(bare) == 1 and (bare[0].units < 2 or bare[0].doubtful is not None):
        return None if bare[0].doubtful is None else all_of(required, bare[0].doubtful)
    if not (len(bare) == 1 and bare[0].folded.isalnum()) or natural:
        return all_of(required, Telling(weights.share, choices))
    return all_of(required, _some_of(choices, weights.known, weights))


def _last_request(query: Query, reader: _Reader, strict: Request, scope: Node | None) -> Request | None:
    """The request for documents that hold a part of the one word that is asked for, where these are few."""
    term = reader.terms[0] if len(reader.terms) == 1 else None
    if term is None or term.units > 1 or not _is_bare(term.sought.text) or reader.options.strict or reader.options.exact_script:
        return None
    parts = tuple(node for text, node in term.evidence if text != term.folded)
    kept = _without_bare(_plain(query))
    required = None if kept is None else _Reader(reader.options).match(kept)
    return replace(strict, match=all_of(scope, required, _some_of(parts, UNKNOWABLE, reader.options.weights)), tiers=()) if parts else None


def _some_of(named: Sequence[Node], known: float, weights: ranking.Weights) -> Node:
    """What holds a share of what is named; where less than this part of it is `known`, only if a few documents do, or a few titles."""
    titled = Telling(weights.share, tuple(map(in_heads, named)), UNKNOWABLE, weights.few_titles)
    return AnyOf((Telling(weights.share, tuple(named), known, weights.few), titled))


def _wanted(tree: object, terms: Sequence[PlannedTerm]) -> dict[str, Node]:
    """What a relaxed document may lack: of the terms side by side the bare ones, of a single one its words."""
    asked = (tree,) if not isinstance(tree, All) else () if tree.explicit else tree.children
    side_by_side = set(map(id, asked))
    bare = _naming([term for term in terms if _is_bare(term.sought.text) and id(term.sought.text) in side_by_side])
    if len(terms) > 1 or not bare or len(bare[0].held) < 2 or bare[0].doubtful is not None:
        return {spelled(term.sought.text): term.match for term in bare}
    return dict(bare[0].held)


def _naming(terms: Sequence[PlannedTerm]) -> Sequence[PlannedTerm]:
    """Of some terms those that do not only ask, if there is one."""
    return [term for term in terms if not term.sought.asks] or terms


def _most_telling(evidence: dict[str, Node]) -> tuple[Node, ...]:
    """Of a long passage, what is rarest by the dictionary."""
    if len(evidence) <= MOST_EVIDENCE:
        return tuple(evidence.values())
    frequency = default_dictionary().frequency
    return tuple(evidence[text] for text in sorted(evidence, key=lambda text: (frequency(text), -len(text)))[:MOST_EVIDENCE])


def _plain(query: Query) -> object:
    """The tree, with what stands in parentheses opened up where the query has no operator: such parentheses are punctuation."""
    if not isinstance(query.tree, All) or query.tree.explicit or _OPERATOR.search(query.text):
        return query.tree
    opened = (
        child.children if isinstance(child, All) and all(map(_is_bare, child.children)) else (child,) for child in query.tree.children
    )
    return All(tuple(node for nodes in opened for node in nodes))


def _sets_han_apart(text: str) -> bool:
    """Whether a space stands between two Han characters: a user who types one lists terms. Beside Latin letters it is spelling.

    So it does before what a number counts: 产假 98天, not 教程 8.
    """
    return any(is_han(text[: spaces.start()][-1:]) and is_han(text[spaces.end() :][:1]) for spaces in _SPACES.finditer(text))


def _names(query: Query, terms: Sequence[PlannedTerm]) -> Node | None:
    """Of two or three words in a row, without any punctuation, what holds those of Latin letters beside Han ones: each names something.

    What a Han word means may be said otherwise, and a page that is called Introduction to HTML answers HTML 简介. But what has no HTML
    is about something else. In a sentence or in brackets such a word is no more than the translation of others. A number of several
    digits says nothing by itself, and counts with the rest: 刑法 336.
    """
    plain = isinstance(query.tree, All) and not query.tree.explicit and all(map(_is_bare, query.tree.children))
    if not plain or not _PLAIN_LIST.fullmatch(query.text) or any(term.units > LISTED_UNITS for term in terms):
        return None
    others = [term for term in terms if not any(map(is_han, term.folded))]
    names = [term.match for term in others if any(map(str.isalpha, term.folded))]
    if not names and any(term.folded.isdigit() and len(term.folded) > 1 for term in others):
        names = [term.match for term in terms]
    return joined(AllOf, names) if len(others) < len(terms) else None


def _is_bare(node: object) -> bool:
    return isinstance(node, Text) and node.field is None and not node.quoted


def _has_bare(tree: object) -> bool:
    """Only what stands side by side is relaxed, never what the user joined with operators."""
    return _is_bare(tree) or (isinstance(tree, All) and not tree.explicit and any(map(_is_bare, tree.children)))


def _without_bare(tree: object) -> All | None:
    if not isinstance(tree, All):
        return None
    kept = tuple(child for child in tree.children if not _is_bare(child))
    return All(kept) if kept else None


def _literal_first(terms: Sequence[PlannedTerm]) -> tuple[Node, ...]:
    """For a query of one run longer than one word: documents that hold it, or its region form, come first."""
    if len(terms) == 1 and terms[0].units > 1 and not terms[0].sought.text.quoted:
        return (terms[0].sought.literal,)
    return ()


def _is_one_unit(reader: _Reader) -> bool:
    return len(reader.terms) == 1 and reader.terms[0].units < 2


def _is_natural(reader: _Reader, *, asks: bool) -> bool:
    """Whether the query, which asks or does not, is a question or a sentence."""
    words = [len(term.words) for term in reader.terms]
    return (asks and sum(words) > 2) or any(count >= reader.options.weights.natural_length for count in words)


def _asks(query: Query, reader: _Reader) -> bool:
    """Whether it is a question."""
    asking = (idea.asks or idea.text in ranking.QUESTION_WORDS for term in reader.terms for idea in term.ideas)
    return query.text.rstrip().endswith(("?", "？")) or any(asking)


def _lists(query: Query, reader: _Reader) -> bool:
    """Whether it is a list of terms."""
    return len(reader.terms) > 1 and _sets_han_apart(query.text)


def _weights(weights: ranking.Weights, scored: Sequence[ideas.Idea], *, natural: bool, states: bool) -> ranking.Weights:
    """What each kind of evidence is worth for a list of terms, for a question, for a sentence that `states` something.

    That is what a text may say: it has the marks of a sentence, and does not ask.
    """
    stated = states and sum(idea.kind == "pair" for idea in scored) >= weights.near_clues
    return replace(
        weights,
        gram=weights.gram * (weights.natural_gram if natural else 1.0) * (weights.stated_gram if stated else 1.0),
        folder=0.0 if natural else weights.folder,  # nobody names a folder in a sentence
        near=weights.near * (weights.stated_near if stated else 1.0),
        near_even=weights.near_even if stated else 0.0,
    )


def _column(sort: str | None) -> str | None:
    """The column of what a user sorts by; `-` in front for descending."""
    if sort is None:
        return None
    name = sort.removeprefix("-")
    return sort[: len(sort) - len(name)] + {"date": views.FIRST_DAY, "size": views.SIZE}.get(name, columns.column(name))
