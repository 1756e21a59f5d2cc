"""The data that folding, regions and scripts are made of, and the programs that made it."""
