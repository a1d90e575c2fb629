"""Progress for people: a bar on a terminal, plain lines elsewhere, and nothing for what is done at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from generator.build.progress import Progress
from generator.report import counted

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_SOON = 0.5  # seconds: what is over sooner is not shown
_BETWEEN_LINES = 5.0  # seconds
_BETWEEN_LOOKS = 0.1  # seconds


@contextmanager
def shown(stream: TextIO) -> Iterator[Progress]:
    """A build's progress on `stream`, for as long as the build takes."""
    progress = _Bar(stream) if stream.isatty() else _Lines(stream)
    try:
        yield progress
    finally:
        progress.end()
        progress.close()


class _Shown(Progress):
    """Shows what is done once the build has taken a while."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream
        self.started = time.monotonic()
        self.stage = ""
        self.total = self.done = 0

    def begin(self, stage: str, total: int = 0) -> None:
        super().begin(stage, total)
        self.stage, self.total, self.done = stage, total, 0
        if time.monotonic() - self.started > _SOON:
            self.show()

    def advance(self, count: int) -> None:
        self.done += count
        if time.monotonic() - self.started > _SOON:
            self.show()

    def show(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing more is to come."""


class _Lines(_Shown):
    """A line as a stage begins, and one every few seconds in a long one."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.shown = ("", 0.0)

    def show(self) -> None:
        stage, last = self.shown
        now = time.monotonic()
        if not self.total or (stage == self.stage and now - last < _BETWEEN_LINES):
            return
        self.shown = (self.stage, now)
        print(f"{self.stage}: {self.done:,} of {self.total:,}", file=self.stream, flush=True)


class _Bar(_Shown):
    """A bar with the stage, its count and the time that is left."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.bar: Bar | None = None
        self.task: TaskID | None = None
        self.looked = 0.0
        self.at = ""

    def show(self) -> None:
        now = time.monotonic()
        if self.at == self.stage and now - self.looked < _BETWEEN_LOOKS:
            return
        self.looked = now
        if self.bar is None:
            self.bar = self._begun()
        if self.at != self.stage:
            if self.task is not None:
                self.bar.remove_task(self.task)
            self.at = self.stage
            self.task = self.bar.add_task(self.stage, total=self.total or None)
        assert self.task is not None
        self.bar.update(self.task, completed=self.done, refresh=True)

    def _begun(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Bar(*columns, console=Console(file=self.stream), auto_refresh=False, transient=True)
        bar.start()
        return bar

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


def timings(progress: Progress) -> str:
    """Where a build's time went: seconds by stage, then by template in all processes together."""
    lines = ["Stage                 seconds"]
    lines += [f"  {stage:<18} {seconds:>8.3f}" for stage, seconds in progress.stages.items()]
    lines.append("Template              seconds    each, ms")
    templates = sorted(progress.templates.items(), key=lambda entry: -entry[1][0])
    for name, (seconds, count) in templates:
        lines.append(f"  {name:<18} {seconds:>8.3f} {seconds / count * 1000:>11.3f}   {counted(count, 'page')}")
    return "\n".join(lines) + "\n"
