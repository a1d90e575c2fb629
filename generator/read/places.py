"""Places: where in a file each of its values was typed, by the value's steps from the root of the record."""

from __future__ import annotations

from collections.abc import Mapping

from generator.problems import Place

WRONG = "!"
"""Before the steps of a value that could not be read, its place is kept once more."""


class Places:
    """The places of one file's values. Steps are the names and numbers on the way to one, such as `quotes/0/text`."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places

    def has(self, *steps: str | int) -> bool:
        return "/".join(str(step) for step in steps) in self._places

    def wrong(self, *steps: str | int) -> bool:
        return self.has(WRONG, *steps)

    def place(self, *steps: str | int) -> Place:
        """Where the value at `steps` stands; else where the one round it does."""
        parts = [str(step) for step in steps]
        while parts:
            found = self._places.get("/".join(parts))
            if found is not None:
                return found
            parts.pop()
        return Place(1, 1)
