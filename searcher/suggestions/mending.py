"""Which texts of an index are like one that looks mistyped?

Alike is what sounds the same or looks the same, what has a character too many or two in the wrong order, and letters typed for characters.
Not alike, but near, is what has any one character in the place of another, or one more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from operator import eq

from searcher.engine import Snapshot
from searcher.plans.titles import called_just
from searcher.suggestions.hearing import TRIED, heard, heard_as_typed, letters_of
from searcher.suggestions.lettering import misreadings, otherwise_spelled, parted, spelled_alike
from searcher.suggestions.lookalikes import close_lookalikes, lookalikes
from searcher.suggestions.mistyping import LONGEST, WORD, is_han_text
from searcher.suggestions.neighbours import CANDIDATES, HOMOPHONES, Neighbours, chains, fitting, held_of
from searcher.suggestions.readings import homophones, nearly_homophones
from searcher.suggestions.shortening import LONGEST_SHORT, names_for
from searcher.suggestions.standing import may_be_one, may_stand, mostly_stands, stands
from searcher.suggestions.stretches import GRAMMAR
from searcher.text import segmentation, views
from searcher.text.dictionary import default_dictionary

FOLLOWERS = 80
"""Characters tried in the place of one that may be wrong, the commonest first."""

MISREADINGS = 32
"""Ways to read the digits of a word as letters, the letters of a number as digits, or kana as characters."""

Beside = Callable[[Iterable[bool]], bool]
"""Of the neighbours of a character, beside which it is said to stand: `all` or `any`."""

Near = Iterator[tuple[bool, list[str]]]
"""Texts that may be in the index, kind by kind, and whether they are alike what was typed."""


def near(neighbours: Neighbours, folded: str) -> Near:
    """Folded texts like a folded term that no document holds, those that are alike first; before them names for which it may be short."""
    if len(folded) < 2:
        return
    if is_han_text(folded) and len(folded) <= LONGEST_SHORT:
        yield True, names_for(neighbours.snapshot, folded)
    if not is_han_text(folded):
        yield True, list(islice(misreadings(folded), MISREADINGS))
        letters = letters_of(folded)
        yield True, list(islice(heard(neighbours, letters) if letters else heard_as_typed(neighbours, folded), TRIED))
        yield True, parted(neighbours.snapshot, folded)
        yield False, spelled_alike(neighbours.snapshot, folded)
    elif len(folded) == 2:  # any two characters stand together somewhere: only words tell what was meant
        yield True, _words_alike(neighbours, folded)
        yield True, _words_like(neighbours.snapshot, folded, [homophones(character) for character in folded])
        yield True, _words_around(neighbours.snapshot, folded)
        sounding = _words_like(neighbours.snapshot, folded, [nearly_homophones(character) for character in folded])
        yield False, [word for word in sounding if any(map(eq, word, folded))]
    elif len(folded) <= LONGEST:
        places = range(len(folded))
        yield True, list(islice(_with_one_alike(neighbours, folded, places), 2 * TRIED))
        yield True, [*_in_order(neighbours, folded), *_words_around(neighbours.snapshot, folded), *_without_one(folded, _alone(folded))]
        yield True, _sounding(neighbours, folded)
        yield False, list(islice(_with_one_nearly_alike(neighbours, folded, places), TRIED))
        yield False, list(islice(_with_any(neighbours, folded), TRIED))
        yield False, list(islice(_with_one_more(neighbours, folded), TRIED))


def slips(neighbours: Neighbours, folded: str) -> Near:
    """Texts like a term with a character that belongs to no word: with another in its place that is alike, or sounds nearly the same.

    Letters may be those of another word, or a reading.
    """
    if folded.isascii():
        yield False, otherwise_spelled(neighbours.snapshot, folded)
        yield False, list(islice(heard(neighbours, letters_of(folded)), TRIED))
    elif not is_han_text(folded):
        yield True, list(islice(heard_as_typed(neighbours, folded), TRIED))
    elif len(folded) > 2:  # of two too many words are near by chance
        places = _alone(folded)
        yield True, [*_in_order(neighbours, folded), *_words_around(neighbours.snapshot, folded), *_without_one(folded, places)]
        yield True, list(islice(_with_one_alike(neighbours, folded, places), 2 * TRIED))
        yield True, _compounds_alike(neighbours, folded, places)
        yield False, list(islice(_with_one_nearly_alike(neighbours, folded, places), 2 * TRIED))


def words_near(neighbours: Neighbours, folded: str, least: int = 1) -> Near:
    """Words that a short text is taken for at a glance, that look and sound like it, or that have two of its characters the other way
    round: of two 县同 is no 同县. What nobody has put into a dictionary, and `least` documents hold, is like it in both ways: 树梅派,
    树莓派. Words of letters are spelled alike.
    """
    if folded.isascii():
        yield False, otherwise_spelled(neighbours.snapshot, folded)
    elif is_han_text(folded) and len(folded) <= WORD:
        swapped = _swapped(folded) if len(folded) > 2 else ()
        taken = list(_with_each(folded, taken_for))
        yield True, _words_of(neighbours, (*_with_each(folded, close_lookalikes), *taken, *swapped))
        yield True, _standing(neighbours, taken, least) if len(folded) > 2 else []


def runs_near(neighbours: Neighbours, folded: str, least: int) -> Near:
    """What a run of words may be that stands nowhere, and that `least` documents hold: with a character in its place that sounds the same,
    or is taken for it; or with another word that sounds the same, as an input method offers them."""
    places = _replaceable(neighbours, folded, least)
    alike = (text for place in places for text in _with_another(neighbours, folded, place, _alike(folded[place]), least=least))
    yield True, list(islice(alike, 2 * TRIED))
    yield True, list(islice(_with_another_word(neighbours, folded, least), TRIED))


def slips_within(neighbours: Neighbours, folded: str, least: int) -> Near:
    """What a short stretch of a sentence may be: a word that it is taken for at a glance, one with a character that is alike in the place
    of one that belongs to no word, or what is no word of the dictionary and yet one thing, which `least` documents hold."""
    yield from words_near(neighbours, folded, least)
    if len(folded) > 2:
        places = _alone(folded)
        alike = (folded[:place] + other + folded[place + 1 :] for place in places for other in _alike(folded[place]))
        yield True, _words_of(neighbours, (*alike, *_undoubled(folded, places)))
        yield True, _compounds_alike(neighbours, folded, places, least)


def taken_for(character: str) -> list[str]:
    """What a character may be written for, as both look and sound like it: 侯 for 候."""
    sounding = homophones(character)
    return [other for other in lookalikes(character) if other in sounding]


def _words_alike(neighbours: Neighbours, folded: str) -> list[str]:
    """Words, and titles, that differ from a text in one character that is alike, or in the order of two."""
    alike = tuple(dict.fromkeys((*_with_each(folded, _alike), *_swapped(folded))))
    return list(dict.fromkeys((*_words_of(neighbours, alike), *_titles_of(neighbours.snapshot, alike))))


def _titles_of(snapshot: Snapshot, texts: Iterable[str]) -> Iterator[str]:
    """Which of some texts are titles, which name one thing though no dictionary has it: 侧链."""
    in_titles = (text for text in texts if snapshot.frequency((views.TITLE_GRAMS,), text))
    return (text for text in in_titles if (title := called_just(text)) is not None and snapshot.matching(title))


def _words_of(neighbours: Neighbours, texts: Iterable[str]) -> list[str]:
    """The words of the index and of the language among some texts."""
    words = filter(default_dictionary().frequency, dict.fromkeys(texts))
    return [word for word in words if neighbours.snapshot.frequency((views.TEXT_WORDS,), word)]


def _with_each(folded: str, others: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """A text with another character in each place."""
    return (folded[:place] + other + folded[place + 1 :] for place, one in enumerate(folded) for other in others(one) if other != one)


def _swapped(folded: str) -> Iterator[str]:
    for place, (one, two) in enumerate(pairwise(folded)):
        if one != two:
            yield folded[:place] + two + one + folded[place + 2 :]


def _alike(character: str) -> list[str]:
    """What may be typed or read in the place of a character: those that look like it, and the commonest that sound the same."""
    return list(dict.fromkeys((*lookalikes(character), *homophones(character)[:HOMOPHONES])))


def _with_one_alike(neighbours: Neighbours, folded: str, places: Iterable[int]) -> Iterator[str]:
    """A text with a character that is alike in the place of one.

    What is taken for one at a glance need stand beside one of its neighbours only: of 研究生署假 nobody need have written 生暑.
    """
    for place in places:
        close = close_lookalikes(folded[place])
        yield from _with_another(neighbours, folded, place, close, beside=any)
        yield from _with_another(neighbours, folded, place, (other for other in _alike(folded[place]) if other not in close))


def _replaceable(neighbours: Neighbours, folded: str, least: int, length: int = 1) -> list[int]:
    """Where so many characters begin that may be others in what `least` documents hold: whatever two fewer have side by side must go."""
    seldom = [place for place, pair in enumerate(pairwise(folded)) if neighbours.together("".join(pair)) < least]
    return [place for place in range(len(folded) - length + 1) if all(place - 1 <= pair < place + length for pair in seldom)]


def _with_another_word(neighbours: Neighbours, folded: str, least: int) -> Iterator[str]:
    """A text with two characters in the place of two that sound the same, which are a word there, every two of them side by side in `least`
    documents: 提高盛产力 → 提高生产力."""
    frequency = default_dictionary().frequency
    for place in _replaceable(neighbours, folded, least, 2):
        before, behind = folded[max(0, place - 1) : place], folded[place + 2 : place + 3]
        firsts = [other for other in _sounding_as(folded[place]) if not before or neighbours.together(before + other) >= least]
        others = _sounding_as(folded[place + 1]) if firsts else ()
        seconds = [other for other in others if not behind or neighbours.together(other + behind) >= least]
        words = (first + second for first in firsts for second in seconds if frequency(first + second))
        yield from (folded[:place] + word + folded[place + 2 :] for word in words if neighbours.together(word) >= least)


def _sounding_as(character: str) -> list[str]:
    """The commonest other characters that sound the same."""
    return [other for other in homophones(character)[:HOMOPHONES] if other != character]


def _with_one_nearly_alike(neighbours: Neighbours, folded: str, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        yield from _with_another(neighbours, folded, place, nearly_homophones(folded[place]))


def _with_any(neighbours: Neighbours, folded: str) -> Iterator[str]:
    """A text with any of the commonest characters behind the one before it in the place of one, which is then a word, or no piece of
    others: not 多行多 of 许多行多余, for 多对多."""
    for place in range(1, len(folded)):
        others = list(neighbours.behind(folded[place - 1]))[:FOLLOWERS]
        yield from (text for text in _with_another(neighbours, folded, place, others) if _is_one_thing(neighbours, text))


def _with_another(
    neighbours: Neighbours, folded: str, place: int, others: Iterable[str], *, beside: Beside = all, least: int = 1
) -> Iterator[str]:
    """A text with another character in one place, which makes a word there and stands beside its neighbours in `least` documents."""
    return (text for text in _put_in(neighbours, folded, place, others, beside, least) if _is_word_at(text, place))


def _put_in(neighbours: Neighbours, folded: str, place: int, others: Iterable[str], beside: Beside = all, least: int = 1) -> Iterator[str]:
    """A text with another character in one place, which stands beside its neighbours, or `any` of them, in `least` documents elsewhere."""
    before, behind = folded[max(0, place - 1) : place], folded[place + 1 : place + 2]
    for other in others:
        pairs = (f"{before}{other}" if before else "", f"{other}{behind}" if behind else "")
        if other != folded[place] and beside(not pair or neighbours.together(pair) >= least for pair in pairs):
            yield folded[:place] + other + folded[place + 1 :]


def _compounds_alike(neighbours: Neighbours, folded: str, places: Sequence[int], least: int = 1) -> list[str]:
    """What is no word of the dictionary and yet one thing, of a word and a character that was another: 资遣费, typed 资遣废."""
    if len(places) != 1 or len(folded) > WORD or places[0] not in _replaceable(neighbours, folded, least):
        return []
    (place,) = places
    others = (other for other in _alike(folded[place]) if other not in GRAMMAR and may_stand(other))
    texts = _put_in(neighbours, folded, place, others, least=least)
    return _standing(neighbours, texts, least)


def _standing(neighbours: Neighbours, texts: Iterable[str], least: int) -> list[str]:
    """Which of some texts `least` documents hold, mostly by themselves: not 检查防 of 检查防护."""
    snapshot = neighbours.snapshot
    likely = [text for text in texts if may_be_one(text) and all(neighbours.together("".join(pair)) >= least for pair in pairwise(text))]
    return [text for text, held in held_of(snapshot, likely).items() if held >= least and mostly_stands(snapshot, text)]


def _alone(folded: str) -> list[int]:
    """The places of the characters that belong to no word."""
    spans = segmentation.word_spans(folded)
    return [start for _, start, end in spans if end - start == 1]


def _in_order(neighbours: Neighbours, folded: str) -> list[str]:
    """A text with two characters swapped, or one of two that are the same taken away."""
    fewer = (folded[:place] + folded[place + 1 :] for place, (one, two) in enumerate(pairwise(folded)) if one == two)
    texts = dict.fromkeys((*fewer, *_swapped(folded)))
    return [text for text in texts if all(map(neighbours.together, map("".join, pairwise(text))))]


def _without_one(folded: str, places: Iterable[int]) -> Iterator[str]:
    """A text without a character that belongs to no word, where it stands within one: 网周络 → 网络, but not 离了婚."""
    for place in places:
        text = folded[:place] + folded[place + 1 :]
        if folded[place] not in GRAMMAR and any(start < place < end for _, start, end in segmentation.word_spans(text)):
            yield text


def _undoubled(folded: str, places: Iterable[int]) -> Iterator[str]:
    """A text without a character that belongs to no word and stands twice: 程序序 → 程序."""
    return (
        folded[:place] + folded[place + 1 :]
        for place in places
        if folded[place] in (folded[place - 1 : place], folded[place + 1 : place + 2])
    )


def _with_one_more(neighbours: Neighbours, folded: str) -> Iterator[str]:
    """A text with a character put in that makes a word there, one of the commonest behind the one before it."""
    for place in range(1, len(folded)):
        for other in list(neighbours.behind(folded[place - 1]))[:FOLLOWERS]:
            text = folded[:place] + other + folded[place:]
            if neighbours.together(other + folded[place]) and _is_word_at(text, place):
                yield text


def _is_word_at(text: str, place: int) -> bool:
    """Whether the character is part of a word, or all are words by themselves, as those of names: 离婚后 is nothing that was misspelled."""
    spans = segmentation.word_spans(text)
    return all(end - start == 1 for _, start, end in spans) or any(start <= place < end and end - start > 1 for _, start, end in spans)


def _sounding(neighbours: Neighbours, folded: str) -> list[str]:
    """Runs that sound the same and are a word, or no piece of others: 汤晓鸥, not 與應加 of 参与应加强."""
    found = (text for text in chains(neighbours, [homophones(character) for character in folded]) if text != folded)
    return [text for text in islice(found, TRIED) if _is_one_thing(neighbours, text)]


def _is_one_thing(neighbours: Neighbours, text: str) -> bool:
    """Whether a text is a word, or no piece of others where documents have it."""
    return bool(default_dictionary().frequency(text)) or stands(neighbours.snapshot, text)


def _words_like(snapshot: Snapshot, folded: str, choices: Sequence[str]) -> list[str]:
    """Words of the index and of the language that have one character of each choice, the most frequent first."""
    found = {
        word: count
        for word, count in fitting(snapshot, views.TEXT_WORDS, choices[0][:HOMOPHONES], choices)
        if len(word) == len(choices) and word != folded and segmentation.few_words(word)[-1:] == [word]
    }
    return sorted(found, key=lambda word: (-found[word], word))[:TRIED]


def _words_around(snapshot: Snapshot, folded: str) -> list[str]:
    """Words with one character more inside: 数库 → 数据库."""
    longer = (word for word, _ in snapshot.terms(views.TEXT_WORDS, folded[0], CANDIDATES) if len(word) == len(folded) + 1 <= WORD)
    return [word for word in longer if any(word[:place] + word[place + 1 :] == folded for place in range(1, len(folded)))]
