"""Marks inside ``literals`` of a markup, while they are literal: as control characters, which are taken out of the text first."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x01-\x08]")


class Literals:
    """The marks of one markup, eight at most."""

    def __init__(self, marks: str) -> None:
        self._hidden = {ord(mark): chr(1 + place) for place, mark in enumerate(marks)}
        self._shown = {ord(hidden): chr(mark) for mark, hidden in self._hidden.items()}

    def hide(self, text: str) -> str:
        """A literal, in which nothing is a mark."""
        return text.translate(self._hidden)

    def show(self, text: str) -> str:
        """A text as it was, once all marks that mean something are gone."""
        return text.translate(self._shown)


def without_control(text: str) -> str:
    """A text in which nothing is taken for a hidden mark."""
    return _CONTROL.sub("", text)
