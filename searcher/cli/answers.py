"""How are results printed in the form that was asked for, and what is remarked beside them?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.cli.arguments import Asked
from searcher.cli.speaking import print_all
from searcher.printer import plain
from searcher.printer.visible import one_line
from searcher.surroundings import Surroundings

if TYPE_CHECKING:
    from searcher.index import Index
    from searcher.results import Results


def print_results(pages: Iterable[Results], index: Index, asked: Asked, around: Surroundings, *, alone: bool = True) -> Results:
    """The pages of an answer in the form that was asked for, each let go when it is printed; beside it, on standard error, what a program
    would not expect in it. Gives the first page, of which there is one at least.

    Remarks that say not which of many queries they are about are left out: what they say is in the JSON, or in the query's heading.
    """
    ends: list[Results] = []
    _print_pages(_noted(pages, ends), index, asked, around, alone=alone)
    if alone and not is_for_reader(asked, around):
        _remark_on(ends[0], ends[-1], asked, around)
    return ends[0]


def _noted(pages: Iterable[Results], ends: list[Results]) -> Iterator[Results]:
    """The pages; when they have gone by, `ends` has the first, and the last where that is another."""
    for results in pages:
        ends[1:] = [results]
        yield results


def _print_pages(pages: Iterable[Results], index: Index, asked: Asked, around: Surroundings, *, alone: bool) -> None:
    options = asked.options
    shown = (_in_script(results, options.script or around.settings.script) for results in pages)
    if options.format == "paths":
        _print_paths(pages, asked, around)
    elif options.format == "grep":
        _print_matches(pages, index, asked, around)
    elif options.format == "count":
        for results in pages:
            count = results.complete or results.total
            around.print(f"{count}" if alone else f"{count}\t{one_line(results.query)}")
    elif options.format == "json":
        from searcher.printer import json_lines

        for number, results in enumerate(shown):
            print_all(json_lines.hit_lines(results) if number else json_lines.lines(results), around)
    elif options.format == "csv":
        from searcher.printer import sheet

        for number, results in enumerate(shown):
            if alone and not number:
                print_heading(around)
            print_all(sheet.rows(results, around.say, queries=not alone), around)
    else:
        for results in shown:
            if is_for_reader(asked, around):
                _print_for_reader(results, around)
            else:
                print_all(plain.lines(results, around.say, color=around.color), around)


def print_heading(around: Surroundings, *, queries: bool = False) -> None:
    """The first line of a table, with the sign by which a spreadsheet knows its encoding, where it is not a terminal that shows it."""
    from searcher.printer import sheet

    around.print(("" if around.out.isatty() else sheet.SIGN) + sheet.heading(around.say, queries=queries))


def expands(asked: Asked, around: Surroundings) -> bool:
    """Whether other regions' words are looked for too: as asked, else as configured."""
    return around.settings.expand if asked.options.expand is None else asked.options.expand


def is_for_reader(asked: Asked, around: Surroundings) -> bool:
    """Whether results are laid out for a person, and say themselves that there are none."""
    return asked.options.format == "screen" or (asked.options.format == "text" and around.out.isatty())


def remark_on_the_end(results: Results, asked: Asked, around: Surroundings) -> None:
    if results.total and not results.hits:
        from searcher.printer.counts import document_words

        total = document_words(results.total, around.say)
        around.remark(around.say("past.end", total=total, offset=asked.options.offset))


def remark_on_index(index: Index, around: Surroundings) -> None:
    """That the index was not brought in step for a while; to a reader, not beside what goes to a program, that it could rank better."""
    from searcher.printer.counts import age_words

    if around.out.isatty():
        around.remark_all(index.notices)
    age = age_words(index.updated, around.say)
    if age is not None:
        around.remark(age)


def _print_for_reader(results: Results, around: Surroundings) -> None:
    from searcher.printer import terminal

    console = terminal.console(around.out, color=around.color, width=around.width)
    for line in terminal.results_lines(results, around.say, terminal.Screen(around.width, links=around.color)):
        console.print(line)


def _whole(results: Results) -> Results:
    """Where documents have every term, those alone: whoever hands paths or matches to another program expects that they match."""
    return replace(results, hits=tuple(hit for hit in results if not hit.relaxed)) if results.complete else results


def _print_paths(pages: Iterable[Results], asked: Asked, around: Surroundings) -> None:
    """Paths as the file system knows them, each once, byte for byte where they go to a program, made visible where they go to a
    terminal.
    """
    printed: set[str] = set()
    end = b"\0" if asked.options.null else b"\n"
    around.out.flush()
    for results in pages:
        fresh = [path for path in plain.paths(_whole(results)) if path not in printed]
        printed.update(fresh)
        if around.out.isatty() and not asked.options.null:
            from searcher.documents import safe_name

            print_all((one_line(safe_name(path)) for path in fresh), around)
        else:
            around.out.buffer.writelines(os.fsencode(path) + end for path in fresh)


def _print_matches(pages: Iterable[Results], index: Index, asked: Asked, around: Surroundings) -> None:
    """Matches line by line; where a path is no UTF-8, in bytes for a program, as for `_print_paths`."""
    from searcher.printer import grep

    for results in pages:
        marked = index.marker(results.query, expand=expands(asked, around))
        for hit in _whole(results):
            document = index.document(hit.id)
            marks = marked(document.text)
            path = None if around.out.isatty() else plain.path_on_disk(hit)
            lines = grep.lines(document, marks, path, titled=bool(hit.title_marks))
            if path is None:
                print_all(lines, around)
            else:
                around.out.flush()
                around.out.buffer.writelines(os.fsencode(line) + b"\n" for line in lines)


def _in_script(results: Results, script: str | None) -> Results:
    """The results as they are, or in a script; without one, nothing is imported that knows scripts."""
    if script is None:
        return results
    from searcher.printer.script import in_script

    return in_script(results, script)


def _remark_on(results: Results, last: Results, asked: Asked, around: Surroundings) -> None:
    """`results`: the first page, `last`: the last one."""
    around.remark_all(results.notices)
    if results.relaxed and results.hits:
        around.remark(around.say("relaxed"))
    if results.suggestions:
        around.remark(one_line(around.say("suggested", forms=results.suggestions)))
    from searcher.printer.counts import foot_words, is_mixed, total_words

    if asked.options.format == "count":
        if is_mixed(results):
            around.remark(total_words(results, around.say))
        return
    whole = is_mixed(results) and asked.options.format in ("paths", "grep")
    if whole or not last.ends:
        shown = range(results.hits[0].rank, last.hits[-1].rank + 1) if results.hits else None
        more = None if last.ends else around.say("more.limit")
        told, only = (around.say("only.whole"), None) if whole else (None, "--strict")
        around.remark(foot_words(results, around.say, told, more, only=only, shown=shown))
