"""The same site gives the same bytes: wherever, whenever, by whatever machine's ways it is built.

Two sites are built in many surroundings: the rich example, and this repository's own with the templates that come with
Parallax.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reached import Reached
from support import PLAIN, REPOSITORY, SITES, build_site, copy_of, tree

PYTHONS = [name for name in os.environ.get("PARALLAX_PYTHONS", "").split(os.pathsep) if name]
"""Other Pythons with what a build needs, to be tried too: paths of their programs with `:` between."""

OTHERWISE = """
import os, random, sys
chance = random.Random(sys.argv.pop(1))
scan, names = os.scandir, os.listdir

class Scanned:
    def __init__(self, path):
        with scan(path) as entries:
            self.entries = list(entries)
        chance.shuffle(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
    def __iter__(self): return iter(self.entries)
    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop()

def listed(path="."):
    found = names(path)
    chance.shuffle(found)
    return found

os.scandir, os.listdir = (lambda path=".": Scanned(path)), listed
import generator.build.change as change, generator.build.packages as packages
change._MANY = change.FILES_A_JOB = packages.CLAIMS_A_JOB = chance.randint(1, 9)  # processes for small sites too
from generator.__main__ import main
sys.exit(main())
"""
"""Runs the command line where folders list their files in any order, and jobs are of other sizes."""

AROUND: list[tuple[str, int, str, dict[str, str]]] = [
    ("a", 0o022, "1", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
    ("b/far/away é", 0o077, "2", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}),
    ("c c", 0o000, "3", {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"}),
    ("d", 0o027, "1", {"PYTHONHASHSEED": "3", "TZ": "Asia/Kathmandu", "LANGUAGE": "ar", "PYTHONUTF8": "0"}),
]
"""Folder, umask, number of processes, environment."""


def laid(name: str, folder: Path) -> Path:
    if name == "rich":
        site = copy_of(SITES / "rich", folder)
        shutil.copytree(PLAIN, site / "templates")
        return site
    folder.mkdir(parents=True)
    shutil.copy(REPOSITORY / "site.toml", folder)
    for part in ("content", "seeds", "templates"):
        shutil.copytree(REPOSITORY / part, folder / part)
    return folder


@pytest.fixture(scope="module", params=["rich", "this repository"])
def expected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes]]:
    """A site's name, and what it builds to in this process."""
    site = laid(request.param, tmp_path_factory.mktemp("here") / "site")
    build_site(site)
    return request.param, tree(site / "build")


def built(name: str, folder: Path, number: int, python: str = sys.executable) -> dict[str, bytes]:
    """What a site builds to in the surroundings of this number."""
    place, umask, jobs, around = AROUND[number]
    site = laid(name, folder / place)
    done = subprocess.run(
        [python, "-c", OTHERWISE, str(number), "build", "--site", str(site), "--jobs", jobs],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONCOERCECLOCALE": "0", **around},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return tree(site / "build")


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


@pytest.mark.parametrize("number", range(len(AROUND)))
def test_the_same_in_other_surroundings(
    expected: tuple[str, dict[str, bytes]], tmp_path: Path, number: int, reached: Reached
) -> None:
    """Folder, hash seed, time zone, locale, umask, number of processes, size of jobs, order of folders' files."""
    count = reached("files that are the same bytes in other surroundings", len(expected[1]))
    name, files = expected
    found = built(name, tmp_path, number)
    assert difference(found, files) == set()
    count(len(found))


def test_another_python_gives_the_same(expected: tuple[str, dict[str, bytes]], tmp_path: Path) -> None:
    if not PYTHONS:
        pytest.skip("no other Python is named: PARALLAX_PYTHONS=/a/venv/bin/python:/another/venv/bin/python")
    name, files = expected
    for number, python in enumerate(PYTHONS):
        assert difference(built(name, tmp_path / f"{number}", number % len(AROUND), python), files) == set(), python


def test_this_would_notice_an_order_that_folders_decide(tmp_path: Path) -> None:
    """Without this, the test above could pass because nothing is shuffled."""
    (tmp_path / "many").mkdir()
    for name in range(40):
        (tmp_path / "many" / f"{name}").touch()
    listing = (
        OTHERWISE.split("import generator")[0] + "print(os.listdir(sys.argv[1]) == os.listdir(sys.argv[1]), end='')"
    )
    listing += "; print([e.name for e in os.scandir(sys.argv[1])] == [e.name for e in os.scandir(sys.argv[1])])"
    done = subprocess.run(
        [sys.executable, "-c", listing, "1", str(tmp_path / "many")], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "FalseFalse\n"
