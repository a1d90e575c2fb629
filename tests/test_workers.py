"""Workers: whoever does the jobs, the bytes are the same, and a worker that dies stops no build."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support import REPOSITORY, claim, run, small_site, tree

from generator.build import change, packages, workers
from generator.build.cluster import connected
from generator.build.options import Options
from generator.build.progress import Progress
from generator.build.workers import Workers, start_method
from generator.pipeline import build
from generator.problems import FaultError

ROW = {"quotes": "quotes:\n  - {article: gazette, text: Nobody was hurt, stance: mentions}\n"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of many small jobs."""
    monkeypatch.setattr(packages, "CLAIMS_A_JOB", 3)
    monkeypatch.setattr(change, "FILES_A_JOB", 5)
    monkeypatch.setattr(change, "_MANY", 10)
    files = {
        f"content/claims/c{number}.yaml": claim(f"Claim {number}.", f"2021-01-{number % 28 + 1:02}", ROW["quotes"])
        for number in range(60)
    }
    return small_site(tmp_path / "site", files)


@pytest.fixture
def expected(site: Path) -> dict[str, bytes]:
    """What one process makes of the site."""
    build(site, site.parent / "alone")
    return tree(site.parent / "alone")


def built(site: Path, hands: Workers, progress: Progress | None = None) -> dict[str, bytes]:
    with hands:
        build(site, site / "build", Options(clean=True), workers=hands, progress=progress)
    return tree(site / "build")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_bytes(site: Path, expected: dict[str, bytes], count: int) -> None:
    assert built(site, Workers(count)) == expected


def test_processes_that_begin_anew_give_the_same_bytes(
    site: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "start_method", lambda: "spawn")
    assert built(site, Workers(2)) == expected


def test_any_executor_will_do(site: Path, expected: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(3) as executor:
        assert built(site, Workers(3, executor)) == expected


class Backwards(Executor):
    """Does its jobs when it is asked for the last of them, in the wrong order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any, Sequence[Any]]] = []

    def submit(self, job: Any, /, *arguments: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        self.waiting.append((future, job, arguments))
        threading.Timer(0.01, self.work).start()
        return future

    def work(self) -> None:
        while self.waiting:
            future, job, arguments = self.waiting.pop()
            future.set_result(job(*arguments))


def test_the_order_in_which_jobs_are_done_is_not_seen(site: Path, expected: dict[str, bytes]) -> None:
    assert built(site, Workers(4, Backwards())) == expected


def test_a_process_with_other_threads_is_never_copied() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


def test_a_small_site_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", None)
    assert "index.html" in built(small_site(tmp_path / "site"), Workers(4))


class Killing(Progress):
    """Kills a process of the pool once claims are being made."""

    def __init__(self, find: Any) -> None:
        super().__init__()
        self.find = find
        self.killed = 0

    def advance(self, count: int) -> None:
        if self._stage == "Claims" and not self.killed:
            self.killed = self.find()
            os.kill(self.killed, signal.SIGKILL)


def test_the_build_goes_on_without_a_process_that_was_killed(site: Path, expected: dict[str, bytes]) -> None:
    killing = Killing(lambda: multiprocessing.active_children()[0].pid)
    assert built(site, Workers(2), killing) == expected
    assert killing.killed


# --- a cluster --------------------------------------------------------------------------------------------------------


class Cluster:
    """A Dask scheduler with two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.address = self.begin("distributed.cli.dask_scheduler", "--port", "0", "--no-show", "--no-dashboard")
        for _ in range(2):
            self.begin("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def begin(self, module: str, *arguments: str) -> str:
        """Start one; returns the address that it says it is at."""
        log = self.folder / f"log-{len(self.processes)}"
        with open(log, "wb") as file:
            command = [sys.executable, "-m", module, *arguments, "--host", "127.0.0.1"]
            self.processes.append(subprocess.Popen(command, cwd=REPOSITORY, stderr=file, stdout=file))
        for _ in range(600):
            words = log.read_text("utf-8").split()
            for word in words:
                ready = "Registered" in words or "scheduler" in module
                if ready and word.startswith("tcp://127.0.0.1:") and not word.endswith(":0"):
                    return word
            time.sleep(0.05)
        raise AssertionError(log.read_text("utf-8"))

    def close(self) -> None:
        for process in self.processes[::-1]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    found = Cluster(tmp_path)
    try:
        yield found
    finally:
        found.close()


@pytest.mark.filterwarnings("default")  # those of distributed are its own
def test_a_cluster_gives_the_same_bytes_though_one_of_its_workers_is_killed(
    site: Path, expected: dict[str, bytes], cluster: Cluster
) -> None:
    killing = Killing(lambda: cluster.processes[1].pid)
    with connected(cluster.address) as hands:
        assert hands.count == 2
        build(site, site / "build", Options(clean=True), workers=hands, progress=killing)
    assert tree(site / "build") == expected
    assert killing.killed
    cluster.processes[1].wait(10)
    assert cluster.processes[2].poll() is None


@pytest.mark.filterwarnings("default")
def test_the_build_goes_on_here_where_the_whole_cluster_is_lost(
    site: Path, expected: dict[str, bytes], cluster: Cluster
) -> None:
    def kill_all() -> int:
        for process in cluster.processes[1:]:
            process.kill()
        return cluster.processes[0].pid

    killing = Killing(kill_all)
    with connected(cluster.address) as hands:
        build(site, site / "build", Options(clean=True), workers=hands, progress=killing)
    assert tree(site / "build") == expected


@pytest.mark.filterwarnings("default")
def test_the_command_takes_a_clusters_address(site: Path, expected: dict[str, bytes], cluster: Cluster) -> None:
    done = run("build", "--site", site, "--cluster", cluster.address)
    assert done.returncode == 0, done.stderr
    assert tree(site / "build") == expected


@pytest.mark.filterwarnings("default")
def test_where_no_scheduler_answers_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.cluster._PATIENCE", 1)
    with (
        pytest.raises(FaultError, match="no Dask scheduler answers"),
        connected("tcp://127.0.0.1:1"),
    ):
        pass
