"""How one term of a query is found: as it stands, as all of its words, or as another form of it; and what of it is scored and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from searcher.engine import AllOf, Alternative, AnyOf, Leaf, Node, Term
from searcher.frozen import frozen
from searcher.plans import forms, ideas, ranking
from searcher.plans.across import across, other_dots
from searcher.plans.leaves import all_of, any_of, file_named, form_leaf, is_han, joined, pattern, word_leaf
from searcher.plans.options import Options
from searcher.plans.understanding import LONGEST_EXPANDED, Understood, forms_of_unit, is_no_word, understood, unit_node, within_article
from searcher.plans.units import Unit
from searcher.query.tree import Text
from searcher.results import Expansion
from searcher.text import views
from searcher.text.folding import fold
from searcher.vocabulary.asking import asks_how_many

MOST_EVIDENCE = 40
"""Of so many words and pairs a share is asked for; a passage of more words is strictly found only as it stands."""


@frozen
class SoughtTerm:
    """One positive term of the query.

    `literal` matches documents that hold it, or a form of it, as a run; `runs` are those texts, the typed one first;
    `across` matches others that hold the typed one with other signs in it;
    `words` are its folded words, each with its forms: they mark a document that has no run. None that asks, unless there is no other.
    `pattern`: the term has a wildcard or a distance, and is marked by what fits it. `asks`: it does nothing else.
    """

    text: Text
    literal: Node
    runs: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    pattern: bool = False
    asks: bool = False
    across: Node | None = None

    @property
    def standing(self) -> Node:
        """What matches documents in which it stands together."""
        return any_of(self.literal, self.across)


@frozen
class PlannedTerm:
    """A positive term with all that is made from it. `evidence`: what a document that lacks something may hold a share of;
    `akin`: what is called so in formal or everyday words, in English or Chinese: a question may be answered in these.

    `run` is what finds it literally, `said` its units, `held` the texts of those that a document may lack, and what holds each;
    `doubtful`: of a single unit what holds a form of it that may mean something else; of two characters that are no word, what has both.
    """

    sought: SoughtTerm
    match: Node
    folded: str
    run: Leaf | None = None
    said: tuple[Unit, ...] = ()
    held: tuple[tuple[str, Node], ...] = ()
    doubtful: Node | None = None
    ideas: tuple[ideas.Idea, ...] = ()
    evidence: tuple[tuple[str, Node], ...] = ()
    akin: tuple[tuple[str, Node], ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def units(self) -> int:
        return max(len(self.held), 1)

    @property
    def words(self) -> list[str]:
        return [idea.text for idea in self.ideas if idea.kind == "word"]


def planned_term(text: Text, where: views.Views, options: Options) -> PlannedTerm | None:
    """A term that is looked for in these views; None where it says nothing that could be."""
    if (leaf := pattern(text, where.words)) is not None:
        return _pattern_term(text, leaf)
    term = understood(text, where, options)
    return None if term is None else _plain_term(term)


def _pattern_term(text: Text, leaf: Leaf) -> PlannedTerm:
    """A term with a wildcard or a distance."""
    folded = fold(text.text).text
    idea = ideas.Idea("word", folded, (Alternative(leaf),))
    return PlannedTerm(SoughtTerm(text, leaf, (), ((folded,),), pattern=True), leaf, folded, ideas=(idea,))


def _plain_term(term: Understood) -> PlannedTerm:
    """A term that is found as it stands, in another form, or where all of its units are."""
    units, where, weights = term.units, term.where, term.options.weights
    exact = _as_typed(term)
    literal = any_of(exact, *(form_leaf(form.text, where) for form in term.whole))
    otherwise = _with_other_signs(term)
    pieces, within = _pieces(term), within_article(units)
    loose = is_no_word(term.folded, units)  # 裸 and 婚 somewhere are no 裸婚
    return PlannedTerm(
        sought=_sought(term, literal, otherwise),
        match=any_of(exact, otherwise) if term.text.quoted else any_of(literal, None if loose else pieces, otherwise),
        folded=term.folded,
        run=term.run,
        said=units,
        held=tuple(dict.fromkeys(piece for piece in term.held if piece[0] not in within)),
        doubtful=_doubtful(units, pieces if loose else None, where, weights),
        ideas=tuple(ideas.of_term(term.said, units, where, term.run, weights)),
        evidence=tuple(_evidence(term)),
        akin=tuple(_akin(units, where)),
        expansions=tuple(form.expansion(term.text.text, term.typed) for form in (*_numbered(term.whole), *_forms(units, weights))),
    )


def _sought(term: Understood, literal: Node, across: Node | None) -> SoughtTerm:
    """What of a term is marked and told."""
    text = term.text
    naming = tuple(unit for unit in term.units if not unit.asks) or term.units  # nobody means 什么 to stand in an answer
    return SoughtTerm(
        text=text,
        literal=literal,
        runs=(text.text, *(form.text for form in term.whole)),
        words=tuple(_marked_words(naming)),
        asks=not text.quoted and (asks_how_many(term.folded) or any(unit.asks for unit in naming)),
        across=across,
    )


def _pieces(term: Understood) -> Node | None:
    """What holds all units of a term that name something, however far apart; None for a pasted text of many."""
    within = within_article(term.units)
    naming = (node for unit, (_, node) in zip(term.units, term.held, strict=True) if not unit.asks and unit.text not in within)
    wanted = dict.fromkeys(naming)
    nodes = tuple(wanted or dict.fromkeys(node for _, node in term.held))
    return AllOf(nodes) if 0 < len(nodes) <= MOST_EVIDENCE else None


def _with_other_signs(term: Understood) -> Node | None:
    """What holds a term with other signs in it; what is not quoted only if nothing has it as it was typed, for its words find it, too.

    None where it is wanted as it was typed, where a distance says what may stand between, where a word begins with its sign (.net), and, of
    what is not quoted, for a question.
    """
    quoted, units = term.text.quoted, term.units
    if not quoted and any(unit.asks for unit in units):
        return None
    if not term.options.expand or term.options.exact_script or term.text.slop or len(term.folded) > LONGEST_EXPANDED:
        return None
    if any(unit.text[0] == "." for unit in units if _is_signed(unit)):
        return None
    found = across(term.folded, term.where.grams, otherwise=not quoted) or other_dots(term.folded, term.where.grams)
    return found and all_of(found, *_signed_words(term))


def _as_typed(term: Understood) -> Node:
    """What holds a term as it stands, with the signs that grams do not hold, or is a file of this name."""
    run = all_of(term.run, *_signed_words(term))
    return any_of(run, file_named(term.text.text, term.folded)) if term.where is views.ANYWHERE else run


def _signed_words(term: Understood) -> Iterator[Term]:
    """What holds the words of a term whose signs grams do not hold."""
    return (Term(term.where.words, unit.text) for unit in term.units if _is_signed(unit))


def _evidence(term: Understood) -> Iterator[tuple[str, Node]]:
    """What a term names: its units, those made of other words in their place, and, as in names that are cut into single characters,
    pairs of such characters. A single character names nothing, nor does a word that asks. What may mean the same is enough here."""
    units, where, weights = term.units, term.where, term.options.weights
    sure = not term.options.any_name
    for number, (unit, (_, node)) in enumerate(zip(units, term.held, strict=True)):
        if unit.asks:
            continue
        if forms.SPACE in unit.text:  # machine learning is one thing, of which neither word is evidence
            yield unit.text, node
            continue
        inner = [word for word in unit.words if 1 < len(word) < len(unit.text) and not unit.is_number and not _is_numbered(unit, word)]
        pair = unit.text + units[number + 1].text if number + 1 < len(units) and not units[number + 1].asks else ""
        if len(unit.text) > 1:
            if unit.forms or not inner:
                yield unit.text, unit_node(unit, where, weights.doubtful) if sure and _is_doubtful(unit, weights) else node
            several = (part for part in unit.inner() if part.forms and len(part.text) > 1)
            parts = {part.text: unit_node(part, where, weights.doubtful) for part in several}
            yield from ({word: Term(where.words, word) for word in inner} | parts).items()
        elif len(pair) == 2 and is_han(pair[0]) and is_han(pair[1]) and pair in term.said:
            yield pair, Term(where.grams, pair)


def _is_numbered(unit: Unit, word: str) -> bool:
    """Whether a word is the number of a single letter: 1035 is a part of E1035, and no evidence of it."""
    return word.isdecimal() and len(unit.text) == len(word) + 1 and unit.text.isascii() and unit.text.isalnum()


def _akin(units: Sequence[Unit], where: views.Views) -> Iterator[tuple[str, Node]]:
    """What holds a name that units go by in other words."""
    found = ((form.text, word_leaf(form.text, where)) for unit in units for form in unit.near)
    return ((text, leaf) for text, leaf in found if leaf is not None)


def _is_doubtful(unit: Unit, weights: ranking.Weights) -> bool:
    """Whether a form of the unit, or of one in it, may mean something else and still answers where little else does."""
    return any(weights.doubtful <= form.weight < ranking.CERTAIN for part in (unit, *unit.inner()) for form in part.forms)


def _forms(units: Sequence[Unit], weights: ranking.Weights) -> Iterator[forms.Form]:
    """The forms of units and, as far as they count, of words in them."""
    for unit in units:
        yield from (*unit.forms, *unit.near)
        inner = (form for part in unit.inner() for form in part.sure(ranking.CERTAIN))
        yield from (replace(form, weight=round(form.weight * weights.inner, 2)) for form in inner)


def _numbered(whole: Sequence[forms.Form]) -> Iterator[forms.Form]:
    """Those forms of a whole term that its units do not show."""
    return (form for form in whole if form.kind != "region")


def _marked_words(units: Sequence[Unit]) -> Iterator[tuple[str, ...]]:
    """The words that mark a document without the run, each with its forms."""
    for unit in units:
        if not (unit.forms or unit.parts or unit.near):  # as most are
            yield (unit.text,)
            yield from ((word,) for word in unit.words if word != unit.text)
            continue
        other = {part.text: tuple(form.text for form in part.sure(ranking.CERTAIN)) for part in unit.inner()}
        near = {word: tuple(form.text for form in unit.near if form.source == word) for word in unit.words}
        yield (unit.text, *(form.text for form in unit.forms), *near.get(unit.text, ()))
        inside = (word for word in unit.words if word != unit.text and not (unit.forms and (len(word) == 1 or unit.is_number)))
        yield from ((word, *other.get(word, ()), *near[word]) for word in inside)


def _doubtful(units: Sequence[Unit], loose: Node | None, where: views.Views, weights: ranking.Weights) -> Node | None:
    """What answers a term where little else does: of one unit a form that may mean something else, of two characters both of them."""
    if len(units) == 1:
        return joined(AnyOf, forms_of_unit(units[0], where, weights.doubtful))
    return loose if len(units) == 2 else None


def _is_signed(unit: Unit) -> bool:
    """Whether a sign that grams do not hold belongs to the word: c++, c#, 10%, .net; not .office.tools, a piece of a longer name."""
    word = unit.text
    return word[-1] in "+#%‰" or (word[0] == "." and word[1:].isalnum())
