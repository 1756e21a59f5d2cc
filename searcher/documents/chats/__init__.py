"""Conversations, a day a document."""
