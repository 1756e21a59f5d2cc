"""Why does a source give no document?"""

from __future__ import annotations

from searcher.errors import SearcherError


class Refused(SearcherError):
    """A reader gives this source up; `reason` is a code of `Skipped`, `detail` one line for the user, a `Remark` where it is ours.

    It never leaves this room.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason=reason, detail=detail)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str]]:
        return (Refused, (self.reason, self.detail))  # it may cross a process


PLAIN = "plain"
"""The reason of a refusal that no user meets: the source is read as plain text."""


def only_text() -> Refused:
    """The refusal of a reader to which a source is no more than plain text, whatever it is called."""
    return Refused(PLAIN, "")


def one_line(error: Exception) -> str:
    """What went wrong in a library, as the detail of a refusal."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300].removesuffix(": ")
