"""Terms in running text: find them, decide at the borders, and cut the rest into words."""
