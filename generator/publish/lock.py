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
    try:
        last = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() >= last:
                raise FaultError("another build of this site is running: wait until it has ended, then try again")
            time.sleep(_BETWEEN_TRIES)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
