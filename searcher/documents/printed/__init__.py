"""Pages as they are printed: PDF and OFD."""
