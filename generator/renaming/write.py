"""Writing: a planned renaming, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.problems import FaultError
from generator.read.files import read_bytes
from generator.renaming.plan import Change, Renaming


def write_renaming(root: Path, renaming: Renaming) -> None:
    """Write a renaming's files; the caller has the site's lock.

    Each new text is first written beside the file that it takes the place of. Where anything goes wrong, what was done
    is undone and FaultError raised. No file is written over but those that are changed.
    """
    for change in renaming.changes:
        if read_bytes(root, change.path) != change.before:
            raise FaultError(f"{change.path} was changed meanwhile, so nothing was renamed: try again")
    staged: list[Path] = []
    undo: list[tuple[Path, Callable[[], None]]] = []
    try:
        for change in renaming.changes:
            staged.append(_stage(root / change.path, change.after))
        for change, path in zip(renaming.changes, staged, strict=True):
            _put(root, change, path, undo)
    except BaseException as error:
        left = [path for path, step in reversed(undo) if not _tried(step)]
        if not isinstance(error, OSError):
            raise
        where = f"{error.filename2 or error.filename or root}: {error.strerror}"
        if left:
            names = ", ".join(map(str, left))
            raise FaultError(f"{where}. Renaming stopped half-way; put these back with git: {names}") from error
        raise FaultError(f"{where}. Nothing was renamed") from error
    finally:
        for path in staged:
            _tried(partial(_remove, path))


def _put(root: Path, change: Change, staged: Path, undo: list[tuple[Path, Callable[[], None]]]) -> None:
    """Put a staged file in its place; `undo` then has what takes that back."""
    old, new = root / change.path, root / change.new_path
    if old == new:
        os.replace(staged, old)
        undo.append((old, partial(_restore, old, change.before)))
        return
    _create(staged, new, change.after)
    undo.append((new, partial(_remove, new)))
    mode = stat.S_IMODE(old.stat().st_mode)
    os.unlink(old)
    undo.append((old, partial(_restore, old, change.before, mode)))


def _tried(step: Callable[[], None]) -> bool:
    """Whether a step could be done."""
    try:
        step()
    except OSError:
        return False
    return True


def _create(staged: Path, path: Path, data: bytes) -> None:
    """Make the file at `path` of a staged one. Raises FileExistsError where there is one."""
    try:
        os.link(staged, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        with open(path, "xb") as file:
            file.write(data)


def _stage(beside: Path, data: bytes, mode: int | None = None) -> Path:
    """A hidden file beside another, with that one's mode unless another is given."""
    descriptor, path = tempfile.mkstemp(dir=beside.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.chmod(path, stat.S_IMODE(beside.stat().st_mode) if mode is None else mode)
    return Path(path)


def _restore(path: Path, data: bytes, mode: int | None = None) -> None:
    os.replace(_stage(path, data, mode), path)


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
