"""Readers in processes of their own, and commands of the user."""
