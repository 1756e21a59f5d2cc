"""Who is who in a conversation that Slack exports?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from searcher.documents.beside import nearest, people_file
from searcher.documents.chats.records import people_in
from searcher.documents.document import Refused
from searcher.documents.json.values import json_value
from searcher.documents.sources.source import Source

_LARGEST = 16_000_000  # bytes


def people_beside(source: Source) -> Mapping[str, str]:
    """Whom `users.json` names; nobody where there is none, or another one, or the file lies in an archive."""
    if isinstance(source.content, bytes) or source.depth:
        return {}
    users = nearest((people_file(Path(source.content)),), _LARGEST)
    return _people_of(*users) if users else {}


@lru_cache(maxsize=1)
def _people_of(users: Path, modified: int, size: int) -> Mapping[str, str]:
    """They are the same for the files of a whole export."""
    try:
        return people_in(json_value(users.read_text("utf-8-sig")))
    except (OSError, ValueError, Refused):
        return {}
