"""What arrays stand for: ragged lists, sets of documents, places, likeness."""
