"""Read: one file in, one typed record out, and nothing else looked at."""
