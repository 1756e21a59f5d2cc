"""The characters that only one script has come from OpenCC's lists.

A character is simplified only if it is never kept by OpenCC's simplified-to-traditional list, and the reverse.
"""

from __future__ import annotations

from searcher.tables.making.opencc_lists import opencc_list


def telling_characters() -> list[tuple[str]]:
    """A row of those of Simplified Chinese only, and one of those of Traditional Chinese only."""
    simplified, traditional = _changed("STCharacters"), _changed("TSCharacters")
    return [("".join(sorted(simplified - traditional)),), ("".join(sorted(traditional - simplified)),)]


def _changed(name: str) -> set[str]:
    """The characters of the basic plane that a list always changes."""
    return {source for source, targets in opencc_list(name) if len(source) == 1 and source <= "\uffff" and source not in targets}
