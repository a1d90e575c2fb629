"""Doubts: why a build cannot go on from what the last one left."""

from __future__ import annotations


class Irregular(Exception):
    """Something is wrong, or may be: only a look at the whole site can tell what is to be said of it."""


class StartOver(Exception):
    """The change reaches every page."""
