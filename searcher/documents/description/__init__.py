"""What is a document called, from which day is it, and what else does it say of itself?"""
