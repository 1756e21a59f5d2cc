"""References to literature."""
