"""What a query would find, shown below the line while it is being typed."""

from __future__ import annotations

import asyncio
import shutil
from concurrent.futures import Future
from io import StringIO
from threading import Lock, Thread

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText, merge_formatted_text

from searcher.errors import SearcherError
from searcher.printer import terminal
from searcher.printer.preview import preview_lines
from searcher.printer.script import in_script
from searcher.query.fields import canonical
from searcher.repl.session import Session
from searcher.results import rank_in

PAUSE = 0.06
"""Seconds without a key after which a line is searched for: keys that follow fast are one query."""

LONGEST = 1_000
"""A longer line was pasted: it is searched for when it is entered."""

MOST = 5
"""Hits that are shown at most."""

AROUND = 8
"""Rows of the screen that hits leave to the line, the toolbar, and what stands above."""


class Live:
    """The rows below the line. One search runs at a time, behind the prompt; what it finds is shown only while the line still says so.

    Nobody waits for it: who leaves has seen enough.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._line = ""
        self._found = ("", "")  # a line, and its rows
        self._running = False
        self._searching = Lock()

    def above(self, toolbar: str) -> AnyFormattedText:
        """The rows of the line as it is now, above the toolbar."""
        line, rows = self._found
        return merge_formatted_text([ANSI(rows), toolbar]) if self.session.live and line and line == self._line else toolbar

    def follow(self, buffer: Buffer) -> None:
        """See that the line has changed. The rows of what stood there stay until there are others, lest the screen jump at each key."""
        line = self._meant(buffer.text)
        if self._found[0] == self._line and line:
            self._found = (line, self._found[1])
        self._line = line
        if line and self.session.live and not self._running:
            self._running = True
            get_app().create_background_task(self._search())

    def _meant(self, text: str) -> str:
        """The query that a line would be, without a field that has no value yet; empty for what is none: a command, the number of a hit."""
        line = text.strip()
        if line.endswith((":", "：")) and canonical((last := line.split()[-1])[:-1].lstrip("-－"), self.session.fields):
            line = line.removesuffix(last).rstrip()
        return "" if line[:1] in (":", "：", "?", "？", "\\") or rank_in(line) in self.session.hits or len(line) > LONGEST else line

    async def _search(self) -> None:
        """Search until the rows are those of the line."""
        searched = ""
        try:
            while self._line != searched:
                searched = self._line
                await asyncio.sleep(PAUSE)
                if searched != self._line or not searched:
                    continue
                rows = await asyncio.wrap_future(self._rows_behind(searched))
                if searched == self._line:
                    self._found = (searched, rows)
                    get_app().invalidate()
        finally:
            self._running = False

    def _rows_behind(self, line: str) -> Future[str]:
        """The rows of a line, looked for in a thread that a program does not wait for when it ends, as it would for those of a pool."""
        rows: Future[str] = Future()

        def look() -> None:
            with self._searching:
                if not rows.set_running_or_notify_cancel():
                    return
                try:
                    found = self._rows(line)
                except BaseException as error:  # raised where the rows are waited for
                    rows.set_exception(error)
                else:
                    rows.set_result(found)

        Thread(target=look, daemon=True).start()
        return rows

    def _rows(self, line: str) -> str:
        """What a query finds, as rows for the terminal; nothing where the index cannot be asked, which is said when it is entered."""
        around = self.session.around
        screen = terminal.Screen(around.width - 1)
        hits = max(min((shutil.get_terminal_size().lines - AROUND) // 4, MOST), 1)
        try:
            results = self.session.preview(line, hits, screen.width)
        except (SearcherError, OSError):
            return ""
        if results is None:
            return ""
        sheet = StringIO()
        console = terminal.console(sheet, color=around.color, width=around.width)
        for row in preview_lines(in_script(results, self.session.script), self.session.say, screen):
            console.print(row)
        return sheet.getvalue()
