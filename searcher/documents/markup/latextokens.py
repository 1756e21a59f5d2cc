r"""The tokens of LaTeX: commands, braces, formulas, what is printed as it stands, and text between.

\section{引言}% 註解                             command section, open, text, close
\verb|$a$| $a_1$                                raw $a$, text, formula $a_1$
\begin{equation} a \label{b} \end{equation}     display a
\begin{lstlisting}[caption=快速排序] … \end…      paragraph, text 快速排序, paragraph, listing …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searcher.frozen import frozen

_LISTINGS = frozenset("verbatim verbatim* Verbatim lstlisting minted alltt".split())
_HIDDEN = frozenset("comment filecontents filecontents*".split())
_DISPLAYS = frozenset("math displaymath equation align alignat flalign gather multline eqnarray dmath".split())
_OPTIONS = re.compile(r"[ \t]*(?:\[((?:[^\[\]{}]|\{[^{}]*\}){0,1000})\])?(?:\{[^{}\n]{0,60}\})?")
_CAPTION = re.compile(r"\b(?:caption|title)[ \t]*=[ \t]*(?:\{([^{}]*)\}|([^,{}]*))")
_CLOSING = {"\\[": "\\]", "\\(": "\\)", "$$": "$$"}
_LONGEST = 5_000
"""Characters of a formula: more between its marks is none."""
_TOKEN = re.compile(
    r"""
    (?P<comment>%[^\n]*(?:\n[ \t]*(?!\n))?|\\href[ \t]*\{[^{}\n]*\}(?=\{))
    |\\(?:verb|lstinline)\*?(?P<mark>[^\sA-Za-z{*\[])(?P<raw>[^\n]*?)(?P=mark)
    |\\(?:url|path|nolinkurl)[ \t]*\{(?P<address>[^{}\n]*)\}
    |\\begin[ \t]*\{(?P<begin>[^{}\n]{1,60})\}
    |\\end[ \t]*\{(?P<end>[^{}\n]{1,60})\}
    |(?P<opening>\\\[|\\\(|\$\$)
    |(?P<formula>\$(?:[^$\\\n]|\\.|\n(?![ \t]*\n)){1,3000}\$)
    |(?P<line>\\\\\*?(?:\[[^\[\]\n]{0,40}\])?|\\(?:newline|tabularnewline|cr)(?![A-Za-z]))
    |(?P<paragraph>\n[ \t]*\n\s*|\\par(?![A-Za-z])\s*)
    |\\(?P<command>[A-Za-z@]+)\*?(?:[ \t]*\n[ \t]*(?!\n)|[ \t]+)?
    |(?P<open>\{)|(?P<close>\})|(?P<option>\[)|(?P<option_end>\])|(?P<cell>&)
    |(?P<text>(?:[^\\{}\[\]$%&\n]|\\[^A-Za-z\\()\[\]]|\n(?![ \t]*\n))+|.)
    """,
    re.VERBOSE | re.DOTALL,
)


@frozen
class Token:
    """What stands at an offset. Of a command, and where an environment begins and ends, the text is its name."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """All but comments and the addresses of links, in order and in linear time."""
    unended: set[str] = set()  # environments that nothing ends from here on
    place = 0
    while found := _TOKEN.match(text, place):
        kind, start, place = str(found.lastgroup), place, found.end()
        said = found[kind]
        if kind == "opening":
            end = text.find(_CLOSING[said], place, place + _LONGEST)
            if end >= 0:
                yield Token("formula", text[start : end + 2], start) if said == "\\(" else Token("display", text[place:end], place)
                place = end + 2
        elif kind == "begin" and said not in unended and (kept := _kept_as_written(said)):
            closing = f"\\end{{{said}}}"
            end = text.find(closing, place)
            if end < 0:
                unended.add(said)
                continue
            yield from _environment(kept, text[place:end], place)
            place = end + len(closing)
        elif kind != "comment":
            yield Token("raw" if kind == "address" else kind, said, start)


def _kept_as_written(name: str) -> str:
    """The kind of the one token that an environment of this name is; empty for one whose inside is LaTeX."""
    return "hidden" if name in _HIDDEN else "listing" if name in _LISTINGS else "display" if name.removesuffix("*") in _DISPLAYS else ""


def _environment(kind: str, inside: str, start: int) -> Iterator[Token]:
    if kind == "display":
        yield Token(kind, inside, start)
    elif kind == "listing":
        options = _OPTIONS.match(inside)
        if options and options[1] and (caption := _CAPTION.search(options[1])):
            yield from (Token("paragraph", "", start), Token("text", caption[1] or caption[2] or "", start), Token("paragraph", "", start))
        yield Token(kind, inside[options.end() if options else 0 :], start + (options.end() if options else 0))
