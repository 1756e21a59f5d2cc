"""Numbers, shares, days and times, and how else each is written."""
