"""How many slips make one text of another: characters put in, left out, replaced, or swapped with the next?"""

from __future__ import annotations


def within(one: str, other: str, most: int) -> bool:
    """Whether so many slips are enough; of texts that are far apart, this is known at once."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return False
    return distance(one, other, most) <= most


def distance(one: str, other: str, most: int | None = None) -> int:
    """How many slips make one text of the other, of which none falls on another (optimal string alignment).

    `most`: where it is more than that, it need not be known how many: the answer is one more.

    "recieve", "receive" → 1; "汤小鸥", "汤晓鸥" → 1
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, before, row = before, row, [number]
        for at, against in enumerate(other, 1):
            slips = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != against))
            if number > 1 and at > 1 and letter == other[at - 2] and one[number - 2] == against:
                slips = min(slips, last[at - 2] + 1)
            row.append(slips)
        if most is not None and min(row) > most:
            return most + 1
    return row[-1]
