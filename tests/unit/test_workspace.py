"""The workspace: git is told to leave it alone, whatever a site's own .gitignore says."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support import build_site, git, lay, small_site

from generator.__main__ import main
from generator.problems import ContentError, FaultError
from generator.publish.workspace import make_workspace


def _build(site: Path) -> None:
    build_site(site, site.parent / "elsewhere")


def _schema(site: Path) -> None:
    main(["schema", "--site", str(site)])


def _new(site: Path) -> None:
    main(["new", "story", "ship", "--site", str(site)])
    (site / "content/stories/ship.yaml").unlink()


@pytest.mark.parametrize("command", [_build, _schema, _new])
def test_git_sees_nothing_of_it(tmp_path: Path, command: Callable[[Path], None]) -> None:
    site = small_site(tmp_path / "site")
    git(site, "init", "--quiet")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "A site that names nothing in .gitignore")
    command(site)
    assert (site / ".parallax").is_dir()
    assert git(site, "status", "--porcelain", "--untracked-files=all") == ""


def test_what_stands_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    make_workspace(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine"


def test_a_link_that_stands_there_is_refused_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / ".gitignore").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FaultError, match="is a link"):
        make_workspace(folder)
    assert (folder / ".gitignore").is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_where_none_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="exists"):
        make_workspace(tmp_path / "file")


def opened(folder: Path) -> list[str]:
    """The files under `folder` that this process has open."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(os.readlink(entry))
    return [path for path in found if path.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells what is open")
def test_a_build_leaves_no_file_open_whether_it_ends_well_or_not(tmp_path: Path) -> None:
    """A connection that is left to Python's collector warns from 3.13 on."""
    site = small_site(tmp_path / "site")
    gc.disable()
    try:
        build_site(site)
        build_site(site)
        assert opened(site) == []
        lay(site, {"content/claims/landing.yaml": "claim: [\n"})
        with pytest.raises(ContentError):
            build_site(site)
        assert opened(site) == []
    finally:
        gc.enable()
