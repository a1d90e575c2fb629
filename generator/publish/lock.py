"""Locks: one build of a site at a time, and one into an output. The system lets go of a dead build's by itself."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from generator.problems import FaultError
from generator.publish.workspace import make_workspace

_BETWEEN_TRIES = 0.1  # seconds
_WAIT = "wait until it has ended, then try again"
_held: set[int] = set()
"""Descriptors of locks. A copy of this process would hold them too, and longer: it closes its own."""


def _let_go() -> None:
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def locked(workspace: Path, patience: float = 0) -> Iterator[None]:
    """Hold the lock of the site whose `.parallax/` is `workspace`.

    Raises FaultError where another build still has it after `patience` seconds.
    """
    last = time.monotonic() + patience
    while True:
        with _closed_at_the_end(_opened(workspace)) as descriptor:
            try:
                _take(descriptor, last, f"another build of this site is running: {_WAIT}")
            except OSError as error:  # a file system without locks
                raise FaultError(f"{workspace} cannot be locked: {error.strerror}") from error
            if not _is_still(workspace / "lock", descriptor):  # somebody removed .parallax/ while we waited
                continue
            yield
            return


def _opened(workspace: Path) -> int:
    """The lock's file, opened. Raises FaultError where `workspace` is not what a build made."""
    try:
        make_workspace(workspace)
        return os.open(workspace / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise FaultError(f"{workspace} cannot be written: {error.strerror}") from error


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether what stands at `path` is the open file."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def locked_output(folder: Path, patience: float = 0) -> Iterator[None]:
    """Make the folder of an output and hold its lock: builds of two copies of a site may share one.

    Raises FaultError where another build still has it after `patience` seconds. Where folders cannot be locked, as on
    some network drives, nothing is held: the site's own lock is all there is.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
    except (FileExistsError, NotADirectoryError) as error:
        raise FaultError(f"{folder} is no folder: name another with --output") from error
    except OSError as error:
        raise FaultError(f"{folder} cannot be written: {error.strerror}") from error
    with _closed_at_the_end(descriptor):
        with contextlib.suppress(OSError):
            _take(descriptor, time.monotonic() + patience, f"another build is publishing into {folder}: {_WAIT}")
        yield


@contextlib.contextmanager
def _closed_at_the_end(descriptor: int) -> Iterator[int]:
    _held.add(descriptor)
    try:
        yield descriptor
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _take(descriptor: int, last: float, busy: str) -> None:
    """Raises FaultError(`busy`) where somebody else still has the lock at the moment `last`."""
    while not _taken(descriptor):
        if time.monotonic() >= last:
            raise FaultError(busy)
        time.sleep(_BETWEEN_TRIES)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
