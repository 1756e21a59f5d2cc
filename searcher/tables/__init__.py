"""The data of folding, regions, terms, readings, look-alikes and scripts; `making/` has the programs that made it."""
