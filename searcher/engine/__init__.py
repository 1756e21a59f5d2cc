"""How do terms lie on disk, and which documents score best?"""
