"""How well documents answer, and which are the best."""
