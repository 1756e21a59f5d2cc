"""The commands that fill an index, look after it, and tell what it holds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.cli.arguments import Asked, UsageError
from searcher.cli.speaking import DAMAGED, DONE, FAILED, NOTHING_FOUND, SOME_UNREAD, print_told
from searcher.errors import InvalidOption
from searcher.messages import say_remark
from searcher.printer.screen import fitting
from searcher.printer.visible import one_line
from searcher.surroundings import Surroundings

if TYPE_CHECKING:
    from searcher.updating.reports import Report


def update_index(asked: Asked, around: Surroundings) -> int:
    """Exit status 0: all that was new or had changed is indexed, 1: some of it could not be read or there is nothing, 2: failed, or a path
    is not there.

    A path that is not there keeps no other from being indexed.
    """
    from searcher.printer.progress import progress_bar
    from searcher.updating.reading import cores
    from searcher.viewing.ending import unwound

    options = asked.options
    reading = _reading(asked, around)
    words = _expanded(asked.words) if os.name == "nt" else asked.words
    missing = [path for path in words if not path or not Path(path).exists()]  # an empty one, as of a variable that is not set, is not here
    for path in missing:
        around.remark(around.say("missing", path=one_line(path) or "''"))
    if missing and len(missing) == len(words):
        return FAILED
    with around.open_or_create_index() if words else around.open_index() as index:
        if not words and not index.roots:
            raise UsageError(reason=around.say("nothing.to.index"))
        paths = [path for path in words if path not in missing]
        with unwound(), progress_bar(around.error, around.say, quiet=options.quiet) as progress:
            report = index.sync(paths, **reading, workers=options.workers or cores(), progress=progress)
        notices, looked_in = index.notices, paths or index.roots
    _print_report(replace(report, notices=(*report.notices, *notices)), asked, around)
    unread = any(skipped.failed for skipped in report.skipped)
    if not report.documents and not unread and not any(skipped.failed for skipped in report.known_skipped):
        around.remark(around.say("found.none", paths=tuple(map(one_line, looked_in))))
        return FAILED if missing else NOTHING_FOUND
    return FAILED if missing else SOME_UNREAD if unread else DONE


def _expanded(words: Sequence[str]) -> tuple[str, ...]:
    """Words with patterns such as *.docx as the files that they stand for, which shells of Windows leave to the program."""
    from glob import glob

    return tuple(path for word in words for path in ([word] if Path(word).exists() else sorted(glob(word)) or [word]))  # noqa: PTH207


def watch_folders(asked: Asked, around: Surroundings) -> int:
    """Keeps the index in step until Ctrl-C or a signal, which is how it is meant to end; a line for every change."""
    from searcher.viewing.ending import unwound

    def tell(report: Report) -> None:
        around.remark_all(report.notices)
        if report.added or report.replaced or report.moved or report.removed:
            _print_done(report, asked, around)
            around.out.flush()

    reading = _reading(asked, around)
    with around.open_or_create_index() if asked.words else around.open_index() as index:
        if around.error.isatty():  # nothing else is said for as long as nothing changes
            around.remark(around.say("watching"))
        with suppress(KeyboardInterrupt), unwound(ends=False):
            index.watch(asked.words, **reading, reporter=tell)
    return DONE


def forget_folders(asked: Asked, around: Surroundings) -> int:
    if not asked.words:
        raise UsageError(reason=around.say("command.needs", name="forget", argument="PATH…"))
    with around.open_index() as index:
        report = index.forget(*asked.words)
    around.remark_all(report.notices)
    _print_done(report, asked, around)
    return DONE


def _reading(asked: Asked, around: Surroundings) -> dict[str, Any]:
    """How files are to be found and read, as `Index.sync` takes it. Errors: InvalidOption."""
    options = asked.options
    _check_encoding(options.encoding)
    return {
        "exclude": options.exclude,
        "prune": options.prune,
        "encoding": options.encoding,
        "hidden": options.hidden,
        "gitignore": options.gitignore,
        "ocr": options.ocr,
        "converters": around.settings.converters,
    }


def rebuild_index(asked: Asked, around: Surroundings) -> int:
    """Exit status 0: all documents are there, 1: some were lost, and told."""
    from searcher.printer.progress import progress_bar
    from searcher.updating.reading import cores
    from searcher.viewing.ending import unwound

    options = asked.options
    with around.open_index(outdated=True) as index, unwound(), progress_bar(around.error, around.say, quiet=options.quiet) as progress:
        report = index.rebuild(workers=options.workers or cores(), progress=progress)
    _print_report(report, asked, around)
    return DAMAGED if report.skipped else DONE


def _print_report(report: Report, asked: Asked, around: Surroundings) -> None:
    """What a run did, and beside it what it left out; to a program all in one object."""
    from searcher.printer.upkeep import unread_lines

    if asked.options.quiet:
        return
    if asked.options.format != "json":
        around.remark_all(report.notices)
        for line in unread_lines(report, around.say, verbose=asked.options.verbose):
            around.print_beside(line)
    _print_done(report, asked, around)


def _print_done(report: Report, asked: Asked, around: Surroundings) -> None:
    from searcher.printer.json_lines import fields_of
    from searcher.printer.upkeep import report_line

    told = {"path": str(around.index_path), **fields_of(report)}
    print_told("report", told, [report_line(report, around.index_path, around.say)], asked, around)


def tell_status(asked: Asked, around: Surroundings) -> int:
    from searcher.printer.upkeep import skipped_lines, status_lines

    with around.open_index() as index:
        status = index.status()
    lines = (*status_lines(status, around.say), *skipped_lines(status.skipped, around.say, verbose=asked.options.verbose))
    print_told("status", status, fitting(lines, around.out), asked, around)
    if asked.options.format != "json":
        around.remark_all(status.notices)
    return DONE


def check_index(asked: Asked, around: Surroundings) -> int:
    if asked.options.encodings:
        return _check_encodings(asked, around)
    from searcher.printer.progress import busy

    with around.open_index() as index, busy(around.error, around.say("checking")):
        damages = index.check()
    lines = [one_line(say_remark(around.say, damage)) for damage in damages] or [one_line(around.say("sound", path=around.index_path))]
    print_told("check", {"path": str(around.index_path), "damages": damages}, lines, asked, around)
    return DAMAGED if damages else DONE


def _check_encodings(asked: Asked, around: Surroundings) -> int:
    """Exit status 0: every encoding is certain, 1: some are not, and named."""
    from searcher.printer.upkeep import guess_lines

    with around.open_index() as index:
        guesses = index.doubtful_encodings()
    print_told("encodings", {"guesses": guesses}, guess_lines(guesses, around.say), asked, around)
    return SOME_UNREAD if guesses else DONE


def _check_encoding(name: str | None) -> None:
    from searcher.documents.reading import checked_encoding

    try:
        checked_encoding(name)
    except InvalidOption as error:
        raise InvalidOption(**{**error.details, "option": "--encoding"}) from error
