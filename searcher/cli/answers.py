"""How are results printed in the form that was asked for, and what is remarked beside them?"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.cli.arguments import Asked
from searcher.cli.speaking import print_all
from searcher.printer.visible import one_line
from searcher.surroundings import Surroundings

if TYPE_CHECKING:
    from searcher.index import Index
    from searcher.results import Results


def print_results(results: Results, index: Index, asked: Asked, around: Surroundings, *, alone: bool = True) -> None:
    """Results in the form that was asked for; beside it, on standard error, what a program would not expect in it.

    Remarks that say not which of many queries they are about are left out: what they say is in the JSON, or in the query's heading.
    """
    options = asked.options
    if options.format == "paths":
        _print_paths(_whole(results), asked, around)
    elif options.format == "grep":
        _print_matches(_whole(results), index, asked, around)
    elif options.format == "count":
        count = results.complete or results.total
        around.print(f"{count}" if alone else f"{count}\t{one_line(results.query)}")
    else:
        shown = _in_script(results, options.script or around.settings.script)
        if options.format == "json":
            from searcher.printer import json_lines

            print_all(json_lines.lines(shown), around)
        elif is_for_reader(asked, around):
            _print_for_reader(shown, asked, around)
            return
        else:
            from searcher.printer import plain

            print_all(plain.lines(shown, around.say, color=around.color), around)
    if alone:
        _remark_on(results, asked, around)


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


def _print_for_reader(results: Results, asked: Asked, around: Surroundings) -> None:
    from searcher.printer import terminal

    console = terminal.console(around.out, color=around.color, width=around.width)
    for line in terminal.results_lines(results, around.say, terminal.Screen(around.width, links=around.color)):
        console.print(line)


def _whole(results: Results) -> Results:
    """Where documents have every term, those alone: whoever hands paths or matches to another program expects that they match."""
    return replace(results, hits=tuple(hit for hit in results if not hit.relaxed)) if results.complete else results


def _print_paths(results: Results, asked: Asked, around: Surroundings) -> None:
    """Paths as the file system knows them, byte for byte where they go to a program, made visible where they go to a terminal."""
    from searcher.printer.plain import paths

    if around.out.isatty() and not asked.options.null:
        from searcher.documents import safe_name

        print_all((one_line(safe_name(path)) for path in paths(results)), around)
        return
    around.out.flush()
    end = b"\0" if asked.options.null else b"\n"
    around.out.buffer.writelines(os.fsencode(path) + end for path in paths(results))


def _print_matches(results: Results, index: Index, asked: Asked, around: Surroundings) -> None:
    """Matches line by line; where a path is no UTF-8, in bytes for a program, as for `_print_paths`."""
    from searcher.printer import grep
    from searcher.printer.plain import path_on_disk

    for hit in results:
        document = index.document(hit.id)
        marks = index.marks(results.query, document.text, expand=expands(asked, around))
        path = None if around.out.isatty() else path_on_disk(hit)
        if path is None:
            print_all(grep.lines(document, marks), around)
        else:
            around.out.flush()
            around.out.buffer.writelines(os.fsencode(line) + b"\n" for line in grep.lines(document, marks, path))


def _in_script(results: Results, script: str | None) -> Results:
    if script is None:
        return results
    from searcher.printer.script import in_script

    return in_script(results, script)


def _remark_on(results: Results, asked: Asked, around: Surroundings) -> None:
    around.remark_all(results.notices)
    if results.relaxed and results.hits:
        around.remark(around.say("relaxed"))
    if results.suggestions:
        around.remark(one_line(around.say("suggested", forms=results.suggestions)))
    from searcher.printer.counts import found_words, is_mixed, total_words

    if asked.options.format == "count":
        if is_mixed(results):
            around.remark(total_words(results, around.say))
        return
    whole = is_mixed(results) and asked.options.format in ("paths", "grep")
    parts = [found_words(results, around.say)]
    if whole:
        parts.append(around.say("only.whole"))
    elif is_mixed(results):
        parts.append(around.say("only.complete", complete=results.complete, how="--strict"))
    left_out = not results.ends
    if left_out:
        parts.append(around.say("more.limit"))
    if left_out or whole:
        around.remark(" · ".join(parts))
