"""Programs that learn from parallel texts which words of two regions mean the same; no part of what is installed."""
