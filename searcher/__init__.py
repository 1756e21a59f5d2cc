"""Full-text search for Chinese documents, in any script."""

from __future__ import annotations
