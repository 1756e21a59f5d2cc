"""A pager that knows where the matches are: n and N go from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, VSplit, Window
from prompt_toolkit.utils import get_cwidth

from searcher.messages import Say
from searcher.printer.document import heading, marked_lines
from searcher.printer.pieces import Piece
from searcher.printer.visible import one_line
from searcher.results import Mark
from searcher.text.folding import fold_script
from searcher.viewing.ending import FULL_SCREEN, put_back
from searcher.viewing.scrolling import Scroll

MARK = "bold ansired"
CURRENT = "bold ansired reverse"


def read(title: str, text: str, marks: Sequence[Mark], say: Say, *, first: int = 0) -> None:
    """Show a document until the reader leaves; it opens at the mark of this number."""
    Pager(title, text, marks, say, first=first).run()


class Pager:
    """The keys and the two panes: rows of text, and a line that says where one is."""

    def __init__(self, title: str, text: str, marks: Sequence[Mark], say: Say, *, first: int = 0) -> None:
        self.say, self.title = say, one_line(title)
        self.first = sum(text.count("\n", start, end) + 1 for start, end in marks[:first])  # a mark across lines is a match on each
        self.remark = ""
        self.scroll = Scroll([*([Piece(line, False)] for line in heading(title, text)), *marked_lines(text, marks)], get_cwidth)
        self.finding = Buffer(multiline=False, accept_handler=self._find)
        self.application: Application[None] = self._build()

    def run(self) -> None:
        """Until q."""
        size = self.application.output.get_size()
        self.scroll.resize(size.columns, size.rows - 1)
        self.scroll.to_match(self.first)
        with put_back(FULL_SCREEN):
            self.application.run()

    def _build(self) -> Application[None]:
        text = Window(FormattedTextControl(self._text, focusable=True, show_cursor=False), wrap_lines=False)
        finding = Window(BufferControl(self.finding), height=1)
        asks = Condition(lambda: get_app().layout.has_focus(self.finding))
        field = VSplit([Window(FormattedTextControl(lambda: self.say("pager.find")), height=1, dont_extend_width=True), finding])
        bottom = ConditionalContainer(Window(FormattedTextControl(self._status), height=1, style="reverse"), ~asks)
        layout = Layout(HSplit([text, ConditionalContainer(field, asks), bottom]), focused_element=text)
        return Application(layout=layout, key_bindings=self._keys(asks, text), full_screen=True)

    def _text(self) -> StyleAndTextTuples:
        size = self.application.output.get_size()
        self.scroll.resize(size.columns, size.rows - 1)
        fragments: StyleAndTextTuples = []
        for row in self.scroll.seen():
            fragments += [(CURRENT if current else MARK if piece.marked else "", piece.text) for piece, current in row]
            fragments.append(("", "\n"))
        return fragments[:-1]

    def _status(self) -> str:
        if self.remark:
            return f" {self.remark}"
        match = 0 if self.scroll.current is None else self.scroll.current + 1
        keys = self.say("pager.keys", position=f"{self.scroll.share()}%", match=match, matches=len(self.scroll.matches))
        return f" {keys}  {self.title}"  # whose end goes where there is no room

    def _find(self, buffer: Buffer) -> bool:
        wanted = buffer.text.strip()
        if not wanted:
            self.scroll.forget()
        elif not self.scroll.find(wanted, _folded):
            self.remark = self.say("pager.none", text=one_line(wanted))
        get_app().layout.focus_previous()
        return False

    def _keys(self, asks: Condition, text: Window) -> KeyBindings:
        keys = KeyBindings()
        for names, action in self._actions():
            for name in names:
                keys.add(name, filter=~asks)(self._handler(action))
        for name in ("escape", "c-c"):
            keys.add(name, filter=asks)(self._handler(lambda: get_app().layout.focus(text)))
        return keys

    def _actions(self) -> Iterator[tuple[tuple[str, ...], Callable[[], object]]]:
        """The keys of each action; a page leaves two rows of the old one in sight."""
        scroll = self.scroll
        yield ("j", "down", "enter"), scroll.down
        yield ("k", "up"), scroll.up
        yield (" ", "f", "pagedown", "c-f"), lambda: scroll.down(max(1, scroll.height - 2))
        yield ("b", "pageup", "c-b"), lambda: scroll.up(max(1, scroll.height - 2))
        yield ("d", "c-d"), lambda: scroll.down(max(1, scroll.height // 2))
        yield ("u", "c-u"), lambda: scroll.up(max(1, scroll.height // 2))
        yield ("g", "home"), scroll.to_start
        yield ("G", "end"), scroll.to_end
        yield ("n",), scroll.next_match
        yield ("N", "p"), lambda: scroll.next_match(-1)
        yield ("/",), self._ask
        yield ("c-z",), lambda: get_app().suspend_to_background()
        yield ("q", "escape", "c-c"), lambda: get_app().exit()

    def _ask(self) -> None:
        self.finding.reset()
        get_app().layout.focus(self.finding)

    def _handler(self, action: Callable[[], object]) -> Callable[[KeyPressEvent], None]:
        def handle(event: KeyPressEvent) -> None:
            self.remark = ""
            action()

        return handle


def _folded(text: str) -> str:
    """Without case and script, character for character."""
    return fold_script("".join(char.lower() if len(char.lower()) == 1 else char for char in text))
