"""The data of folding, regions, terms, readings, look-alikes and scripts, and the programs that made it."""
