"""Which words and pairs of a query are scored, and for what do they count?

An idea is what is scored as one: wherever it stands, once more in the title or the file's name, a little more in the path, and once more
where it stands together with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from searcher.engine import Alternative, Character, Characters, Clue, Feature, Leaf, Nearness, Prefix, Run, Term
from searcher.frozen import frozen
from searcher.plans import forms, ranking
from searcher.plans.leaves import folded_run, is_han, leaf_in_heads, word_leaf
from searcher.plans.units import Unit
from searcher.text import analysis, views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import sources
from searcher.vocabulary.asking import without_asking

MOST_IDEAS = 64
"""So many words and pairs are scored; a longer query is a pasted passage, of which the rarer ones tell enough."""


@frozen
class Idea:
    """What is scored as one: a word, a pair of characters, or what says the same elsewhere. `asks`: it names nothing."""

    kind: str
    text: str
    alternatives: tuple[Alternative, ...]
    asks: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind} {self.text}"


def of_term(folded: str, units: Sequence[Unit], where: views.Views, literal: Leaf, weights: ranking.Weights) -> Iterator[Idea]:
    """The words and pairs of a term. Where a unit has other forms, those stand for it and for the pairs in it, so that a document in
    the words of another region scores as one in the words of the query. A word in a unit of several has its own sure forms, too."""
    other = {unit.text: tuple(_alternatives(unit.forms, where)) for unit in units}
    for unit in units:
        yield from _words(unit, other[unit.text], where, weights)
    within = _pairs_within(units)
    for pair in _pairs(without_asking(folded)):
        yield Idea("pair", pair, (Alternative(Term(where.grams, pair)), *other.get(within.get(pair, ""), ())))
    if isinstance(literal, Prefix):
        yield Idea("pair", literal.text, (Alternative(literal),))


def _words(unit: Unit, others: tuple[Alternative, ...], where: views.Views, weights: ranking.Weights) -> Iterator[Idea]:
    """The words of a unit, and what is no word in it but has other forms; `others` stand for the unit as a whole."""
    if not (unit.forms or unit.parts or unit.near):  # as most are
        yield from (Idea("word", word, (Alternative(Term(where.words, word)),), unit.asks) for word in unit.words)
        return
    named = {part.text: tuple(_alternatives(part.sure(ranking.CERTAIN), where, weights.inner)) for part in unit.inner()}
    named[unit.text] = others
    for form in unit.near:
        named[form.source] = (*named.get(form.source, ()), *_alternatives((form,), where))
    for text, found in named.items():
        own = folded_run(text, where.grams) if found and text not in unit.words else None
        if own is not None:
            yield Idea("word", text, (Alternative(own), *found))
    for word in unit.words:
        if word == unit.text or not _is_mere_part(word, unit):
            yield Idea("word", word, (Alternative(Term(where.words, word)), *named.get(word, ())))


def _is_mere_part(word: str, unit: Unit) -> bool:
    """Whether a word in a unit with other forms says nothing by itself: a character of it, of a number but its digits (2021 of 2021年), of
    one in an order those, too: 24 hours are nothing to 第24条."""
    return (bool(unit.forms) and len(word) == 1) or (unit.is_number and (is_han(word[0]) or unit.text[0] == "第"))


def _pairs_within(units: Sequence[Unit]) -> dict[str, str]:
    """In which unit with other forms two adjacent characters stand: in the first."""
    found: dict[str, str] = {}
    for unit in units:
        for pair in map("".join, pairwise(unit.text if unit.forms else "")):
            found.setdefault(pair, unit.text)
    return found


def distinct(ideas: Iterable[Idea]) -> list[Idea]:
    """Each idea once, in order, however often the query says it; of a long passage the rarer words only.

    A word that asks in one place and names something in another names it.
    """
    first: dict[tuple[str, str], Idea] = {}
    for idea in ideas:
        if first.setdefault((idea.kind, idea.text), idea).asks and not idea.asks:
            first[idea.kind, idea.text] = idea
    return _telling(list(first.values()))


def features(ideas: Sequence[Idea], weights: ranking.Weights) -> tuple[Feature, ...]:
    """What is scored."""
    return tuple(feature for idea in ideas for feature in _features(idea, weights) if feature.weight > 0)


def nearness(
    ideas: Sequence[Idea], features: Sequence[Feature], weights: ranking.Weights, run: Leaf | None = None, *, stated: bool = False
) -> Nearness | None:
    """What counts where it stands together: pairs of characters, and words that are not written in them; `run`: what they all stand in.

    `stated`: they are a sentence that states something.
    """
    numbers = {feature.name: number for number, feature in enumerate(features)}
    placed = [idea for idea in ideas if idea.kind == "pair" or not is_han(idea.text[0])]
    clues = tuple(Clue(numbers[idea.name], leaves) for idea in placed if idea.name in numbers and (leaves := tuple(_placed(idea))))
    if len(clues) < 2 or not weights.near:
        return None
    weight = weights.near * min(1.0, len(clues) / weights.near_clues)
    fits = isinstance(run, Run) and not run.slop and run.offsets[-1] - run.offsets[0] <= weights.near_length // 2
    return Nearness(
        views.TEXT_GRAMS,
        clues,
        weight,
        weights.near_length,
        weights.near_depth,
        weights.near_passage,
        weights.near_in_passages,
        run if fits else None,
        weights.near_even if stated else 0.0,
    )


def characters(ideas: Sequence[Idea], features: Sequence[Feature], weights: ranking.Weights) -> Characters | None:
    """The single characters of the words and pairs that are looked for in the text, each in all the ways that texts write it."""
    numbers = {feature.name: number for number, feature in enumerate(features)}
    holding: dict[str, list[int]] = {}
    in_text = {views.TEXT_WORDS, views.TEXT_GRAMS}
    for idea in ideas:
        if idea.name in numbers and len(idea.text) > 1 and not in_text.isdisjoint(idea.alternatives[0].leaf.fields):
            for character in filter(is_han, dict.fromkeys(idea.text)):
                holding.setdefault(character, []).append(numbers[idea.name])
    if not holding or not weights.character:
        return None
    found = tuple(Character(sources(character)[0], tuple(pairs)) for character, pairs in holding.items())
    return Characters(
        field=views.TEXT_GRAMS,
        characters=found,
        weight=weights.character,
        usual=weights.character_length,
        depth=weights.character_depth,
        longest=weights.character_texts,
        even=weights.character_even,
    )


def _features(idea: Idea, weights: ranking.Weights) -> Iterator[Feature]:
    """An idea wherever it stands, and once more in the title: a document whose title says it is about it."""
    weight = weights.gram if idea.kind == "pair" else weights.word
    weight *= _importance(idea, weights) if idea.kind == "word" else 1.0
    yield Feature(idea.alternatives, weight, idea.name)
    yield Feature(_in_title(idea.alternatives), weight * weights.title, f"title {idea.text}")
    if weights.folder and (folder := _beside(idea)) is not None:
        yield Feature((Alternative(folder),), weight * weights.folder, f"folder {idea.text}")


def _importance(idea: Idea, weights: ranking.Weights) -> float:
    """What a word is worth for what it is: one that asks, one that names a version, one of letters, which has no pairs beside it."""
    word = idea.text
    if idea.asks or word in ranking.QUESTION_WORDS:
        return weights.question_word
    if _is_version(word):
        return weights.version
    return weights.letters if len(word) > 1 and any(map(str.isalpha, word)) and not any(map(is_han, word)) else 1.0


def _is_version(word: str) -> bool:
    """Whether a word names a version, or is one: 3.11, v1.9.3, gpt-3.5. A share of something is none: 2.5%."""
    return "." in word and re.search("[0-9][.][0-9]", word) is not None and word[-1] not in "%‰"


def _in_title(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Alternatives that look in what says what a document is about: its title, and the name of its file."""
    return tuple([Alternative(leaf_in_heads(alternative.leaf), alternative.weight) for alternative in alternatives])


