"""How does a result look to a terminal, a pipe, a program?"""
