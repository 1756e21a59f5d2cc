"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from searcher.messages import Say
from searcher.printer.visible import one_line

if TYPE_CHECKING:
    from searcher.updating.reports import Progress

PATH_WIDTH = 40


@contextmanager
def progress_bar(file: TextIO, say: Say, *, quiet: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """What `Index.sync(progress=…)` is to call while the bar stands; None where there is no terminal to draw on."""
    if quiet or not file.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn(say("indexing")),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[path]}", markup=False),
    )
    with Bar(*columns, console=Console(file=file), transient=True) as bar:
        task = bar.add_task("", total=None, path="")

        def show(step: Progress) -> None:
            bar.update(task, completed=step.done, total=step.total, path=_tail(step.path or ""))

        yield show


@contextmanager
def busy(file: TextIO, what: str) -> Iterator[None]:
    """A sign of life while nobody knows how long it takes."""
    if not file.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=file).status(what):
        yield


def _tail(path: str) -> str:
    shown = one_line(path)
    return shown if len(shown) <= PATH_WIDTH else "…" + shown[-PATH_WIDTH:]
