"""Freed memory of arrays is kept for the next ones, not given back to the system each time."""

from __future__ import annotations

from functools import cache

import numpy as np

_RETAINED = 1 << 24


@cache
def retain_memory() -> None:
    """Allocates and frees one large block, after which glibc keeps all smaller ones: it gives back to the system only what is larger than
    the largest block freed so far (mallopt(3), M_MMAP_THRESHOLD). Other allocators are not changed by it.

    Fresh memory costs more than what is done with it: the system clears each page when it is first touched.
    """
    np.empty(_RETAINED, np.uint8)
