"""Workers: whoever does a build's jobs. This process, a pool of its own, or any other `concurrent.futures.Executor`."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from generator.build.jobs import Done

_AHEAD = 3
"""Jobs that are handed out a worker: enough that none waits for its next, few enough that memory stays small."""
_MOST_UNCOLLECTED = 50_000
"""Objects between looks of Python's collector: a build makes many that live to its end."""


class Workers:
    """Does jobs in this process until `start` gives it help. `count` is how many processes `start` may make."""

    def __init__(
        self, count: int, executor: Executor | None = None, broken: tuple[type[BaseException], ...] = ()
    ) -> None:
        """With an `executor`, that does the jobs, until it raises one of `broken`."""
        self.count = count
        self._executor = executor
        self._own = executor is None
        self._broken = broken

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def start(self) -> None:
        """Make the pool of processes, if there is to be one and there is none yet."""
        if self._executor is None and self.count > 1:
            import multiprocessing
            from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

            import generator.build.work  # noqa: F401 — once, for all processes that begin as copies of this one

            self._broken = (BrokenExecutor,)
            context = multiprocessing.get_context(start_method())
            self._executor = ProcessPoolExecutor(self.count, mp_context=context, initializer=_prepared)

    def run(self, kind: str, common: bytes, jobs: Sequence[bytes]) -> Iterator[tuple[int, Done]]:
        """What comes of each job with the job's number, in the order in which they are done."""
        from generator.build.jobs import DONE
        from generator.build.work import work

        waiting = list(range(len(jobs)))[::-1]
        if self._executor is not None and len(jobs) > 1:
            yield from self._handed_out(self._executor, kind, common, jobs, waiting)
        while waiting:
            number = waiting.pop()
            yield number, DONE(work(kind, common, jobs[number]))

    def _handed_out(
        self, executor: Executor, kind: str, common: bytes, jobs: Sequence[bytes], waiting: list[int]
    ) -> Iterator[tuple[int, Done]]:
        """The same by the executor. Where that breaks, the jobs that are left are put back into `waiting`."""
        from concurrent.futures import FIRST_COMPLETED, wait

        from generator.build.jobs import DONE
        from generator.build.work import work

        running: dict[Future[bytes], int] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self.count * _AHEAD:
                    number = waiting[-1]
                    running[executor.submit(work, kind, common, jobs[number])] = number
                    waiting.pop()
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    answer = future.result()
                    yield running.pop(future), DONE(answer)
        except self._broken:  # a process of the pool was killed: this one goes on alone
            waiting += sorted(running.values(), reverse=True)
            self._executor = None

    def close(self) -> None:
        if self._own and self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_method() -> str:
    """How processes of a pool begin.

    A copy of this process is ready at once, but only one without other threads may be copied: their locks would stay
    locked in it.
    """
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    alone = threading.active_count() == 1 and os.uname().sysname == "Linux"
    return "fork" if alone and "fork" in methods else "spawn"


def _prepared() -> None:
    gc.freeze()
    gc.set_threshold(_MOST_UNCOLLECTED)
