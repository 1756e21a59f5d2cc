"""A path as one link of the terminal (OSC 8), whatever lines and colours it is shown in."""

from __future__ import annotations

from rich.style import Style


class LinkStyle(Style):
    """The style of a piece of a link; the pieces are one link by their id.

    rich gives every copy of a style another id, and copies it for each line.
    """

    __slots__ = ()

    def __init__(self, style: str, link: str, id: str) -> None:
        plain = Style.parse(style)
        super().__init__(color=plain.color, bold=plain.bold, dim=plain.dim, link=link)
        self._link_id = id

    def copy(self) -> Style:
        return self
