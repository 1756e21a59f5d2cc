"""How what was asked is looked for: a query tree becomes requests to the engine.

A term of the query (what stands between spaces) is found as the literal run, as all of its words, or as another form of it.
A strict request wants every term; a relaxed one wants a share of the words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from searcher import analysis, days, forms, ranking, segmentation, views
from searcher.dictionary import Dictionary
from searcher.engine import (
    AllOf,
    Alternative,
    AnyOf,
    AtLeast,
    Feature,
    Fuzzy,
    Keyword,
    Leaf,
    Node,
    Not,
    NumberRange,
    Prefix,
    Request,
    Run,
    Term,
    Wildcard,
)
from searcher.folding import HAN_CLASS, fold
from searcher.query import All, Any, Query, Range, Text
from searcher.query import Not as Without
from searcher.results import Expansion

_HAN = f"[{HAN_CLASS}]"

GREATEST = 2**62
"""No number of a document is greater."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller wants of a search, beside the query."""

    strict: bool = False
    expand: bool = True
    exact_script: bool = False
    scope: Query | None = None
    weights: ranking.Weights = field(default_factory=ranking.Weights)
    synonyms: forms.Synonyms = field(default_factory=dict)
    dictionary: Dictionary | None = None


@dataclass(frozen=True, slots=True)
class SoughtTerm:
    """One positive term of the query.

    `literal` matches documents that hold it, or a form of it, as a run; `runs` are those texts, the typed one first;
    `words` are its folded words, each with its forms: they mark a document that has no run.
    `pattern`: the term has a wildcard or a distance, and is marked by what fits it.
    """

    text: Text
    literal: Node
    runs: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask the engine: `strict` is None where there is nothing to look for.

    `relaxed` is for when no document has all words, `filling` for when those that have them do not fill a page; None where relaxing would
    change nothing. A relaxed request matches all that the strict one does; of several terms, what holds all of them comes first.
    `natural` says that the query is a question or a passage: nobody expects a document to hold all of it.
    """

    strict: Request | None = None
    relaxed: Request | None = None
    filling: Request | None = None
    natural: bool = False
    terms: tuple[SoughtTerm, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def plan(query: Query, options: Options) -> Plan:
    """Turn a query into requests; the same query and options always give the same plan."""
    reader = _Reader(options)
    strict = None if query.tree is None else reader.match(query.tree)
    if strict is None:
        return Plan()
    scope = None if options.scope is None or options.scope.tree is None else _Reader(options).match(options.scope.tree)
    request = Request(
        match=_all(scope, strict),
        features=_distinct_features(reader),
        tiers=_literal_first(reader.terms),
        sort=_column(query.sort),
        ranking=options.weights.bm25f,
    )
    return Plan(
        strict=request,
        relaxed=_relaxed_request(query, reader, request, scope, options.weights.required_share),
        filling=_relaxed_request(query, reader, request, scope, options.weights.filling_share),
        natural=_is_natural(query, reader),
        terms=tuple(term.sought for term in reader.terms),
        expansions=tuple(dict.fromkeys(expansion for term in reader.terms for expansion in term.expansions)),
    )


def literal_run(text: str, grams: tuple[str, ...], slop: int = 0) -> Leaf | None:
    """What finds the text literally, None where it has no letter to find."""
    literal = analysis.literal(text)
    if not literal.grams:
        return None
    if len(literal.grams) == 1:
        return Prefix(grams, literal.grams[0]) if literal.open_end else Term(grams, literal.grams[0])
    return Run(grams, literal.grams, literal.offsets, literal.open_end, slop)


@dataclass(frozen=True, slots=True)
class _Term:
    """A positive term with all that is made from it: `words` holds, for every word, its alternatives."""

    sought: SoughtTerm
    match: Node
    run: Leaf
    folded: str
    words: tuple[tuple[Alternative, ...], ...] = ()
    pairs: tuple[Leaf, ...] = ()
    expansions: tuple[Expansion, ...] = ()


class _Reader:
    """Reads one query tree and gathers its positive terms on the way."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.terms: list[_Term] = []

    def match(self, node: object) -> Node | None:
        """The Boolean tree of a query node, None where it holds nothing that can be looked for."""
        if isinstance(node, Text):
            return self._text(node)
        if isinstance(node, All):
            return _joined(AllOf, [self.match(child) for child in node.children])
        if isinstance(node, Any):
            return _joined(AnyOf, [self.match(child) for child in node.children])
        if isinstance(node, Without):
            child = _Reader(self.options).match(node.child)  # what must not be there is neither scored nor marked
            return None if child is None else Not(child)
        if isinstance(node, Range):
            return _range(node)
        raise TypeError(f"not a query node: {node!r}")

    def _text(self, text: Text) -> Node | None:
        if text.field is None:
            return self._term(text, views.WORDS, views.GRAMS)
        if text.field == "title":
            return self._term(text, (views.TITLE_WORDS,), (views.TITLE_GRAMS,))
        return _field(text, text.field)

    def _term(self, text: Text, words: tuple[str, ...], grams: tuple[str, ...]) -> Node | None:
        term = _pattern_term(text, words) or self._plain_term(text, words, grams)
        if term is None:
            return None
        self.terms.append(term)
        return term.match

    def _plain_term(self, text: Text, fields: tuple[str, ...], grams: tuple[str, ...]) -> _Term | None:
        literal = literal_run(text.text, grams, text.slop)
        if literal is None:
            return None
        folded = fold(text.text).text
        found = tuple(dict.fromkeys(segmentation.words(folded, self.options.dictionary)))
        expand = self.options.expand and not text.quoted and not self.options.exact_script
        term_forms = forms.of_term(folded, self.options.synonyms, self.options.dictionary) if expand else ()
        word_forms = {word: forms.of_word(word, self.options.synonyms) if expand else () for word in found}
        words = tuple(_alternatives(word, word_forms[word], fields, grams) for word in found)
        exact = _all(literal, *(Term(fields, word) for word in found if _is_signed(word)))
        runs = _joined(AnyOf, [exact, *(literal_run(form.text, grams) for form in term_forms)]) or exact
        return _Term(
            sought=SoughtTerm(
                text=text,
                literal=runs,
                runs=(text.text, *(form.text for form in term_forms)),
                words=tuple((word, *(form.text for form in word_forms[word])) for word in found),
            ),
            match=exact if text.quoted else _joined(AnyOf, [runs, AllOf(tuple(map(_any_alternative, words))) if words else None]) or runs,
            words=words,
            pairs=tuple(_pairs(folded, literal, grams)),
            run=literal,
            folded=folded,
            expansions=tuple(form.expansion() for form in (*term_forms, *(form for word in found for form in word_forms[word]))),
        )


