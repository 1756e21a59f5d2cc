r"""LaTeX becomes what is printed of it, in one pass over its tokens.

Formulas stay as they are written. Left out are comments, what commands only set, references to labels and to sources; captions stay, and
footnotes come at the end. Of what stands before \begin{document}, and in drawings, only what is Chinese is text.
A command that nobody knows gives what stands in its braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from textwrap import dedent

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.titles import HAN
from searcher.documents.document import Document, only_text
from searcher.documents.markup.latexhead import declared_in_latex
from searcher.documents.markup.latextext import LETTERS, printed
from searcher.documents.markup.latextokens import Token, tokens
from searcher.documents.markup.substitutions import Substitutions
from searcher.documents.sources.source import ReadOptions, Source

_SECTIONS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6, "frametitle": 2}
_CLASSES = ("documentclass", "documentstyle")
_BLOCKS = frozenset("title author date institute caption subcaption captionof keywords framesubtitle bicaption".split())
_NOTES = frozenset("footnote footnotetext thanks marginpar endnote sidenote marginnote".split())
_NEW = frozenset(
    "newcommand renewcommand providecommand DeclareMathOperator def gdef edef newenvironment renewenvironment newtheorem let".split()
)
_FAMILIES = re.compile(r"\w*cites?[pt]?(?:alp|author|year)?|\w*[Rr]ef|set(?:CJK)?(?:main|sans|mono|family)font|use\w+|bibliography\w*")
"""Commands, whatever package they are of, whose first argument is not printed."""
_UNPRINTED = {
    1: "label includegraphics input include includeonly documentclass documentstyle RequirePackage PassOptionsToPackage pagestyle"
    " thispagestyle pagenumbering vspace hspace index color textcolor colorbox hypersetup geometry graphicspath lstset tikzset"
    " ctexset captionsetup theoremstyle newcounter stepcounter refstepcounter value linespread zihao setstretch phantom hphantom"
    " vphantom cline cmidrule raisebox parbox scalebox rotatebox lstinputlisting markright href addbibresource pgfplotsset"
    " newglossary selectlanguage bibitem hyphenation fontspec fontfamily setlist numberwithin",
    2: "setcounter addtocounter setlength addtolength multicolumn multirow resizebox fontsize rule inputminted markboth fcolorbox"
    " setCJKfamilyfont settowidth AtBeginEnvironment",
    3: "definecolor addcontentsline specialrule newcolumntype",
    4: "titlespacing",
    5: "titleformat",
}
"""So many arguments of these are not printed."""
_ALONE = frozenset(("label", "centering"))
"""A bracket behind these is text."""
_UNPRINTED_OF_ENVIRONMENTS = {
    1: "tabular longtable array tabu minipage multicols subfigure thebibliography spacing alignedat column subtable tblr",
    2: "tabular* tabularx tabulary wrapfigure wraptable CJK CJK* adjustwidth list",
}


def _by_name(table: Mapping[int, str]) -> dict[str, int]:
    return {name: number for number, names in table.items() for name in names.split()}


_ARGUMENTS, _ENVIRONMENT_ARGUMENTS = _by_name(_UNPRINTED), _by_name(_UNPRINTED_OF_ENVIRONMENTS)
_LISTS = {"itemize": None, "enumerate": 1, "description": None, "thebibliography": None, "compactenum": 1, "compactitem": None}
_TABLES = frozenset("tabular tabular* tabularx tabulary longtable array tabu tblr longtblr".split())
_DRAWINGS = frozenset("tikzpicture axis pgfpicture pspicture picture asy tikzcd".split())
_LINES = frozenset("algorithmic algorithm2e verse".split())

_MOST_TOKENS = 3_000_000
"""Some 450 MB of memory; 15 MB of books have a million."""
_LABEL = re.compile(r"[ \t]*\\(?:label[ \t]*\{[^{}\n]{0,200}\}|nonumber\b|notag\b)")
_FORMATTED = re.compile(r"---?|``|''")
_PRINTED = {"---": "—", "--": "–", "``": "“", "''": "”"}
_LETTERS = {**LETTERS, "quad": " ", "qquad": " ", "enspace": " ", "and": ", ", "textbackslash": "\\", "textasciitilde": "~", "degree": "°"}
_LETTERS |= {"S": "§", "P": "¶", "textbar": "|", "XeLaTeX": "XeLaTeX", "LaTeXe": "LaTeX2e", "cdots": "…", "textellipsis": "…", "slash": "/"}


def read_latex(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file; one that prints nothing by itself, as it only loads others, is text as it is written, and so is one of
    more tokens than fit into memory.
    """
    written = source.text(options, format="latex")
    found = list(islice(tokens(written.text), _MOST_TOKENS))
    page = _Reader(written.text, found).read() if len(found) < _MOST_TOKENS else Page("")
    if not page.text:
        raise only_text()
    yield document_of_page(source, page, written.metadata, declared_in_latex(written.text))


