"""In which encoding is this text, and how sure is that?"""

from __future__ import annotations


def is_binary(head: bytes) -> bool:
    """Bytes that are no text in any encoding."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def decode_name(name: bytes) -> str:
    """The name of a file or an archive member, whatever its encoding."""
    return name.decode("utf-8", "replace")
