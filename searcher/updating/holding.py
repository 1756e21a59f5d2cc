"""Which catalogue does a program keep that goes on, so as not to read it for each run?"""

from __future__ import annotations

from searcher.engine import Store
from searcher.updating.catalogue import ATTACHMENT, CHANGES, Catalogue, read_catalogue


class Held:
    """The catalogue of the newest commit, for as long as nobody else commits another. For use by one thread."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._stamp: object = None

    def take(self, store: Store) -> Catalogue:
        """The catalogue, which is the caller's: what a run that fails has made of it is nobody's."""
        catalogue, self._catalogue = self._catalogue, None
        if catalogue is None or self.is_old(store):
            self._stamp = _stamp(store)
            catalogue = read_catalogue(store)
        return catalogue

    def is_old(self, store: Store) -> bool:
        """Whether another than the one that was taken has been committed since."""
        return _stamp(store) != self._stamp

    def give_back(self, catalogue: Catalogue) -> None:
        """Keep the catalogue that was taken, whose changes are committed."""
        self._catalogue = catalogue

    def renew(self, store: Store) -> None:
        """What was taken is the newest again: the caller has committed it, and holds the lock."""
        self._stamp = _stamp(store)


def _stamp(store: Store) -> object:
    return store.attached(ATTACHMENT, CHANGES)
