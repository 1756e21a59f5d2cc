"""What a text is made of, whatever its script: folding, words, grams, and the views of them that an index holds."""
