"""Markup that people write."""
