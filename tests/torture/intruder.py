"""An intruder in a build: does harm to it at one moment.

A moment is the number of a step: opening a file, renaming, removing, linking, making a folder, starting a process,
connecting to a store, each before it is done.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = {
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.fork",
    "subprocess.Popen",
    "sqlite3.connect",
}
WRITES = STEPS - {"os.remove", "os.rmdir", "subprocess.Popen", "os.fork"}
"""What needs room on the disk."""
HARMS = ("kill", "kill the group", "stop", "end", "hang", "full", "full once", "read-only", "vanish", "save")


class Intruder:
    """Counts steps of this process, and acts at one of them.

    A plan is like {"in": "/the/site/", "at": 17, "harm": "kill"}; `harm` is one of HARMS. Without any, steps are
    counted. `told` is called just before harm is done. An audit hook cannot be taken away, so this is for processes
    that end.
    """

    def __init__(self, plan: dict[str, Any], told: Callable[[], None] = lambda: None) -> None:
        self.plan = plan
        self.told = told
        self.pid = os.getpid()
        self.steps = 0
        self.awake = True
        self.at = plan.get("at", -1)
        self.acts: dict[str, Callable[[str, tuple[Any, ...]], None]] = {
            "kill": lambda *_: self._send(os.kill, self.pid, signal.SIGKILL),
            "kill the group": lambda *_: self._send(os.killpg, 0, signal.SIGKILL),
            "stop": lambda *_: self._send(os.killpg, 0, signal.SIGINT),
            "end": lambda *_: self._send(os.kill, self.pid, signal.SIGTERM),
            "hang": lambda *_: self._send(os.kill, self.pid, signal.SIGSTOP),
            "full": self._full,
            "full once": self._full,
            "read-only": self._read_only,
            "vanish": self._vanish,
            "save": self._save,
        }

    def step(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.awake or event not in STEPS or os.getpid() != self.pid:
            return
        if event == "open" and not self._concerns(given[0]):
            return
        self.steps += 1
        harm = self.plan.get("harm", "")
        lasting = harm in ("full", "read-only")
        if self.steps == self.at or (lasting and self.steps > self.at > 0):
            self.awake = False  # what is done here is no step
            try:
                self.acts[harm](event, given)
            finally:
                self.awake = True

    def _concerns(self, path: object) -> bool:
        """Whether a path is in the folder that the test is about: Python opens its own modules too."""
        return isinstance(path, str | bytes) and os.fsdecode(path).startswith(self.plan["in"])

    def _send(self, send: Callable[[int, int], None], whom: int, number: int) -> None:
        self.told()
        send(whom, number)

    def _vanish(self, event: str, given: tuple[Any, ...]) -> None:
        if Path(self.plan["folder"]).exists():
            self.told()
            shutil.rmtree(self.plan["folder"], ignore_errors=True)

    def _full(self, event: str, given: tuple[Any, ...]) -> None:
        if event in WRITES and (event != "open" or _writes(given)):
            self.told()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(given[0]))

    def _read_only(self, event: str, given: tuple[Any, ...]) -> None:
        if event in WRITES | {"os.remove", "os.rmdir"} and (event != "open" or _writes(given)):
            self.told()
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(given[0]))

    def _save(self, event: str, given: tuple[Any, ...]) -> None:
        """An editor saves files: text by path, or null for one that is deleted."""
        self.told()
        for path, text in self.plan["files"].items():
            if text is None:
                Path(path).unlink(missing_ok=True)
            else:
                Path(path).write_text(text, "utf-8")


def _writes(given: tuple[Any, ...]) -> bool:
    """Whether what is opened is opened for writing."""
    flags = given[2] if len(given) > 2 and isinstance(given[2], int) else 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
