"""Results for a reader at a terminal.

     1  商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！  2021-08-17
        seeds/000_0ba390c34e7e8bd5.txt:14
        市场消息称商汤科技计划未来几周提交香港IPO申请，至此，“AI四小龙”商汤、旷视、云从和依图
        都踏上了向资本市场的冲击之路。

Colours are those of ripgrep, from the terminal's own palette, so that light and dark both read well.
Foreign text enters rich as `Text`, never as markup, with what would steer the terminal made visible.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from searcher.frozen import frozen
from searcher.messages import Say, say_remark
from searcher.printer.counts import foot_words, took_words
from searcher.printer.dividing import CELL, ROW, divided
from searcher.printer.pieces import Piece, pieces
from searcher.printer.plain import lacking_words, near_path, shortened_marks
from searcher.printer.unwrapping import unwrapped
from searcher.printer.visible import one_line
from searcher.printer.wrapping import Line, wrap
from searcher.results import COUNTED, Expansion, Hit, Mark, Place, Results, Snippet
from searcher.settings import from_home

if TYPE_CHECKING:
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

MARK = "bold red"
TITLE = "bold"
RANK = "bold"
PATH = "magenta"
PLACE = "green"
ASIDE = "dim"
NAMED = 3  # of the other documents of a hit

_PART = re.compile(r"#[0-9]+\Z")
"""Which of several documents in a file it is."""

WIDEST = 120
"""Longer lines of text are hard to read: passages are wrapped here on wider screens."""


FORMS = 8
"""So many forms that were looked for too are named."""

TOLD = 0.3
"""Forms that weigh less hardly move the order: they are named by `why` and in JSON only."""

LINE_NUMBER = 6
"""Cells kept for the line number behind a path: a colon and five digits."""


@frozen
class Screen:
    """How wide the output is, in cells, and whether its paths are links (OSC 8)."""

    width: int
    links: bool = False


def console(file: TextIO, *, color: bool, width: int | None = None) -> Console:
    """A rich console that prints exactly what it is given: nothing is read as markup, guessed as a number, or wrapped again."""
    from rich.console import Console

    console = Console(
        file=file,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="auto" if color and file.isatty() else "standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=True,
        legacy_windows=None if file.isatty() else False,
    )
    console.on_broken_pipe = _nobody_reads  # type: ignore[method-assign]  # rich's ends the program with 1, as if nothing had been found
    return console


def _nobody_reads() -> None:
    """Whoever read our output has enough: for whom called us to end well."""
    raise BrokenPipeError


def results_lines(results: Results, say: Say, screen: Screen) -> Iterator[Text]:
    """All that is shown of results: what was looked for too, the hits, a divider before relaxed ones, how many there are."""
    yield from head_lines(results, say, screen)
    for block in hit_blocks(results, say, screen):
        yield from block
    yield from foot_lines(results, say, screen)


def head_lines(results: Results, say: Say, screen: Screen) -> Iterator[Text]:
    """What the search did beside what was typed."""
    for notice in results.notices:
        yield from aside(say_remark(say, notice), screen)
    if words := _expanded_words(results, say):
        yield from aside(words, screen)
    if results.suggestions:
        yield from aside(say("suggested", forms=results.suggestions), screen)


def _expanded_words(results: Results, say: Say) -> str:
    """What was looked for too, if it weighs something; of a passage the first forms, and how many more there are."""
    told = [expansion for expansion in results.expansions if expansion.weight >= TOLD]
    if not told:
        return ""
    marked = _marked_texts(results)
    pairs = list(dict.fromkeys((expansion.source, _as_marked(expansion, marked)) for expansion in told))
    forms: dict[str, list[str]] = {}
    for source, target in pairs[:FORMS]:
        forms.setdefault(source, []).append(target)
    each = (say("expanded.form", source=source, targets=tuple(targets)) for source, targets in forms.items())
    words = say("expanded", forms=say("expanded.and").join(each))
    return words + say("expanded.more", count=len(pairs) - FORMS) if len(pairs) > FORMS else words


def _marked_texts(results: Results) -> dict[str, list[str]]:
    """All that is marked in the hits, by its folded text."""
    from searcher.text.folding import fold

    found: dict[str, list[str]] = {}
    marked = ((part.text, part.marks) for hit in results for part in hit.snippets)
    for text, marks in (*((hit.title, hit.title_marks) for hit in results), *marked):
        for start, end in marks:
            found.setdefault(fold(text[start:end]).text, []).append(text[start:end])
    return found


def _as_marked(form: Expansion, marked: Mapping[str, list[str]]) -> str:
    """A form as the hits write it, 公务员 → 公務員, if none has it as the tables do; letters are not worth it: Package."""
    from searcher.text.folding import fold

    target = form.target
    of_typed = form.kind == "number" and fold(form.source).text != form.source  # 第12條 says in which script, 1911年 does not
    found = () if target.isascii() or form.kind == "synonym" or of_typed else marked.get(fold(target).text, ())
    return target if not found or target in found else found[0]


def aside(words: str, screen: Screen) -> Iterator[Text]:
    """A remark beside the results, wrapped."""
    yield from _wrapped([Piece(one_line(words), False)], _measure(screen), "", ASIDE)


def hit_blocks(results: Results, say: Say, screen: Screen) -> Iterator[list[Text]]:
    """Each hit with what is shown of it, a divider from where on all are relaxed, a blank line at its end."""
    indent = indent_of(results)
    rest = _relaxed_from(results)
    for place, hit in enumerate(as_sorted(results)):
        block = list(_hit_lines(hit, indent, say, screen))
        if place == rest:
            block[:0] = _divider(say(_divided(results)), screen)
        yield block


def as_sorted(results: Results) -> Iterator[Hit]:
    """The hits, with the date by which they are sorted: that of their last change, where the query asks for its order."""
    from searcher.query.parsing import parse

    by_change = parse(results.query).sort in ("modified", "-modified")
    yield from (replace(hit, date=hit.modified) if by_change else hit for hit in results)


def indent_of(results: Results) -> str:
    """What stands before each line of a hit but the first, below the rank."""
    return " " * (max((len(str(hit.rank)) for hit in results), default=1) + 3)


def _relaxed_from(results: Results) -> int:
    """The place of the first hit from which on none has every term, but far apart; in a question, such hits stand between others, too."""
    place = len(results)
    while place and (results.hits[place - 1].relaxed or results.hits[place - 1].scattered):
        place -= 1
    return place


def _divided(results: Results) -> str:
    """The name of what is said of the hits below the divider."""
    return "relaxed" if results.relaxed else "relaxed.scattered" if results.scattered else "relaxed.rest"


def foot_lines(results: Results, say: Say, screen: Screen) -> Iterator[Text]:
    """How many documents match, how many of them are shown, and how long it took."""
    more = None if results.ends else say("more.limit")
    yield from aside(foot_words(results, say, more, took_words(results, say), only="--strict"), screen)


def _styled(line: Sequence[Piece], style: str, told: Callable[[str], Style | str] = str) -> Text:
    """A line of pieces, the marked ones in the colour of marks, the others in `style`, each as it is `told` to rich."""
    text = _text_class()()
    for piece in line:
        text.append(piece.text, style=told(MARK if piece.marked else style))
    return text


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def short_path(path: str) -> str:
    """A path as short as it can be said: from here where it is below, from ~ where it is at home."""
    near, home = near_path(path), str(from_home("~")) + os.sep
    return "~" + os.sep + near.removeprefix(home) if near.startswith(home) else near


def _hit_lines(hit: Hit, indent: str, say: Say, screen: Screen) -> Iterator[Text]:
    yield from title_lines(hit, indent, screen)
    yield from _where_lines(hit, indent, say, screen)
    for number, snippet in enumerate(hit.snippets):
        if snippet.text.strip() != hit.title:  # of a text of one line, its title says all
            yield from snippet_lines(snippet, number > 0, indent, screen)
    if hit.copies:
        yield from _wrapped([Piece(say("copies", paths=_named(hit.copies)), False)], _measure(screen), indent, ASIDE)
    if hit.near_copies:
        near = say("copies.near", count=len(hit.near_copies), paths=_named(hit.near_copies))
        yield from _wrapped([Piece(near, False)], _measure(screen), indent, ASIDE)
    yield _text_class()("")


def _named(paths: Sequence[str]) -> tuple[str, ...]:
    """The first of some paths, of each file that holds several documents the first of them, and that there are others."""
    first: dict[str, str] = {}
    for path in paths:
        first.setdefault(_PART.sub("", path), path)
    names = tuple(one_line(short_path(path)) for path in first.values())
    return (*names[:NAMED], "…") if len(names) > NAMED else names


def title_lines(hit: Hit, indent: str, screen: Screen) -> Iterator[Text]:
    """Rank, title and date; the date stands behind the title, on a line of its own where the title leaves no room."""
    lines = list(_wrapped(list(pieces(hit.title, hit.title_marks, one_line)), screen.width, indent, TITLE))
    if not lines:
        lines = [_text_class()(indent)]
    lines[0] = _text_class()(f"{hit.rank:>{len(indent) - 2}}  ", style=RANK) + lines[0][len(indent) :]
    date = one_line((hit.date or "")[:10])
    if date and lines[-1].cell_len + 2 + len(date) > screen.width:
        lines.append(_text_class()(indent[2:]))
    if date:
        lines[-1].append(f"  {date}", style=ASIDE)
    yield from lines


def _where_lines(hit: Hit, indent: str, say: Say, screen: Screen) -> Iterator[Text]:
    """The path and line of the best passage, and its place, on a line of its own where the path leaves no room."""
    best = hit.best
    place = (best.place if best else None) or hit.location
    style = _path_style(hit, screen)
    lines = [_text_class()(indent) + _styled(line, PATH, style) for line in _path_lines(hit, screen.width - len(indent))]
    if best is not None and best.line is not None and (place is None or place.kind != "page"):
        lines[-1].append(f":{best.line}", style=PLACE)
    words = "" if place is None else place_words(place, say)
    if words and words != one_line(hit.title):
        _append(lines, words, PLACE, indent, screen)
    if lacking := lacking_words(hit, say):
        _append(lines, lacking, ASIDE, indent, screen)
    yield from lines


def _append(lines: list[Text], words: str, style: str, indent: str, screen: Screen) -> None:
    """Put words behind the last line, on one of their own where it leaves no room."""
    words = _clipped(words, _measure(screen) - len(indent))
    if lines[-1].cell_len + 2 + cells(words) > screen.width:
        lines.append(_text_class()(indent[2:]))
    lines[-1].append(f"  {words}", style=style)


def _clipped(words: str, width: int) -> str:
    """Words on one line, their end left out where they are longer."""
    if cells(words) <= width:
        return words
    from rich.cells import set_cell_size

    return f"{set_cell_size(words, max(width - 1, 1)).rstrip()}…"


def _path_lines(hit: Hit, width: int) -> Iterator[Line]:
    """The path of a hit as lines, room for a line number behind it."""
    text = short_path(hit.path or hit.id)
    return wrap(list(pieces(text, shortened_marks(hit, text), one_line)), width - LINE_NUMBER, cells)


def _path_style(hit: Hit, screen: Screen) -> Callable[[str], Style | str]:
    """The styles of a path by their colours; where links are wanted, all are of one link."""
    path = hit.path or hit.id
    if not screen.links or not Path(path).is_absolute():
        return str
    from searcher.printer.linking import LinkStyle

    return lambda color: LinkStyle(color, Path(path).as_uri(), str(hit.rank))


def place_words(place: Place, say: Say) -> str:
    """A place in words: page 37; a chapter or a heading by its own name."""
    label = one_line(place.label)
    return say(place.kind, label=label) if place.kind in COUNTED else label


def snippet_lines(snippet: Snippet, later: bool, indent: str, screen: Screen) -> Iterator[Text]:
    """A passage as running text; `later`: it follows another one of the same hit."""
    text, marks = unwrapped(snippet.text.strip("\n"), _shifted(snippet))
    marked = list(pieces(divided(text), marks, _flowing))
    bullet = "· " if later else ""
    yield from _wrapped([Piece(bullet, False), *marked] if later else marked, _measure(screen), indent, "")


_RULER = re.compile(r"\n(?:[ \t]*[-=_*~#+^|:.─━═—]){3,}[ \t]*(?=\n|$)")
_LEADERS = re.compile(r"[ \t]*(?:[.．·…‥_][ \t]?){5,}[ \t]*")


def _flowing(text: str) -> str:
    """A passage as running text: a line break or a blank line is one space, a line that is a ruler as well, and dots that lead to the
    number of a page are one sign. Rows and cells are set apart by a sign."""
    text = _LEADERS.sub(" … ", _RULER.sub("\n", text))
    text = re.sub(rf"\s*{ROW}\s*", " ¶ ", re.sub(rf"[ \t]*{CELL}[ \t]*", " | ", text))
    return one_line(re.sub(r"\s*\n\s*", " ", text))


def _shifted(snippet: Snippet) -> list[Mark]:
    """The marks of a passage whose line breaks at both ends are not shown."""
    cut = len(snippet.text) - len(snippet.text.lstrip("\n"))
    length = len(snippet.text.strip("\n"))
    moved = ((max(start - cut, 0), min(end - cut, length)) for start, end in snippet.marks)
    return [(start, end) for start, end in moved if start < end]


def _wrapped(marked: list[Piece], width: int, indent: str, style: str) -> Iterator[Text]:
    for line in wrap(marked, width - len(indent), cells):
        yield _text_class()(indent) + _styled(line, style)


def _measure(screen: Screen) -> int:
    return min(screen.width, WIDEST)


def _divider(words: str, screen: Screen) -> Iterator[Text]:
    """Words in a rule; on a narrow screen they go on below it."""
    rule = _measure(screen) - cells(words) - 4
    if rule >= 0:
        yield _text_class()(f"── {words} {'─' * rule}".rstrip(), style=ASIDE)
    else:
        yield from aside(f"── {words}", screen)


def _text_class() -> type[Text]:
    from rich.text import Text

    return Text
