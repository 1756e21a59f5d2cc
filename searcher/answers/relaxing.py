"""Is what lacks something taken, too, and how much may it lack?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from searcher.answers.scattered import having_together
from searcher.engine import AllOf, AnyOf, Lifted, Node, Request, Snapshot, Telling
from searcher.plans.planning import Plan, one_of
from searcher.plans.titles import worded_in, wording_years

ENOUGH = 100
"""Where so many documents hold what was surely meant, none that lacks something is taken."""

HELD = 10
"""Where so many documents hold one of several terms, a document that holds none must hold a good part of their words. Where all terms are
single words, one such document is enough: what terms of several words name may be said otherwise."""

MOST_WORDINGS = 20
"""The years in titles are compared only if no more titles than this say what was asked."""

SORTED_ENOUGH = 10
"""Where the user sorts, a document that lacks much may stand before one that lacks little: so if this many have every term, only these
are taken."""

STEP, LARGEST = 0.035, 0.5
"""For each document that holds what was surely meant, the share that others must hold grows by so much, up to a half."""


def request_for(snapshot: Snapshot, planned: Plan) -> Request | None:
    """The request that answers a query; what is called just as it says comes first.

    What takes the parts of a word that nothing holds gives no such title.
    """
    request = _taking(snapshot, planned)
    if request is None or request is planned.last:
        return request
    request = having_together(planned, request)
    return replace(request, tiers=(*_called(snapshot, planned), *request.tiers))


def _called(snapshot: Snapshot, planned: Plan) -> Iterator[Node]:
    """What is called just as a query says, where anything is, or says it word for word, and the law of which it cites an article."""
    called = 0 if planned.titled is None else snapshot.matching(planned.titled)
    if planned.titled is not None and called:
        yield from _newer_first(snapshot, planned.titled, called)
        yield planned.titled
    if planned.headed is not None and snapshot.matching(planned.headed.heading):
        yield planned.headed.first
    if planned.verbatim is not None and snapshot.matching(planned.verbatim):
        yield planned.verbatim
    cited = 0 if planned.cited is None else snapshot.matching(planned.cited.law)
    if planned.cited is not None and cited:
        yield from _newer_first(snapshot, planned.cited.law, cited)
        yield planned.cited.law


def _newer_first(snapshot: Snapshot, titled: Node, called: int) -> Iterator[Node]:
    """Of what is called alike but for the years of wordings, which several wordings of a law are, each year's, the newest first."""
    if not 1 < called <= MOST_WORDINGS:
        return
    found = snapshot.search(Request(match=titled, features=()), limit=MOST_WORDINGS).matches
    years = {year for match in found for year in wording_years(snapshot.values(match.handle)["title"])}
    yield from (AllOf((titled, worded_in(year))) for year in sorted(years, reverse=True)) if len(years) > 1 else ()


def _taking(snapshot: Snapshot, planned: Plan) -> Request | None:
    """The request without regard to titles: the relaxed one where nobody expects a document to hold all, or few hold what was surely meant.

    The more of these there are, the less others may lack; of several terms that were set apart one at least, or a good part of them: beside
    what a title says in Latin letters (为类型实现 trait), a page may say it in other words. The decision does not look at the page that is
    asked for, so that pages fit together.
    """
    strict, relaxed = planned.strict, planned.relaxed
    if strict is None:
        return None
    if planned.last is not None and not any(snapshot.matching(request.match) for request in (strict, relaxed) if request is not None):
        return planned.last
    if relaxed is None:
        return strict
    if strict.sort is not None and (planned.natural or len(planned.wanted) > 1):
        return _in_order(snapshot, strict, relaxed)
    if planned.ways:
        return one_of(strict, [_taking(snapshot, way) for way in planned.ways])
    if not relaxed.tiers:
        return _names_first(snapshot, planned, strict, relaxed)
    meant = snapshot.matching(_among(relaxed.tiers[0], strict.match))  # what a scope or a filter leaves out answers nothing
    if meant >= ENOUGH:
        return strict
    if planned.cited is not None:  # another article of the law is no answer
        relaxed = replace(relaxed, tiers=(*relaxed.tiers, strict.match))
    high = Lifted(strict.match)
    lifts = len(planned.terms) == 1 and not planned.natural and meant < high.count  # more that have it as it stands come first anyhow
    relaxed = replace(relaxed, match=_telling_more(relaxed.match, STEP * meant), lifted=high if lifts else None)
    return _holding_some(snapshot, relaxed, planned)


def _in_order(snapshot: Snapshot, strict: Request, relaxed: Request) -> Request:
    """The request for an order that no score decides: with what lacks something only where few have all, and with no more than what has
    most, as score would have it first."""
    if snapshot.matching(strict.match) >= SORTED_ENOUGH:
        return strict
    most = replace(relaxed, match=_telling_more(relaxed.match, LARGEST))
    return most if snapshot.matching(most.match) else relaxed


def _names_first(snapshot: Snapshot, planned: Plan, strict: Request, relaxed: Request) -> Request:
    """The request with what holds the names of a list first, if something holds all of the list: volatile of volatile 关键字.

    Where enough holds all of it, nothing else is taken, as of any list. What holds all stands high among what has the names alone.
    """
    if planned.names is None or not (whole := snapshot.matching(strict.match)):
        return relaxed  # 建立 C 與 C++ 擴充套件 has none of 构建 C/C++ 扩展
    tiers = (planned.names,)
    return replace(strict, tiers=tiers) if whole >= ENOUGH else replace(relaxed, tiers=tiers, lifted=Lifted(strict.match))


def _holding_some(snapshot: Snapshot, relaxed: Request, planned: Plan) -> Request:
    """The request without what holds none of several terms, unless it holds a good part of them: 证券 and 交易 here and there are no
    answer to 证券交易法 内线交易."""
    if min(len(planned.terms), len(planned.wanted)) < 2:
        return relaxed
    some = AllOf((relaxed.match, AnyOf(tuple(node for _, node in planned.wanted))))
    if snapshot.matching(some) < (1 if planned.words else HELD):
        return relaxed
    return replace(relaxed, match=AnyOf((some, _telling_more(relaxed.match, LARGEST))))


def _among(tier: Node, match: Node) -> Node:
    """What matches both; as a rule, the tier is what matches, or one way to match, and nothing else need be looked at."""
    ways = match.children if isinstance(match, AnyOf) else (match,)
    return tier if any(_is(way, tier) for way in ways) else AllOf((tier, match))


def _telling_more(node: Node, more: float) -> Node:
    """The tree with a greater share asked for; what holds no share stays the very node, which the engine knows again."""
    if isinstance(node, Telling):
        share = min(LARGEST, node.share + more)
        return replace(node, share=share) if share > node.share else node
    if isinstance(node, AllOf | AnyOf):
        children = tuple(_telling_more(child, more) for child in node.children)
        return node if all(map(_is, children, node.children)) else replace(node, children=children)
    return node


def is_little_known(snapshot: Snapshot, planned: Plan, request: Request | None) -> bool:
    """Whether of a single run so little is known that only titles, which name some of it, can answer, or only parts of the word did."""
    if request is not None and request is planned.last:
        return True
    tellings = _tellings(planned.relaxed.match) if planned.relaxed is not None else ()
    return any(0 < telling.known <= 1 and not snapshot.matching(telling) for telling in tellings)


def _tellings(node: Node) -> Iterator[Telling]:
    if isinstance(node, Telling):
        yield node
    elif isinstance(node, AllOf | AnyOf):
        for child in node.children:
            yield from _tellings(child)


def _is(node: Node, other: Node) -> bool:
    return node is other
