"""How arrays, terms and texts lie in a file, and how a document is looked up in it, without numpy."""
