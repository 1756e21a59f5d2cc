"""Which documents answer, copies and what lacks something included, and how a match becomes a hit."""
