"""What tests reached: how many kills were survived, files read and the like, told at the end of a run.

A test asks for its count first and counts what it has held against the truth, so that what was skipped, or failed on
the way, shows as fewer than asked for. Several tests that count the same are added up.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

NAME = "parallax"
"""The property of a test's report that holds its counts. A test may also record a sentence under this name."""


class Count:
    """Counts one thing up to `asked`; more than that is no longer counted."""

    def __init__(self, what: str, asked: int) -> None:
        self.entry: list[str | int] = [what, asked, 0]
        self.asked = asked
        self.so_far = 0

    def __call__(self, more: int = 1) -> None:
        self.so_far = min(self.so_far + more, self.asked)
        self.entry[2] = self.so_far

    @property
    def left(self) -> int:
        return self.asked - self.so_far

    def trials(self) -> Iterator[int]:
        """Numbers of trials until the count is reached; what will not come in five times as many is left out."""
        for trial in range(5 * self.asked):
            if not self.left:
                return
            yield trial


class Reached:
    """Gives one test its counts, and keeps them with its report."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def __call__(self, what: str, asked: int) -> Count:
        count = Count(what, asked)
        self._properties.append((NAME, count.entry))
        return count


class Summary:
    """Gathers the counts of all tests, also of those that other processes ran, and tells them at the end."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.counts: dict[str, list[int]] = {}
        self.sentences: dict[str, None] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a test's counts as far as it came; a sentence only of a test that passed."""
        if report.when != "call":
            return
        for value in (value for name, value in report.user_properties if name == NAME):
            if isinstance(value, list | tuple):
                what, asked, count = value
                known = self.counts.setdefault(what, [0, 0])
                known[0] += asked
                known[1] += count
            elif report.passed:
                self.sentences[f"{value}"] = None

    def lines(self) -> list[str]:
        counted = [
            f"{count:>9,} of {asked:>9,}  {what}" + ("  <- FEWER THAN ASKED FOR" if count < asked else "")
            for what, (asked, count) in sorted(self.counts.items())
        ]
        return [*counted, *sorted(self.sentences)]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        lines = self.lines()
        if lines:
            terminalreporter.section("what the tests reached")
            for line in lines:
                terminalreporter.write_line(line)
        if self.file:
            with open(self.file, "w", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in lines))
