"""How postings and positions lie in a segment: all that is read as arrays."""
