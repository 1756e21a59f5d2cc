"""How many mistyped words are mended, and how often is something offered for what was rightly typed?

    python -m benchmarks.quality.typos CORPUS.jsonl[.xz] [--words 1000] [--index FOLDER] [--pairs FILE]
                                       [--right FILE …] [--right-words 5000] [--show]

CORPUS holds {title, text} a line, each a document; `--index` keeps the index, and uses it again when it is there.
Words of the dictionary, of two to four characters, that ten documents hold or more, are mistyped by rule, the same every time:
one character is another that looks alike, or sounds alike, or nearly, is left out (of three or four), is doubled, or is swapped with the
next. What is a word itself, or stands in more than one document for fifty that hold the word, is no typo.
Each is asked alone, and behind another word of a document that holds the right one. The table says of how many, in percent, the right
query is among the three offered, or the first.
The table of look-alikes is the product's own; `--pairs` takes others, {character TAB character} a line.

Then words of the dictionary, frequent ones and rare ones, alone and two together, and the lines of the files named by `--right` (of JSON
their `text`): how many are answered, and for how many of these, and of the others, something is offered.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import HAN, read_rows
from searcher import Document, Index
from searcher.engine import Snapshot, Store
from searcher.plans.leaves import literal_run
from searcher.suggestions.lookalikes import lookalikes
from searcher.suggestions.readings import homophones, nearly_homophones
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold
from searcher.text.segmentation import word_spans

HELD = 10
SELDOM = 50
OFFERED = 3
TRIES = 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and another one of a document that holds it."""

    text: str
    beside: str


def main() -> None:
    options = _options()
    with TemporaryDirectory() as scratch:
        folder = options.index or Path(scratch) / "index"
        if not folder.exists():
            build(options.corpus, folder)
        with Index.open(folder) as index:
            snapshot = Store.open(folder).snapshot()
            words = list(islice(chosen_words(index, snapshot), options.words))
            kinds = {**KINDS, "looks alike (pairs)": _replaced(others_of(options.pairs))} if options.pairs else KINDS
            show_typos(index, snapshot, words, kinds, details=options.show)
            show_right(index, options.right_words, options.right, details=options.show)


def build(corpus: Path, folder: Path) -> None:
    with Index.create(folder) as index:
        rows = enumerate(read_rows(corpus))
        index.add(Document(id=str(number), title=row.get("title") or "", text=row["text"]) for number, row in rows)


def chosen_words(index: Index, snapshot: Snapshot) -> Iterator[Word]:
    """Words of the dictionary that are held often enough, in the order of chance."""
    chosen = random.Random(1)
    words = sorted(word for word, count in snapshot.terms(views.TEXT_WORDS, "") if count >= HELD and _is_plain_word(word))
    chosen.shuffle(words)
    for word in words:
        first = index.search(f"“{word}”", limit=1, snippets=0)[0]
        others = _words_of(fold(index.document(first.id).text).text) - {word}
        if others:
            yield Word(word, chosen.choice(sorted(others)))


def _is_plain_word(word: str) -> bool:
    return 2 <= len(word) <= 4 and HAN.sub("", word) == "" and default_dictionary().frequency(word) > 0


def _words_of(text: str) -> set[str]:
    return {word for word, start, end in word_spans(text[:20_000]) if end - start > 1 and HAN.sub("", word) == ""}


Rule = Callable[[random.Random, str], "str | None"]
"""How a word is mistyped by chance; None where the rule makes nothing of it."""


def _replaced(others: Callable[[str], str]) -> Rule:
    """One character is another one of those."""

    def replaced(chosen: random.Random, word: str) -> str | None:
        place = chosen.randrange(len(word))
        found = [other for other in others(word[place])[:MOST] if other != word[place]]
        return word[:place] + chosen.choice(found) + word[place + 1 :] if found else None

    return replaced


MOST = 30
"""Of the characters that sound alike the commonest: nobody types the others by mistake."""


def _left_out(chosen: random.Random, word: str) -> str | None:
    place = chosen.randrange(len(word))
    return word[:place] + word[place + 1 :] if len(word) > 2 else None


def _doubled(chosen: random.Random, word: str) -> str | None:
    place = chosen.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def _swapped(chosen: random.Random, word: str) -> str | None:
    place = chosen.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _only_nearly(character: str) -> str:
    return "".join(other for other in nearly_homophones(character) if other not in homophones(character))


def others_of(pairs: Path) -> Callable[[str], str]:
    """What looks like a character, of a file of pairs."""
    found: dict[str, str] = defaultdict(str)
    for one, other in (line.split("\t") for line in pairs.read_text("utf-8").splitlines()):
        found[one] += other
        found[other] += one
    return lambda character: found[character]


