"""XML of any kind, and of some kinds."""
