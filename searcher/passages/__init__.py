"""Which passages of a document show best why it matched, and what is marked in them."""
