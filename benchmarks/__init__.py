"""How fast is it, how good is it? Programs that measure searcher, and its peers beside it; each prints its table."""
