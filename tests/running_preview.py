"""A running preview, as a process of its own, for tests."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from support import REPOSITORY
from tornado.websocket import websocket_connect

LONG = 20  # seconds until a wait is given up: far more than anything here takes


class Preview:
    """A running preview of the site in the folder `site`."""

    def __init__(self, site: Path) -> None:
        self.site = site
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(self.port)],
            cwd=REPOSITORY,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.told: list[str] = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def __enter__(self) -> Preview:
        try:
            self.until(lambda: len(self.told) > 1, "the first build")
        except AssertionError:
            self.__exit__()
            raise
        return self

    def read(self) -> None:
        assert self.process.stderr
        self.told.extend(iter(self.process.stderr.readline, ""))

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body of the answer to GET `path`, which is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        try:
            host = headers.pop("Host", f"localhost:{self.port}")
            connection.request("GET", path, headers={"Host": host, **headers})
            answer = connection.getresponse()
            return answer.status, "" if answer.status == 101 else answer.read().decode()
        finally:
            connection.close()

    def until(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert self.process.poll() is None, f"the preview ended: {''.join(self.told)}"
            assert time.monotonic() < end, f"waited in vain for {what}: {''.join(self.told)}"
            time.sleep(0.02)

    def state(self, path: str = "/", notes: bool = False) -> dict[str, Any]:
        """What a browser that shows `path` is told when it connects; with `notes`, what it is told of its page."""

        async def told() -> dict[str, Any]:
            connection = await websocket_connect(f"ws://127.0.0.1:{self.port}/livereload", connect_timeout=LONG)
            info = {"command": "info", "url": f"http://localhost:{self.port}{path}"}
            await connection.write_message(json.dumps(info))
            message: dict[str, Any] = {}
            while message.get("command") != "parallax" or (notes and message["notes"] is None):
                message = json.loads(await connection.read_message() or "{}")
            connection.close()
            while await connection.read_message() is not None:
                pass
            return message

        def run() -> dict[str, Any]:
            return asyncio.run(asyncio.wait_for(told(), LONG))

        with ThreadPoolExecutor(1) as apart:  # Playwright has a loop on the test's own thread
            return apart.submit(run).result()

    def until_state(self, true: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        self.until(lambda: true(self.state()), what)
        return self.state()

    def builds(self) -> int:
        """How many builds have succeeded."""
        return sum(line.startswith("Built ") for line in self.told)

    def is_at_work(self) -> bool:
        """Whether it takes the machine's time, or says anything, within half a second."""
        before = len(self.told), _cpu(self.process.pid)
        time.sleep(0.5)
        return (len(self.told), _cpu(self.process.pid)) != before

    def until_page(self, path: str, words: str) -> str:
        self.until(lambda: words in self.get(path)[1], f"“{words}” on {path}")
        return self.get(path)[1]

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LONG)
        self.reader.join(LONG)
        assert self.process.stderr
        self.process.stderr.close()


def _cpu(pid: int) -> int:
    """CPU time of a process in ticks, where the system tells."""
    file = Path(f"/proc/{pid}/stat")
    return sum(map(int, file.read_text("utf-8").rpartition(")")[2].split()[11:13])) if file.exists() else 0
