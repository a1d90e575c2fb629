"""The lock: one build of a site at a time. The system lets go of a dead build's lock by itself."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from generator.problems import FaultError


@contextlib.contextmanager
def locked(workspace: Path) -> Iterator[None]:
    """Hold the lock of the site whose `.parallax/` is `workspace`. Raises FaultError while another build has it."""
    try:
        workspace.mkdir(exist_ok=True)
        descriptor = os.open(workspace / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise FaultError(f"{workspace} cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FaultError("another build of this site is running: wait until it has ended, then try again") from None
        yield
    finally:
        os.close(descriptor)
