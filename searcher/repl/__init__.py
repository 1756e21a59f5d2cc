"""What does the user want now? The prompt."""

from searcher.repl.prompt import converse

__all__ = ["converse"]
