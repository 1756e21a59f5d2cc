"""What a word is called elsewhere, and which words only ask."""
