"""Room to sum numbers by document, taken once and used again: fresh memory of this size costs more than what is done with it."""

from __future__ import annotations

import threading

import numpy as np

from searcher.engine.docsets import Array


class Scratch(threading.local):
    """A thread's own room."""

    def __init__(self) -> None:
        self._room: Array = np.zeros(0)

    def zeros(self, count: int) -> Array:
        """So many zeros (float64), until this is called again in the same thread."""
        if len(self._room) < count:
            self._room = np.zeros(count)
        room = self._room[:count]
        room.fill(0)
        return room
