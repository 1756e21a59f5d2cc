"""A line of mdoc, whose words are macros and their arguments, becomes text (mdoc(7))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_CLOSING = frozenset((".", ",", ";", ":", "?", "!", ")", "]", "。", "，", "、", "；", "：", "？", "！", "）", "」"))
_OPENING = frozenset(("(", "[", "（", "「"))
_PAIRS = {"D": "“”", "S": "‘’", "Q": '""', "P": "()", "B": "[]", "A": "<>", "Br": "{}"}
_AROUND = {f"{name}q": (pair[0], pair[1]) for name, pair in _PAIRS.items()}
_AROUND |= {"Op": ("[", "]"), "Ql": ("‘", "’"), "In": ("<", ">"), "Fn": ("", ")")}
_BEGIN = {f"{name}o": pair[0] for name, pair in _PAIRS.items()} | {"Oo": "[", "Eo": ""}
_END = {f"{name}c": pair[1] for name, pair in _PAIRS.items()} | {"Oc": "]", "Ec": "", "Fc": ")"}
_SYSTEMS = {"Ux": "UNIX", "At": "AT&T UNIX", "Bx": "BSD", "Bsx": "BSD/OS", "Fx": "FreeBSD", "Nx": "NetBSD", "Ox": "OpenBSD"}
_SYSTEMS |= {"Dx": "DragonFly"}
_PLAIN = frozenset(
    "Ad An Ar Bt Cd Cm Dv Em Er Es Ev Fa Fd Fr Ft Hf Ic Lb Li Lk Ms Mt Nd Nm No Ot Pa St Sx Sy Tn Ud Va Vt Xo Xc Bf Ef Bk Ek Fo Ta"
    " %A %B %C %D %I %J %N %O %P %Q %R %T %U %V".split()
)
_DEFAULTS = {"Ar": "file ...", "Pa": "~", "Mt": "~"}
CALLABLE = frozenset((*_AROUND, *_BEGIN, *_END, *_SYSTEMS, *_PLAIN, "Fl", "Xr", "Ns", "Pf", "Ap", "Ex", "Rv"))
"""The macros that stand in running text."""


@dataclass(slots=True)
class Inline:
    """The text of a line, and whether it stands close to what is before and behind it."""

    text: str = ""
    glued_before: bool = False
    glued_behind: bool = False


@dataclass(slots=True)
class _Pieces:
    """Pieces of text with the spaces between them."""

    spaced: bool
    parts: list[str] = field(default_factory=list)
    glue: bool = True
    begins_glued: bool = False

    def put(self, text: str, *, before: bool = False, behind: bool = False) -> None:
        """One piece more, close to the one before or behind it where that is said."""
        if not self.parts:
            self.begins_glued = before or self.begins_glued
        elif not (before or self.glue) and self.spaced:
            self.parts.append(" ")
        self.parts.append(text)
        self.glue = behind

    def close(self) -> None:
        """The next piece stands close to this one."""
        self.begins_glued = self.begins_glued or not self.parts
        self.glue = True


def inline(words: list[str], name: str, *, spaced: bool = True) -> Inline:
    """The text of words, the first of which may be a macro; `name` is what the page is about (.Nm), `spaced` off behind `.Sm off`."""
    pieces = _Pieces(spaced)
    tail: list[str] = []
    while len(words) > 1 and words[-1] in _CLOSING:
        tail.append(words.pop())
    _write(words, pieces, name)
    for mark in reversed(tail):
        pieces.put(mark, before=True)
    return Inline("".join(pieces.parts), pieces.begins_glued, pieces.glue and bool(pieces.parts))


def _write(words: list[str], pieces: _Pieces, name: str) -> None:
    ends: list[str] = []  # of what is open until the end of the line
    for macro, arguments in _calls(words):
        if macro in _AROUND:
            ends.append(_AROUND[macro][1])
            _open(macro, arguments, pieces)
        elif macro in _BEGIN:
            pieces.put(_BEGIN[macro], behind=True)
            _plain(arguments, pieces)
        elif macro in _END:
            pieces.put(_END[macro], before=True)
            _plain(arguments, pieces)
        else:
            _call(macro, arguments, pieces, name)
    for end in reversed(ends):
        pieces.put(end, before=True)


def _open(macro: str, arguments: list[str], pieces: _Pieces) -> None:
    if macro == "Fn":
        pieces.put(f"{arguments[0] if arguments else ''}({', '.join(arguments[1:])}", behind=True)
        return
    pieces.put(_AROUND[macro][0], behind=True)
    _plain(arguments, pieces)


def _call(macro: str, arguments: list[str], pieces: _Pieces, name: str) -> None:
    if macro == "Ns":
        pieces.close()
        _plain(arguments, pieces)
    elif macro == "Ap":
        pieces.put("'", before=True, behind=True)
        _plain(arguments, pieces)
    elif macro == "Pf":
        pieces.put(arguments[0] if arguments else "", behind=True)
        _plain(arguments[1:], pieces)
    elif macro == "Fl":
        _flags(arguments, pieces)
    elif macro == "Xr":
        section = f"({arguments[1]})" if len(arguments) > 1 and arguments[1] not in _CLOSING else ""
        _plain([f"{arguments[0]}{section}", *arguments[1 + bool(section) :]] if arguments else [], pieces)
    elif macro in _SYSTEMS:
        _plain([_SYSTEMS[macro], *arguments], pieces)
    elif macro in ("Ex", "Rv"):
        pass  # a sentence in English that every page has
    elif macro == "Fo":
        pieces.put(f"{' '.join(arguments)}(", behind=True)
    elif macro == "Nm" and (not arguments or arguments[0] in _CLOSING):
        _plain([name, *arguments], pieces)
    elif macro == "An":
        _plain([word for word in arguments if not word.startswith("-")], pieces)
    else:
        _plain(arguments or [_DEFAULTS.get(macro, "")], pieces)


def _flags(arguments: list[str], pieces: _Pieces) -> None:
    words = [word for word in arguments if word not in _CLOSING and word != "|"]
    if not words:
        pieces.put("-", behind=not arguments)
    for word in arguments:
        _plain([f"-{word}" if word in words else word], pieces)


def _plain(words: list[str], pieces: _Pieces) -> None:
    for word in words:
        if word:
            pieces.put(word, before=word in _CLOSING, behind=word in _OPENING)


def _calls(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each macro with the words behind it; words before any have the name "No"."""
    macro, arguments = "No", list[str]()
    begun = False
    for word in words:
        if word in CALLABLE:
            if begun:
                yield macro, arguments
            macro, arguments = word, []
        else:
            arguments.append(word)
        begun = True
    if begun:
        yield macro, arguments
