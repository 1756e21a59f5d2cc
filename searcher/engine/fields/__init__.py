"""Which fields there are: as plain data, and as Whoosh's schema."""
