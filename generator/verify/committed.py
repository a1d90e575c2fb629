"""Whether the files that a build reads are those of the commit: only these can be checked by others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.history.git import Git
from generator.history.parse import blob_names
from generator.history.values import Lacking
from generator.problems import FaultError, Problem
from generator.read.content import read_settings
from generator.read.files import Files

_READ = ("site.toml", "content", "seeds", "templates")
_ASKER = "verify"
_WHOLE = "clone the repository whole, without --depth or --filter, and verify there"
_OWN = Path(__file__).resolve().parent.parent
_PROGRAM = (".py", ".po", ".ttf")
"""Of the program's folder, what decides on pages."""


def commit_of(root: Path) -> tuple[str, list[str]]:
    """The commit that the site in `root` stands at, and the paths of files that are not as it has them.

    The commit is empty where the site is in no repository. Parallax's own files count where they stand in the site.
    Raises FaultError as Git does.
    """
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        return "", []
    git = Git(root, _ASKER)
    tip = git.here()
    if tip is None:
        return "", []
    own = _OWN.parent == root.resolve()
    names = (*_READ, _OWN.name) if own else _READ
    held = {path: name for path, name in git.files(tip.head, names).items() if _counts(path)}
    other = []
    for path in {*held, *_there(root, names)}:
        try:
            data = (root / os.fsdecode(path.encode("utf-8", "surrogateescape"))).read_bytes()
        except OSError:
            other.append(path)
            continue
        if held.get(path) not in blob_names(data, len(tip.head)):
            other.append(path)
    return tip.head, sorted(other)


def require_history(root: Path) -> None:
    """Raises FaultError where the site's pages show history and this clone is a shallow one: a build goes on without.

    What else it may lack shows only when all of it is read: `require_told`.
    """
    problems: list[Problem] = []
    settings = read_settings(Files(root), problems)
    if settings is not None and settings.history.enabled:
        Git(root, _ASKER).tip(settings.history.from_)


def require_told(lacking: Lacking | None) -> None:
    """Raises FaultError where a build showed no history, though the site has it: a clone may lack earlier versions."""
    if lacking is not None:
        raise FaultError(f"{_ASKER} needs the whole history from git: {lacking.why}: {_WHOLE}")


def _there(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    """The paths of the files that a build may read."""
    base = os.fspath(root.resolve())
    for name in names:
        if os.path.isfile(f"{base}/{name}"):
            yield name
        for place, _, files in os.walk(f"{base}/{name}"):
            for file in files:
                relative = f"{place}/{file}".removeprefix(f"{base}/")
                path = os.fsencode(relative).decode("utf-8", "surrogateescape")
                if _counts(path):
                    yield path


def _counts(path: str) -> bool:
    """Whether a build looks at a file of this path: not where any part of it is hidden, nor at editors' backups."""
    parts = path.split("/")
    if any(part.startswith(".") for part in parts) or path.endswith("~"):
        return False
    return parts[0] in _READ or (path.endswith(_PROGRAM) and "__pycache__" not in parts)
