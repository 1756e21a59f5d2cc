"""When is a pattern compiled? When it is first asked for: Python takes milliseconds for many characters, and most queries need few."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def late_pattern(regex: str | Callable[[], str], flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives the pattern, each time the same one; of a text that takes a while to make, what makes it may be given."""
    return cache(lambda: re.compile(regex if isinstance(regex, str) else regex(), flags))
