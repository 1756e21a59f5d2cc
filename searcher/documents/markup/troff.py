"""What a source for troff would print: its lines without comments, its macros expanded, its conditions decided, its escapes replaced.

The sane subset, in time linear in the file: strings and expansions are bounded, so that nothing multiplies.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from searcher.documents.markup.substitutions import Substitutions
from searcher.frozen import frozen

_MOST_EXPANDED = 2_000_000  # characters that the macros of one page may give
_LONGEST_LINE = 10_000  # characters of an expanded line, and of one that is expanded
_LONGEST_ARGUMENT = 1_000
_LONGEST_STRING = 200

_COMMENT = re.compile(r"(\\[^\"#])|\\[\"#].*")
_REQUEST = re.compile(r"[.'][ \t]*([^\s\\]+|\\[{}])?[ \t]*(.*)", re.DOTALL)
_ARGUMENT = re.compile(r"\"((?:[^\"]|\"\")*)\"?|((?:\\.|[^ \t\\])+|\\)", re.DOTALL)
_PARAMETER = re.compile(r"\\\$(?:([1-9])|[*@])")
_CONDITION = re.compile(r"(!?)[ \t]*(?:(['\"])([^'\"]{0,200})\2([^'\"]{0,200})\2|([nteo])(?=[ \t\\.']|$)|(\S{1,100}))[ \t]*(.*)", re.DOTALL)
_TRUE_NUMBER = re.compile(r"[1-9]\d*|\\n(?:\(\.g|\[\.g\])")
_NAME = r"(?:\((..)|\[([^\]\s]{1,60})\]|(.))"
_ANY_NAME = r"(?:\(..|\[[^\]\s]{0,60}\]|.)"
_STRING = re.compile(rf"\\\*{_NAME}")
_ESCAPE = re.compile(
    r"\\(?:\((?P<two>..)|\[(?P<long>[^\]\s]{1,60})\]|s[+-]?(?:\(..|\[[^\]]{0,20}\]|'[^']{0,20}'|[1-3]\d|\d)"
    rf"|[fFgkmMnVY][+-]?{_ANY_NAME}|(?P<function>[hvwlLbDXZoARxBNH])(?P<quote>['\"|])(?P<quoted>.{{0,200}}?)(?P=quote)"
    r"|\$[*@1-9]?|(?P<one>.)|$)"
)
_CODE_POINT = re.compile(r"u([0-9A-F]{4,6})")
_QUOTE = '"'

_ONE = dict(zip("-e\\ ~0t'`._aE", ("-", "\\", "\\", " ", " ", " ", "\t", "´", "`", ".", "_", "", "\\"), strict=True))
_NAMED = """\
em — en – hy - bu • co © rg ® tm ™ lq “ rq ” oq ‘ cq ’ aq ' dq " bq ‚ Bq „ Fo « Fc » fo ‹ fc › ga ` ha ^ ti ~ rs \\ sl /
br │ ul _ ru _ bv | or | ba | bb ¦ at @ sh # Do $ de ° mc µ +- ± mu × di ÷ -> → <- ← <> ↔ ua ↑ da ↓ => ⇒ <= ≤ >= ≥ != ≠
== ≡ ~~ ≈ if ∞ sq □ ci ○ dg † dd ‡ sc § ps ¶ ct ¢ Eu € Po £ Ye ¥ 12 ½ 14 ¼ 34 ¾ S1 ¹ S2 ² S3 ³ ss ß ae æ AE Æ oe œ OE Œ
:a ä :o ö :u ü :A Ä :O Ö :U Ü 'a á 'e é 'i í 'o ó 'u ú `a à `e è ^e ê ,c ç ~n ñ /o ø oa å oA Å *a α *b β *g γ *d δ *e ε
*l λ *m μ *p π *s σ *w ω *W Ω *S Σ no ¬ lB [ rB ] lC { rC } la ⟨ ra ⟩ mi − pl + eq = ** ∗ ff ff fi fi fl fl fm ′ sd ″
OK ✓
""".split()
_SPECIAL = dict(zip(_NAMED[::2], _NAMED[1::2], strict=True))  # groff_char(7)
_STRINGS = {"lq": "“", "rq": "”", "R": "®", "S": "", "Tm": "™"}


@frozen
class Line:
    """One line: its number in the file (from 1), the name of its request (empty for text), and what follows it."""

    number: int
    request: str
    rest: str


class Troff:
    """Reads the lines of a page, one after the other; it knows the strings and macros that were defined so far."""

    def __init__(self, text: str) -> None:
        self._waiting = deque(enumerate(text.split("\n"), 1))
        self._strings = Substitutions(_STRINGS)
        self._macros: dict[str, list[str]] = {}
        self._expanded = 0
        self._decisions: list[bool] = []  # of .ie, for its .el

    def lines(self) -> Iterator[Line]:
        """The lines to format, without those that only steer."""
        while self._waiting:
            number, written = self._waiting.popleft()
            text = _COMMENT.sub(lambda match: match[1] or "", written) if "\\" in written else written
            request = _REQUEST.fullmatch(text) if text.startswith((".", "'")) else None
            if request is None:
                plain = text.replace("\\}", "").replace("\\{", "")
                if plain or not written:  # a line of nothing but a comment is none
                    yield Line(number, "", plain)
            elif request[1] and not self._steered(number, request[1], request[2]):
                yield Line(number, request[1], request[2].replace("\\}", ""))

    def shown(self, text: str) -> str:
        """What is printed of a text with escapes."""
        if "\\" not in text:
            return text
        return _ESCAPE.sub(_replacement, self._interpolated(text))

    def arguments(self, rest: str) -> list[str]:
        """The arguments of a request, as they are written but for their quotes."""
        return [match[1].replace('""', _QUOTE) if match[2] is None else match[2] for match in _ARGUMENT.finditer(rest)]

    def _steered(self, number: int, name: str, rest: str) -> bool:
        """Do what a request that prints nothing by itself asks for; whether it was one."""
        if name in ("if", "ie"):
            self._decide(number, name, rest)
        elif name == "el":
            self._follow(number, rest, wanted=not self._decisions.pop() if self._decisions else False)
        elif name in ("de", "de1", "am", "ig", "dei", "ami"):
            self._define(name, rest)
        elif name in ("ds", "as"):
            self._set(name, rest)
        elif name == "als":
            new, _, old = rest.partition(" ")
            self._macros[new] = self._macros.get(old.strip(), [f".{old.strip()} \\$@"])
        elif name in ("EQ", "PS"):  # formulas and pictures
            self._skip_to("." + {"EQ": "EN", "PS": "PE"}[name])
        elif name in self._macros:
            self._call(number, name, rest)
        else:
            return name in ("\\}", "\\{")
        return True

    def _decide(self, number: int, name: str, rest: str) -> None:
        match = _CONDITION.fullmatch(self._interpolated(rest))
        holds = match is not None and _holds(match)
        if name == "ie":
            self._decisions.append(holds)
        self._follow(number, match[7] if match else "", wanted=holds)

    def _follow(self, number: int, rest: str, *, wanted: bool) -> None:
        """Read on with what a condition governs, or behind it."""
        if wanted:
            rest = rest.removeprefix("\\{").lstrip(" \t")
            if rest not in ("", "\\"):  # a backslash takes the line break away
                self._waiting.appendleft((number, rest))
            return
        depth = rest.count("\\{") - rest.count("\\}")
        while depth > 0 and self._waiting:
            _, line = self._waiting.popleft()
            depth += line.count("\\{") - line.count("\\}")

    def _define(self, name: str, rest: str) -> None:
        macro, _, end = rest.strip().partition(" ")
        body = self._skip_to("." + (rest.strip() if name == "ig" and rest.strip() else end.strip() or "."))
        if name.startswith("de") and macro:
            self._macros[macro] = [line.replace("\\\\", "\\") for line in body]

    def _skip_to(self, end: str) -> list[str]:
        skipped: list[str] = []
        while self._waiting:
            _, line = self._waiting.popleft()
            if line.rstrip() == end:
                break
            skipped.append(line)
        return skipped

    def _set(self, kind: str, rest: str) -> None:
        name, _, value = rest.partition(" ")
        value = self._interpolated(value.lstrip(" ").removeprefix(_QUOTE))
        before = self._strings.text(name) if kind == "as" else None
        self._strings.define(name, ((before or "") + value)[:_LONGEST_STRING])

    def _call(self, number: int, name: str, rest: str) -> None:
        if self._expanded > _MOST_EXPANDED:
            return
        given = [argument[:_LONGEST_ARGUMENT] for argument in self.arguments(rest)]
        everything = " ".join(f'"{argument}"' if " " in argument else argument for argument in given)[:_LONGEST_ARGUMENT]

        def argument(match: re.Match[str]) -> str:
            if match[1] is None:
                return everything
            return given[int(match[1]) - 1] if int(match[1]) <= len(given) else ""

        lines = [_PARAMETER.sub(argument, line[:_LONGEST_LINE])[:_LONGEST_LINE] for line in self._macros[name]]
        self._expanded += sum(map(len, lines)) + len(lines)
        self._waiting.extendleft((number, line) for line in reversed(lines))

    def _interpolated(self, text: str) -> str:
        if "\\*" not in text:
            return text
        return _STRING.sub(lambda match: self._strings.text(match[1] or match[2] or match[3]) or "", text[:_LONGEST_LINE])


def _holds(match: re.Match[str]) -> bool:
    """A condition of a page that is shown on a terminal, by groff."""
    negated, quote, left, right, word, expression, _ = match.groups()
    if quote:
        holds = left == right
    elif word:
        holds = word in "no"
    else:
        holds = _TRUE_NUMBER.fullmatch(expression) is not None
    return holds != bool(negated)


def _replacement(match: re.Match[str]) -> str:
    name = match["two"] or match["long"]
    if name:
        return _special(name)
    if match["function"]:
        return _function(match["function"], match["quoted"])
    return _ONE.get(match["one"], "") if match["one"] else ""


def _special(name: str) -> str:
    code = _CODE_POINT.fullmatch(name)
    if code and int(code[1], 16) < 0x110000 and not 0xD800 <= int(code[1], 16) < 0xE000:
        return chr(int(code[1], 16))
    return _SPECIAL.get(name, "")


def _function(name: str, quoted: str) -> str:
    """\\o and \\b print something, \\N a character by its number; the others move, draw and measure."""
    if name == "N" and quoted.isascii() and quoted.isdigit() and 32 <= int(quoted) < 127:
        return chr(int(quoted))
    return {"o": quoted[:1], "b": quoted}.get(name, "")
