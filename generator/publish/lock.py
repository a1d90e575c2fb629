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
    try:
        make_workspace(workspace)
        descriptor = os.open(workspace / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise FaultError(f"{workspace} cannot be written: {error.strerror}") from error
    with _closed_at_the_end(descriptor):
        try:
            _take(
                descriptor, patience, "another build of this site is running: wait until it has ended, then try again"
            )
        except OSError as error:  # a file system without locks
            raise FaultError(f"{workspace} cannot be locked: {error.strerror}") from error
        yield


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
            _take(descriptor, patience, f"another build is publishing into {folder}: {_WAIT}")
        yield


@contextlib.contextmanager
def _closed_at_the_end(descriptor: int) -> Iterator[None]:
    _held.add(descriptor)
    try:
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _take(descriptor: int, patience: float, busy: str) -> None:
    """Raises FaultError(`busy`) where somebody else still has the lock after `patience` seconds."""
    last = time.monotonic() + patience
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
