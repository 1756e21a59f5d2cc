"""How one term of a query is found: as it stands, as all of its words, or as another form of it; and what of it is scored and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from searcher.engine import AllOf, Alternative, AnyOf, Leaf, Node, Term
from searcher.plans import forms, ideas, ranking
from searcher.plans.across import across
from searcher.plans.leaves import all_of, any_of, file_named, folded_run, form_leaf, is_han, joined, pattern, word_leaf
from searcher.plans.options import Options
from searcher.plans.units import Unit, units_of
from searcher.query.tree import Text
from searcher.results import Expansion
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import Folded, fold
from searcher.vocabulary.asking import asks_how_many

MOST_EVIDENCE = 40
"""Of so many words and pairs a share is asked for; a passage of more words is strictly found only as it stands."""

LONGEST_REPLACED = 12
"""A term of so many units is looked for with its words replaced as a whole, too; a longer one is a sentence."""

LONGEST_EXPANDED = 400
"""A term of so many characters is looked for with its words in other forms, too; a longer one says enough in its own."""

LONGEST_READ = 2_000
"""Of a pasted text the words of so many characters are looked for, and all of it as it stands."""

LONGEST_LOOSE = 4
"""Characters that each are a word of a term, and that mean something else apart: 裸婚, 證交法, a name; of five, some are words."""

MOST_UNITS = 200
"""Of a pasted text so many units are scored and marked."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A positive term with all that is made from it. `evidence`: what a document that lacks something may hold a share of;
    `akin`: what is called so in formal or everyday words, in English or Chinese: a question may be answered in these.

    `run` is what finds it literally, `said` its units, `held` their texts, and what holds each;
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


def planned_term(text: Text, where: views.Views, options: Options, *, listed: bool = False) -> PlannedTerm | None:
    """A term that is looked for in these views; None where it says nothing that could be. `listed`: others stand beside it."""
    if (leaf := pattern(text, where.words)) is not None:
        return _pattern_term(text, leaf)
    read = _read(text, where, options)
    return None if read is None else _plain_term(read, listed=listed)


def _pattern_term(text: Text, leaf: Leaf) -> PlannedTerm:
    """A term with a wildcard or a distance."""
    folded = fold(text.text).text
    idea = ideas.Idea("word", folded, (Alternative(leaf),))
    return PlannedTerm(SoughtTerm(text, leaf, (), ((folded,),), pattern=True), leaf, folded, ideas=(idea,))


@dataclass(frozen=True, slots=True)
class _Read:
    """A term without a pattern, as it is understood, and where it is looked for.

    `run` finds it as it stands. `said` is its folded text, and `units` what that is made of: of a long passage only what tells most.
    `held` is what finds each unit, and `whole` are the other forms of the term that answer by themselves.
    """

    text: Text
    typed: Folded
    where: views.Views
    options: Options
    run: Leaf
    said: str
    units: tuple[Unit, ...]
    held: tuple[Node, ...]
    whole: tuple[forms.Form, ...]

    @property
    def folded(self) -> str:
        return self.typed.text


def _read(text: Text, where: views.Views, options: Options) -> _Read | None:
    """How a term is understood; None where it has no letter to find."""
    typed = fold(text.text)
    run = folded_run(typed.text, where.grams, text.slop)
    if run is None:
        return None
    expand = options.expand and not text.quoted and not options.exact_script
    said, units = _said(typed.text, options, expand=expand)
    held = tuple(unit_node(unit, where, options.weights.certain) for unit in units)
    whole = tuple(_whole_forms(typed.text, units, options)) if expand else ()
    return _Read(text, typed, where, options, run, said, units, held, whole)


def _plain_term(read: _Read, *, listed: bool) -> PlannedTerm:
    """A term that is found as it stands, in another form, or where all of its units are. `listed`: others stand beside it."""
    units, where, weights = read.units, read.where, read.options.weights
    exact = _as_typed(read)
    literal = any_of(exact, *(form_leaf(form.text, where) for form in read.whole))
    otherwise = _with_other_signs(read, listed=listed)
    pieces = _pieces(read)
    loose = _is_no_word(read.folded, units)  # 裸 and 婚 somewhere are no 裸婚
    return PlannedTerm(
        sought=_sought(read, literal, otherwise),
        match=any_of(exact, otherwise) if read.text.quoted else any_of(literal, None if loose else pieces, otherwise),
        folded=read.folded,
        run=read.run,
        said=units,
        held=tuple((unit.text, node) for unit, node in zip(units, read.held, strict=True)),
        doubtful=_doubtful(units, pieces if loose else None, where, weights),
        ideas=(*ideas.of_term(read.said, units, where, read.run, weights), *_named(read)),
        evidence=tuple(_evidence(read)),
        akin=tuple(_akin(units, where)),
        expansions=tuple(form.expansion(read.text.text, read.typed) for form in (*_numbered(read.whole), *_forms(units, weights))),
    )


