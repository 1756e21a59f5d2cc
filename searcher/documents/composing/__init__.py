"""How a text grows, with its places, and becomes a document."""
