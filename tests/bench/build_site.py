"""How long this repo's site takes to build, from nothing, as a fresh process: `make bench`.

Prints the least, the median and the most of the runs' wall and CPU time, and the largest peak of memory. Beside it,
the same for a process that only starts Python and imports what a build needs: the floor under every build.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import usual_environment

ROOT = Path(__file__).resolve().parents[2]
RUNS = 15
COPIED = ("site.toml", "content", "seeds", "templates")


def main() -> None:
    shared = Path("/dev/shm")  # a disk's moods are larger than the differences
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        site = Path(folder) / "site"
        site.mkdir()
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, site / name)
        build = [sys.executable, "-m", "generator", "build", "--site", str(site)]
        floor = [sys.executable, "-c", "import generator.pipeline"]
        _run(build, site)  # once uncounted: byte code is compiled
        _report("build from nothing", [_run(build, site) for _ in range(RUNS)])
        _report("start and imports alone", [_run(floor, site) for _ in range(RUNS)])


def _run(command: list[str], site: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one run, with no output or cache left from the run before."""
    for name in ("build", ".parallax"):
        shutil.rmtree(site / name, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=usual_environment(), check=True, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _report(what: str, runs: list[tuple[float, float]]) -> None:
    for name, values in (("wall", [wall for wall, _ in runs]), ("CPU", [cpu for _, cpu in runs])):
        figures = f"{min(values):.3f}  {statistics.median(values):.3f}  {max(values):.3f}"
        print(f"{what:<24} {name:<4} s  min, median, max of {len(values)}:  {figures}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'':<24} peak memory of any run so far: {peak:.0f} MB")


if __name__ == "__main__":
    main()
