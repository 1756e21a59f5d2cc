"""How an index keeps in step with files, and is made anew."""
