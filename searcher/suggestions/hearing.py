"""Which runs of the index are read like these letters: shangt → 商汤, rgzn → 人工智能?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searcher.engine import Snapshot
from searcher.plans.words import outer_words
from searcher.suggestions.mistyping import LONGEST
from searcher.suggestions.neighbours import HOMOPHONES, PATHS, Neighbours, chains, fitting, held_of
from searcher.suggestions.readings import LONGEST_SYLLABLE, choices_of, initials, syllables
from searcher.suggestions.spelling import as_titled
from searcher.suggestions.standing import stands
from searcher.text import views

TRIED = 20
"""Texts of one kind that are looked for."""

WAYS = 3
"""Ways to cut letters into syllables, the fewest syllables first: xian is 先 or 西安."""


def letters_of(folded: str) -> str:
    """The letters of what may be a reading; nothing where it is none."""
    spelled = folded.replace("'", "").replace(" ", "")
    return spelled if spelled.isascii() and spelled.isalpha() and len(spelled) <= LONGEST_SYLLABLE * LONGEST else ""


def heard(neighbours: Neighbours, letters: str) -> Iterator[str]:
    """Runs that documents hold which are read like the letters, and that are no pieces of other words: 网络, 晓鸥, not 络等 of 网络等."""
    return _standing(neighbours, _read_so(neighbours, syllables(letters)))


def heard_as_typed(neighbours: Neighbours, folded: str) -> Iterator[str]:
    """Runs of the index that are read like what is typed in Zhuyin, in its keys, or partly in letters: su3cl3 → 你好, 数ju库 → 数据库."""
    return _standing(neighbours, _read_so(neighbours, [choices_of(folded)]))


def heard_in_parts(neighbours: Neighbours, parts: Sequence[str]) -> Iterator[str]:
    """Runs of the index that are read so, with blanks between words or syllables: rengong zhineng, ren gong zhi neng → 人工智能."""
    ways = [syllables(part)[:1] for part in parts]
    return _standing(neighbours, _read_so(neighbours, [[choices for way in ways for choices in way[0]]]) if all(ways) else [])


def _standing(neighbours: Neighbours, runs: Sequence[str]) -> Iterator[str]:
    """Those runs that documents hold and that are words, are made of words of several characters, or stand by themselves."""
    snapshot, held = neighbours.snapshot, held_of(neighbours.snapshot, runs)
    for run in runs:
        if run in held and (snapshot.frequency((views.TEXT_WORDS,), run) or _is_made_of_words(run) or stands(snapshot, run)):
            yield run


def _is_made_of_words(run: str) -> bool:
    return all(len(word) > 1 for word in outer_words(run))


def with_initials(snapshot: Snapshot, letters: str) -> list[str]:
    """Parts of titles, then of names of files, whose characters are read with these initials, as they are written there."""
    if not 2 <= len(letters) <= LONGEST:
        return []
    choices = [initials().get(letter, "") for letter in letters]
    heads = ((views.TITLE_WORDS, views.TITLE_GRAMS), (views.NAME_WORDS, views.NAME_GRAMS))
    return [as_titled(snapshot, run) for words, grams in heads for run in _initialled(snapshot, choices, words, grams)]


def _read_so(neighbours: Neighbours, read: Sequence[Sequence[str]]) -> list[str]:
    """Runs that may be in the index and have one character for each syllable of a way to read, the last perhaps unfinished; two at least.

    Words come first, the most frequent of them before the others, then what merely stands together, such as names.
    """
    ways = [choices for choices in read[:WAYS] if len(choices) > 1]
    words = {
        word: count
        for choices in ways
        for word, count in fitting(neighbours.snapshot, views.TEXT_WORDS, choices[0][:HOMOPHONES], choices)
        if len(word) >= len(choices)
    }
    joined = [run for choices in ways for run in chains(neighbours, choices)[:TRIED]]
    return list(dict.fromkeys((*sorted(words, key=lambda word: (-words[word], word))[:TRIED], *joined)))


def _initialled(snapshot: Snapshot, choices: Sequence[str], words: str, grams: str) -> list[str]:
    """Runs with one character of each choice: of the fewest words, then the commonest first.

    They begin and end where words do, so that three letters do not mean any three characters.
    """
    titles = Neighbours(snapshot, grams)
    found: dict[str, tuple[int, int]] = {}
    paths = {"": (0, -snapshot.count)}
    while paths and len(found) < TRIED:
        longer: dict[str, tuple[int, int]] = {}
        for path, (parts, least) in paths.items():
            rest = choices[len(path) :]
            firsts = [character for character in titles.behind(path[-1]) if character in rest[0]] if path else rest[0]
            for word, count in fitting(snapshot, words, firsts, rest):
                ended = found if len(path) + len(word) >= len(choices) else longer
                ended.setdefault(path + word, (parts + 1, max(least, -count)))
        paths = {run: longer[run] for run in sorted(longer, key=lambda run: (longer[run], run))[:PATHS]}
    runs = sorted(found, key=lambda run: (found[run], run))[:TRIED]
    held = held_of(snapshot, runs, (grams,))
    return [run for run in runs if run in held]
