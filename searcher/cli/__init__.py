"""What does the user want now? The command line."""

from searcher.cli.running import run

__all__ = ["run"]
