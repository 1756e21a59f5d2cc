"""Records become a segment, segments become one."""
