"""The lock: one build of a site at a time. The system lets go of a dead build's lock by itself."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from generator.problems import FaultError

_BETWEEN_TRIES = 0.1  # seconds
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
        workspace.mkdir(exist_ok=True)
        descriptor = os.open(workspace / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise FaultError(f"{workspace} cannot be written: {error.strerror}") from error
    _held.add(descriptor)
    try:
        last = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() >= last:
                raise FaultError("another build of this site is running: wait until it has ended, then try again")
            time.sleep(_BETWEEN_TRIES)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
