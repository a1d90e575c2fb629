"""Workers: whoever does a build's jobs. This process, a pool of its own, or any other `concurrent.futures.Executor`."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from generator.build.jobs import Done

T = TypeVar("T")
Job = tuple[T, bytes]
"""What a job is about, and the job itself, packed."""
_AHEAD = 3
"""Jobs that are handed out a worker: enough that none waits for its next, few enough that memory stays small."""


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

    def run(self, kind: str, common: bytes, jobs: Iterable[Job[T]]) -> Iterator[tuple[T, Done]]:
        """What comes of each job, with what it is about, in the order in which they are done.

        Jobs are asked for as they are needed.
        """
        from generator.build.jobs import DONE
        from generator.build.work import work

        waiting = iter(jobs)
        left: list[Job[T]] = []
        if self._executor is not None:
            yield from self._handed_out(self._executor, kind, common, waiting, left)
        for about, job in chain(left, waiting):
            yield about, DONE(work(kind, common, job))

    def _handed_out(
        self, executor: Executor, kind: str, common: bytes, jobs: Iterator[Job[T]], left: list[Job[T]]
    ) -> Iterator[tuple[T, Done]]:
        """The same by the executor. Where that breaks, the jobs that it had are put into `left`."""
        from concurrent.futures import FIRST_COMPLETED, wait

        from generator.build.jobs import DONE
        from generator.build.work import work

        running: dict[Future[bytes], Job[T]] = {}
        try:
            while True:
                for job in islice(jobs, self.count * _AHEAD - len(running)):
                    left.append(job)
                    with _unheard_by_new_processes():
                        running[executor.submit(work, kind, common, job[1])] = job
                    left.pop()
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    answer = future.result()
                    yield running.pop(future)[0], DONE(answer)
        except self._broken:  # a process of the pool was killed, or the cluster is gone: this one goes on alone
            left += running.values()
            self._executor = None

    def close(self) -> None:
        if self._own and self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


@contextlib.contextmanager
def _unheard_by_new_processes() -> Iterator[None]:
    """Processes that begin within do not hear Ctrl+C: the one that they work for does, says so, and ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    """What a process of the pool does first."""
    import multiprocessing

    gc.disable()  # as in the process that it works for
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process when the one that it works for has ended, however that did."""
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)
