"""What the user may have meant, and how what is being typed may go on: offered, never applied.

The index itself is asked which characters follow one another in it, so what is offered is there:
汤小鸥 → 汤晓鸥, shangtang → 商汤, rgzn → 人工智能.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from searcher import segmentation, views
from searcher.engine import AllOf, Request, Snapshot
from searcher.folding import fold
from searcher.leaves import is_han, literal_run
from searcher.parsing import parse
from searcher.planning import Options, SoughtTerm, plan
from searcher.query import Query, count_texts, spelled
from searcher.results import Expansion
from searcher.spelling import as_found, as_titled
from searcher.standing import grown, stands

CANDIDATES = 2_000
"""Words of the index that are looked at for one beginning."""

FOLLOWERS = 80
"""Characters tried in the place of one that may be wrong, the commonest first."""

HOMOPHONES = 40
"""Characters tried for the first syllable, the commonest first."""

PATHS = 40
"""Chains of characters that are followed at once."""

TRIED = 20
"""Texts of one kind that are looked for."""

WAYS = 3
"""Ways to cut letters into syllables, the fewest syllables first: xian is 先 or 西安."""

SPELLED = 0.75
"""Words of letters with less in common than this are not alike: one letter of four may be wrong, left out or added, or two swapped."""

ADDRESS = "/"
"""Words that hold this are addresses: zh-cn/docs/learn."""

QUOTES = '"“”„‟«»「」『』＂'

LONGEST = 12  # characters; of a longer term nobody mistypes just one
OFFERED = 3

MOST_TERMS = 50
"""A query of more terms was pasted, not mistyped: to look for what is like each of thousands takes a minute."""


def complete(snapshot: Snapshot, prefix: str, limit: int, before: str = "") -> tuple[str, ...]:
    """Words of the index that begin like `prefix`, the most frequent first: folded, but with the characters that tell them apart.

    Behind them comes what no dictionary knows and yet goes on so (汤 → 汤晓鸥).
    Where what stands `before` it does not end with a word, only what some document has right behind that: 劏房 is not 劏 and 房屋.
    Letters may also be a reading (shangt → 商汤), or the initials of a part of a title or of a file's name (rgzn → 人工智能), which comes
    as it is written there; such take half of the places where words would fill all.
    """
    folded = fold(prefix).text
    longer = _words_from(snapshot, folded)
    if folded and is_han(folded[-1]) and len(longer) < limit and (run := grown(snapshot, folded)) is not None and run not in longer:
        longer.append(run)
    letters = _letters(folded)
    heard = (*islice(_heard_alone(_Neighbours(snapshot), letters), limit), *_with_initials(snapshot, letters))
    first = limit - min(len(heard), limit // 2)
    offered = list(dict.fromkeys((*longer[:first], *heard, *longer[first:])))[:limit]
    if _is_open(before):
        held = _held(snapshot, (fold(before).text + word for word in offered))
        offered = [word for word in offered if fold(before).text + word in held]
    return tuple(dict.fromkeys(as_found(snapshot, word) for word in offered))


def _is_open(text: str) -> bool:
    """Whether a text ends with a character that is no word's end, so that what follows may belong to it."""
    folded = fold(text).text
    return bool(folded) and is_han(folded[-1]) and len(segmentation.few_words(folded)[-1]) == 1


def _words_from(snapshot: Snapshot, folded: str) -> list[str]:
    """The longer words that begin so, in texts or names of files, the most frequent first; addresses only for who types one."""
    counts: Counter[str] = Counter()
    for field in (views.TEXT_WORDS, views.NAME_WORDS) if folded else ():
        counts.update(dict(snapshot.terms(field, folded, CANDIDATES)))
    words = (word for word in counts if word != folded and (ADDRESS not in word or ADDRESS in folded))
    return sorted(words, key=lambda word: (-counts[word], word))


def did_you_mean(snapshot: Snapshot, query: Query, options: Options) -> tuple[str, ...]:
    """For a query without hits: its text with a term replaced that sounds the same, or that differs in one character or letter.

    First comes that paths hold what no document does: 笔记 → path:笔记; then what documents call it: callback → 回调.
    """
    offered: dict[str, tuple[bool, int]] = {}
    neighbours = _Neighbours(snapshot)
    if count_texts(query.tree) > MOST_TERMS:
        return ()
    planned = plan(query, options)
    terms = planned.terms
    for term in _unknown(snapshot, terms):
        for sounds, texts in _near(neighbours, fold(term.text.text).text):
            for near, count in _held(snapshot, texts).items():
                offered.setdefault(query.text.replace(term.text.text, as_found(snapshot, near)), (sounds, count))
    alike = sorted(offered, key=lambda text: (not offered[text][0], -offered[text][1], text))
    renamed = _renamed(snapshot, query, planned.expansions, options)
    return tuple(list(dict.fromkeys([*_in_paths(snapshot, terms), *renamed, *alike]))[:OFFERED]) or tuple(_less(snapshot, query, options))


