"""Several segments read as one, through a cache."""
