"""Results for a pipe: one line a passage, `path:line:text`, as grep and its friends print."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from searcher.messages import Say
from searcher.printer.pieces import Piece, pieces
from searcher.printer.visible import one_line
from searcher.results import Hit, Mark, Results, Snippet

PATH, PLACE, MARK, RESET = "\x1b[35m", "\x1b[32m", "\x1b[1;31m", "\x1b[0m"
"""ripgrep's colours, for `--color always`."""


def lines(results: Results, say: Say, *, color: bool = False) -> Iterator[str]:
    """`path:line:text`, `path:p37:text` where the passage stands on a page; a hit without passages shows its title.

    Behind the first passage of a hit stands what it lacks.
    """
    for hit in results:
        lacking = lacking_words(hit, say)
        lacking = say("aside", text=lacking) if lacking else ""
        for snippet in hit.snippets or (Snippet(hit.title, 0, hit.title_marks),):
            if color:
                text = painted(pieces(snippet.text, snippet.marks, one_line))
                yield f"{_coloured_path(hit)}:{PLACE}{_place_of(snippet, hit)}{RESET}:{text}{lacking}"
            else:
                yield f"{shown_path(hit)}:{_place_of(snippet, hit)}:{one_line(snippet.text)}{lacking}"
            lacking = ""


def lacking_words(hit: Hit, say: Say) -> str:
    """Which terms a hit lacks (without: 分割), or that it has them only far apart; empty for most."""
    return one_line(say("without", terms=hit.missing)) if hit.missing else say("scattered") if hit.scattered else ""


def paths(results: Results) -> Iterator[str]:
    """The path of every hit, once, as the file system knows it from here."""
    yield from dict.fromkeys(path_on_disk(hit) or near_path(hit.path or hit.id) for hit in results)


def path_on_disk(hit: Hit) -> str | None:
    """The path of a hit for whoever opens it, where bytes of it are no UTF-8: they are escaped in its id, and in its path written as they
    may be read. None where its own will do.
    """
    if "\\x" in hit.id:
        from searcher.documents import name_on_disk

        for name in (hit.id, hit.id.rpartition("#")[0]):  # behind it, the number of a document in its file
            if (file := name_on_disk(name)) != name:
                return near_path(file)
    return None


def shown_path(hit: Hit) -> str:
    """Where the document is, for a line of output."""
    return one_line(near_path(hit.path or hit.id))


def near_path(path: str) -> str:
    """A path as it is called from the current folder: relative where it is below, else as it is."""
    here = os.getcwd().rstrip(os.sep) + os.sep  # noqa: PTH109  (there may be 100,000 paths)
    return path.removeprefix(here) if len(path) > len(here) else path


def shortened_marks(hit: Hit, shown: str) -> list[Mark]:
    """The marks of a hit's path in a shorter form of it, which leaves out some of its beginning."""
    cut = len(hit.path or "") - len(shown)
    return [(start - cut, end - cut) for start, end in hit.path_marks]


def _place_of(snippet: Snippet, hit: Hit) -> str:
    """The middle column: the page as p37, else the line, else 1."""
    place = snippet.place or hit.location
    if place is not None and place.kind == "page":
        return f"p{one_line(place.label)}"
    return str(snippet.line or 1)


def _coloured_path(hit: Hit) -> str:
    path = near_path(hit.path or hit.id)
    return painted(pieces(path, shortened_marks(hit, path), one_line), PATH)


def painted(line: Iterable[Piece], color: str = "") -> str:
    """A line with its marked pieces in the colour of marks, and the others in another, if one is named."""
    colored = ((text, MARK if marked else color) for text, marked in line)
    return "".join(f"{own}{text}{RESET}" if own else text for text, own in colored)
