"""How long old and new pages stand side by side while a build is published: `python -m tests.bench.moment [CLAIMS]`.

From the first change in the output to the last, manifest left out, for one edit, for an edit that every page shows, and
for one edit published as a release. docs/publishing.md has the last run.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.build.workers import Workers, available
from generator.pipeline import build
from tests.bench.corpus import corpus
from tests.bench.parallax_site import lay

RUNS = 5


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        root = Path(folder) / "site"
        lay(corpus(claims), root)
        _round(root, 0)  # once, uncounted
        claim = min((root / "content" / "claims").iterdir())
        edits: list[tuple[str, Callable[[int], None], int]] = [
            ("one edit", lambda run: _summarise(claim, f"As run {run} has it."), 0),
            ("every page", lambda run: _style(root, run), 0),
            ("one edit, --releases", lambda run: _summarise(claim, f"As release {run} has it."), 5),
        ]
        for name, edit, releases in edits:
            _measure(name, root, edit, releases)


def _summarise(file: Path, summary: str) -> None:
    """A claim's summary, which its page and every list of it show."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text(
        "".join(f"summary: {summary}\n" if line.startswith("summary:") else line for line in lines), "utf-8"
    )


def _style(root: Path, run: int) -> None:
    """Another stylesheet has another name, and every page names it."""
    (root / "templates" / "assets").mkdir(parents=True, exist_ok=True)
    own = Path(__file__).parents[2] / "templates" / "assets" / "site.css"
    (root / "templates" / "assets" / "site.css").write_text(f"{own.read_text('utf-8')}\n/* {run} */\n", "utf-8")


def _measure(name: str, root: Path, edit: Callable[[int], None], releases: int) -> None:
    moments, changes, walls = [], [], []
    edit(-1)
    _round(root, releases)  # once, uncounted: an output of the other kind has been built meanwhile
    for run in range(RUNS):
        edit(run)
        time.sleep(0.1)  # what was saved just before a look counts as changed at the next one too
        started = time.perf_counter()
        moment, count = _round(root, releases)
        walls.append(time.perf_counter() - started)
        moments.append(moment)
        changes.append(count)
    print(
        f"{name:<22} {max(changes):>7,} changes online in {min(moments) * 1000:8.2f} to {max(moments) * 1000:8.2f} ms"
        f" (median {statistics.median(moments) * 1000:.2f} ms); the build in this process: "
        f"median {statistics.median(walls):.2f} s"
    )


def _round(root: Path, releases: int) -> tuple[float, int]:
    """Build; returns the seconds from the first change online to the last, and how many there were."""
    output = root.parent / ("www" if releases else "build")
    with _noted(f"{output}/") as times, Workers(available()) as workers:
        build(root, output, workers=workers, releases=releases)
    return (times[-1] - times[0] if times else 0.0), len(times)


@contextmanager
def _noted(prefix: str) -> Iterator[list[float]]:
    """Within, when files that readers see were put into a folder or taken from it."""
    times: list[float] = []
    replace, unlink = os.replace, os.unlink

    def seen(path: Any) -> bool:
        inside = str(path).startswith(prefix) and not str(path).endswith("/manifest.json")
        return inside and not str(path).startswith((f"{prefix}releases/", f"{prefix}."))

    def replaced(source: Any, target: Any, **more: Any) -> None:
        replace(source, target, **more)
        if seen(target):
            times.append(time.perf_counter())

    def unlinked(path: Any, **more: Any) -> None:
        unlink(path, **more)
        if seen(path):
            times.append(time.perf_counter())

    os.replace, os.unlink = replaced, unlinked
    try:
        yield times
    finally:
        os.replace, os.unlink = replace, unlink


if __name__ == "__main__":
    main()
