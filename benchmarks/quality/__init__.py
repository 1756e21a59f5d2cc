"""How good is the order of the hits, on judged queries, and how many typing errors are mended?"""
