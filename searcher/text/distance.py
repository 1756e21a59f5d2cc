"""How many slips make one text of another: characters put in, left out, replaced, or swapped with the next?"""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """How many slips make one text of the other, of which none falls on another (optimal string alignment).

    "recieve", "receive" → 1; "汤小鸥", "汤晓鸥" → 1
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, before, row = before, row, [number]
        for at, against in enumerate(other, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != against)))
            if number > 1 and at > 1 and letter == other[at - 2] and one[number - 2] == against:
                row[at] = min(row[at], last[at - 2] + 1)
    return row[-1]
