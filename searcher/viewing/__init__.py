"""How is one document read, in a pager or in the user's editor?"""
