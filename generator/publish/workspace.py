"""The workspace: `.parallax/`, which a site's commands make where they need it. Git is told to leave it alone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_IGNORED = b"# Made by Parallax, anew whenever it is needed.\n*\n"


def make_workspace(folder: Path) -> None:
    """Make the workspace `folder`, if it is not there, with a .gitignore of its own. Raises OSError.

    So a site whose own .gitignore does not name it commits nothing of it. A .gitignore that is there stays as it is.
    """
    folder.mkdir(exist_ok=True)
    path = folder / ".gitignore"
    if os.path.lexists(path):
        return
    with contextlib.suppress(OSError):  # what is made of it works without
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
            file.write(_IGNORED)
