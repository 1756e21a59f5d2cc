"""The formats that come with searcher, one row each.

Rows of text formats are asked in this order when the name says nothing; the plain format takes what no other claims.
"""

from __future__ import annotations

from searcher.documents.registry import Format, lazily
from searcher.documents.sniffing import (
    looks_like_ass,
    looks_like_html,
    looks_like_json_lines,
    looks_like_markdown,
    looks_like_subtitles,
)

BUILTIN: tuple[Format, ...] = (
    Format(
        name="jsonlines",
        suffixes=(".jsonl", ".ndjson", ".jsonlines"),
        read=lazily("searcher.documents.jsonlines:read_json_lines"),
        sniff=looks_like_json_lines,
    ),
    Format(
        name="html",
        suffixes=(".html", ".htm", ".xhtml", ".xht", ".shtml"),
        read=lazily("searcher.documents.html:read_html"),
        sniff=looks_like_html,
    ),
    Format(
        name="markdown",
        suffixes=(".md", ".markdown", ".mdown", ".mkd", ".mdx"),
        read=lazily("searcher.documents.markdown:read_markdown"),
        sniff=looks_like_markdown,
    ),
    Format(
        name="srt",
        suffixes=(".srt", ".vtt"),
        read=lazily("searcher.documents.subtitles:read_subtitles"),
        sniff=looks_like_subtitles,
    ),
    Format(
        name="ass",
        suffixes=(".ass", ".ssa"),
        read=lazily("searcher.documents.subtitles:read_ass"),
        sniff=looks_like_ass,
    ),
    Format(
        name="lrc",
        suffixes=(".lrc",),
        read=lazily("searcher.documents.subtitles:read_lyrics"),
    ),
    Format(
        name="text",
        suffixes=(".txt", ".text", ".log"),
        read=lazily("searcher.documents.plain:read_plain"),
    ),
)
