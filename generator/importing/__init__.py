"""Importing: a saved page, Markdown or text becomes an article's text and its file."""
