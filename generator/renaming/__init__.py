"""Renaming: another id for a claim, an article or a story, with every reference to it brought along."""
