"""How many slips of those who type are mended, and how often is something offered for what was rightly typed?"""
