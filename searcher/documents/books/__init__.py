"""Books and compiled help."""
