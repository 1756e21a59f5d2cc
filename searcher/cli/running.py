"""A command line is understood, its surroundings are found, its command runs."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.cli.arguments import Asked, understand, wished_language
from searcher.cli.help import help_lines
from searcher.errors import InvalidOption, SearcherError
from searcher.messages import LANGUAGES, Say, choose_language, language_of, say_error, speaker

if TYPE_CHECKING:
    from searcher.settings import Settings
    from searcher.surroundings import Surroundings

_ESCAPED = "searcher.escaped"
"""How Python is told to write what an encoding lacks."""

_AT_ONCE = frozenset(("-h", "--help", "--version"))


def run(words: Sequence[str]) -> int:
    """Run a command line; gives its exit status. What goes wrong on purpose is one line on standard error."""
    _prepare_streams()
    say = speaker(choose_language(language_of(wished_language(words) or ""), _configured_language(words)))
    try:
        asked = understand(words, say)
        status = _answer_at_once(asked, say) if asked.options.help or asked.options.version else _carry_out(asked)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        raise
    except (SearcherError, OSError) as error:
        if os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None:
            raise BrokenPipeError from error  # what Windows calls a closed pipe
        what = say("here.gone") if isinstance(error, FileNotFoundError) and not _is_somewhere() else say_error(say, error)
        from searcher.cli.speaking import FAILED
        from searcher.printer.screen import fitting
        from searcher.printer.visible import visible

        with suppress(OSError):  # nobody can be told; the exit status still says it
            for row in fitting((visible(f"searcher: {what}"),), sys.stderr):
                print(row, file=sys.stderr)
        return FAILED


def _configured_language(words: Sequence[str]) -> str | None:
    """The language of the configuration, in which errors are said, too; that the file is wrong is told later. Help loads nothing for it."""
    if not _AT_ONCE.isdisjoint(words):
        return None
    from searcher.settings import read_settings

    try:
        return read_settings().language
    except InvalidOption:
        return None


def _is_somewhere() -> bool:
    """Whether the current folder is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _answer_at_once(asked: Asked, say: Say) -> int:
    """--version and --help, which need neither settings nor an index."""
    if asked.options.version:
        from searcher.cli.commands import version

        print(f"searcher {version()}")
    else:
        from searcher.printer.screen import fitting

        for line in fitting(help_lines(say, asked.command), sys.stdout):
            print(line)
    return 0


def _carry_out(asked: Asked) -> int:
    from searcher.cli.commands import run
    from searcher.settings import read_settings

    settings = read_settings()
    return run(asked, _surroundings(asked, settings, choose_language(_language(asked), settings.language)))


def _language(asked: Asked) -> str | None:
    """The language of --lang. Errors: InvalidOption."""
    if asked.options.lang is None:
        return None
    language = language_of(asked.options.lang)
    if language is None:
        from searcher.remarks import Remark

        raise InvalidOption(option="--lang", value=asked.options.lang, reason=Remark("reason.choice", choices=LANGUAGES))
    return language


def _surroundings(asked: Asked, settings: Settings, language: str) -> Surroundings:
    from searcher.printer.screen import wants_color
    from searcher.settings import find_index
    from searcher.surroundings import Surroundings

    options = asked.options
    return Surroundings(
        settings=settings,
        say=speaker(language),
        language=language,
        index_path=find_index(options.index, settings),
        index_named="--index" if options.index else "SEARCHER_INDEX" if os.environ.get("SEARCHER_INDEX") else "",
        color=wants_color(options.color or settings.color, sys.stdout),
        fixed_width=options.width,
    )


def _prepare_streams() -> None:
    """No character may stop the output: what the terminal's encoding lacks is escaped, as in JSON, which the output may be; pipes on
    Windows are UTF-8, too.

    Input that is no UTF-8 is read as far as it is. A stream that the caller has closed (`>&-`) is empty, or takes everything.
    """
    codecs.register_error(_ESCAPED, _escaped)
    sys.stdin, sys.stdout, sys.stderr = (
        stream or open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115  (open as long as the program runs)
        for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
    )
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
        if os.name == "nt" and not sys.stdin.isatty():
            sys.stdin.reconfigure(encoding="utf-8-sig")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPED)
            if os.name == "nt" and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    if os.name == "nt":
        os.system("")  # makes older consoles understand colours


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What the encoding of the output lacks, and where it ends. The sign by which Excel knows UTF-8 has no place in another encoding."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from searcher.printer.visible import json_escape

    return "".join(map(json_escape, error.object[error.start : error.end].replace("\ufeff", ""))), error.end
