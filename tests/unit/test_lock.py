"""The lock: one build of a site at a time, and none that a dead build leaves behind."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY

from generator.problems import FaultError
from generator.publish.lock import locked


def test_only_one_holds_it_and_then_the_next_can(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(FaultError, match="another build"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_lock_is_let_go_when_its_build_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        pass


def test_two_sites_have_two_locks(tmp_path: Path) -> None:
    with locked(tmp_path / "a"), locked(tmp_path / "b"):
        pass


def test_the_lock_of_a_build_that_died_is_free(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib\nfrom generator.publish.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): os._exit(7)"
    )
    died = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=REPOSITORY, timeout=60)
    assert died.returncode == 7
    with locked(tmp_path):
        pass


def test_a_link_in_the_locks_place_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "lock").symlink_to(target)
    with pytest.raises(FaultError), locked(tmp_path):
        pass
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FaultError), locked(tmp_path / "file"):
        pass


def test_a_copy_of_the_process_does_not_hold_the_lock_any_longer(tmp_path: Path) -> None:
    release, ready = multiprocessing.Event(), multiprocessing.Event()

    def wait() -> None:
        ready.set()
        release.wait(30)

    with locked(tmp_path):
        copy = multiprocessing.get_context("fork").Process(target=wait)
        copy.start()
        ready.wait(30)
    try:
        with locked(tmp_path):
            pass
    finally:
        release.set()
        copy.join()