KINDS: dict[str, Rule] = {
    "looks alike": _replaced(lookalikes),
    "sounds alike": _replaced(homophones),
    "nearly": _replaced(_only_nearly),
    "left out": _left_out,
    "doubled": _doubled,
    "swapped": _swapped,
}


def show_typos(index: Index, snapshot: Snapshot, words: Sequence[Word], kinds: dict[str, Rule], *, details: bool) -> None:
    print(f"# {len(index):,} documents, {len(words):,} words", flush=True)
    print(f"{'typo':22}{'queries':>9}{'alone':>9}{'first':>9}{'beside':>9}{'first':>9}")
    for kind, rule in kinds.items():
        typos = list(_typos(snapshot, words, rule))
        alone = [_asked(index, "", typed, word.text) for word, typed in typos]
        beside = [_asked(index, f"{word.beside} ", typed, word.text) for word, typed in typos]
        shares = (_share(asked, within) for asked in (alone, beside) for within in (OFFERED, 1))
        print(f"{kind:22}{len(typos):9}" + "".join(f"{share:9.1f}" for share in shares), flush=True)
        for asked in (alone, beside) if details else ():
            print(" ".join(f"{one.query}→{'|'.join(one.offered)};" for one in asked if one.place))


@dataclass(frozen=True, slots=True)
class Asked:
    """A mistyped query, what was offered, and where among that the right one stands, from 0; behind it where it does not."""

    query: str
    offered: tuple[str, ...]
    place: int


def _asked(index: Index, before: str, typed: str, right: str) -> Asked:
    offered = index.search(before + typed, snippets=0).suggestions
    return Asked(before + typed, offered, offered.index(before + right) if before + right in offered else OFFERED)


def _share(asked: Sequence[Asked], within: int) -> float:
    return 100 * sum(one.place < within for one in asked) / max(1, len(asked))


def _typos(snapshot: Snapshot, words: Iterable[Word], rule: Rule) -> Iterator[tuple[Word, str]]:
    chosen = random.Random(2)
    for word in words:
        for typed in filter(None, (rule(chosen, word.text) for _ in range(TRIES))):
            if _is_typo(snapshot, typed, word.text):
                yield word, typed
                break


def _is_typo(snapshot: Snapshot, typed: str, word: str) -> bool:
    if typed == word or default_dictionary().frequency(typed):
        return False
    return SELDOM * _held(snapshot, typed) <= _held(snapshot, word)


def _held(snapshot: Snapshot, text: str) -> int:
    """How many documents hold a text as it stands."""
    leaf = literal_run(text, (views.TEXT_GRAMS,))
    return snapshot.matching(leaf) if leaf else 0


def show_right(index: Index, number: int, files: Sequence[Path], *, details: bool) -> None:
    print(f"\n{'rightly typed':30}{'answered':>9}{'offered':>9}{'%':>7}{'not answered':>14}{'offered':>9}")
    for name, queries in (*_dictionary_queries(number), *((file.name, _lines(file)) for file in files)):
        found = [(query, index.search(query, snippets=0)) for query in queries]
        answered = [(query, results.suggestions) for query, results in found if results.total]
        others = [results.suggestions for _, results in found if not results.total]
        offered = [(query, suggestions) for query, suggestions in answered if suggestions]
        share = 100 * len(offered) / max(1, len(answered))
        print(f"{name:30}{len(answered):9}{len(offered):9}{share:7.2f}{len(others):14}{sum(map(bool, others)):9}", flush=True)
        if details:
            print(" ".join(f"{query}→{suggestions[0]};" for query, suggestions in offered))


def _dictionary_queries(number: int) -> Iterator[tuple[str, list[str]]]:
    chosen = random.Random(3)
    weighed = [(-frequency, word) for word, frequency in default_dictionary().items() if len(word) > 1 and HAN.sub("", word) == ""]
    ordered = [word for _, word in sorted(weighed)]
    for name, words in (("frequent words", ordered[:number]), ("rare words", chosen.sample(ordered[len(ordered) // 2 :], number))):
        yield name, words
        yield f"two {name}", [f"{one} {other}" for one, other in zip(words, chosen.sample(words, len(words)), strict=True)]


def _lines(file: Path) -> list[str]:
    if ".jsonl" in file.name:
        return [row["text"] for row in read_rows(file)]
    return file.read_text("utf-8").splitlines()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--words", type=int, default=1_000)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--right", type=Path, nargs="*", default=[])
    parser.add_argument("--right-words", type=int, default=5_000, help="of each kind, frequent and rare")
    parser.add_argument("--show", action="store_true", help="print what was not mended first, and what was offered in vain")
    return parser.parse_args()


if __name__ == "__main__":
    main()
