"""How the time of some work grows with its size."""

from __future__ import annotations

import time
from collections.abc import Callable


def growth(work: Callable[[int], object], size: int, times: int = 8) -> float:
    """How many times as long `work` takes for `times` the size, each at its best of three.

    Some 8 where it grows evenly, 64 with the square; a test takes 24 for too much, since machines are busy.
    """
    return _best(work, size * times) / _best(work, size)


def _best(work: Callable[[int], object], size: int) -> float:
    taken = []
    for _ in range(3):
        started = time.process_time()
        work(size)
        taken.append(time.process_time() - started)
    return min(taken)
