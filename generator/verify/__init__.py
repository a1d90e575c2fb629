"""Verify: whether a published copy of a site is exactly what a commit gives."""
