"""The prompt's history, in the state folder, for its owner's eyes alone."""

from __future__ import annotations

import os
from pathlib import Path

from prompt_toolkit.history import FileHistory


class PrivateHistory(FileHistory):
    """A history file that nobody else can read; a line with a leading space leaves no trace, and a repeated one no second."""

    def __init__(self, path: Path) -> None:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
        super().__init__(str(path))

    def append_string(self, string: str) -> None:
        if string.strip() and not is_private(string) and self.get_strings()[-1:] != [string]:
            super().append_string(string)


def is_private(line: str) -> bool:
    """Whether a line, by a space in front, ASCII or fullwidth, is to leave no trace."""
    return line[:1] in (" ", "\u3000")