def _sought(read: _Read, literal: Node, across: Node | None) -> SoughtTerm:
    """What of a term is marked and told."""
    text = read.text
    naming = tuple(unit for unit in read.units if not unit.asks) or read.units  # nobody means 什么 to stand in an answer
    return SoughtTerm(
        text=text,
        literal=literal,
        runs=(text.text, *(form.text for form in read.whole)),
        words=tuple(_marked_words(naming, read.options.weights)),
        asks=not text.quoted and (asks_how_many(read.folded) or any(unit.asks for unit in naming)),
        across=across,
    )


def _pieces(read: _Read) -> Node | None:
    """What holds all units of a term that name something, however far apart; None for a pasted text of many."""
    wanted = tuple(node for unit, node in zip(read.units, read.held, strict=True) if not unit.asks) or read.held
    return AllOf(wanted) if 0 < len(wanted) <= MOST_EVIDENCE else None


def _whole_forms(folded: str, units: Sequence[Unit], options: Options) -> Iterator[forms.Form]:
    """The other forms of a whole term that answer by themselves; of a passage none, nor of one that is without words, and has few units."""
    if len(units) > LONGEST_REPLACED or len(folded) > LONGEST_EXPANDED:
        return
    replaced = any(unit.forms or unit.parts for unit in units)
    others = forms.of_term(folded, options.synonyms, options.dictionary, replaced=replaced)
    yield from (form for form in others if form.weight >= options.weights.certain)


def _named(read: _Read) -> Iterator[ideas.Idea]:
    """A term of several units that has a name in another language, as one idea with all its forms: 软体工程, software engineering."""
    if len(read.units) > 1 and any(form.is_name for form in read.whole):
        yield ideas.of_whole(read.folded, read.run, read.whole, read.where)


def _with_other_signs(read: _Read, *, listed: bool) -> Node | None:
    """What holds a term with other signs in it; what is not quoted only if nothing has it as it was typed, for its words find it, too.

    None where it is wanted as it was typed, where a distance says what may stand between, where a sign belongs to a word (C++), and, of
    what is not quoted, for a word, a question, or one of several terms.
    """
    quoted, units = read.text.quoted, read.units
    if not quoted and (listed or len(units) < 2 or any(unit.asks for unit in units)):
        return None
    varies = read.options.expand and not read.options.exact_script and not read.text.slop and len(read.folded) <= LONGEST_EXPANDED
    return across(read.folded, read.where.grams, otherwise=not quoted) if varies and not any(map(_is_signed, units)) else None


def _as_typed(read: _Read) -> Node:
    """What holds a term as it stands, with the signs that grams do not hold, or is a file of this name."""
    run = all_of(read.run, *(Term(read.where.words, unit.text) for unit in read.units if _is_signed(unit)))
    return any_of(run, file_named(read.text.text, read.folded)) if read.where is views.ANYWHERE else run


def _said(folded: str, options: Options, *, expand: bool) -> tuple[str, tuple[Unit, ...]]:
    """What a term says, as text and as units: of a long passage the units that are rarest by the dictionary, in their order."""
    expand = expand and len(folded) <= LONGEST_EXPANDED
    units = tuple(units_of(folded[:LONGEST_READ], options.synonyms, options.dictionary, expand=expand))
    if len(units) <= MOST_UNITS:
        return folded[:LONGEST_READ], units
    frequency = default_dictionary().frequency
    texts = {unit.text for unit in units if len(unit.text) > 1}
    telling = set(sorted(texts, key=lambda text: (frequency(text), -len(text), text))[:MOST_UNITS])
    kept = tuple({unit.text: unit for unit in units if unit.text in telling}.values())
    return "，".join(unit.text for unit in kept), kept


