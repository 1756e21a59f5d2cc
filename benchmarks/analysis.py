"""How fast is text analysed? Folding, grams, words and all of it, beside jieba's own analyzer for Whoosh.

    python -m benchmarks.analysis articles.jsonl.xz --characters 4000000

One core; processor time, the best of three; characters are those of the original text.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from benchmarks.corpus import parser, read_rows
from benchmarks.machine import machine
from searcher.text import analysis, segmentation
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold


def main() -> None:
    options = read_options()
    texts = list(take((row["text"] for row in read_rows(options.corpus)), options.characters))
    folded = [fold(text).text for text in texts]
    print(f"{machine()}\n{len(texts)} texts, {sum(map(len, texts)):,} characters\n")
    report("load rjieba with the folded words", lambda: segmentation.rjieba_cutter(default_dictionary()))
    segmentation.words(folded[0] * (1 + segmentation.WORTH_LOADING // max(1, len(folded[0]))))
    report("fold", lambda: [fold(text) for text in texts], texts)
    report("grams and positions of folded text", lambda: [analysis._line(text) for text in folded], texts)
    report("words of folded text", lambda: [segmentation.words(text) for text in folded], texts)
    report("analyze: all of these, in blocks", lambda: [analysis.analyze(text) for text in texts], texts)
    few = list(take(iter(texts), options.peer_characters))
    mapped = segmentation.mapped_cutter(default_dictionary())
    report("words by the mapped dictionary", lambda: [segmentation.words_by(mapped, fold(text).text) for text in few], few)
    with tempfile.TemporaryDirectory() as folder:
        analyzer = chinese_analyzer(folder)
        report("peer: jieba's ChineseAnalyzer", lambda: [sum(1 for _ in analyzer(text)) for text in few], few)


def read_options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--characters", type=int, default=4_000_000, help="read about so many (default: %(default)s)")
    options.add_argument("--peer-characters", type=int, default=300_000, help="and so many for what is slow (default: %(default)s)")
    return options.parse_args()


def take(texts: Iterator[str], characters: int) -> Iterator[str]:
    for text in texts:
        if characters <= 0:
            return
        characters -= len(text)
        yield text


def report(what: str, work: Callable[[], object], texts: list[str] | None = None) -> None:
    """Print the best processor time of three, and the characters per second it makes."""
    seconds = min(processor_time(work) for _ in range(3))
    speed = f"{sum(map(len, texts)) / seconds / 1e6:8.2f} million characters/s" if texts else ""
    print(f"{what:36}{seconds:9.3f} s{speed}")
    sys.stdout.flush()


def processor_time(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def chinese_analyzer(folder: str) -> Callable[[str], Iterator[object]]:
    """jieba's analyzer as shipped, but quiet, its cache in `folder`, and loaded before anything is timed."""
    import jieba
    from jieba.analyse.analyzer import ChineseAnalyzer

    jieba.setLogLevel(60)
    jieba.dt.tmp_dir = folder
    jieba.initialize()
    analyzer: Callable[[str], Iterator[object]] = ChineseAnalyzer()
    return analyzer


if __name__ == "__main__":
    main()
