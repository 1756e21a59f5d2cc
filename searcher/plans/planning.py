"""How what was asked is looked for: a query tree becomes requests to the engine.

A strict request wants every term; a relaxed one wants a share of the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from searcher.engine import AnyOf, Leaf, Node, Request, Works
from searcher.frozen import frozen
from searcher.plans import ideas, ranking
from searcher.plans.citing import Cited, cited_article
from searcher.plans.headed import Headed, headed
from searcher.plans.joining import joined_up
from searcher.plans.leaves import all_of, folded_run, joined
from searcher.plans.lessening import last_request, lists, names, relaxed_request, wanted
from searcher.plans.options import Options
from searcher.plans.terms import PlannedTerm, SoughtTerm
from searcher.plans.titles import whole_titles
from searcher.plans.trees import TreeReader, is_bare
from searcher.plans.understanding import is_no_word
from searcher.plans.written import spellings
from searcher.query.tree import Node as Tree
from searcher.query.tree import Query, side_by_side
from searcher.records import columns
from searcher.results import Expansion
from searcher.text import views

SENTENCE = 3
"""So many words in Latin letters say something together."""

_STOPS = re.compile("[，。；！,;]")


@frozen
class Plan:
    """What to ask the engine.

    Requests:
    `strict` wants every term; None where there is nothing to look for.
    `relaxed` also takes documents that lack something: those with a share of what the query names. None where that would change nothing.
    Its first tier, where it has one, is what who typed this surely wants: the run itself, or all of the Han terms set apart by spaces.
    `last`: where nothing else answers a single word, what has some of the words in it: 夹克 for 皮夹克.

    What comes before others, where a document matches it:
    `titled`: it is called just as the query says, in whatever form.
    `headed`: it has a heading that says just this.
    `verbatim`: it has the three or more words in Latin letters one behind the other.
    `cited`: it is the article of a law that the query cites.
    `names`: of a short list of words, some of Han characters, it has all the others: python of python 装饰器.

    What is known of the query:
    `natural`: it is a question or a passage: nobody expects a document to hold all of it.
    `words`: each of its terms is one word, or may be one.
    `stretch`: a longer document that has all its terms must have them within so many characters; 0: anywhere.
    `terms`, `expansions`: what is marked, and which other forms are looked for.
    `wanted`: what a document may lack, as it was typed, and what holds it: the terms, or of a single term its folded words. Empty where
    the query is `natural`.
    `ways`: where some of the terms are one thing together, the plan for them one by one, and the plan for them as one. A relaxed document
    is one that either takes.
    """

    strict: Request | None = None
    relaxed: Request | None = None
    natural: bool = False
    titled: Node | None = None
    headed: Headed | None = None
    verbatim: Leaf | None = None
    cited: Cited | None = None
    names: Node | None = None
    words: bool = False
    stretch: int = 0
    last: Request | None = None
    terms: tuple[SoughtTerm, ...] = ()
    wanted: tuple[tuple[str, Node], ...] = ()
    expansions: tuple[Expansion, ...] = ()
    ways: tuple[Plan, ...] = ()


def plan(query: Query, options: Options) -> Plan:
    """Turn a query into requests; the same query and options always give the same plan."""
    typed = _plan(query, options)
    tree = None if query.tree is None else joined_up(query.tree, options)
    return typed if tree is query.tree else _with_names(typed, _plan(replace(query, tree=tree), options, natural=typed.natural))


def _plan(query: Query, options: Options, *, natural: bool | None = None) -> Plan:
    """The plan of a query, its terms as they are; `natural` where that is known."""
    written = spellings(query.tree, options)
    reader = TreeReader(written.added(options))
    strict = None if query.tree is None else reader.match(query.tree)
    if strict is None:
        return Plan()
    scope = scope_of(options)
    asks = _asks(query, reader)
    natural = _is_natural(reader, asks=asks) if natural is None else natural
    request = _request(query, reader, all_of(scope, strict), asks=asks, natural=natural)
    return Plan(
        strict=request,
        relaxed=relaxed_request(query, reader, request, scope, natural=natural),
        natural=natural,
        titled=None if query.sort else whole_titles(query.tree, reader.terms, options.weights),
        headed=None if query.sort or (natural and not asks) else headed(query.tree, reader.terms),
        verbatim=None if query.sort else _verbatim(query, reader.terms),
        cited=None if query.sort else cited_article(reader.terms, options.weights),
        names=None if natural else names(query, reader.terms),
        words=all(term.units == 1 or is_no_word(term.folded, term.said) for term in reader.terms),
        stretch=0 if query.sort else options.weights.together,
        last=last_request(query, reader, request, scope),
        terms=tuple(term.sought for term in reader.terms),
        wanted=() if natural else tuple(wanted(query, reader.terms).items()),
        expansions=tuple(dict.fromkeys(written.told(expansion for term in reader.terms for expansion in term.expansions))),
    )


def _request(query: Query, reader: TreeReader, match: Node, *, asks: bool, natural: bool) -> Request:
    """The request for what matches, with all that is scored: words and pairs, what stands together, and single characters."""
    scored = ideas.distinct(idea for term in reader.terms for idea in term.ideas)
    stated = not asks and _states(query, scored, reader.options.weights)
    weights = _weights(reader.options.weights, natural=natural, stated=stated)
    features = ideas.features(scored, weights)
    alone = reader.terms[0] if len(reader.terms) == 1 else None
    quoted = alone is not None and alone.sought.text.quoted  # a quotation stands together wherever it is found
    return Request(
        match=match,
        features=features,
        nearness=None if quoted else ideas.nearness(scored, features, weights, None if alone is None else alone.run, stated=stated),
        characters=ideas.characters(scored, features, weights) if not quoted and (asks or lists(query, reader)) else None,
        works=Works(views.WORK, weights.work, weights.work_depth) if weights.work else None,
        tiers=() if query.sort else _literal_first(reader.terms),
        sort=_column(query.sort),
        ranking=weights.bm25f,
    )


def _with_names(typed: Plan, named: Plan) -> Plan:
    """The plan of terms of which some are one thing together: machine learning. `typed` finds them one by one, `named` as one.

    Whatever the one or the other finds is found, and what holds all comes first; of a query that is one name, before that, what holds it as
    a run or by another name.
    """
    if typed.strict is None or named.strict is None:
        return typed
    strict = replace(
        named.strict,
        match=AnyOf((named.strict.match, typed.strict.match)),
        tiers=(named.terms[0].literal,) if len(named.terms) == 1 and named.strict.sort is None else (),
    )
    return replace(
        named,
        strict=strict,
        titled=joined(AnyOf, [typed.titled, named.titled]),
        headed=typed.headed,
        verbatim=typed.verbatim,
        relaxed=None if typed.relaxed is None else one_of(strict, [typed.relaxed, named.relaxed]),
        wanted=named.wanted if len(named.wanted) > 1 else typed.wanted,
        ways=(typed, named),
    )


def one_of(strict: Request, relaxed: Sequence[Request | None]) -> Request:
    """The request for what one of several others takes, which comes behind all that a strict one does."""
    ways = [request.match for request in relaxed if request is not None]
    return replace(strict, match=AnyOf((*ways, strict.match)), tiers=(*strict.tiers, strict.match))


def scope_of(options: Options) -> Node | None:
    """What every document that is found holds beside what was asked; None where there is no scope."""
    return None if options.scope is None or options.scope.tree is None else matching(options.scope.tree, options)


def matching(tree: Tree, options: Options) -> Node | None:
    """What the documents that answer a query, or a part of it, hold; None where nothing of it can be looked for."""
    named = joined_up(tree, options)
    return joined(AnyOf, [TreeReader(options).match(node) for node in ((tree,) if named is tree else (tree, named))])


def _literal_first(terms: Sequence[PlannedTerm]) -> tuple[Node, ...]:
    """For a query of one run longer than one word: documents that hold it, or its region form, come first, then those that hold it with
    other signs in it. Of a quotation these are all."""
    sought = terms[0].sought if len(terms) == 1 else None
    if sought is None or (terms[0].units < 2 and not sought.text.quoted):
        return ()
    if sought.across is None:
        return () if sought.text.quoted else (sought.literal,)
    return (sought.literal, sought.across)


def _verbatim(query: Query, terms: Sequence[PlannedTerm]) -> Leaf | None:
    """What holds the words of a sentence in Latin letters as they were typed: there, spaces only set words apart."""
    plain = all(map(is_bare, side_by_side(query.tree)))
    if not plain or len(terms) < SENTENCE or not "".join(term.folded for term in terms).isascii():
        return None
    return folded_run(" ".join(term.folded for term in terms), views.GRAMS)


def _is_natural(reader: TreeReader, *, asks: bool) -> bool:
    """Whether the query, which asks or does not, is a question or a sentence."""
    words = [len(term.words) for term in reader.terms]
    return (asks and sum(words) > 2) or any(count >= reader.options.weights.natural_length for count in words)


def _asks(query: Query, reader: TreeReader) -> bool:
    """Whether a query is a question."""
    asking = (idea.asks or idea.text in ranking.QUESTION_WORDS for term in reader.terms for idea in term.ideas)
    return query.text.rstrip().endswith(("?", "？")) or any(asking)


def _states(query: Query, scored: Sequence[ideas.Idea], weights: ranking.Weights) -> bool:
    """Whether what does not ask is what a text may say: it has the marks of a sentence, and is as long as one."""
    return bool(_STOPS.search(query.text)) and sum(idea.kind == "pair" for idea in scored) >= weights.near_clues


def _weights(weights: ranking.Weights, *, natural: bool, stated: bool) -> ranking.Weights:
    """What each kind of evidence is worth for a list of terms, for a question, for a sentence that is `stated`."""
    if not (natural or stated):
        return weights
    return replace(
        weights,
        gram=weights.gram * (weights.natural_gram if natural else 1.0) * (weights.stated_gram if stated else 1.0),
        folder=0.0 if natural else weights.folder,  # nobody names a folder in a sentence
        near=weights.near * (weights.stated_near if stated else 1.0),
    )


def _column(sort: str | None) -> str | None:
    """The column of what a user sorts by; `-` in front for descending."""
    if sort is None:
        return None
    name = sort.removeprefix("-")
    return sort[: len(sort) - len(name)] + {"date": views.FIRST_DAY, "modified": views.MODIFIED, "size": views.SIZE}.get(
        name, columns.column(name)
    )