class _Reader:
    """Goes from token to token; what is due at the end of a group stands on a stack."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._tokens = found
        self._closing = _closing(self._tokens)
        self._blocks = Blocks()
        self._run: list[str] = []  # of running text
        self._is_fresh = True  # what comes begins a paragraph
        self._closers: list[Callable[[], None] | None] = []  # of the groups that are open
        self._end = _end_of_document(self._tokens)
        self._quiet = int(self._end is not None)
        self._tables = self._lines = 0
        self._names = Substitutions()
        self._counted, self._line = 0, 1  # the number of the line at an offset

    def read(self) -> Page:
        self._go(0, len(self._tokens) if self._end is None else self._end)
        while self._closers:
            self._close()
        self._flush()
        return self._blocks.page()

    def _go(self, place: int, end: int) -> None:
        while place < end:
            token = self._tokens[place]
            place = self._take(token, place + 1)

    def _take(self, token: Token, after: int) -> int:
        """Reads a token; gives the place of the next one to read, `after` it or further on."""
        if token.kind in ("text", "raw", "formula"):
            self._write(token)
        elif token.kind == "command":
            return self._command(token, after)
        elif token.kind == "begin":
            return self._begin_environment(token, after)
        elif token.kind == "end":
            return self._end_environment(token, after)
        elif token.kind == "open":
            self._closers.append(None)
        elif token.kind == "close":
            self._close()
        elif token.kind == "paragraph":
            self._end_block()
        elif token.kind in ("display", "listing"):
            self._verbatim(token)
        elif token.kind == "cell" and self._tables:
            self._flush()
            self._blocks.begin_cell()
        elif token.kind == "line":
            self._end_line()
        else:
            self._write(token)
        return after

    def _write(self, token: Token) -> None:
        text = token.text
        if self._quiet and not HAN.search(text):
            return
        if token.kind == "text":
            if self._lines and "\n" in text:
                self._write_lines(text, token.start)
                return
            text = _formatted(text)
        self._append(text, token.start)

    def _write_lines(self, text: str, start: int) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_line()
            self._append(_formatted(line), start)
            start += len(line) + 1

    def _append(self, text: str, start: int) -> None:
        if self._is_fresh and text.strip():
            self._locate(start + len(text) - len(text.lstrip()))
            self._is_fresh = False
        self._run.append(text)

    def _locate(self, start: int) -> None:
        self._line += self._text.count("\n", self._counted, start)
        self._counted = max(start, self._counted)
        self._blocks.locate("line", str(self._line))

    def _flush(self) -> None:
        if self._run:
            self._blocks.text("".join(self._run))
            self._run.clear()

    def _end_block(self) -> None:
        self._flush()
        self._blocks.end_block()
        self._is_fresh = True

    def _end_line(self) -> None:
        self._flush()
        if self._tables:
            self._blocks.begin_row()
        else:
            self._blocks.end_line()
        self._is_fresh = True

    def _close(self) -> None:
        closer = self._closers.pop() if self._closers else None
        if closer:
            closer()

    def _verbatim(self, token: Token) -> None:
        self._end_block()
        text = dedent(_LABEL.sub("", token.text) if token.kind == "display" else token.text).strip("\n")
        if not self._quiet or HAN.search(text):
            self._locate(token.start + len(token.text) - len(token.text.lstrip()))
            self._blocks.verbatim(text)
        self._end_block()

    # Commands.

    def _command(self, token: Token, after: int) -> int:
        name = token.text
        if name in _NEW:
            return self._definition(after)
        is_reference = bool(_FAMILIES.fullmatch(name))
        after = self._skipped(after, _ARGUMENTS.get(name, int(is_reference)))
        if self._run and (name == "and" or is_reference):
            self._run[-1] = self._run[-1].rstrip(" ")
        if name == "item":
            return self._item(token, after)
        if (letter := _LETTERS.get(name) or self._names.text(name)) is not None:
            self._append(letter, token.start)
            return after
        if name not in _ALONE:
            after = self._past_options(after)
        if self._is_kind(after, "open"):
            if name in _SECTIONS:
                return self._heading(_SECTIONS[name], after)
            if name in _NOTES:
                return self._note(token, after)
            if name in _BLOCKS:
                self._end_block()
                self._closers.append(self._end_block)
                return after + 1
        return after

    def _heading(self, level: int, place: int) -> int:
        self._end_block()
        self._locate(self._tokens[place].start)
        self._is_fresh = False
        self._blocks.begin_heading()

        def end() -> None:
            self._flush()
            self._blocks.end_heading(level)
            self._is_fresh = True

        self._closers.append(end)
        return place + 1

    def _note(self, token: Token, place: int) -> int:
        self._flush()
        outer, self._blocks = self._blocks, Blocks()
        was_fresh, self._is_fresh = self._is_fresh, False

        def end() -> None:
            self._flush()
            text = self._blocks.finish()[0]
            self._blocks, self._is_fresh = outer, was_fresh
            self._blocks.note(text)

        self._closers.append(end)
        return place + 1

    def _item(self, token: Token, after: int) -> int:
        self._flush()
        self._blocks.next_item()
        self._locate(token.start)
        self._is_fresh = False
        end = self._option_end(after)
        if end is None:
            return after
        self._go(after + 1, end)
        self._run.append(" ")
        return end + 1

    def _definition(self, place: int) -> int:
        r"""\newcommand{\school}[1][a]{清華大學}: no text, but where the name stands."""
        named = next((token.text for token in self._tokens[place : place + 2] if token.kind == "command"), "")
        place = self._skipped(place, 1)
        place = self._past_options(place)
        while self._is_kind(place, "text"):  # \def\a#1#2
            place += 1
        body = [token.text for token in self._tokens[place + 1 : self._closing.get(place, place)][:2]]
        end = self._skipped(place, 1)
        if named and len(body) == 1 and HAN.search(body[0]):
            self._names.define(named, body[0])
        while self._is_kind(end, "open"):  # of an environment
            end = self._skipped(end, 1)
        return self._past_options(end)

    # Arguments.

    def _is_kind(self, place: int, kind: str) -> bool:
        return place < len(self._tokens) and self._tokens[place].kind == kind

    def _skipped(self, place: int, number: int) -> int:
        """The place behind so many arguments, which may be commands, and the options before them."""
        for _ in range(number):
            place = self._past_options(place)
            if self._is_kind(place, "open"):
                place = self._closing.get(place, place) + 1
            elif self._is_kind(place, "command"):
                place += 1
        return place

    def _past_options(self, place: int) -> int:
        while self._is_kind(place, "text") and not self._tokens[place].text.strip() and place + 1 < len(self._tokens):
            if self._tokens[place + 1].kind not in ("option", "open"):
                break
            place += 1
        while (end := self._option_end(place)) is not None:
            place = end + 1
        return place

    def _option_end(self, place: int) -> int | None:
        """The place of the bracket that closes the one there; None where none does."""
        return self._closing.get(place) if self._is_kind(place, "option") else None

    # Environments.

    def _begin_environment(self, token: Token, after: int) -> int:
        name = token.text
        self._flush()
        if name in _LISTS:
            self._blocks.begin_list(_LISTS[name])
        else:
            self._end_block()
        if name == "document":
            self._quiet = 0
        self._quiet += name in _DRAWINGS
        self._lines += name in _LINES
        if (end := self._option_end(after)) is not None and name not in _TABLES:
            self._called(after + 1, end)
        after = self._skipped(self._past_options(after), _ENVIRONMENT_ARGUMENTS.get(name, 0))
        if name in _TABLES:
            self._tables += 1
            self._blocks.begin_row()
        if name == "frame" and self._is_kind(after, "open"):
            return self._heading(_SECTIONS["frametitle"], after)
        return after

    def _called(self, place: int, end: int) -> None:
        """What a theorem is called: \\begin{theorem}[勾股定理]."""
        if any(token.kind == "text" and HAN.search(token.text) for token in self._tokens[place:end]):
            self._go(place, end)
            self._end_block()

    def _end_environment(self, token: Token, after: int) -> int:
        name = token.text
        self._flush()
        self._is_fresh = True
        if name in _LISTS:
            self._blocks.end_list()
            return after
        if name in _TABLES and self._tables:
            self._tables -= 1
            self._blocks.end_table()
        self._quiet = max(self._quiet - (name in _DRAWINGS), 0)
        self._lines = max(self._lines - (name in _LINES), 0)
        self._end_block()
        return after


def _end_of_document(all_tokens: Sequence[Token]) -> int | None:
    r"""Where a whole document ends, behind a preamble; None for a part of one, in which \documentclass is an example."""
    first = next(
        (token for token in all_tokens if token.kind in ("command", "begin") and token.text in (*_CLASSES, *_SECTIONS, "document")), None
    )
    if first is None or first.kind == "begin" or first.text in _SECTIONS:
        return None
    if not any(token.kind == "begin" and token.text == "document" for token in all_tokens):
        return None
    ends = (
        place for place in range(len(all_tokens) - 1, 0, -1) if all_tokens[place].kind == "end" and all_tokens[place].text == "document"
    )
    return next(ends, len(all_tokens))


def _closing(all_tokens: Sequence[Token]) -> dict[int, int]:
    """Where the groups and options end that begin at a place; an option ends before the group around it, and in its paragraph."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(all_tokens):
        if token.kind in ("open", "option"):
            opened.append(place)
        elif token.kind == "option_end" and opened and all_tokens[opened[-1]].kind == "option":
            found[opened.pop()] = place
        elif token.kind in ("close", "paragraph"):
            while opened and all_tokens[opened[-1]].kind == "option":
                opened.pop()
            if opened and token.kind == "close":
                found[opened.pop()] = place
    return found


def _formatted(text: str) -> str:
    """Running text as it is printed."""
    plain = printed(text) if "\\" in text else text.replace("~", " ")
    return _FORMATTED.sub(lambda match: _PRINTED[match[0]], plain) if "-" in plain or "'" in plain or "`" in plain else plain
