"""How are terms written of which nearly all are a character and the one behind it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import add

from searcher.frozen import frozen

NOTHING, LONGER = "\0", "\1"


@frozen
class Pairs:
    """Terms with their positions, strictly ascending, in a twentieth of the room that they take one by one.

    `line`: a character for each position from `first` on, and one more, at which no term begins. The term at a position is its character
    with the next one, or that alone where `NOTHING` or `LONGER` is next. At `NOTHING` there is none, at `LONGER` any other, of which
    `longer` has the texts in order. Where there are no terms the line is empty.

        分散\\0\\1\\1\\0, (5, g)   →   分散@0 散@1 5@3 g@4
    """

    line: str
    longer: Sequence[str] = ()
    first: int = 0

    @property
    def positional(self) -> bool:
        return True

    @property
    def texts(self) -> list[str]:
        """The terms one by one."""
        line = self.line
        if not self.longer and NOTHING not in line[:-1]:
            *pairs, last = map(add, line, line[1:]) if len(line) > 1 else [""]
            return [*pairs, last.rstrip(NOTHING + LONGER)] if last else pairs
        longer, atoms = iter(self.longer), [(one, other) for one, other in pairwise(line) if one != NOTHING]
        return [next(longer) if one == LONGER else one + other if other > LONGER else one for one, other in atoms]

    @property
    def positions(self) -> list[int]:
        return [position for position, one in enumerate(self.line[:-1], self.first) if one != NOTHING]