def _relaxed_request(query: Query, reader: _Reader, strict: Request, scope: Node | None, share: float) -> Request | None:
    """The request that also takes documents with a share of the words; of several terms, those that have all come first."""
    node = None if reader.options.strict or reader.options.exact_script else _relaxed(query.tree, reader, share)
    if node is None:
        return None
    all_first = (strict.match,) if len(reader.terms) > 1 and not _is_natural(query, reader) else strict.tiers
    return replace(strict, match=AnyOf((strict.match, _all(scope, node))), tiers=all_first)


def _relaxed(tree: object, reader: _Reader, share: float) -> Node | None:
    """The tree with its bare terms replaced by a share of their words, None where there are not several words to choose from."""
    evidence = [node for term in reader.terms if _is_bare(term.sought.text) for node in _evidence(term)]
    if len(evidence) < 2 or not _has_bare(tree):
        return None
    kept = _without_bare(tree)
    required = None if kept is None else _Reader(reader.options).match(kept)
    return _all(required, AtLeast(max(1, math.ceil(share * len(evidence))), tuple(evidence)))


def _evidence(term: _Term) -> list[Node]:
    """What a document may hold a share of: the words of more than one character, or else, as in a name, the pairs of characters."""
    longer = [_any_alternative(word) for (text, *_), word in zip(term.sought.words, term.words, strict=True) if len(text) > 1]
    return longer or list(term.pairs) or [_any_alternative(word) for word in term.words]


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


def _literal_first(terms: Sequence[_Term]) -> tuple[Node, ...]:
    """For a query of one run longer than one word: documents that hold it, or its region form, come first."""
    if len(terms) == 1 and len(terms[0].words) > 1 and not terms[0].sought.text.quoted:
        return (terms[0].sought.literal,)
    return ()


def _is_natural(query: Query, reader: _Reader) -> bool:
    """Whether the query is a question or a sentence."""
    words = [word for term in reader.terms for word in term.sought.words]
    asks = query.text.rstrip().endswith(("?", "？")) or any(word[0] in ranking.QUESTION_WORDS for word in words)
    return (asks and len(words) > 2) or any(len(term.words) >= reader.options.weights.natural_length for term in reader.terms)


def _distinct_features(reader: _Reader) -> tuple[Feature, ...]:
    """What is scored, each idea once, however often the query says it."""
    found = (feature for term in reversed(reader.terms) for feature in _features(term, reader.options.weights))
    return tuple({feature.name: feature for feature in found if feature.weight > 0}.values())


