"""Which documents match."""
