"""Texts that stay as they stand, line by line."""
