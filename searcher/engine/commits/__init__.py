"""One writer, many readers: how a change is made, all of it or nothing, and what of a damaged index can be read."""
