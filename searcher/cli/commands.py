"""What every command does: a thin skin over the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from searcher.cli import upkeep
from searcher.cli.answers import expands, is_for_reader, print_heading, print_results, remark_on_index, remark_on_the_end
from searcher.cli.arguments import Asked, UsageError
from searcher.cli.choosing import begin, chosen, index_of_numbers, is_numbered, named_last
from searcher.cli.speaking import DONE, NOTHING_FOUND, print_all, print_object, print_told
from searcher.cli.table import SHELLS
from searcher.messages import say_remark
from searcher.printer.screen import fitting
from searcher.printer.visible import one_line
from searcher.query.fields import FACETS, canonical
from searcher.query.tree import Text, spelled
from searcher.remarks import Remark
from searcher.state import LastSearch
from searcher.surroundings import Surroundings, one_thread

if TYPE_CHECKING:
    from searcher.documents.document import Document
    from searcher.index import Index
    from searcher.results import Mark, Results

SLIPS = {
    **{"help": "--help", "version": "--version", "man": "manual"},
    **{"find": "search", "query": "search", "add": "index", "update": "index", "remove": "forget", "delete": "forget"},
}
"""What other programs have as commands."""


def run(asked: Asked, around: Surroundings) -> int:
    """Run a command and give its exit status; without a command, the prompt."""
    if asked.command is None:
        return _prompt(around)
    return COMMANDS[asked.command.name](asked, around)


def version() -> str:
    """The version of the installed package."""
    from importlib.metadata import version

    return version("searcher")


def _prompt(around: Surroundings) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(reason=around.say("no.terminal"))
    from searcher.viewing.echo import unechoed
    from searcher.viewing.ending import PROMPT, put_back

    with put_back(PROMPT), unechoed():
        from searcher.repl import converse

        return converse(around)


# --- searching


def _search(asked: Asked, around: Surroundings) -> int:
    if not asked.words:
        raise UsageError(reason=around.say("no.query"))
    _check_null(asked, around)
    if asked.implied:
        _remark_on_a_slip(asked.words[0], around)
    for word in dict.fromkeys(asked.letters):
        around.remark(around.say("letter", word=word))
    with around.open_index() as index:
        if asked.words == ("-",):
            return _search_many(_queries(sys.stdin), index, asked, around)
        pages = _remembered(_pages(" ".join(asked.words), index, asked, around), asked, around)
        results = print_results(pages, index, asked, around)
        remark_on_the_end(results, asked, around)
        _remark_on_a_path(asked.words, results, around)
        remark_on_index(index, around)
        return DONE if results.hits else NOTHING_FOUND


def _check_null(asked: Asked, around: Surroundings) -> None:
    """NUL ends paths and nothing else. Errors: UsageError."""
    if asked.options.null and asked.options.format != "paths":
        raise UsageError(reason=around.say("null.needs"))


def _remark_on_a_slip(word: str, around: Surroundings) -> None:
    """`searcher serach 蘋果` is a query, and most likely not meant as one."""
    if word.isascii() and word.isalpha():
        from difflib import get_close_matches

        for name in [SLIPS[word]] if word in SLIPS else get_close_matches(word, COMMANDS, n=1, cutoff=0.8):
            around.remark(around.say("slip", word=word, command=name))


def _remark_on_a_path(words: Sequence[str], results: Results, around: Surroundings) -> None:
    """`searcher 蘋果 notes`, as one calls grep, asks for a word: where no document has both, that is told of a file or folder; of `.`,
    which no document lacks, whatever was found.
    """
    if len(words) < 2:
        return
    lacking = not results.total or results.relaxed
    for word in dict.fromkeys((words[-1], words[0])):
        if (lacking or not any(map(str.isalnum, word))) and os.path.exists(word):  # noqa: PTH110  (Path's own raises where a word is too long for a name)
            name = os.path.normpath(word)
            if name.startswith(os.curdir):  # of . and .. nothing stands in the paths of documents
                name = os.path.abspath(name)  # noqa: PTH100  (Path's own keeps `..`)
            if name != os.sep:
                path = spelled(Text(name, field="path", quoted=" " in name))
                around.remark(one_line(around.say("is.path", word=word, path=path)))


def _search_many(queries: Iterable[str], index: Index, asked: Asked, around: Surroundings) -> int:
    """Many queries at library speed; in text each is headed by its query and how many documents it found, in a table
    each row begins with its query."""
    found = False
    if asked.options.format == "csv":
        print_heading(around, queries=True)
    for query in queries:
        pages = iter(_pages(query, index, asked, around))
        results = next(pages)
        found = found or results.total > 0
        if asked.options.format in ("text", "screen"):
            around.print(f"# {one_line(results.query)} ({results.total})")
        print_results(chain((results,), pages), index, asked, around, alone=False)
    return DONE if found else NOTHING_FOUND


def _pages(query: str, index: Index, asked: Asked, around: Surroundings) -> Iterable[Results]:
    """The answer to a query: for a program that wants all of it page by page, so that it comes at once and no memory is full of it."""
    wanted = _search_options(asked, around)
    if wanted["limit"] is not None or is_for_reader(asked, around):
        return (index.search(query, **wanted),)
    del wanted["limit"], wanted["copies"]
    return index.pages(query, **wanted)


def _queries(lines: Iterable[str]) -> Iterator[str]:
    """The lines that say something; editors of Windows begin a file with a mark of its encoding."""
    return filter(None, (line.lstrip("\ufeff").strip() for line in lines))


def _search_options(asked: Asked, around: Surroundings) -> dict[str, Any]:
    """The options of `Index.search` that the command line and the settings ask for; where only a number is asked for, one hit will do."""
    options, settings = asked.options, around.settings
    counted, whole = options.format == "count", options.format in ("grep", "paths", "count")
    limit = options.limit if options.limit is not None else 0 if whole or options.format == "csv" else settings.limit
    passages = options.passages if options.passages is not None else settings.passages
    return {
        "limit": 1 if counted else limit or None,
        "offset": 0 if counted else options.offset,
        "strict": options.strict,
        "expand": expands(asked, around),
        "exact_script": options.exact_script,
        "copies": options.copies,
        "snippets": 0 if whole else passages,
        "width": options.context or settings.context,
    }


def _remembered(pages: Iterable[Results], asked: Asked, around: Surroundings) -> Iterator[Results]:
    """The pages of an answer, the first of which is remembered before it is printed: `head` reads no more of it than it wants.

    Numbers mean what was printed with numbers, and never a list too long to be read.
    """
    numbered = asked.options.format in ("text", "screen", "json")
    for results in pages:
        if numbered and results.hits:
            around.remember(LastSearch.of(around.index_path, results.query, results.hits))
        numbered = False
        yield results


def _like(asked: Asked, around: Surroundings) -> int:
    _check_null(asked, around)
    with index_of_numbers(asked, around) as index:
        document, _ = chosen(index, asked, around)
        limit = asked.options.limit if asked.options.limit is not None else around.settings.limit
        wanted = _search_options(asked, around)
        results = index.like(document.id, limit=limit or None, snippets=wanted["snippets"], width=wanted["width"])
        print_results(_remembered((results,), asked, around), index, asked, around)
        if not results.total and not is_for_reader(asked, around):
            around.remark(around.say("no.like.one"))
        return DONE if results.total else NOTHING_FOUND


def _why(asked: Asked, around: Surroundings) -> int:
    from searcher.printer.explanation import explanation_lines

    if not asked.words:
        raise UsageError(reason=around.say("command.needs", name="why", argument="QUERY"))
    with index_of_numbers(asked, around) as index:
        words, id, last = list(asked.words), None, around.last_search()
        if len(words) > 1 and (document := named_last(index, words[-1], last, around)) is not None:
            words, id = words[:-1], document.id
            if last is not None and is_numbered(document, asked.words[-1], last) and " ".join(words) != last.query:
                around.remark(around.say("number.last", number=asked.words[-1], query=one_line(last.query)))
        elif len(words) > 1 and words[-1].isdecimal():
            around.remark(around.say("number.read", number=words[-1]))
        explanation = index.why(" ".join(words), id, expand=expands(asked, around))
    print_told("explanation", explanation, fitting(explanation_lines(explanation, around.say), around.out), asked, around)
    return DONE


def _facets(asked: Asked, around: Surroundings) -> int:
    from searcher.printer.counts import facet_lines, no_facets, value_lines

    limit = 10 if asked.options.limit is None else asked.options.limit or None
    query = " ".join(asked.words[1:])
    with around.open_index() as index:
        known = index.fields()
        names = [canonical(name, known) or name for name in asked.words[:1] or FACETS]
        counts = {
            name: index.facets(query, name, limit=limit, strict=asked.options.strict, expand=expands(asked, around)) for name in names
        }
    if asked.options.format == "json":
        for name, values in counts.items():
            print_object("facets", {"name": name, "query": query, "values": values}, around)
    else:
        print_all(value_lines(names[0], counts[names[0]], around.say) if asked.words else facet_lines(counts, around.say), around)
        if not any(counts.values()):  # of the usual ones, documents have always some
            nothing = say_remark(around.say, Remark("notice.nothing-indexed"))
            around.remark(no_facets(names, known, around.say) if asked.words else nothing)
    return DONE if any(counts.values()) else NOTHING_FOUND


# --- one document


def _show(asked: Asked, around: Surroundings) -> int:
    from searcher.viewing.documents import print_document

    document, marks = _marked(asked, around)
    print_document(document, marks, around, script=asked.options.script, lines_around=asked.options.context)
    return DONE


def _open(asked: Asked, around: Surroundings) -> int:
    from searcher.viewing.documents import read_document

    document, marks = _marked(asked, around, now=True)
    read_document(document, marks, around, script=asked.options.script, at=begin(document, asked, around))
    return DONE


def _edit(asked: Asked, around: Surroundings) -> int:
    from searcher.viewing.documents import edit_document

    document, marks = _marked(asked, around, now=True)
    edit_document(document, marks, around, at=begin(document, asked, around))
    return DONE


def _marked(asked: Asked, around: Surroundings, *, now: bool = False) -> tuple[Document, Sequence[Mark]]:
    """The document that is named, as it was indexed or as its file is `now`, and what to mark in it.

    A query may ask the index how rare its words are, and so for all that a search needs.
    """
    from searcher.viewing.documents import as_it_is_now

    with index_of_numbers(asked, around, searching=False) as index:
        document, query = chosen(index, asked, around)
        document = as_it_is_now(document, index.updated) if now else document
        with one_thread():
            return document, () if query is None else index.marks(query, document.text)


# --- the program about itself


def _completion(asked: Asked, around: Surroundings) -> int:
    from searcher.cli.completion import completion_lines

    if not asked.words:
        raise UsageError(reason=around.say("command.needs", name="completion", argument="|".join(SHELLS)))
    [shell] = asked.words
    if shell not in SHELLS:
        raise UsageError(reason=around.say("option.choice", option="completion", value=shell, choices=SHELLS))
    print_all(completion_lines(shell, around.say), around)
    return DONE


def _manual(asked: Asked, around: Surroundings) -> int:
    from searcher.cli.manual import manual_lines

    print_all(manual_lines(around.say, version()), around)
    return DONE


COMMANDS: dict[str, Callable[[Asked, Surroundings], int]] = {
    "index": upkeep.update_index,
    "search": _search,
    "show": _show,
    "open": _open,
    "edit": _edit,
    "why": _why,
    "like": _like,
    "facets": _facets,
    "watch": upkeep.watch_folders,
    "forget": upkeep.forget_folders,
    "status": upkeep.tell_status,
    "check": upkeep.check_index,
    "rebuild": upkeep.rebuild_index,
    "completion": _completion,
    "manual": _manual,
}
