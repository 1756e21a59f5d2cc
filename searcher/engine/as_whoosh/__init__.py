"""The index as Whoosh's own."""
