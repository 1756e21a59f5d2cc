"""Which files may give something else than what is known of them? Size and times tell first, and what kept a file from being read.

Of an export of Slack, a file may also be changed by the one that names its people.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from searcher.documents import CONVERTIBLE, USERS, Found, Skipped, converter_of, lacks_module, people_file
from searcher.updating.catalogue import READER, Catalogue, FileState, Root
from searcher.updating.reading import ANEW, Wanted

Converters = Mapping[str, Sequence[str]]
"""By suffix the command that makes text of files no reader can read."""

MEMBER = "!/"
"""What stands between an archive and the name of a file in it."""


def changed(seen: Mapping[str, tuple[Found, Root]], catalogue: Catalogue, converters: Converters) -> Iterator[Wanted]:
    """The files that may give something else than what is known of them."""
    renamed = {
        path for path, (found, _) in seen.items() if path.endswith(f"{os.sep}{USERS}") and _is_other(found, catalogue.files.get(path))
    }
    for path, (found, root) in seen.items():
        known = catalogue.files.get(path)
        if known is None:
            yield Wanted(path, found.shown, None, root.encoding)
        elif (
            known.reader != READER
            or _reads_otherwise(root, catalogue)
            or _may_be_read_now(known, converters)
            or (renamed and str(people_file(Path(path))) in renamed)
        ):
            yield Wanted(path, found.shown, ANEW, root.encoding)
        elif _is_other(found, known):
            yield Wanted(path, found.shown, known.digest, root.encoding)


def _is_other(found: Found, known: FileState | None) -> bool:
    """Whether a file does not look like the one that is known."""
    return known is None or (known.size, known.modified_ns, known.changed_ns) != _seen(found)


def _seen(found: Found) -> tuple[int, int, int]:
    """What tells a file that has changed. The time of its last change to another file may be kept (`cp -p`), and the size be the same."""
    return found.status.st_size, found.status.st_mtime_ns, found.status.st_ctime_ns


def _reads_otherwise(root: Root, catalogue: Catalogue) -> bool:
    """Whether the same bytes may give another text than the last time."""
    known = catalogue.roots.get(root.path)
    return known is not None and known.encoding != root.encoding


def _may_be_read_now(known: FileState, converters: Converters) -> bool:
    """Whether what kept a file, or one in it, from being read is gone: something was not installed, or no command was there for it."""
    return any(_is_mended(skipped, converters) and (not known.documents or MEMBER in skipped.path) for skipped in known.skipped)


def _is_mended(skipped: Skipped, converters: Converters) -> bool:
    command = converter_of(skipped.path, converters)
    if skipped.reason == "missing-dependency":
        return not lacks_module(skipped.path) and (command is None or shutil.which(command[0]) is not None)
    return skipped.reason in CONVERTIBLE and command is not None