def _in_paths(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> Iterator[str]:
    """The terms as a query for paths, where a path holds all of them: the name of a folder, of an archive, of a file of many mails."""
    plain = (term.text.text for term in terms if term.text.field is None and not term.pattern)
    wanted = AllOf(tuple(filter(None, (literal_run(text, (views.PATH_GRAMS,)) for text in plain))))
    if terms and len(wanted.children) == len(terms) and snapshot.matching(wanted):
        yield " ".join(spelled(replace(term.text, field="path")) for term in terms)


def _renamed(snapshot: Snapshot, query: Query, expansions: Sequence[Expansion], options: Options) -> Iterator[str]:
    """The query with another form of a word, which weighs too little to answer by itself, where documents hold it and all of the query."""
    for expansion in expansions:
        if expansion.source not in query.text or not _held(snapshot, (fold(expansion.target).text,)):
            continue
        text = query.text.replace(expansion.source, expansion.target)
        strict = plan(parse(text), options).strict
        if strict is not None and snapshot.matching(strict.match):
            yield text


def _unknown(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> list[SoughtTerm]:
    """The terms that no document holds as they stand; what stands somewhere is not mistyped, if only a date or a field keeps it away."""
    texts = {term.text.text: literal_run(fold(term.text.text).text, views.GRAMS) for term in terms}
    held = {text for text, leaf in texts.items() if leaf is not None and snapshot.matching(leaf)}
    return [term for term in terms if term.text.text not in held]


def _less(snapshot: Snapshot, query: Query, options: Options) -> Iterator[str]:
    """The query without its quotes, where something is found so; else without the words that no document holds."""
    terms = plan(query, options).terms
    if any(term.text.quoted for term in terms):
        loose = "".join(character for character in query.text if character not in QUOTES)
        if any(snapshot.matching(request.match) for request in _requests(loose, options)):
            yield loose
        return
    known = [_known(snapshot, term) for term in terms]
    text = " ".join(words for words in known if words)
    if text and text != query.text:
        yield text


def _requests(text: str, options: Options) -> Iterator[Request]:
    planned = plan(parse(text), options)
    yield from (request for request in (planned.strict, planned.relaxed) if request is not None)


def _known(snapshot: Snapshot, term: SoughtTerm) -> str:
    """The words of a term that documents hold, as they were typed; single characters, which tell little, left out."""
    folded = fold(term.text.text)
    held = [forms[0] for forms in term.words if len(forms[0]) > 1 and any(snapshot.frequency(views.WORDS, form) for form in forms)]
    outer = [word for word in held if not any(word != other and word in other for other in held)]
    places = sorted({folded.text.find(word): word for word in outer if word in folded.text}.items())
    return " ".join(term.text.text[slice(*folded.original(start, start + len(word)))] for start, word in places)


def _held(snapshot: Snapshot, texts: Iterable[str], grams: tuple[str, ...] = views.GRAMS) -> dict[str, int]:
    """The texts that documents hold, with how many do, most first."""
    leaves = {text: literal_run(text, grams) for text in texts}
    counts = {text: snapshot.matching(leaf) for text, leaf in leaves.items() if leaf is not None}
    return {text: counts[text] for text in sorted(counts, key=lambda text: (-counts[text], text)) if counts[text]}


class _Neighbours:
    """Which characters stand together in the texts of an index, or in its titles; asks once for each."""

    def __init__(self, snapshot: Snapshot, grams: str = views.TEXT_GRAMS) -> None:
        self.snapshot = snapshot
        self.grams = grams
        self._followers: dict[str, dict[str, int]] = {}

    def behind(self, character: str) -> dict[str, int]:
        """The characters that follow one, with how many documents have the two, most first."""
        if character not in self._followers:
            found = self.snapshot.terms(self.grams, character, CANDIDATES)
            self._followers[character] = {pair[1]: count for pair, count in found if len(pair) == 2}
        return self._followers[character]

    def together(self, pair: str) -> int:
        """How many documents have two characters side by side."""
        return self.snapshot.frequency((self.grams,), pair)


def _near(neighbours: _Neighbours, folded: str) -> Iterator[tuple[bool, list[str]]]:
    """Texts like a term: those that sound the same (True), and those that differ in one character."""
    if len(folded) < 2:
        return
    if not _is_han(folded):
        yield True, list(islice(_heard_alone(neighbours, _letters(folded)), TRIED))
        yield False, _spelled_alike(neighbours.snapshot, folded)
    elif len(folded) == 2:  # any two characters that sound so stand together somewhere: only words tell what was meant
        yield True, _words_like(neighbours.snapshot, folded, [_homophones(character) for character in folded])
        yield False, _words_like(neighbours.snapshot, folded, [_nearly_homophones(character) for character in folded])
    elif len(folded) <= LONGEST:
        alike = [text for text in _chains(neighbours, [_homophones(character) for character in folded]) if text != folded]
        yield True, alike[:TRIED]
        yield False, list(_one_off(neighbours, folded))[:TRIED]


def _chains(neighbours: _Neighbours, choices: Sequence[str]) -> list[str]:
    """Runs with one character of each choice, every two neighbours of which stand together somewhere; the commonest first."""
    if len(choices) < 2:
        return []
    paths = [(0, character) for character in choices[0][:HOMOPHONES]]
    for number, following in enumerate(choices[1:]):
        allowed = set(following)
        longer = [
            (count if number == 0 else min(least, count), path + other)
            for least, path in paths
            for other, count in neighbours.behind(path[-1]).items()
            if other in allowed
        ]
        paths = sorted(longer, key=lambda item: (-item[0], item[1]))[:PATHS]
    return [path for _, path in paths]


def _words_like(snapshot: Snapshot, folded: str, choices: Sequence[str]) -> list[str]:
    """Words of the index and of the language that have one character of each choice, the most frequent first."""
    found = {
        word: count
        for word, count in _fitting(snapshot, views.TEXT_WORDS, choices[0][:HOMOPHONES], choices)
        if len(word) == len(choices) and word != folded and segmentation.few_words(word)[-1:] == [word]
    }
    return sorted(found, key=lambda word: (-found[word], word))[:TRIED]


def _one_off(neighbours: _Neighbours, folded: str) -> Iterator[str]:
    """Runs that differ in one character, whose neighbours stand beside it elsewhere."""
    for place in range(1, len(folded)):
        behind = folded[place + 1 : place + 2]
        for other in list(neighbours.behind(folded[place - 1]))[:FOLLOWERS]:
            changed = folded[:place] + other + folded[place + 1 :]
            if other != folded[place] and (not behind or neighbours.together(other + behind)) and _is_word_at(changed, place):
                yield changed


def _is_word_at(text: str, place: int) -> bool:
    """Whether the character is part of a word, or all are words by themselves, as those of names: 离婚后 is nothing that was misspelled."""
    spans = segmentation.word_spans(text)
    return all(end - start == 1 for _, start, end in spans) or any(start <= place < end and end - start > 1 for _, start, end in spans)


def _spelled_alike(snapshot: Snapshot, folded: str) -> list[str]:
    """Words of the index that begin with the same letter and are spelled most alike: pyhton, pythn, pythen → python."""
    candidates = [word for word, _ in snapshot.terms(views.TEXT_WORDS, folded[:1], CANDIDATES) if word != folded]
    return get_close_matches(folded, candidates, OFFERED, SPELLED)


def _letters(folded: str) -> str:
    """The letters of what may be a reading; nothing where it is none."""
    spelled = folded.replace("'", "").replace(" ", "")
    return spelled if spelled.isascii() and spelled.isalpha() and len(spelled) <= _LONGEST_SYLLABLE * LONGEST else ""


def _heard(neighbours: _Neighbours, letters: str) -> list[str]:
    """Runs of the index that are read like the letters, the last syllable perhaps unfinished; two syllables at least.

    Words come first, the most frequent of them before the others, then what merely stands together, such as names.
    """
    ways = [choices for choices in _syllables(letters)[:WAYS] if len(choices) > 1]
    words = {
        word: count
        for choices in ways
        for word, count in _fitting(neighbours.snapshot, views.TEXT_WORDS, choices[0][:HOMOPHONES], choices)
        if len(word) >= len(choices)
    }
    chains = [run for choices in ways for run in _chains(neighbours, choices)[:TRIED]]
    return list(dict.fromkeys((*sorted(words, key=lambda word: (-words[word], word))[:TRIED], *chains)))


def _heard_alone(neighbours: _Neighbours, letters: str) -> Iterator[str]:
    """Those of them that documents hold, and that are no pieces of other words: 网络, 晓鸥, not 络等 of 网络等."""
    runs = _heard(neighbours, letters)
    held = _held(neighbours.snapshot, runs)
    for run in runs:
        if run in held and (neighbours.snapshot.frequency((views.TEXT_WORDS,), run) or stands(neighbours.snapshot, run)):
            yield run


def _with_initials(snapshot: Snapshot, letters: str) -> list[str]:
    """Parts of titles, then of names of files, whose characters are read with these initials, as they are written there."""
    if not 2 <= len(letters) <= LONGEST:
        return []
    choices = [_initials().get(letter, "") for letter in letters]
    heads = ((views.TITLE_WORDS, views.TITLE_GRAMS), (views.NAME_WORDS, views.NAME_GRAMS))
    return [as_titled(snapshot, run) for words, grams in heads for run in _initialled(snapshot, choices, words, grams)]


def _initialled(snapshot: Snapshot, choices: Sequence[str], words: str, grams: str) -> list[str]:
    """Runs with one character of each choice: of the fewest words, then the commonest first.

    They begin and end where words do, so that three letters do not mean any three characters.
    """
    titles = _Neighbours(snapshot, grams)
    found: dict[str, tuple[int, int]] = {}
    paths = {"": (0, -snapshot.count)}
    while paths and len(found) < TRIED:
        longer: dict[str, tuple[int, int]] = {}
        for path, (parts, least) in paths.items():
            rest = choices[len(path) :]
            firsts = [character for character in titles.behind(path[-1]) if character in rest[0]] if path else rest[0]
            for word, count in _fitting(snapshot, words, firsts, rest):
                ended = found if len(path) + len(word) >= len(choices) else longer
                ended.setdefault(path + word, (parts + 1, max(least, -count)))
        paths = {run: longer[run] for run in sorted(longer, key=lambda run: (longer[run], run))[:PATHS]}
    runs = sorted(found, key=lambda run: (found[run], run))[:TRIED]
    held = _held(snapshot, runs, (grams,))
    return [run for run in runs if run in held]


def _fitting(snapshot: Snapshot, field: str, firsts: Iterable[str], choices: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words of a field that begin with one of the characters and, as far as both go, have a character of each choice."""
    for first in firsts:
        for word, count in snapshot.terms(field, first, CANDIDATES):
            if all(character in choice for character, choice in zip(word, choices, strict=False)):
                yield word, count


def _syllables(spelled: str) -> list[list[str]]:
    """The ways to cut letters into syllables, as the characters that each may stand for, the one of the fewest syllables first."""
    ways: list[list[list[str]]] = [[[]], *([] for _ in spelled)]
    for end in range(1, len(spelled) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            characters = _characters().get(spelled[start:end])
            if characters:
                ways[end] += [[*way, characters] for way in ways[start]][:PATHS]
    if not ways[-1]:  # the last syllable is unfinished
        for start in range(len(spelled) - 1, max(-1, len(spelled) - _LONGEST_SYLLABLE), -1):
            begun = "".join(characters for reading, characters in _characters().items() if reading.startswith(spelled[start:]))
            if begun and ways[start]:
                return [[*way, begun] for way in ways[start]]
    return sorted(ways[-1], key=len)


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """The characters of every reading, commonest first."""
    rows = files("searcher.tables").joinpath("readings.tsv").read_text("utf-8").split("\n")[1:-1]
    return {row.partition("\t")[0]: row.partition("\t")[2] for row in rows}


@lru_cache(maxsize=1)
def _initials() -> dict[str, str]:
    """The characters that can be read with an initial, by its first letter."""
    found: dict[str, dict[str, None]] = {}
    for reading, characters in _characters().items():
        found.setdefault(reading[0], {}).update(dict.fromkeys(characters))
    return {letter: "".join(characters) for letter, characters in found.items()}


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reading, characters in _characters().items():
        for character in characters:
            found.setdefault(character, []).append(reading)
    return found


def _homophones(character: str) -> str:
    """The characters that can be read like this one, itself among them."""
    return "".join(dict.fromkeys(character + "".join(_characters()[reading] for reading in _readings().get(character, ()))))


def can_sound_alike(text: str, other: str) -> bool:
    """Whether two texts of Han characters can be read in the same way, tones aside."""
    return len(text) == len(other) and all(map(_can_be_read_alike, text, other))


def _can_be_read_alike(character: str, other: str) -> bool:
    return character == other or not set(_readings().get(character, ())).isdisjoint(_readings().get(other, ()))


def _nearly_homophones(character: str) -> str:
    """The characters that are read like this one where zh is not told from z, ng from n, l from n: as many people speak, and type."""
    wanted = {_slurred(reading) for reading in _readings().get(character, ())}
    return "".join(dict.fromkeys(character + "".join(_characters()[reading] for reading in _characters() if _slurred(reading) in wanted)))


def _slurred(reading: str) -> str:
    first = reading[0].replace("l", "n") + reading[1:].removeprefix("h")
    return first.removesuffix("g") if first.endswith("ng") else first


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "〇" for character in text)


_LONGEST_SYLLABLE = 6  # zhuang
