"""Running a command and measuring it: wall and CPU time, peak memory, time from a save until a preview shows it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from tests.bench.entrant import Command

_SAMPLE = 0.05  # seconds between looks at the memory
_POLL = 0.01  # seconds between looks at a preview's page
_PATIENCE = 300.0  # seconds until a preview is given up
_QUIET = 1.0  # seconds in which a preview that only watches files takes less than _BUSY of a core
_BUSY = 0.7


class Times(NamedTuple):
    wall: float
    cpu: float
    """User and system time of the process and all that it started and waited for."""


class Failed(Exception):
    """A command failed; the text is what it said."""


def usual_environment() -> dict[str, str]:
    """This process's environment, with Python keeping compiled modules as it does where nobody turned that off."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def timed(command: Command, folder: Path) -> Times:
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = _start(command, folder, said.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        _check(process, said)
    return Times(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Command, folder: Path) -> int:
    """The largest sum, in bytes, of the memory of the process and all that it started.

    Memory that several processes share counts once (Pss). Apart from timed runs, since looking takes time.
    """
    peak = 0
    done = threading.Event()

    def look(pid: int) -> None:
        nonlocal peak
        while not done.wait(_SAMPLE):
            peak = max(peak, sum(_pss(each) for each in _tree(pid)))

    with tempfile.TemporaryFile() as said:
        process = _start(command, folder, said.fileno())
        watcher = threading.Thread(target=look, args=(process.pid,))
        watcher.start()
        process.wait()
        done.set()
        watcher.join()
        _check(process, said)
    return peak


def preview_times(
    command: Callable[[int], Command], folder: Path, address: str, edits: list[tuple[Callable[[], None], str]]
) -> list[float]:
    """Seconds from each save until the preview's page at `address` shows the new words."""
    port = free_port()
    url = f"http://127.0.0.1:{port}{address}"
    seconds = []
    with running(command(port), folder) as process:
        _wait_for(process, url, "</html>")
        for save, words in edits:
            _wait_until_idle(process)
            save()
            started = time.perf_counter()
            _wait_for(process, url, words)
            seconds.append(time.perf_counter() - started)
    return seconds


def _start(command: Command, folder: Path, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env=usual_environment(),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _check(process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if process.returncode:
        said.seek(0)
        words = said.read().decode("utf-8", "replace").strip()[-2000:]
        raise Failed(f"{process.args!r} ended with {process.returncode}:\n{words}")


@contextlib.contextmanager
def running(command: Command, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server while it is needed; then it and all that it started are ended."""
    process = _start(command, folder, subprocess.DEVNULL)
    try:
        yield process
    finally:
        for sign in (signal.SIGINT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _wait_for(process: subprocess.Popen[bytes], url: str, words: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while words not in _page(url):
        if process.poll() is not None:
            raise Failed(f"{process.args!r} ended with {process.returncode} before {url} showed “{words}”")
        if time.monotonic() > deadline:
            raise Failed(f"{url} never showed “{words}”")
        time.sleep(_POLL)


def _wait_until_idle(process: subprocess.Popen[bytes]) -> None:
    """Some servers answer while their first build, or the rest of a later one, goes on."""
    deadline = time.monotonic() + _PATIENCE
    before = cpu_of(process.pid)
    while time.monotonic() < deadline:
        time.sleep(_QUIET)
        now = cpu_of(process.pid)
        if now - before < _BUSY * _QUIET:
            return
        before = now


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (urllib.error.URLError, OSError):
        return ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _tree(pid: int) -> Iterator[int]:
    """The process and all below it."""
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in file.read_text("ascii").split():
                yield from _tree(int(child))


def cpu_of(pid: int) -> float:
    """Seconds of CPU that the process and all below it have taken, with those that have ended."""
    ticks = 0
    for each in _tree(pid):
        with contextlib.suppress(OSError):
            # After the name in brackets, which may hold anything: user, system, and the same of ended children.
            ticks += sum(map(int, Path(f"/proc/{each}/stat").read_text("utf-8").rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
