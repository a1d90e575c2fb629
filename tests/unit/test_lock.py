"""The lock: one build of a site at a time, and none that a dead build leaves behind."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
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


@pytest.mark.parametrize("name", ["lock", "build.seal", ".staging", "preview"])
def test_links_among_its_own_files_are_refused(tmp_path: Path, name: str) -> None:
    """A repository can bring them, and they would lead writing and removing out of the site."""
    (tmp_path / "elsewhere").mkdir()
    workspace = tmp_path / ".parallax"
    workspace.mkdir()
    (workspace / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FaultError, match=rf"{name} is a link"), locked(workspace):
        pass
    (workspace / name).unlink()
    with locked(workspace):
        pass


def test_a_link_in_place_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".parallax").symlink_to("elsewhere")
    with pytest.raises(FaultError, match="is a link"), locked(tmp_path / ".parallax"):
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_that_is_removed_while_another_waits_does_not_let_two_in(tmp_path: Path) -> None:
    """Who waited for a file that is no more takes the one that stands there now."""
    workspace = tmp_path / ".parallax"
    first, second = ExitStack(), ExitStack()
    first.enter_context(locked(workspace))
    taken: list[str] = []

    def wait() -> None:
        with locked(workspace, patience=30):
            taken.append("waited")

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)  # it has opened the lock's file by now; where it has not, this tries less
    shutil.rmtree(workspace)
    second.enter_context(locked(workspace))
    first.close()
    time.sleep(0.3)
    assert taken == []
    second.close()
    waiting.join(30)
    assert taken == ["waited"]


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
