"""What a forked child is to forget: it has the memory of its parent, but none of the threads that were at work in it.

So a lock that one of them held is never let go there, and what it was about to change stays half changed.
"""

from __future__ import annotations

import os
import weakref
from functools import cache
from typing import Protocol


class Forgetful(Protocol):
    """What has something that a child must not go on with."""

    def forget(self) -> None: ...


def tell(one: Forgetful) -> None:
    """Has `one` forget in every child that is forked from now on, as long as it is there."""
    _told().add(one)


@cache
def _told() -> weakref.WeakSet[Forgetful]:
    """All that forget; the system is asked once for all, for it cannot be told to stop."""
    told = weakref.WeakSet[Forgetful]()

    def forget() -> None:
        for one in list(told):
            one.forget()

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget)
    return told
