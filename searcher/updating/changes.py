"""Which files may give something else than what is known of them? Size and times tell first, and what kept a file from being read.

Of an export of Slack, a file may also be changed by the one that names its people.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence

from searcher.documents import CONVERTIBLE, Found, Skipped, converter_of, lacks_module, may_show_text, tells_of_others, told_by
from searcher.frozen import frozen
from searcher.updating.catalogue import READER, Catalogue, FileState, Root
from searcher.updating.reading import ANEW, Wanted

Converters = Mapping[str, Sequence[str]]
"""By suffix the command that makes text of files no reader can read."""

MEMBER = "!/"
"""What stands between an archive and the name of a file in it."""


@frozen
class Seen:
    """A file under a root: how it is shown, and what tells whether it has changed; nothing else, for there may be a million of them.

    The time of the last change to another file may be kept (`cp -p`), and the size be the same.
    """

    root: Root
    shown: str
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, found: Found, root: Root) -> Seen:
        status = found.status
        return cls(root, found.shown, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def changed(seen: Mapping[str, Seen], catalogue: Catalogue, converters: Converters) -> Iterator[Wanted]:
    """The files that may give something else than what is known of them."""
    telling = {path for path, file in seen.items() if tells_of_others(path) and _is_other(file, catalogue.files.get(path))}
    for path, file in seen.items():
        known, how = catalogue.files.get(path), (file.root.encoding, bool(file.root.ocr))
        if known is None:
            yield Wanted(path, file.shown, None, *how)
        elif (
            known.reader != READER
            or _reads_otherwise(path, file.root, catalogue)
            or _may_be_read_now(known, converters)
            or (telling and not telling.isdisjoint(told_by(path)))
        ):
            yield Wanted(path, file.shown, ANEW, *how)
        elif _is_other(file, known):
            yield Wanted(path, file.shown, known.digest, *how)


def _is_other(file: Seen, known: FileState | None) -> bool:
    """Whether a file does not look like the one that is known."""
    return known is None or (known.size, known.modified_ns, known.changed_ns) != (file.size, file.modified_ns, file.changed_ns)


def _reads_otherwise(path: str, root: Root, catalogue: Catalogue) -> bool:
    """Whether the same bytes may give another text than the last time."""
    known = catalogue.roots.get(root.path)
    return known is not None and (known.encoding != root.encoding or (known.ocr != root.ocr and may_show_text(path)))


def _may_be_read_now(known: FileState, converters: Converters) -> bool:
    """Whether what kept a file, or one in it, from being read is gone: something was not installed, or no command was there for it."""
    return any(_is_mended(skipped, converters) and (not known.documents or MEMBER in skipped.path) for skipped in known.skipped)


def _is_mended(skipped: Skipped, converters: Converters) -> bool:
    command = converter_of(skipped.path, converters)
    if skipped.reason == "missing-dependency":
        return not lacks_module(skipped.path) if command is None else shutil.which(command[0]) is not None
    return skipped.reason in CONVERTIBLE and command is not None
