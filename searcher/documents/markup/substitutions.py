"""A name in a markup stands for a text that was given once: |release|, {product}, {{PAGENAME}}.

A long text under a name of one letter, written a million times, is more than any memory: all that names give in one document is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping

_MOST_GIVEN = 1_000_000
"""Characters."""


class Substitutions:
    """The names of one document, and how much they may still give."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._texts = dict(known or {})
        self._left = _MOST_GIVEN

    def define(self, name: str, text: str) -> None:
        """From now on the name stands for this text."""
        self._texts[name] = text

    def text(self, name: str) -> str | None:
        """What the name stands for; None where it stands for nothing, or they have given too much."""
        text = self._texts.get(name)
        if text is not None:
            self._left -= len(text)
        return text if self._left >= 0 else None
