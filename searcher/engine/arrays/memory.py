"""The memory of arrays that are made and let go again is kept, not given back to the system each time."""

from __future__ import annotations

from functools import cache

import numpy as np

_RETAINED = 1 << 24


@cache
def retain_memory() -> None:
    """Makes the allocator of glibc keep what is freed, up to so many bytes: it gives no more back to the system than it was once given
    back in one piece (mallopt(3), M_MMAP_THRESHOLD). Elsewhere it changes nothing.

    Fresh memory costs more than what is done with it: the system clears it page by page, when it is first touched.
    """
    np.empty(_RETAINED, np.uint8)
