"""Which file beside a file says something of what is in it?"""

from __future__ import annotations

from pathlib import Path

USERS = "users.json"


def people_file(path: Path) -> Path:
    """Where an export of Slack names its people: a channel has a folder there, and a day of it a file."""
    return path.parent.parent / USERS
