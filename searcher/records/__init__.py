"""What an index keeps of a document, and how a document becomes that."""
