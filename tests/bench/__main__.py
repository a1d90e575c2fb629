"""`make bench`: Parallax beside Hugo, Eleventy and Pelican, with the same pages. See docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import build_site
from tests.bench.corpus import corpus
from tests.bench.entrants import ALL, ROOT, installed, parallax
from tests.bench.measure import Times, timed
from tests.bench.table import machine, spreads, table
from tests.bench.trial import Trial

GROWTH = (1_000, 10_000, 100_000)
_SPACE = 100_000  # bytes a claim and entrant, of content, cache and pages
_STATS = """
import os, sys
import generator.pipeline
for root in ("content", "seeds"):
    for folder, _, names in os.walk(os.path.join(sys.argv[1], root)):
        for name in names:
            os.stat(os.path.join(folder, name))
"""


def main() -> int:
    """Measure and print; returns 1 where the sites are not equivalent."""
    options = _options()
    if options.growth:
        return _growth(options.claims or GROWTH, options.runs)
    print("This repo's site:\n")
    build_site.main()
    print(flush=True)
    return _compare(options.claims[0] if options.claims else 10_000, options.runs, options.only)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure builds. See docs/benchmarks.md."
    )
    parser.add_argument(
        "--claims", type=_numbers, metavar="N", help="how many claims (default: 10000; with --growth a list)"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each build is timed (default: 3)")
    parser.add_argument("--only", type=_names, default=list(ALL), metavar="NAMES", help=f"of {','.join(ALL)}")
    parser.add_argument("--growth", action="store_true", help="Parallax alone, with 1000, 10000 and 100000 claims")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    numbers = text.split(",")
    if not all(number.isdecimal() and int(number) for number in numbers):
        raise argparse.ArgumentTypeError("a number of claims, or with --growth several with commas between")
    return [int(number) for number in numbers]


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - ALL.keys():
        raise argparse.ArgumentTypeError(f"not known: {', '.join(sorted(unknown))}")
    return [name for name in ALL if name in names]


def _compare(claims: int, runs: int, names: Sequence[str]) -> int:
    """The entrants in turn, round after round, so that what else the machine does falls on all alike."""
    entrants = installed(list(names))
    with _work_folder(claims * len(entrants)) as folder:
        data = corpus(claims)
        trials = [Trial(entrant, data, Path(folder) / str(number)) for number, entrant in enumerate(entrants)]
        for trial in trials:
            _say(f"{trial.entrant.name}: peak of memory, equivalence")
            trial.prepare()
        floors: list[list[Times]] = [[] for _ in trials]
        for number in range(1, runs + 1):
            for trial, floor in zip(trials, floors, strict=True):
                _say(f"{trial.entrant.name}: round {number} of {runs}")
                trial.round()
                if trial.entrant.incremental:
                    floor.append(timed([sys.executable, "-c", _STATS, str(trial.root)], ROOT))
        for trial in trials:
            _say(f"{trial.entrant.name}: an edit's words, preview")
            trial.look_at_an_edit()
            trial.preview(runs)
    heads = [trial.entrant.name for trial in trials]
    base = next((number for number, head in enumerate(heads) if head.startswith("Hugo ")), 0)
    print(f"{claims:,} claims, {len(data.articles):,} articles; median of {runs}. {machine()}.")
    print(f"In brackets: how many times {heads[base]}’s figure.\n")
    print(table(trials, heads, floors, base) + "\n")
    print(spreads(trials, heads))
    return _differences(trials)


def _growth(sizes: Sequence[int], runs: int) -> int:
    """Parallax alone at several sizes; once where a round takes minutes."""
    trials: list[Trial] = []
    floors: list[list[Times]] = []
    for claims in sizes:
        with _work_folder(claims) as folder:
            trial = Trial(parallax(), corpus(claims), Path(folder) / "site")
            _say(f"{claims:,} claims: peak of memory")
            trial.prepare()
            floors.append([])
            for number in range(1, (runs if claims <= 10_000 else 1) + 1):
                _say(f"{claims:,} claims: round {number}")
                trial.round()
                floors[-1].append(timed([sys.executable, "-c", _STATS, str(trial.root)], ROOT))
            trial.look_at_an_edit()
        trials.append(trial)
    print(f"Parallax at several sizes; median of {runs}, beyond 10,000 claims one run. {machine()}.")
    print("In brackets: how many times the first column’s figure.\n")
    print(table(trials, [f"{claims:,} claims" for claims in sizes], floors, base=0))
    return _differences(trials)


def _differences(trials: Sequence[Trial]) -> int:
    """Say what is not equivalent; returns the exit status."""
    for trial in trials:
        if trial.found:
            print(f"\n{trial.entrant.name} is not equivalent:")
            print("\n".join(f"- {each}" for each in trial.found[:10]))
            print(f"- and {len(trial.found) - 10} more\n" if len(trial.found) > 10 else "")
    if any(trial.found for trial in trials):
        return 1
    print("\nEvery entrant's pages show what they should, before and after an edit.")
    return 0


def _work_folder(claims: int) -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is room for so many claims: a disk's moods are larger than the differences."""
    shared = Path("/dev/shm")
    need = claims * _SPACE
    free = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    in_memory = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > need and free > 2 * need
    if not in_memory:
        _say("The work folders are on a disk: there is no room for them in memory.")
    return tempfile.TemporaryDirectory(prefix="parallax-bench-", dir=shared if in_memory else None)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
