"""What tests reached is told at the end of a run as they reached it: no more, and what is lacking shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY

TESTS = """
import pytest

@pytest.mark.parametrize("number", range(3))
def test_whole(reached, number):
    count = reached("kills survived", 2)
    for trial in count.trials():
        count()

def test_fails_on_the_way(reached, record_property):
    record_property("parallax", "all of it held")
    count = reached("files read", 10)
    count(4)
    assert False

def test_skips(reached):
    reached("disks filled", 5)
    pytest.skip("no disk")

def test_tries_in_vain(reached):
    tried = [trial for trial in reached("pages torn", 2).trials()]
    assert len(tried) == 10

def test_counts_no_more_than_it_was_asked_for(reached):
    reached("saves", 3)(7)

def test_says(record_property):
    record_property("parallax", "some 7 characters")
"""
EXPECTED = """\
        0 of         5  disks filled  <- FEWER THAN ASKED FOR
        4 of        10  files read  <- FEWER THAN ASKED FOR
        6 of         6  kills survived
        0 of         2  pages torn  <- FEWER THAN ASKED FOR
        3 of         3  saves
some 7 characters
"""


@pytest.mark.parametrize("processes", [[], ["--numprocesses", "2"]])
def test_the_end_of_a_run_tells_what_was_reached(tmp_path: Path, processes: list[str]) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")
    told = tmp_path / "reached.txt"
    options = ["-p", "conftest", "-p", "no:cacheprovider", "--rootdir", f"{tmp_path}", "--reached", f"{told}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *processes, f"{tmp_path}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'tests'}:{REPOSITORY}"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "1 failed, 6 passed, 1 skipped" in done.stdout, done.stdout + done.stderr
    assert EXPECTED in done.stdout
    assert told.read_text("utf-8") == EXPECTED
