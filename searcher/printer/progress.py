"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from searcher.messages import Say

if TYPE_CHECKING:
    from searcher.updating.reports import Progress


@contextmanager
def progress_bar(file: TextIO, say: Say, *, quiet: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """What `Index.sync(progress=…)` is to call while the bar stands; None where there is no terminal to draw on. Who stops it is told what
    comes of that.
    """
    if quiet or not file.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn(say("indexing")),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn(say("time.left")),
        TimeRemainingColumn(),
    )
    bar = Bar(*columns, console=Console(file=file), transient=True)
    task = bar.add_task("", total=None)
    try:
        with bar:
            yield lambda step: bar.update(task, completed=step.done, total=step.total)
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal was closed
            file.write(say("stopped") + "\n")
        raise


@contextmanager
def busy(file: TextIO, what: str) -> Iterator[None]:
    """A sign of life while nobody knows how long it takes."""
    if not file.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=file).status(what):
        yield