def _evidence(read: _Read) -> Iterator[tuple[str, Node]]:
    """What a term names: its units, those made of other words in their place, and, as in names that are cut into single characters,
    pairs of such characters. A single character names nothing, nor does a word that asks. What may mean the same is enough here."""
    units, where, weights = read.units, read.where, read.options.weights
    for number, (unit, node) in enumerate(zip(units, read.held, strict=True)):
        if unit.asks:
            continue
        if forms.SPACE in unit.text:  # machine learning is one thing, of which neither word is evidence
            yield unit.text, node
            continue
        inner = [word for word in unit.words if 1 < len(word) < len(unit.text) and not unit.is_number]
        pair = unit.text + units[number + 1].text if number + 1 < len(units) and not units[number + 1].asks else ""
        if len(unit.text) > 1:
            if unit.forms or not inner:
                yield unit.text, unit_node(unit, where, weights.doubtful) if _is_doubtful(unit, weights) else node
            several = (part for part in unit.inner() if part.forms and len(part.text) > 1)
            parts = {part.text: unit_node(part, where, weights.doubtful) for part in several}
            yield from ({word: Term(where.words, word) for word in inner} | parts).items()
        elif len(pair) == 2 and is_han(pair[0]) and is_han(pair[1]) and pair in read.said:
            yield pair, Term(where.grams, pair)


def _akin(units: Sequence[Unit], where: views.Views) -> Iterator[tuple[str, Node]]:
    """What holds a name that units go by in other words."""
    found = ((form.text, word_leaf(form.text, where)) for unit in units for form in unit.near)
    return ((text, leaf) for text, leaf in found if leaf is not None)


def unit_node(unit: Unit, where: views.Views, least: float) -> Node:
    """What holds a unit: its word or its words, or a form that weighs so much."""
    own: Node = Term(where.words, unit.text)
    if (unit.is_number and unit.text not in unit.words) or _is_no_word(unit.text, unit.parts):
        own = folded_run(unit.text, where.grams) or own
    elif unit.parts:
        own = AllOf(tuple(unit_node(part, where, least) for part in unit.parts))
    elif unit.text not in unit.words:
        own = AllOf(tuple(Term(where.words, word) for word in unit.words))
    return any_of(own, *_forms_from(unit, where, least))


def _is_doubtful(unit: Unit, weights: ranking.Weights) -> bool:
    """Whether a form of the unit, or of one in it, may mean something else and still answers where little else does."""
    return any(weights.doubtful <= form.weight < weights.certain for part in (unit, *unit.inner()) for form in part.forms)


def _forms_from(unit: Unit, where: views.Views, least: float) -> list[Node | None]:
    """What holds a form of a unit that weighs so much."""
    return [word_leaf(form.text, where) for form in unit.sure(least)]


def _forms(units: Sequence[Unit], weights: ranking.Weights) -> Iterator[forms.Form]:
    """The forms of units and, as far as they count, of words in them."""
    for unit in units:
        yield from (*unit.forms, *unit.near)
        inner = (form for part in unit.inner() for form in part.sure(weights.certain))
        yield from (replace(form, weight=round(form.weight * weights.inner, 2)) for form in inner)


def _numbered(whole: Sequence[forms.Form]) -> Iterator[forms.Form]:
    """Those forms of a whole term that its units do not show."""
    return (form for form in whole if form.kind != "region")


def _marked_words(units: Sequence[Unit], weights: ranking.Weights) -> Iterator[tuple[str, ...]]:
    """The words that mark a document without the run, each with its forms."""
    for unit in units:
        if not (unit.forms or unit.parts or unit.near):  # as most are
            yield (unit.text,)
            yield from ((word,) for word in unit.words if word != unit.text)
            continue
        other = {part.text: tuple(form.text for form in part.sure(weights.certain)) for part in unit.inner()}
        near = {word: tuple(form.text for form in unit.near if form.source == word) for word in unit.words}
        yield (unit.text, *(form.text for form in unit.forms), *near.get(unit.text, ()))
        inside = (word for word in unit.words if word != unit.text and not (unit.forms and (len(word) == 1 or unit.is_number)))
        yield from ((word, *other.get(word, ()), *near[word]) for word in inside)


def _doubtful(units: Sequence[Unit], loose: Node | None, where: views.Views, weights: ranking.Weights) -> Node | None:
    """What answers a term where little else does: of one unit a form that may mean something else, of two characters both of them."""
    if len(units) == 1:
        return joined(AnyOf, _forms_from(units[0], where, weights.doubtful))
    return loose if len(units) == 2 else None


def _is_no_word(folded: str, units: Sequence[Unit]) -> bool:
    """Whether a term is two to four characters that are no word together: many documents have all somewhere and nothing to do with it."""
    if not len(folded) == len(units) <= LONGEST_LOOSE or len(units) < 2:
        return False
    return all(is_han(unit.text) and not unit.asks and unit.text not in forms.JOINING for unit in units)


def _is_signed(unit: Unit) -> bool:
    """Whether a sign that grams do not hold belongs to the word: c++, c#, 10%, .net; not .office.tools, a piece of a longer name."""
    word = unit.text
    return word[-1] in "+#%‰" or (word[0] == "." and word[1:].isalnum())