def _beside(idea: Idea) -> Leaf | None:
    """A word that may name the folder of a document or its author, as it was typed; what every path has tells nothing."""
    if idea.kind != "word" or len(idea.text) < 2 or views.TEXT_WORDS not in idea.alternatives[0].leaf.fields:
        return None
    return folded_run(views.path_text(idea.text), views.BESIDE)


def _placed(idea: Idea) -> Iterator[Leaf]:
    """What says an idea in the text, as leaves that have positions."""
    for alternative in idea.alternatives:
        leaf = alternative.leaf
        if not isinstance(leaf, Term) or views.TEXT_GRAMS in leaf.fields:
            yield leaf
        elif views.TEXT_WORDS in leaf.fields and (run := folded_run(leaf.text, views.GRAMS)):
            yield run


def _alternatives(found: Iterable[forms.Form], where: views.Views, part: float = 1.0) -> Iterator[Alternative]:
    """Other forms as alternatives, with this part of their weight."""
    for form in found:
        leaf = word_leaf(form.text, where)
        if leaf is not None:
            yield Alternative(leaf, form.weight * part)


def _telling(ideas: list[Idea]) -> list[Idea]:
    """The ideas of a query, of a pasted passage those that tell most: its rarest words by the dictionary, and pairs that no word holds."""
    if len(ideas) <= MOST_IDEAS:
        return ideas
    frequency = default_dictionary().frequency
    words = [idea for idea in ideas if idea.kind == "word" and len(idea.text) > 1]
    kept = sorted(words, key=lambda idea: (frequency(idea.text), -len(idea.text)))[: MOST_IDEAS * 2 // 3]
    inside = "\n".join(idea.text for idea in words)
    names = [idea for idea in ideas if idea.kind == "pair" and idea.text not in inside]
    return [*kept, *names[: MOST_IDEAS - len(kept)]]


def _pairs(folded: str) -> list[str]:
    """Every two adjacent Han characters of a term, each once."""
    return [gram for gram in dict.fromkeys(analysis.grams(folded)) if len(gram) == 2 and is_han(gram[0])]
