"""How sources are: what is normal for each, what is wrong with it, and who is told."""
