"""Results while their query is being typed: two rows a hit, its title and the row of its best passage that shows a match.

 1  商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！  2021-08-17
    而迟迟没有上市的原因，或许是AI企业营收普遍面临亏损以及连年高升的负债率，从目
5 of 312 documents
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from searcher.messages import Say
from searcher.printer.counts import found_words
from searcher.printer.plain import lacking_words
from searcher.printer.terminal import ASIDE, MARK, Screen, as_sorted, aside, indent_of, snippet_lines, title_lines
from searcher.results import Hit, Results

if TYPE_CHECKING:
    from rich.text import Text


def preview_lines(results: Results, say: Say, screen: Screen) -> Iterator[Text]:
    """The rows of the hits, and one that says how many documents match, or what else may be meant where none does."""
    indent = indent_of(results)
    for hit in as_sorted(results):
        yield from _hit_rows(hit, indent, say, screen)
    words = say("suggested", forms=results.suggestions) if results.suggestions and not results else found_words(results, say)
    yield from islice(aside(words, screen), 1)


def _hit_rows(hit: Hit, indent: str, say: Say, screen: Screen) -> Iterator[Text]:
    title = next(title_lines(hit, indent, screen))
    if lacking := lacking_words(hit, say):
        title.append(f"  {lacking}", style=ASIDE)
        title.truncate(screen.width, overflow="ellipsis")
    yield title
    best = hit.best
    if best is None:
        return
    rows = list(snippet_lines(best, False, indent, screen))
    yield next((row for row in rows if any(span.style == MARK for span in row.spans)), rows[0])
