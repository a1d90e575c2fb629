"""`make pythons`: which Pythons are supported and found, and that one that is not well fails it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import REPOSITORY

from tests.upkeep import pythons
from tests.upkeep.pythons import FAST, SAME, Python, asked, found, programs, supported

PROGRAM = REPOSITORY / ".github" / "workflows" / "program.yml"
NEXT = [f"3.{number}" for number in range(90, 99)]
"""Versions that no machine has."""


def workflow() -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.load(PROGRAM.read_bytes(), yaml.BaseLoader)["jobs"]
    return jobs


def test_what_is_tried_is_what_the_package_says_it_needs_and_all_since() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    minors = [int(version.removeprefix("3.")) for version in supported()]
    assert project["requires-python"] == f">=3.{minors[0]}"
    assert minors == list(range(minors[0], minors[-1] + 1))
    assert f"sys.version_info < (3, {minors[0]})" in (REPOSITORY / "Makefile").read_text("utf-8")
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)", str(project.get("classifiers", "")))
    assert named in ([], supported())


def test_github_tries_the_same_in_both_jobs_and_the_same_tests() -> None:
    jobs = workflow()
    (setup,) = (step for step in jobs["same-bytes"]["steps"] if "setup-python" in step.get("uses", ""))
    assert setup["with"]["python-version"].split() == supported()
    assert any(" ".join(FAST) in step.get("run", "") for step in jobs["pythons"]["steps"])
    for path in (*FAST, *SAME):
        assert (REPOSITORY / path).exists()


def a_python(folder: Path, minor: str, *, version: str = "", level: str = "final", runs: bool = True) -> Path:
    """A program that says it is a Python."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python{minor}"
    numbers = (version or f"{minor}.0").split(".")
    told = f'{{"version": [{", ".join(numbers)}], "level": "{level}", "implementation": "cpython"}}'
    path.write_text(f"#!/bin/sh\necho '{told}'\n" if runs else "#!/bin/sh\necho no such version >&2\nexit 127\n")
    path.chmod(0o755)
    return path


def test_pythons_are_found_on_the_path_and_among_pyenvs(tmp_path: Path) -> None:
    old = a_python(tmp_path / "bin", "3.90", version="3.90.1")
    new = a_python(tmp_path / "pyenv" / "versions" / "3.90.7" / "bin", "3.90", version="3.90.7")
    a_python(tmp_path / "bin", "3.91", runs=False)  # as pyenv's shims are
    a_python(tmp_path / "bin", "3.92", level="beta")
    a_python(tmp_path / "bin", "3.93", version="3.94.0")
    (tmp_path / "bin" / "python3.95").write_text("no program")
    here = {"PATH": f"{tmp_path / 'bin'}:relative", "PYENV_ROOT": str(tmp_path / "pyenv")}
    assert programs("3.90", here) == [str(new), str(old)]
    assert found(NEXT, here) == {"3.90": Python((3, 90, 7), str(new))}
    assert found(NEXT, {"PATH": f"{tmp_path / 'bin'}"}) == {"3.90": Python((3, 90, 1), str(old))}


def test_this_python_is_one() -> None:
    assert asked(sys.executable) == Python(sys.version_info[:3], sys.executable)


def test_what_is_not_here_is_said_and_what_is_not_well_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = f"3.{sys.version_info[1]}"
    ran: list[tuple[str, tuple[str, ...], str]] = []
    broken: set[str] = set()

    def run(python: str, tests: tuple[str, ...], **more: str) -> int:
        ran.append((python, tuple(tests), more.get("PARALLAX_PYTHONS", "")))
        return int(python in broken or (more.get("PARALLAX_PYTHONS", "") in broken))

    monkeypatch.setattr(pythons, "supported", lambda: [own, "3.90", "3.91"])
    monkeypatch.setattr(pythons, "found", lambda minors: {"3.90": Python((3, 90, 0), "p")} if "3.90" in minors else {})
    monkeypatch.setattr(pythons, "environments_of", lambda here, goal: {each.minor: "/e/python" for each in here})
    monkeypatch.setattr(pythons, "_pytest", run)
    monkeypatch.chdir(tmp_path)

    assert pythons.main([]) == 0
    assert [each[:2] for each in ran] == [
        (sys.executable, FAST),
        ("/e/python", FAST),
        (sys.executable, (*SAME, "-k", "another_python")),
    ]
    assert ran[-1][2] == "/e/python"
    said = capfd.readouterr().out
    assert "Python 3.91: not on this machine, so it was not tried." in said
    assert said.endswith(f"Well with Python {own}, 3.90.\n")

    ran.clear()
    assert pythons.main(["--builds-only"]) == 0
    assert [each[1][0] for each in ran] == [SAME[0]]

    broken.add("/e/python")
    assert pythons.main([]) == 1
    assert "NOT WELL: 3.90; the same bytes." in capfd.readouterr().out
    assert pythons.main(["--builds-only"]) == 1
    monkeypatch.setattr(pythons, "environments_of", lambda here, goal: dict.fromkeys(["3.90"], ""))
    assert pythons.main(["--builds-only"]) == 1
    assert "3.90, whose packages could not be installed" in capfd.readouterr().out


def test_the_tests_that_are_named_are_there() -> None:
    text = (REPOSITORY / SAME[0]).read_text("utf-8")
    assert "def test_another_python_gives_the_same(" in text
    assert 'params=["rich", "this repository"]' in text
