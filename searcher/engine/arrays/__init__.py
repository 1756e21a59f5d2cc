"""Idioms of arrays: sets of documents, places, likeness."""
