"""The programs that made the tables of the package; no part of what is installed."""
