"""Lexicons, one language a module: numbers, dates, hedges and attributions of news prose."""
