"""How what was asked is looked for: a query tree becomes requests to the engine.

A term of the query (what stands between spaces) is found as the literal run, as all of its words, or as another form of it.
A strict request wants every term; a relaxed one wants a share of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from searcher import analysis, days, forms, ranking, segmentation, views
from searcher.dictionary import Dictionary, default_dictionary
from searcher.engine import (
    AllOf,
    Alternative,
    AnyOf,
    Clue,
    Feature,
    Fuzzy,
    Keyword,
    Leaf,
    Nearness,
    Node,
    Not,
    NumberRange,
    Prefix,
    Request,
    Run,
    Telling,
    Term,
    Wildcard,
)
from searcher.folding import HAN_CLASS, fold
from searcher.query import All, Any, Query, Range, Text
from searcher.query import Not as Without
from searcher.results import Expansion

_HAN = f"[{HAN_CLASS}]"

_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|ＡＮＤ|ＯＲ|ＮＯＴ)\b")
_SPACES = re.compile("[ \u3000]+")

MOST_IDEAS = 90
"""So many words and pairs are scored; a longer query is a pasted passage, of which the rarer ones tell enough."""

MOST_EVIDENCE = 60
"""Of so many words and pairs a share is asked for; a passage of more words is strictly found only as it stands."""

LONGEST_REPLACED = 12
"""A term of so many units is looked for with its words replaced as a whole, too; a longer one is a sentence."""

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

    `relaxed` also takes documents that lack something: all that the strict one matches, and those with a share of what is named. It is None
    where that would change nothing. Its first tier, where it has one, is what a user who typed this surely wants: the run itself, or,
    where Han terms were set apart by spaces, all of them.
    `natural` says that the query is a question or a passage: nobody expects a document to hold all of it.
    """

    strict: Request | None = None
    relaxed: Request | None = None
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
    natural = _is_natural(query, reader)
    features = _distinct_features(reader)
    request = Request(
        match=_all(scope, strict),
        features=features,
        nearness=_nearness(reader, features),
        tiers=() if query.sort else _literal_first(reader.terms),
        sort=_column(query.sort),
        ranking=options.weights.bm25f,
    )
    return Plan(
        strict=request,
        relaxed=_relaxed_request(query, reader, request, scope, natural=natural),
        natural=natural,
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


def leaf_for(folded: str) -> Leaf | None:
    """What a word or another form looks for, in title and text."""
    return _word_leaf(folded, views.WORDS, views.GRAMS)


@dataclass(frozen=True, slots=True)
class _Idea:
    """What is scored as one: a word or a pair of characters, or whatever says the same elsewhere."""

    kind: str
    text: str
    alternatives: tuple[Alternative, ...]

    @property
    def name(self) -> str:
        return f"{self.kind} {self.text}"


@dataclass(frozen=True, slots=True)
class _Term:
    """A positive term with all that is made from it. `evidence`: what a document that lacks something may hold a share of."""

    sought: SoughtTerm
    match: Node
    run: Leaf
    folded: str
    ideas: tuple[_Idea, ...] = ()
    evidence: tuple[tuple[str, Node], ...] = ()
    expansions: tuple[Expansion, ...] = ()
    units: int = 1

    @property
    def words(self) -> list[str]:
        return [idea.text for idea in self.ideas if idea.kind == "word"]


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
        options = self.options
        typed = fold(text.text)
        folded = typed.text
        expand = options.expand and not text.quoted and not options.exact_script
        units = tuple(forms.units(folded, options.synonyms, options.dictionary, expand=expand))
        short = len(units) <= LONGEST_REPLACED
        whole = tuple(_sure(forms.of_term(folded, options.synonyms, options.dictionary), options.weights)) if expand and short else ()
        exact = _all(literal, *(Term(fields, unit.text) for unit in units if _is_signed(unit.text)))
        runs = _joined(AnyOf, [exact, *(literal_run(form.text, grams) for form in whole)]) or exact
        held = tuple(_unit_node(unit, fields, grams, options.weights) for unit in units)
        pieces = AllOf(held) if 0 < len(held) <= MOST_EVIDENCE else None
        return _Term(
            sought=SoughtTerm(
                text=text,
                literal=runs,
                runs=(text.text, *(form.text for form in whole)),
                words=tuple(_marked_words(units)),
            ),
            match=exact if text.quoted else _joined(AnyOf, [runs, pieces]) or runs,
            run=literal,
            folded=folded,
            units=len(units),
            ideas=tuple(_ideas(folded, units, fields, grams, literal)),
            evidence=tuple(_evidence(folded, units, held, grams)),
            expansions=tuple(
                form.expansion(text.text, typed) for form in (*_numbered(whole), *(form for unit in units for form in unit.forms))
            ),
        )


def _relaxed_request(query: Query, reader: _Reader, strict: Request, scope: Node | None, *, natural: bool) -> Request | None:
    """The request that also takes documents with a share of what the query names."""
    if reader.options.strict or reader.options.exact_script:
        return None
    node = _relaxed(_plain(query), reader, natural=natural)
    if node is None:
        return None
    apart = len(reader.terms) > 1 and not natural and _sets_han_apart(query.text)
    return replace(strict, match=AnyOf((strict.match, _all(scope, node))), tiers=(strict.match,) if apart or query.sort else strict.tiers)


def _plain(query: Query) -> object:
    """The tree, with what stands in parentheses opened up where the query has no operator: such parentheses are punctuation."""
    if not isinstance(query.tree, All) or query.tree.explicit or _OPERATOR.search(query.text):
        return query.tree
    opened = (
        child.children if isinstance(child, All) and all(map(_is_bare, child.children)) else (child,) for child in query.tree.children
    )
    return All(tuple(node for nodes in opened for node in nodes))


def _sets_han_apart(text: str) -> bool:
    """Whether a space stands between two Han characters: a user who types one lists terms. Beside Latin letters it is spelling."""
    return any(_is_han(text[: spaces.start()][-1:]) and _is_han(text[spaces.end() :][:1]) for spaces in _SPACES.finditer(text))


def _relaxed(tree: object, reader: _Reader, *, natural: bool) -> Node | None:
    """The tree with its bare terms replaced by what they name, of which a share is enough; None where there is nothing to choose from.

    Of a single run, which names one thing, much must be known to the index: where 商汤 is nowhere, all of 科技 is no answer to 商汤科技.
    """
    weights = reader.options.weights
    bare = [term for term in reader.terms if _is_bare(term.sought.text)]
    evidence = _most_telling(dict(piece for term in bare for piece in term.evidence))
    choices = evidence if len(evidence) > 1 or len(bare) == 1 else tuple(term.match for term in bare)
    if not choices or not _has_bare(tree) or (len(bare) == 1 and bare[0].units < 2):
        return None
    kept = _without_bare(tree)
    required = None if kept is None else _Reader(reader.options).match(kept)
    known = weights.known if len(bare) == 1 and bare[0].folded.isalnum() and not natural else 0.0
    return _all(required, Telling(weights.share, choices, known, weights.few))


def _most_telling(evidence: dict[str, Node]) -> tuple[Node, ...]:
    """Of a long passage, what is rarest by the dictionary."""
    if len(evidence) <= MOST_EVIDENCE:
        return tuple(evidence.values())
    frequency = default_dictionary().frequency
    return tuple(evidence[text] for text in sorted(evidence, key=lambda text: (frequency(text), -len(text)))[:MOST_EVIDENCE])


def _evidence(folded: str, units: Sequence[forms.Unit], held: Sequence[Node], grams: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    """What a term names: its units, those made of other words in their place, and, as in names that are cut into single characters,
    pairs of such characters. A single character names nothing, nor does a word that asks."""
    fields = tuple(name for name in views.WORDS if name.replace("words", "grams") in grams)
    for number, (unit, node) in enumerate(zip(units, held, strict=True)):
        inner = [word for word in unit.words if 1 < len(word) < len(unit.text)]
        pair = unit.text + units[number + 1].text if number + 1 < len(units) else ""
        if len(unit.text) > 1:
            if unit.text not in ranking.QUESTION_WORDS and (unit.forms or not inner):
                yield unit.text, node
            yield from ((word, Term(fields, word)) for word in inner)
        elif len(pair) == 2 and _is_han(pair[0]) and _is_han(pair[1]) and pair in folded:
            yield pair, Term(grams, pair)


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
    if len(terms) == 1 and terms[0].units > 1 and not terms[0].sought.text.quoted:
        return (terms[0].sought.literal,)
    return ()


def _is_natural(query: Query, reader: _Reader) -> bool:
    """Whether the query is a question or a sentence."""
    words = [word for term in reader.terms for word in term.words]
    asks = query.text.rstrip().endswith(("?", "？")) or any(word in ranking.QUESTION_WORDS for word in words)
    return (asks and len(words) > 2) or any(len(term.words) >= reader.options.weights.natural_length for term in reader.terms)


def _distinct_ideas(reader: _Reader) -> list[_Idea]:
    """Each idea once, however often the query says it; of a long passage the rarer words only."""
    ideas = {(idea.kind, idea.text): idea for term in reversed(reader.terms) for idea in reversed(term.ideas)}
    return _telling(list(reversed(ideas.values())))


def _nearness(reader: _Reader, features: Sequence[Feature]) -> Nearness | None:
    """What counts where it stands together: pairs of characters, and words that are not written in them."""
    if len(reader.terms) == 1 and reader.terms[0].sought.text.quoted:
        return None  # a quotation stands together wherever it is found
    weights = reader.options.weights
    numbers = {feature.name: number for number, feature in enumerate(features)}
    placed = [idea for idea in _distinct_ideas(reader) if idea.kind == "pair" or not _is_han(idea.text[0])]
    clues = tuple(Clue(numbers[idea.name], leaves) for idea in placed if idea.name in numbers and (leaves := tuple(_placed(idea))))
    if len(clues) < 2 or not weights.near:
        return None
    return Nearness(views.TEXT_GRAMS, clues, weights.near, weights.near_length, weights.near_depth)


def _placed(idea: _Idea) -> Iterator[Leaf]:
    """What says an idea in the text, as leaves that have positions."""
    for alternative in idea.alternatives:
        leaf = alternative.leaf
        if not isinstance(leaf, Term) or views.TEXT_GRAMS in leaf.fields:
            yield leaf
        elif views.TEXT_WORDS in leaf.fields and (run := literal_run(leaf.text, views.GRAMS)):
            yield run


def _distinct_features(reader: _Reader) -> tuple[Feature, ...]:
    """What is scored."""
    weights = reader.options.weights
    features = [feature for idea in _distinct_ideas(reader) for feature in _features(idea, weights)]
    features += [
        Feature((Alternative(term.run),), weights.run, f"run {term.folded}") for term in reader.terms if len(term.ideas) > 2 and weights.run
    ]
    return tuple(feature for feature in features if feature.weight > 0)


def _telling(ideas: list[_Idea]) -> list[_Idea]:
    """The ideas of a query, of a pasted passage those that tell most: its rarest words by the dictionary, and pairs that no word holds."""
    if len(ideas) <= MOST_IDEAS:
        return ideas
    frequency = default_dictionary().frequency
    words = [idea for idea in ideas if idea.kind == "word" and len(idea.text) > 1]
    kept = sorted(words, key=lambda idea: (frequency(idea.text), -len(idea.text)))[: MOST_IDEAS * 2 // 3]
    inside = "\n".join(idea.text for idea in words)
    names = [idea for idea in ideas if idea.kind == "pair" and idea.text not in inside]
    return [*kept, *names[: MOST_IDEAS - len(kept)]]


def _features(idea: _Idea, weights: ranking.Weights) -> Iterator[Feature]:
    """An idea wherever it stands, and once more in the title: a document whose title says it is about it."""
    weight = weights.gram if idea.kind == "pair" else weights.word
    weight *= weights.question_word if idea.kind == "word" and idea.text in ranking.QUESTION_WORDS else 1.0
    yield Feature(idea.alternatives, weight, idea.name)
    yield Feature(_in_title(idea.alternatives), weight * weights.title, f"title {idea.text}")


def _ideas(folded: str, units: Sequence[forms.Unit], fields: tuple[str, ...], grams: tuple[str, ...], literal: Leaf) -> Iterator[_Idea]:
    """The words and pairs of a term. Where a unit has other forms, those stand for it and for the pairs in it, so that a document in
    the words of another region scores as one in the words of the query."""
    other = {unit.text: tuple(_other_forms(unit, fields, grams)) for unit in units}
    for unit in units:
        if unit.forms and unit.text not in unit.words:
            own = literal_run(unit.text, grams)
            yield _Idea("word", unit.text, (*((Alternative(own),) if own else ()), *other[unit.text]))
        for word in unit.words:
            if not (unit.forms and len(word) == 1 < len(unit.text)):
                yield _Idea("word", word, (Alternative(Term(fields, word)), *(other[word] if word == unit.text else ())))
    for pair in _pairs(folded):
        within = next((other[unit.text] for unit in units if unit.forms and pair in unit.text), ())
        yield _Idea("pair", pair, (Alternative(Term(grams, pair)), *within))
    if isinstance(literal, Prefix):
        yield _Idea("pair", literal.text, (Alternative(literal),))


def _in_title(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The same in the title alone."""
    titles = (views.TITLE_WORDS, views.TITLE_GRAMS)
    return tuple(
        replace(alternative, leaf=replace(alternative.leaf, fields=tuple(name for name in alternative.leaf.fields if name in titles)))
        for alternative in alternatives
    )


def _other_forms(unit: forms.Unit, fields: tuple[str, ...], grams: tuple[str, ...]) -> Iterator[Alternative]:
    for form in unit.forms:
        leaf = _word_leaf(form.text, fields, grams)
        if leaf is not None:
            yield Alternative(leaf, form.weight)


def _unit_node(unit: forms.Unit, fields: tuple[str, ...], grams: tuple[str, ...], weights: ranking.Weights) -> Node:
    """What holds a unit: its word or its words, or a form that surely means the same."""
    own = Term(fields, unit.text) if unit.text in unit.words else AllOf(tuple(Term(fields, word) for word in unit.words))
    other = (_word_leaf(form.text, fields, grams) for form in _sure(unit.forms, weights))
    return _joined(AnyOf, [own, *other]) or own


def _sure(found: Sequence[forms.Form], weights: ranking.Weights) -> Iterator[forms.Form]:
    """The forms that answer by themselves."""
    return (form for form in found if form.weight >= weights.certain)


def _numbered(whole: Sequence[forms.Form]) -> Iterator[forms.Form]:
    """Of the forms of a whole term those that its units do not show."""
    return (form for form in whole if form.kind != "region")


def _marked_words(units: Sequence[forms.Unit]) -> Iterator[tuple[str, ...]]:
    """The words that mark a document without the run, each with its forms."""
    for unit in units:
        yield (unit.text, *(form.text for form in unit.forms))
        yield from ((word,) for word in unit.words if word != unit.text and not (unit.forms and len(word) == 1))


def _word_leaf(text: str, fields: tuple[str, ...], grams: tuple[str, ...]) -> Leaf | None:
    """A form as a term where the dictionary knows it as one word, else as a run."""
    return Term(fields, text) if segmentation.words(text)[-1:] == [text] else literal_run(text, grams)


def _pairs(folded: str) -> list[str]:
    """Every two adjacent Han characters of a term, each once."""
    return [gram for gram in dict.fromkeys(analysis.analyze(folded).grams) if len(gram) == 2 and _is_han(gram[0])]


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
    return _Term(SoughtTerm(text, leaf, (), ((folded,),), pattern=True), leaf, leaf, folded, (_Idea("word", folded, (Alternative(leaf),)),))


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
    return "一" <= character <= "鿿" or bool(re.match(_HAN, character))  # few queries need the pattern, which is slow to compile


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
