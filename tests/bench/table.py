"""The benchmark's table, as Markdown."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence

from tests.bench.measure import Times
from tests.bench.trial import ADDED, EDITED, NOTHING, UNCHANGED, Trial

FLOOR = "start, imports, one stat a file"


def table(trials: Sequence[Trial], heads: Sequence[str], floors: Sequence[list[Times]], base: int) -> str:
    """One column a trial, each figure the median of its runs.

    Each figure has beside it how often that of the column number `base` (from 0) goes into it. `floors` are the times
    of FLOOR; trials without one have an empty list.
    """
    rows = []
    for what in (NOTHING, UNCHANGED, EDITED, ADDED):
        rows.append(_row(f"{what}: wall, s", [_median(trial.times[what], _wall) for trial in trials], base))
        rows.append(_row(f"{what}: CPU, s", [_median(trial.times[what], _cpu) for trial in trials], base))
    previews = [statistics.median(trial.previews) if trial.previews else None for trial in trials]
    rows.append(_row("preview, save until shown: wall, s", previews, base))
    rows.append(_row("peak memory, from nothing: MB", [trial.peak / 1e6 for trial in trials], base))
    rows.append(_row("what is published: MB", [trial.size / 1e6 for trial in trials], base))
    rows.append(_row(f"{FLOOR}: wall, s", [_median(floor, _wall) for floor in floors], base))
    rows.append(_row(f"{FLOOR}: CPU, s", [_median(floor, _cpu) for floor in floors], base))
    return "\n".join([_line(["", *heads]), _line(["---", *["---:"] * len(heads)]), *filter(None, rows)])


def spreads(trials: Sequence[Trial], heads: Sequence[str]) -> str:
    """The least and the most of each figure's runs."""
    lines = []
    for trial, head in zip(trials, heads, strict=True):
        walls = {what: [times.wall for times in runs] for what, runs in trial.times.items()}
        walls |= {"preview": trial.previews} if trial.previews else {}
        figures = "; ".join(f"{what} {min(runs):.2f} to {max(runs):.2f}" for what, runs in walls.items() if runs)
        lines.append(f"- {head}: {figures}")
    return "Least and most of the wall times, in seconds:\n\n" + "\n".join(lines)


def machine() -> str:
    """What the figures depend on beside the code."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0))
    return f"{platform.system()}, {cores} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"


def _wall(times: Times) -> float:
    return times.wall


def _cpu(times: Times) -> float:
    return times.cpu


def _median(runs: Sequence[Times], figure: Callable[[Times], float]) -> float | None:
    return statistics.median(map(figure, runs)) if runs else None


def _row(what: str, figures: Sequence[float | None], base: int) -> str:
    """A row of the table; empty where no column has a figure."""
    if not any(figures):
        return ""
    measure = figures[base]
    cells = []
    for number, figure in enumerate(figures):
        if figure is None:
            cells.append("–")
        elif number != base and measure:
            cells.append(f"{_text(figure)} ({_text(figure / measure)} ×)")
        else:
            cells.append(_text(figure))
    return _line([what, *cells])


def _text(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
