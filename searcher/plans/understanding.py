"""How is one term understood: what it is made of, what finds each piece, and which other forms it has as a whole?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, repeat

from searcher.engine import AllOf, Leaf, Node, Term
from searcher.frozen import frozen
from searcher.plans import forms
from searcher.plans.leaves import all_of, any_of, folded_run, is_han, word_leaf
from searcher.plans.options import Options
from searcher.plans.ranking import CERTAIN
from searcher.plans.units import Unit, units_of
from searcher.query.tree import Text
from searcher.records.works import ARTICLE, WITHIN_ARTICLES
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import Folded, fold
from searcher.vocabulary import regions

LONGEST_REPLACED = 12
"""A term of up to so many units is also looked for as a whole with some of its words replaced; a longer one is a sentence."""

LONGEST_EXPANDED = 400
"""The words of a term of up to so many characters are also looked for in other forms; a longer one says enough in its own words."""

LONGEST_READ = 2_000
"""Of a pasted text the words of so many characters are looked for, and all of it as it stands."""

LONGEST_LOOSE = 4
"""So many single characters in a row are looked for side by side, for apart they mean something else: 裸婚, 證交法, a name. Of five, some
are words."""

MOST_UNITS = 200
"""Of a pasted text so many units are scored and marked."""


@frozen
class Understood:
    """A term without a pattern, as it is understood, and where it is looked for.

    `run` finds it as it stands. `said` is its folded text, and `units` what that is made of: of a long passage only what tells most.
    `held` is what finds each unit, of characters that are no word together all of these at once, by their text.
    `whole` are the other forms of the term that answer by themselves.
    """

    text: Text
    typed: Folded
    where: views.Views
    options: Options
    run: Leaf
    said: str
    units: tuple[Unit, ...]
    held: tuple[tuple[str, Node], ...]
    whole: tuple[forms.Form, ...]

    @property
    def folded(self) -> str:
        return self.typed.text


def understood(text: Text, where: views.Views, options: Options) -> Understood | None:
    """How a term is understood; None where it has no letter to find."""
    typed = fold(text.text)
    run = folded_run(typed.text, where.grams, text.slop)
    if run is None:
        return None
    expand = options.expand and not text.quoted and not options.exact_script
    said, units = _said(typed.text, options, expand=expand)
    held = tuple(_held(said, units, where, options))
    whole = tuple(_whole_forms(typed.text, units, options)) if expand else ()
    return Understood(text, typed, where, options, run, said, units, held, whole)


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


def _whole_forms(folded: str, units: Sequence[Unit], options: Options) -> Iterator[forms.Form]:
    """The other forms of a whole term that answer by themselves; of a passage none, nor of one that is without words, and has few units."""
    if len(units) > LONGEST_REPLACED or len(folded) > LONGEST_EXPANDED:
        return
    replaced = any(unit.forms or unit.parts for unit in units)
    others = forms.of_term(folded, options.synonyms, options.dictionary, replaced=replaced)
    yield from (form for form in others if form.weight >= CERTAIN)


def _held(said: str, units: Sequence[Unit], where: views.Views, options: Options) -> Iterator[tuple[str, Node]]:
    """What finds each unit. 去 and 重 somewhere are no 去重: in 数组去重, such characters must stand side by side, too."""
    node_of = partial(_by_any_name, doubtful=options.weights.doubtful) if options.any_name else _by_sure_names
    for alone, stretch in groupby(units, _is_piece):
        together = list(stretch)
        text, nodes = "".join(unit.text for unit in together), [node_of(unit, where) for unit in together]
        if alone and 1 < len(text) <= LONGEST_LOOSE and text in said != text:
            yield from repeat((text, all_of(*nodes, folded_run(text, where.grams))), len(nodes))
        else:
            yield from zip((unit.text for unit in together), nodes, strict=True)


def _is_piece(unit: Unit) -> bool:
    """Whether a unit is a character that may be a piece of a word which nobody knows, and not what only stands between words."""
    return _is_character(unit) and unit.text not in regions.GRAMMAR


def _by_sure_names(unit: Unit, where: views.Views) -> Node:
    """What holds a unit, or what it surely is called."""
    return unit_node(unit, where, CERTAIN)


def _by_any_name(unit: Unit, where: views.Views, doubtful: float) -> Node:
    """What holds a unit, or what it is called in another language or register, as a whole or each of its parts."""
    parts = AllOf(tuple(_by_any_name(part, where, doubtful) for part in unit.parts)) if unit.parts else None
    named = (form for form in (*unit.forms, *unit.near) if form.is_translated or form.weight >= doubtful)
    return any_of(_by_sure_names(unit, where), parts, *(word_leaf(form.text, where) for form in named))


def unit_node(unit: Unit, where: views.Views, least: float) -> Node:
    """What holds a unit: its word or its words, or a form that weighs so much."""
    own: Node = Term(where.words, unit.text)
    if (unit.is_number and unit.text not in unit.words) or is_no_word(unit.text, unit.parts):
        own = folded_run(unit.text, where.grams) or own
    elif unit.parts:
        own = AllOf(tuple(unit_node(part, where, least) for part in unit.parts))
    elif unit.text not in unit.words:
        own = AllOf(tuple(Term(where.words, word) for word in unit.words))
    return any_of(own, *forms_of_unit(unit, where, least))


def forms_of_unit(unit: Unit, where: views.Views, least: float) -> list[Node | None]:
    """What holds a form of a unit that weighs so much."""
    return [word_leaf(form.text, where) for form in unit.sure(least)]


def is_no_word(folded: str, units: Sequence[Unit]) -> bool:
    """Whether a term is two to four characters that are no word together, a letter among them (K线): many documents have all somewhere
    and nothing to do with it."""
    if not len(folded) == len(units) <= LONGEST_LOOSE or len(units) < 2 or folded.isascii():
        return False
    return all(_is_character(unit) and unit.text not in forms.JOINING for unit in units)


def _is_character(unit: Unit) -> bool:
    """Whether a unit is a single character, or a single letter, that does not ask."""
    return len(unit.text) == 1 and (is_han(unit.text) or "a" <= unit.text <= "z") and not unit.asks


def is_part(unit: Unit, *kinds: str) -> bool:
    """Whether a unit is the number of a part of a law of one of these kinds: 第264条, 264条, 第339条之4."""
    return unit.is_number and any(kind in unit.text for kind in kinds)


def within_article(units: Sequence[Unit]) -> frozenset[str]:
    """The units that say where in an article, which is not written there: 第1款 of 第264条第1款."""
    articles = any(is_part(unit, ARTICLE) for unit in units)
    return frozenset(unit.text for unit in units if is_part(unit, *WITHIN_ARTICLES)) if articles else frozenset()
