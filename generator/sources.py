"""Sources: the lines that problems are about, and how many characters of a line each is about.

A problem that does not say its extent is about the value, the name or the word that begins at its place.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.problems import Place, Problem
from generator.read.files import Files

_RUN = re.compile(r"\S+")
_BLANKS = re.compile(r"[^\S\n]+")
_TO_THE_END = "\"'[{"
"""What begins with one of these and has no known end is shown to the line's end."""


class Sources:
    """The files of the site in `root`, each read once and only when a problem is about it."""

    def __init__(self, root: Path) -> None:
        self._files = Files(root)
        self._texts: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self._extents: dict[str, dict[Place, int]] = {}

    def line(self, problem: Problem) -> str:
        """The line that a problem is about; empty where there is none (any more), or where it is no text."""
        lines = self._read(problem.path) if problem.line else []
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""

    def length(self, problem: Problem) -> int:
        """How many characters of its line a problem is about, from its column on: one at least, if there is a line."""
        line = self.line(problem)
        rest = line[max(0, problem.column - 1) :]
        if not rest.strip():
            return min(1, len(line))
        length = problem.length or self._known(problem) or _guessed(problem, rest)
        return max(1, min(length, len(rest.rstrip())))

    def _read(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                data = self._files.read(path)
            except (OSError, ValueError):
                data = b""
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
            text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            self._texts[path] = "" if "\0" in text else text  # UTF-16, or no text at all
            self._lines[path] = self._texts[path].split("\n")
        return self._lines[path]

    def _known(self, problem: Problem) -> int:
        """The length of the value or the name that begins where the problem stands; 0 where none is known to."""
        if problem.path not in self._extents:
            self._extents[problem.path] = _extents(problem.path, self._texts[problem.path])
        return self._extents[problem.path].get(Place(problem.line, problem.column), 0)


def _extents(path: str, text: str) -> dict[Place, int]:
    if path == "site.toml":
        from generator.read.toml import toml_extents

        return toml_extents(text)
    if path.startswith("content/") and path.endswith((".yaml", ".md")):
        from generator.read.yaml import yaml_extents

        if path.endswith(".yaml"):
            return yaml_extents(text, 1)
        return yaml_extents(text[4 : text.find("\n---", 3) + 1], 2) if text.startswith("---\n") else {}
    return {}


def _guessed(problem: Problem, rest: str) -> int:
    """The length of what begins `rest` to the eye."""
    if problem.path.startswith("templates/") or rest[0] in _TO_THE_END:
        return len(rest.rstrip())
    found = (_BLANKS if rest[0].isspace() else _RUN).match(rest)
    return len(found.group()) if found else 1
