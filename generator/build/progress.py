"""Progress: who is told how far a build is, and where its time goes."""

from __future__ import annotations

import time


class Progress:
    """Is told of stages as they begin and of what is done in them; keeps their times. Shows nothing itself."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        """Seconds by stage, in the order in which they began."""
        self.templates: dict[str, tuple[float, int]] = {}
        """By template: seconds in all workers together, and how many pages."""
        self._stage = ""
        self._began = time.perf_counter()

    def begin(self, stage: str, total: int = 0) -> None:
        """A stage begins, with `total` things to be done in it where that is known."""
        self.end()
        self._stage, self._began = stage, time.perf_counter()

    def advance(self, count: int) -> None:
        """So many more things are done in this stage."""

    def end(self) -> None:
        """The stage is over."""
        if self._stage:
            seconds = time.perf_counter() - self._began
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + seconds
            self._stage = ""

    def rendered(self, times: dict[str, tuple[float, int]]) -> None:
        """So long did templates take in a job."""
        for name, (seconds, count) in times.items():
            known_seconds, known_count = self.templates.get(name, (0.0, 0))
            self.templates[name] = (known_seconds + seconds, known_count + count)
