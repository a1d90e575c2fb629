"""Data: what the site says in formats for programs. Pure functions, a claim at a time; docs/data.md has the formats."""