def _features(term: _Term, weights: ranking.Weights) -> Iterator[Feature]:
    """Every word with its forms, every pair of characters, and the run of several words."""
    for word, alternatives in zip(term.sought.words, term.words, strict=True):
        asks = word[0] in ranking.QUESTION_WORDS
        weight = weights.word * (weights.question_word if asks else 1.0)
        yield Feature(alternatives, weight, f"word {word[0]}")
        yield Feature(_in_title(alternatives), weight * weights.title, f"title word {word[0]}")
    for leaf in term.pairs:
        alternatives = (Alternative(leaf),)
        yield Feature(alternatives, weights.gram, f"pair {getattr(leaf, 'text', '')}")
        yield Feature(_in_title(alternatives), weights.gram * weights.title, f"title pair {getattr(leaf, 'text', '')}")
    if len(term.pairs) > 1:
        yield Feature((Alternative(term.run),), weights.run, f"run {term.folded}")


def _in_title(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The same in the title alone: a document whose title says it is about it."""
    titles = (views.TITLE_WORDS, views.TITLE_GRAMS)
    return tuple(
        replace(alternative, leaf=replace(alternative.leaf, fields=tuple(name for name in alternative.leaf.fields if name in titles)))
        for alternative in alternatives
    )


def _alternatives(word: str, other: Sequence[forms.Form], fields: tuple[str, ...], grams: tuple[str, ...]) -> tuple[Alternative, ...]:
    weighted = [(_word_leaf(form.text, fields, grams), form.weight) for form in other]
    return (Alternative(Term(fields, word)), *(Alternative(leaf, weight) for leaf, weight in weighted if leaf is not None))


def _word_leaf(text: str, fields: tuple[str, ...], grams: tuple[str, ...]) -> Leaf | None:
    """A form as a term where the dictionary knows it as one word, else as a run."""
    return Term(fields, text) if segmentation.words(text) == [text] else literal_run(text, grams)


def _any_alternative(alternatives: Sequence[Alternative]) -> Node:
    return alternatives[0].leaf if len(alternatives) == 1 else AnyOf(tuple(alternative.leaf for alternative in alternatives))


def _pairs(folded: str, literal: Leaf, grams: tuple[str, ...]) -> Iterator[Leaf]:
    """Every two adjacent Han characters of a term; a single one as the prefix that it is."""
    for gram in dict.fromkeys(analysis.analyze(folded).grams):
        if len(gram) == 2 and _is_han(gram[0]):
            yield Term(grams, gram)
    if isinstance(literal, Prefix):
        yield literal


def _pattern_term(text: Text, fields: tuple[str, ...]) -> _Term | None:
    """A term with a wildcard or a distance; Han text needs neither, for any run of it is found."""
    folded = fold(text.text).text
    if not (text.prefix or text.fuzzy or text.wildcard) or text.quoted or _is_han(folded[-1:]):
        return None
    leaf: Leaf
    if text.fuzzy:
        leaf = Fuzzy(fields, folded, text.fuzzy, prefix=1)
    elif text.wildcard:
        leaf = Wildcard(fields, folded + "*" * text.prefix)
    else:
        leaf = Prefix(fields, folded)
    alternatives = (Alternative(leaf),)
    return _Term(SoughtTerm(text, leaf, (), ((folded,),), pattern=True), leaf, leaf, folded, (alternatives,))


def _field(text: Text, name: str) -> Node | None:
    """A field that filters: neither scored nor marked."""
    if name == "path":
        return literal_run(text.text, (views.PATH_GRAMS,))
    value = fold(text.text).text.strip()
    exact = Keyword(views.keyword(name, value))
    if name in views.SEARCHED_METADATA:
        return _joined(AnyOf, [exact, literal_run(text.text, (views.metadata_grams(name),))])
    return exact


def _range(node: Range) -> Node | None:
    """Dates overlap: a document of "2021" answers date:2021-08. A number is compared as it is."""
    if node.field != "date":
        return NumberRange(node.field, *(None if bound is None else min(int(bound), GREATEST) for bound in (node.low, node.high)))
    first = None if node.low is None else days.span(node.low)
    last = None if node.high is None else days.span(node.high)
    bounds = [first and NumberRange(views.LAST_DAY, first[0], None), last and NumberRange(views.FIRST_DAY, None, last[1])]
    return _joined(AllOf, bounds)


def _is_signed(word: str) -> bool:
    """Whether a sign that grams do not hold belongs to the word: c++, c#, .net."""
    return word[-1] in "+#" or word[0] == "."


def _is_han(character: str) -> bool:
    return bool(re.match(_HAN, character))


def _joined(kind: type[AllOf] | type[AnyOf], nodes: Sequence[Node | None]) -> Node | None:
    present = tuple(node for node in nodes if node is not None)
    if not present:
        return None
    return present[0] if len(present) == 1 else kind(present)


def _column(sort: str | None) -> str | None:
    """The column of what a user sorts by; `-` in front for descending."""
    return None if sort is None else sort.replace("date", views.FIRST_DAY)


def _all(*nodes: Node | None) -> Node:
    joined = _joined(AllOf, nodes)
    if joined is None:
        raise ValueError("nothing to match")
    return joined
