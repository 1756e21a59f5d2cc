"""What is asked: a typed query as frozen data."""
