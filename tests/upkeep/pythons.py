"""`make pythons`: the tests of every part, and the same bytes, with each supported Python that this machine has.

Which are supported says `.github/workflows/program.yml`, which tries each on GitHub. Each gets an environment of its
own under `.venvs/`, with the pinned packages. Exit status: 0 all that are here are well; 1 one is not; 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import yaml

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ".venvs"
FAST = ("tests/unit", "tests/test_sites.py", "tests/test_problems.py")
SAME = ("tests/test_same_bytes.py",)

_ASK = """
import json, sys, venv, ensurepip
print(json.dumps({"program": sys.executable, "version": sys.version_info[:3], "level": sys.version_info.releaselevel,
    "implementation": sys.implementation.name, "prefix": sys.base_prefix}))
"""


class Python(msgspec.Struct, frozen=True, order=True):
    """A Python that can make environments, and its program."""

    version: tuple[int, int, int]
    program: str

    @property
    def minor(self) -> str:
        return f"{self.version[0]}.{self.version[1]}"


def supported() -> list[str]:
    """The Pythons that are supported, such as 3.11, oldest first."""
    workflow = yaml.load((ROOT / ".github" / "workflows" / "program.yml").read_bytes(), yaml.BaseLoader)
    return list(workflow["jobs"]["pythons"]["strategy"]["matrix"]["python"])


def programs(minor: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Where a Python of this version may be: in pyenv's folder of versions, on the path."""
    pyenv = Path(environment.get("PYENV_ROOT") or Path(environment.get("HOME", "/"), ".pyenv"), "versions")
    folders = [*sorted(pyenv.glob("*/bin")), *map(Path, environment.get("PATH", "").split(os.pathsep))]
    found = (folder / f"python{minor}" for folder in folders if folder.is_absolute())
    return [str(path) for path in found if os.access(path, os.X_OK) and path.is_file()]


def asked(program: str) -> Python | None:
    """The Python of a program; None where it does not run, cannot make environments, or is not a finished CPython."""
    try:
        done = subprocess.run([program, "-c", _ASK], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        told = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    if done.returncode or told["level"] != "final" or told["implementation"] != "cpython":
        return None
    return Python(tuple(told["version"]), program)


def found(minors: Iterable[str], environment: Mapping[str, str] = os.environ) -> dict[str, Python]:
    """By version, the newest Python of each that this machine has."""
    newest = {}
    for minor in minors:
        here = [python for program in programs(minor, environment) if (python := asked(program))]
        if any(python.minor == minor for python in here):
            newest[minor] = max(python for python in here if python.minor == minor)
    return newest


def environments_of(pythons: Iterable[Python], goal: str) -> dict[str, str]:
    """Make environments as far as the Makefile's `goal`, `site.done` or `test.done`, side by side.

    Returns by version the environment's program; an empty text where it could not be made.
    """
    running = {}
    for python in pythons:
        folder = f"{ENVIRONMENTS}/{python.minor}"
        command = ["make", "--no-print-directory", f"VENV={folder}", f"PYTHON={python.program}", f"{folder}/{goal}"]
        running[python.minor] = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, env={**os.environ, "PIP_NO_COMPILE": "1"}
        )
    return {
        minor: str(ROOT / ENVIRONMENTS / minor / "bin" / "python") if process.wait() == 0 else ""
        for minor, process in running.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make pythons", description="Try every supported Python that is here.")
    parser.add_argument("--builds-only", action="store_true", help="only build this repository's site with each")
    options = parser.parse_args(arguments)
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    minors = supported()
    here = found(minor for minor in minors if minor != own)
    for minor in minors:
        if minor != own and minor not in here:
            print(f"Python {minor}: not on this machine, so it was not tried.", flush=True)
    made = environments_of(here.values(), "site.done" if options.builds_only else "test.done")
    failed = [f"{minor}, whose packages could not be installed" for minor, python in made.items() if not python]
    if not options.builds_only:
        for minor, python in {own: sys.executable, **made}.items():
            if python:
                print(f"Python {minor}: {' '.join(FAST)}", flush=True)
                failed += [minor] if _pytest(python, FAST) else []
    others = [python for python in made.values() if python]
    if others:
        print(f"The same bytes with Python {', '.join([own, *made])}:", flush=True)
        tests = (*SAME, "-k", "another_python and this" if options.builds_only else "another_python")
        failed += ["the same bytes"] if _pytest(sys.executable, tests, PARALLAX_PYTHONS=os.pathsep.join(others)) else []
    if failed:
        print(f"NOT WELL: {'; '.join(failed)}.", flush=True)
        return 1
    print(f"Well with Python {', '.join([own, *made])}.", flush=True)
    return 0


def _pytest(python: str, tests: Sequence[str], **more: str) -> int:
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, stdin=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())
