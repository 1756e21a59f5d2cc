"""What does a page say, whatever it was written in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from searcher.documents.document import Location


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    text: str
    locations: tuple[Location, ...] = ()
    title: str | None = None
    heading: str | None = None
    bold: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
