"""How many slips of those who type are mended, and how often is something offered for what was rightly typed?

    python -m benchmarks.slips INDEX [--each 100] [--right FILE …] [--right-words 2000] [--peers] [--show KIND]

INDEX is an index; queries are drawn from its documents, so many of each shape: words, two words as one, names, each alone, beside another
word, and in questions, and words of letters. Each is mistyped once in each way, the same every time. What is a word itself, or stands in
more than one document for fifty that hold the right term, is no slip.
The tables say of how many, in percent, the right query is the first that is offered, is among the three that are, something else is first,
or nothing is offered; `fine`: of all slips those for which nothing is offered and which have half of the right query's first ten hits.

Then what is rightly typed and has hits: the drawn queries themselves, words of the dictionary, frequent ones and rare ones, alone and two
together, and the lines of the files named by `--right` (of JSON their `text`): for how many is something offered?
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import HAN, read_rows
from benchmarks.slips import peers
from benchmarks.slips.drawing import SHAPES, Asked, draw
from benchmarks.slips.judging import Slip, answered, fate, offered_for, slips_of
from benchmarks.slips.spoiling import HAN_KINDS, LATIN_KINDS
from searcher import Index
from searcher.text.dictionary import default_dictionary

SHOWN = 60


def main() -> None:
    options = _options()
    with Index.open(options.index) as index:
        queries = list(draw([(document.title, document.text) for document in index], options.each))
        slips = list(slips_of(index, queries))
        right = {name: answered(index, lines) for name, lines in _right(queries, options)}
        print(f"# {len(index):,} documents, {len(queries):,} queries, {len(slips):,} slips", flush=True)
        for name, offering in _peers(index, all_of_them=options.peers).items():
            offered = offered_for(offering, [slip.typed for slip in slips])
            needless = {name: offered_for(offering, lines) for name, lines in right.items()}
            print(f"\n## {name}")
            _print_slips(slips, offered)
            _print_right(needless)
            if options.show is not None:
                _print_failures([slip for slip in slips if options.show in slip.kind], offered, needless)


def _peers(index: Index, *, all_of_them: bool) -> dict[str, peers.Offering]:
    others = {f"Whoosh's corrector, {edits} edits": peers.whoosh(index, edits) for edits in (1, 2) if all_of_them}
    return {"searcher": peers.searcher(index), **others}


def _print_slips(slips: Sequence[Slip], offered: Mapping[str, tuple[str, ...]]) -> None:
    print(f"{'mistyped, %':46}{'slips':>7}{'first':>8}{'among':>8}{'wrong':>8}{'nothing':>9}{'fine':>7}")
    rows = {
        **{kind: [slip for slip in slips if slip.kind == kind] for kind in (*HAN_KINDS, *LATIN_KINDS)},
        **{f"= {shape}": [slip for slip in slips if slip.right.shape == shape] for shape in SHAPES},
        "= all": list(slips),
    }
    for name, chosen in rows.items():
        one, all_of_them = fate(chosen, offered), max(1, len(chosen))
        shares = (100 * count / all_of_them for count in (one.first, one.among, one.wrong, one.nothing, one.fine))
        print(f"{name:46}{len(chosen):7}" + "".join(f"{share:{width}.1f}" for share, width in zip(shares, (8, 8, 8, 9, 7), strict=True)))


def _print_right(needless: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
    print(f"{'rightly typed, with hits':46}{'':7}{'queries':>8}{'offered':>8}{'%':>8}")
    for name, offered in needless.items():
        vain = sum(map(bool, offered.values()))
        print(f"{name:46}{'':7}{len(offered):8}{vain:8}{100 * vain / max(1, len(offered)):8.2f}", flush=True)


def _print_failures(
    slips: Sequence[Slip], offered: Mapping[str, tuple[str, ...]], needless: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> None:
    failures = [slip for slip in slips if not fate([slip], offered).first]
    for slip in failures:
        state = " (fine)" if slip.same else ""
        print(f"{slip.kind[:28]:30}{slip.typed} ≠ {slip.right.text} → {' | '.join(offered[slip.typed])}{state}")
    for name, found in needless.items():
        for query, texts in [(query, texts) for query, texts in found.items() if texts][:SHOWN]:
            print(f"needless, {name}: {query} → {' | '.join(texts)}")


def _right(queries: Sequence[Asked], options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    for shape in SHAPES:
        yield shape, [query.text for query in queries if query.shape == shape]
    yield from _dictionary_queries(options.right_words)
    for file in options.right:
        yield file.name, [row["text"] for row in read_rows(file)] if ".jsonl" in file.name else file.read_text("utf-8").splitlines()


def _dictionary_queries(number: int) -> Iterator[tuple[str, list[str]]]:
    chosen = random.Random(3)
    weighed = [(-frequency, word) for word, frequency in default_dictionary().items() if len(word) > 1 and HAN.sub("", word) == ""]
    ordered = [word for _, word in sorted(weighed)]
    for name, words in (("frequent words", ordered[:number]), ("rare words", chosen.sample(ordered[len(ordered) // 2 :], number))):
        yield name, words
        yield f"two {name}", [f"{one} {other}" for one, other in zip(words, chosen.sample(words, len(words)), strict=True)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="a folder that `searcher index` made")
    parser.add_argument("--each", type=int, default=100, help="queries of each shape (default: %(default)s)")
    parser.add_argument("--right", type=Path, nargs="*", default=[], metavar="FILE", help="files with lines that are rightly typed")
    parser.add_argument("--right-words", type=int, default=2_000, help="of each kind, frequent and rare (default: %(default)s)")
    parser.add_argument("--peers", action="store_true", help="Whoosh's corrector, too")
    parser.add_argument("--show", metavar="KIND", help="print the failures of kinds whose name holds this, and what was offered in vain")
    return parser.parse_args()


if __name__ == "__main__":
    main()
