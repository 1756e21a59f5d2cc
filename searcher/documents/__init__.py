"""Which documents does a file hold?"""
