"""The loop of the prompt: a line is read, carried out, answered."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from functools import partial

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.cursor_shapes import ModalCursorShapeConfig
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from searcher.errors import IndexNotFound, SearcherError
from searcher.messages import say_error
from searcher.printer import terminal
from searcher.printer.counts import document_words, took_words
from searcher.printer.screen import fitting
from searcher.printer.visible import one_line
from searcher.repl.commands import respond
from searcher.repl.completion import QueryCompleter
from searcher.repl.highlighting import STYLE, QueryLexer
from searcher.repl.history import PrivateHistory
from searcher.repl.live import Live
from searcher.repl.session import Session
from searcher.settings import state_folder
from searcher.surroundings import IndexElsewhere, Surroundings

HISTORY = "history"
MENU = 6
"""Rows of the menu of completions."""


def converse(around: Surroundings) -> int:
    """Read and answer until the user leaves: Ctrl-C drops the line, Ctrl-D leaves. Gives the exit status."""
    session = Session(around)
    live = Live(session)
    prompt = _prompt(session, live)
    session.when_open(lambda: prompt.app.invalidate())
    for row in fitting((around.say("welcome"),), around.out):
        around.print(row)
    try:
        while _turn(session, prompt, live):
            pass
    finally:
        session.close()
    return 0


def _turn(session: Session, prompt: PromptSession[str], live: Live) -> bool:
    """One line and its answer; False to leave. What goes wrong on purpose is one line, and the conversation goes on."""
    try:
        line = prompt.prompt(pre_run=partial(_begin, session, prompt.default_buffer, live))
    except KeyboardInterrupt:
        return True
    except EOFError:
        return False
    session.look()
    try:
        return respond(session, line)
    except KeyboardInterrupt:
        session.around.print_beside(session.say("interrupted"))
    except BrokenPipeError:
        raise
    except (SearcherError, OSError) as error:
        session.around.remark(_said(session, error))
    except Exception:  # a fault of ours: told in full, and no reason to take the conversation away
        traceback.print_exc()
    return True


def _begin(session: Session, line: Buffer, live: Live) -> None:
    """What may have been meant by a query stands on the empty line below its answer, to be taken as a line of the history is."""
    live.follow(line)
    if meant := session.meant():
        line.suggestion = Suggestion(one_line(meant))


def _prompt(session: Session, live: Live) -> PromptSession[str]:
    settings = session.around.settings
    vi = settings.editing == "vi"
    prompt: PromptSession[str] = PromptSession(
        message="› ",
        history=_history(),
        auto_suggest=AutoSuggestFromHistory(),
        completer=QueryCompleter(session),
        complete_in_thread=True,
        complete_while_typing=Condition(lambda: settings.completion == "typing" and not session.live and _is_typing()),
        reserve_space_for_menu=MENU,
        lexer=QueryLexer(session),
        key_bindings=_keys(),
        style=STYLE,
        include_default_pygments_style=False,
        bottom_toolbar=lambda: live.above(toolbar(session)),
        editing_mode=EditingMode.VI if vi else EditingMode.EMACS,
        enable_suspend=True,
        cursor=ModalCursorShapeConfig() if vi else None,  # a bar where keys insert, a block where they command
    )
    prompt.default_buffer.on_text_changed += live.follow
    return prompt


def _keys() -> KeyBindings:
    """The keys that do otherwise than a line editor's."""
    keys = KeyBindings()
    keys.add(Keys.BracketedPaste)(_paste)
    return keys


def _paste(event: KeyPressEvent) -> None:
    """What is pasted is not being typed: no menu opens below it; and the line breaks around it, with which whole lines are copied, go."""
    text = event.data.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    event.current_buffer.insert_text(text, fire_event=False)


def _is_typing() -> bool:
    """Whether the line holds something: before that, no room is taken from the results for a menu."""
    return bool(get_app().current_buffer.text)


def _history() -> History:
    """The history of this user; of this conversation only, where no file can be kept."""
    try:
        return PrivateHistory(state_folder() / HISTORY)
    except OSError:
        return InMemoryHistory()


def toolbar(session: Session) -> str:
    """The line at the bottom: which index, how many documents, how long the last search took, and what is set."""
    say = session.say
    path = one_line(terminal.short_path(str(session.around.index_path)))
    if isinstance(session.failure, (SearcherError, OSError)):
        return f" {one_line(_said(session, session.failure))}"
    if session.ready is None:
        return f" {say('opening', path=path)}"
    facts = [path]
    if session.documents is not None:
        facts.append(document_words(session.documents, say))
    if session.results is not None:
        facts.append(took_words(session.results, say))
    wishes = list(_wishes(session))
    while facts and terminal.cells(_line(facts + wishes)) > session.around.width:
        facts.pop()
    return _line(facts + wishes)


def _said(session: Session, error: SearcherError | OSError) -> str:
    """What went wrong; that there is no index with what helps here."""
    if isinstance(error, IndexElsewhere):
        return session.say("prompt.elsewhere", **error.details)
    if isinstance(error, IndexNotFound):
        return session.say("prompt.no.index", **error.details)
    return say_error(session.say, error)


def _line(parts: list[str]) -> str:
    return " " + " · ".join(parts)


def _wishes(session: Session) -> Iterator[str]:
    """What is set and changes what is found or shown: where there is little room, this stays."""
    say = session.say
    if session.scope:
        yield say("toolbar.scope", scope=one_line(session.scope))
    if session.script:
        yield say("toolbar.script", script=say(f"shown.{session.script}"))
    if session.strict:
        yield say("toolbar.strict")
    if not session.expand:
        yield say("toolbar.exact")
