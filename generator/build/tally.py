"""The tally: what a whole site comes to."""

from __future__ import annotations

from msgspec import Struct


class Tally(Struct):
    claims: int = 0
    articles: int = 0
    quotes: int = 0
    pages: int = 0
    warnings: int = 0
