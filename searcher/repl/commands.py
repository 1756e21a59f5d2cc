"""The commands of the prompt: one table, from which :help and completion are made."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path

from searcher.frozen import frozen
from searcher.messages import Say, say_remark
from searcher.printer import counts, terminal
from searcher.printer.visible import one_line, visible
from searcher.printer.wrapping import hanging
from searcher.query.fields import FACETS, canonical, shown_script
from searcher.query.parsing import parse
from searcher.repl.history import is_private
from searcher.repl.paging import more
from searcher.repl.session import NotNow, Session
from searcher.results import begin_of, rank_in
from searcher.settings import CHOICES, command_words, from_home

SLIPS = {
    **dict.fromkeys(("help", "帮助", "幫助", "说明", "說明"), ":help"),
    **dict.fromkeys(("quit", "exit", "q", "退出", "离开", "離開", "结束", "結束"), ":quit"),
    **dict.fromkeys(("more", "更多"), ":more"),
}
"""Words that other prompts take as commands, or that say what a command does, and here are searched for like any other."""

NUMBERED = ("open", "show", "why", "like", "edit")
"""Commands that take the number of a hit."""

ELSEWHERE = {"": "help", **dict.fromkeys(("exit", "x", "q!", "wq"), "quit"), **dict.fromkeys(("show", "view", "less"), "open")}
"""What other programs call a command, and the one-shot commands."""


@frozen
class Command:
    """A command: what it does is the row `do.NAME` of the catalogue; `arguments` as shown in :help; `action` gives False to leave."""

    name: str
    aliases: tuple[str, ...]
    arguments: str
    action: Callable[[Session, str], bool | None]


def respond(session: Session, line: str) -> bool:
    """Carry out a line: a command, the number of a hit, or a query. False when the user wants to leave. Errors: SearcherError, OSError."""
    private, line = is_private(line), line.strip()
    if not line:
        return True
    if line in ("?", "？"):
        line = ":help"
    if line in ("\\q", "\\?"):  # as other prompts have it
        line = f":{line[1]}"
    if line[0] in ":：":
        name, argument = _parted(line[1:].strip())
        return _named(name, session.say).action(session, argument) is not False
    if rank_in(line) in session.hits:
        _open(session, line)
    else:
        meant = _meant_by(line, session)
        session.search(line, private=private)
        more(session)
        if meant is not None:
            session.around.remark(session.say("slip.prompt", word=one_line(line), command=one_line(meant)))
    return True


def _meant_by(line: str, session: Session) -> str | None:
    """The command that a query reads like: help, open 3, index ~/notes."""
    name, _, argument = line.partition(" ")
    numbered = name in NUMBERED and rank_in(argument) in session.hits
    if numbered or (name == "index" and argument and _exists(_path(argument))):
        return f":{line}"
    return SLIPS.get(line)


def _parted(line: str) -> tuple[str, str]:
    """The name of a command, whatever its case and width, and its argument; a number may follow the name at once, or stand for :open."""
    name, _, argument = line.partition(" ")
    name = unicodedata.normalize("NFKC", name).lower()
    letters = name.rstrip("0123456789")
    if letters != name and not argument:
        name, argument = letters or "open", name[len(letters) :]
    return ELSEWHERE.get(name, name), argument.strip()


def help_lines(say: Say) -> Iterator[str]:
    """What :help prints."""
    yield say("help.head")
    rows = [typed(command) for command in COMMANDS]
    width = max(map(len, rows))
    for command, row in zip(COMMANDS, rows, strict=True):
        yield f"  {row:{width}}  {say('do.' + command.name)}"
    yield say("help.foot")
    yield say("help.keys")


def typed(command: Command) -> str:
    """A command as it is typed, its aliases too."""
    names = ", ".join(f":{name}" for name in (command.name, *command.aliases))
    return f"N, {names} N" if command.name == "open" else f"{names} {command.arguments}"


def _named(name: str, say: Say) -> Command:
    """The command of a name, an alias, or the unmistakable beginning of a name."""
    meant = commands_called(name)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NotNow(reason=say("ambiguous.command", names=tuple(f":{command.name}" for command in meant)))
    near = get_close_matches(name, [command.name for command in COMMANDS], n=1)
    if near:
        raise NotNow(reason=say("unknown.command.near", name=f":{one_line(name)}", near=f":{near[0]}"))
    raise NotNow(reason=say("unknown.command", name=f":{one_line(name)}"))


def commands_called(name: str) -> list[Command]:
    """The commands that are meant by a name, an alias, or the beginning of a name."""
    exact = [command for command in COMMANDS if name in (command.name, *command.aliases)]
    return exact or [command for command in COMMANDS if name and command.name.startswith(name)]


def _open(session: Session, argument: str) -> None:
    from searcher.viewing.documents import as_it_is_now, read_document

    hit = session.hit(argument)
    document = as_it_is_now(session.index.document(hit.id), session.index.updated)
    read_document(document, session.marks(document.text), session.around, script=session.script, at=begin_of(hit))


def _edit(session: Session, argument: str) -> None:
    from searcher.viewing.documents import as_it_is_now, edit_document

    hit = session.hit(argument)
    document = as_it_is_now(session.index.document(hit.id), session.index.updated)
    edit_document(document, session.marks(document.text), session.around, at=begin_of(hit))


def _why(session: Session, argument: str) -> None:
    from searcher.printer.explanation import explanation_lines

    asks = bool(argument) and not argument.isdecimal()
    query = argument if asks else session.query
    id = session.hit(argument).id if not asks and (argument or session.hits) else None
    _print(session, explanation_lines(session.index.why(query, id, expand=session.expand), session.say))


def _like(session: Session, argument: str) -> None:
    session.like(session.hit(argument))
    more(session)


def _facets(session: Session, argument: str) -> None:
    names = dict.fromkeys(canonical(name, session.fields) or name for name in argument.split() or FACETS)
    counted = {name: session.facets(name) for name in names}
    if not any(counted.values()):
        raise NotNow(reason=counts.no_facets(names, session.fields, session.say))
    _print(session, counts.facet_lines(counted, session.say))


def _scope(session: Session, argument: str) -> None:
    if not argument:
        session.scope = None
        _print(session, [session.say("scope.none")])
        return
    scope = parse(argument)
    if scope.tree is None:
        raise NotNow(reason=say_remark(session.say, scope.notices[0]))
    held = session.index.search("*", limit=1, scope=argument, expand=session.expand, snippets=0)
    session.scope = argument
    _print(session, [session.say("scope.set", scope=one_line(argument), total=counts.total_words(held, session.say))])


def _script(session: Session, argument: str) -> None:
    choices = CHOICES["script"]
    script = shown_script(argument)
    if script and script not in choices:
        raise NotNow(reason=session.say("option.choice", option=":script", value=one_line(argument), choices=tuple(choices)))
    session.script = script or None
    _print(session, [session.say("script.set", script=session.say(f"shown.{script}")) if script else session.say("script.none")])


def _switch(name: str, session: Session, argument: str) -> None:
    """Turn what the session calls so on or off, as was said, else the other way; what changes the hits does so for the last query, too."""
    if argument not in ("", "on", "off"):
        raise NotNow(reason=session.say("option.choice", option=f":{name}", value=one_line(argument), choices=("on", "off")))
    on = argument == "on" if argument else not getattr(session, name)
    setattr(session, name, on)
    _print(session, [session.say(f"switch.{name}.{'on' if on else 'off'}")])
    if name != "live" and session.again():
        more(session)


def _index(session: Session, argument: str) -> None:
    from searcher.printer.progress import progress_bar
    from searcher.printer.upkeep import report_line, unread_lines
    from searcher.updating.reading import cores
    from searcher.viewing.ending import unwound

    path = _path(argument)
    if not _exists(path):
        raise NotNow(reason=session.say("missing", path=one_line(argument)))
    index = session.ready or (session.around.open_or_create_index() if argument else session.index)
    if not argument and not index.roots:
        raise NotNow(reason=session.say("nothing.to.index"))
    with unwound(), progress_bar(session.around.error, session.say) as progress:
        converters = session.around.settings.converters
        report = index.sync([path] if argument else [], workers=cores(), converters=converters, progress=progress)
    session.use(index)
    notices = _remarks(session, (*report.notices, *index.notices))
    _print(session, [*notices, *unread_lines(report, session.say), report_line(report, session.around.index_path, session.say)])


def _path(argument: str) -> Path:
    """What was typed, or dragged into the terminal, which then quotes it."""
    path = from_home(argument)
    with suppress(ValueError):
        if not _exists(path) and len(words := command_words(argument)) == 1:
            return from_home(words[0])
    return path


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  (Path's own raises where a text is too long for a name)


_NOT_WRITTEN = (".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt", ".pdf")
"""What plain text must not be called: its program would say that the file is damaged."""


def _save(session: Session, argument: str) -> None:
    from searcher.printer import json_lines, plain, sheet

    path = _path(argument)
    if not argument:
        raise NotNow(reason=session.say("command.needs", name=":save", argument="FILE"))
    suffix = path.suffix.lower()
    if suffix in _NOT_WRITTEN:
        raise NotNow(reason=session.say("not.written", suffix=suffix))
    results = session.everything()
    if suffix == ".csv":
        lines: Iterator[str] = chain((sheet.SIGN + sheet.heading(session.say),), sheet.rows(results, session.say))
    else:
        lines = json_lines.lines(results) if suffix in (".json", ".jsonl") else plain.lines(results, session.say)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except FileExistsError:
        raise NotNow(reason=session.say("exists", path=path)) from None
    _print(session, [session.say("saved", total=counts.document_words(len(results), session.say), path=path)])


def _status(session: Session, _: str) -> None:
    from searcher.printer.upkeep import skipped_lines, status_lines

    status = session.index.status()
    _print(session, [*status_lines(status, session.say), *skipped_lines(status.skipped, session.say), *_remarks(session, status.notices)])


def _help(session: Session, _: str) -> None:
    _print(session, help_lines(session.say))


def _remarks(session: Session, notices: Iterable[str]) -> Iterator[str]:
    """What the library remarks, in the user's language."""
    return (one_line(say_remark(session.say, notice)) for notice in notices)


def _quit(session: Session, _: str) -> bool:
    return False


def _print(session: Session, lines: Iterator[str] | list[str]) -> None:
    """Lines as rows of the screen; a path or a word is never cut where the screen ends."""
    for line in lines:
        for row in hanging(visible(line), session.around.width, terminal.cells):
            session.around.print(row)


COMMANDS = (
    Command("open", ("o",), "N", _open),
    Command("more", ("m",), "", more),
    Command("why", ("w",), "[N|QUERY]", _why),
    Command("like", (), "N", _like),
    Command("edit", ("e",), "N", _edit),
    Command("facets", ("f",), "[NAME]", _facets),
    Command("scope", (), "[QUERY]", _scope),
    Command("script", (), "[s|t|tw|hk]", _script),
    Command("expand", (), "[on|off]", partial(_switch, "expand")),
    Command("strict", (), "[on|off]", partial(_switch, "strict")),
    Command("live", (), "[on|off]", partial(_switch, "live")),
    Command("index", (), "[PATH]", _index),
    Command("save", (), "FILE", _save),
    Command("status", (), "", _status),
    Command("help", ("h", "?"), "", _help),
    Command("quit", ("q",), "", _quit),
)
"""In the order of :help; a name may be shortened as long as only one command begins so."""
