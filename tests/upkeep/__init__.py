"""Upkeep: what is looked at from time to time, rather than at every change (make audit, make pythons)."""
