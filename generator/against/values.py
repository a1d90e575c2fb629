"""What a comparison knows and what it finds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.problems import Place, Problem
from generator.records import Article, Claim, Settings, Story, TextPage


class Side(Struct, frozen=True):
    """The site's records at one moment, by id, and git's names for what its files hold, by path.

    `known` has the ids of files too whose content could not be read. A file of the working tree may have two names: one
    with the line ends that it has here, one with those that git keeps.
    """

    settings: Settings | None
    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    stories: Mapping[str, Story]
    pages: Mapping[str, TextPage]
    known: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]


KINDS = ("claim", "article", "story", "page", "scale", "file")
"""What can change, in the order of the summary."""
_NAMED = ("article", "story", "page", "scale")
"""Kinds that are said with the name; a claim's id and a file's path stand alone."""


class Change(Struct, frozen=True, order=True):
    """A line of the summary: what changed, and how. `order` is its place among KINDS."""

    order: int
    name: str
    told: str

    @property
    def line(self) -> str:
        kind = KINDS[self.order]
        return f"{kind} {self.name}: {self.told}" if kind in _NAMED else f"{self.name}: {self.told}"


class Findings:
    """Gathers what is found: problems, and lines of the summary."""

    def __init__(self, commit: str) -> None:
        self.commit = commit
        """The revision's hash, cut short."""
        self.problems: list[Problem] = []
        self.changes: list[Change] = []

    def report(self, path: str, place: Place, code: str, message: str, help: str) -> None:
        self.problems.append(Problem(path, *place, code, message, help))

    def tell(self, kind: str, name: str, *told: str) -> None:
        words = "; ".join(filter(None, told))
        if words:
            self.changes.append(Change(KINDS.index(kind), name, words))

    def restore(self, path: str) -> str:
        """What to type to have a file back as it was."""
        return f"git checkout {self.commit} -- {path}"


NOWHERE = Place(0, 0)
"""The place of what stands in no file any more."""
