"""A cluster: Dask's executor for a build's jobs, past one machine. It needs the extra `cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from typing import Any

from generator.build.workers import Workers
from generator.problems import FaultError

_PATIENCE = 10  # seconds for the scheduler to answer


@contextmanager
def connected(address: str) -> Iterator[Workers]:
    """The workers of the Dask scheduler at `address`.

    A job whose worker is lost is done again by another; if the whole cluster is lost, the build goes on here. Raises
    FaultError where there is no Dask, no scheduler, or no worker.
    """
    try:
        from distributed import Client
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise FaultError("--cluster needs Dask: pip install 'parallax-factcheck[cluster]'") from error
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise FaultError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise FaultError(f"the Dask scheduler at {address} has no workers: start one with dask worker {address}")
        lost = (BrokenExecutor, CancelledError, KilledWorker, CommClosedError)
        yield Workers(threads, client.get_executor(), lost)
