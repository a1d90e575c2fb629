"""The workspace: `.parallax/`, which a site's commands make where they need it. Git is told to leave it alone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from generator.problems import FaultError

_IGNORED = b"# Made by Parallax, anew whenever it is needed.\n*\n"


def make_workspace(folder: Path) -> None:
    """Make the workspace `folder`, if it is not there, with a .gitignore of its own.

    So a site whose own .gitignore does not name it commits nothing of it. A .gitignore that is there stays as it is.

    Raises OSError, and FaultError where links stand there: a repository can bring them, and they would lead writing and
    removing elsewhere.
    """
    folder.mkdir(exist_ok=True)
    _refuse_links(folder)
    path = folder / ".gitignore"
    if os.path.lexists(path):
        return
    with contextlib.suppress(OSError):  # what is made of it works without
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
            file.write(_IGNORED)


def _refuse_links(folder: Path) -> None:
    """Raises FaultError where the folder, or anything in it, is a link or else nothing that Parallax makes."""
    found = [os.fspath(folder)] if folder.is_symlink() else []
    with os.scandir(folder) as entries:
        found += [entry.path for entry in entries if not _is_ours(entry)]
    if found:
        raise FaultError(
            f"{min(found)} is a link or no file, and Parallax makes none such: remove it, then build again"
        )


def _is_ours(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
