"""Which formats are there?

Built-in formats are named by module, so that nothing is imported before such a file is met.
Another package adds its own as an entry point of the group `searcher.formats`, a `Format` by name; it comes before ours.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator

from searcher.documents.builtin import BUILTIN
from searcher.documents.format import Format


@functools.cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages first; the first that claims a content is taken."""
    return (*_foreign_formats(), *BUILTIN)


def by_name(name: str) -> Format | None:
    """The format of this name."""
    return next((format for format in formats() if format.name == name), None)


def named(name: str) -> list[Format]:
    """Formats by the name's suffix, the longest suffix first."""
    lower = name.lower()
    fitting = [(len(suffix), format) for format in formats() for suffix in format.suffixes if lower.endswith(suffix)]
    return [format for _, format in sorted(fitting, key=lambda pair: -pair[0])]


def lacks_module(name: str) -> bool:
    """Whether a format that goes by the suffix of this name needs what this Python lacks."""
    return any(format.missing() is not None for format in named(name))


def _foreign_formats() -> Iterator[Format]:
    from importlib.metadata import entry_points

    for entry in entry_points(group="searcher.formats"):
        try:
            format = entry.load()
        except Exception as error:  # another package's code
            warnings.warn(f"the format {entry.name} of {entry.value} cannot be loaded: {type(error).__name__}: {error}", stacklevel=2)
            continue
        if isinstance(format, Format):
            yield format
        else:
            warnings.warn(f"the format {entry.name} of {entry.value} is no searcher.documents.Format", stacklevel=2)
