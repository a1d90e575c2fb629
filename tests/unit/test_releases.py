"""Releases: each build a folder of its own, one link in front, and what came before kept to go back to."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from support import lay, tree

from generator.problems import FaultError
from generator.publish.manifest import manifest_bytes
from generator.publish.output import Incomplete, Published, opened
from generator.publish.releases import listed, use

FILES = {"index.html": b"home", "claims/a/index.html": b"a", "tags/\xf6l/index.html": b"oil"}


def publish(home: Path, files: dict[str, bytes], keep: int = 3, adopt: bool = False) -> Published:
    with opened(home, home.parent / ".parallax", adopt, releases=keep) as output:
        for path, data in files.items():
            output.stage(path, data)
        return output.commit()


def online(home: Path) -> dict[str, bytes]:
    """What readers get but the manifest."""
    found = tree((home / "current").resolve())
    assert found.pop("manifest.json")
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An output with one release, of FILES."""
    publish(tmp_path / "www", FILES)
    return tmp_path / "www"


def test_the_first_release(home: Path) -> None:
    assert os.readlink(home / "current") == "releases/000001"
    assert online(home) == FILES
    assert sorted(os.listdir(home)) == ["current", "releases"]


def test_a_new_release_leaves_the_one_before_as_it_was(home: Path) -> None:
    before = tree(home / "releases" / "000001")
    new = {"index.html": b"new", "claims/a/index.html": b"a"}
    assert publish(home, new) == Published(files=2, written=1, removed=1, release="000002")
    assert online(home) == new
    assert tree(home / "releases" / "000001") == before


def test_what_is_the_same_is_one_file_and_what_changed_is_two(home: Path) -> None:
    publish(home, {**FILES, "index.html": b"new"})
    one, two = (home / "releases" / name for name in ("000001", "000002"))
    assert os.path.samefile(one / "claims/a/index.html", two / "claims/a/index.html")
    assert not os.path.samefile(one / "index.html", two / "index.html")
    assert not os.path.samefile(one / "manifest.json", two / "manifest.json")


def test_a_file_system_without_hard_links_gets_copies(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str, **more: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", source)

    monkeypatch.setattr(os, "link", refuse)
    new = {**FILES, "index.html": b"new"}
    publish(home, new)
    assert online(home) == new
    assert not os.path.samefile(home / "releases/000001/claims/a/index.html", home / "current/claims/a/index.html")


def test_the_same_site_again_is_no_new_release(home: Path) -> None:
    assert publish(home, FILES) == Published(files=3, written=0, removed=0)
    assert os.listdir(home / "releases") == ["000001"]


def test_only_the_last_ones_are_kept_and_never_less_than_what_readers_see(home: Path) -> None:
    for number in range(5):
        publish(home, {"index.html": b"%d" % number})
    assert [release.name for release in listed(home)] == ["000004", "000005", "000006"]
    use(home, "000004")
    assert online(home) == {"index.html": b"2"}
    assert [release.current for release in listed(home)] == [True, False, False]
    publish(home, {"index.html": b"new"}, keep=1)
    assert [release.name for release in listed(home)] == ["000007"]


def test_after_going_back_the_next_build_is_a_new_release_of_what_the_site_says(home: Path) -> None:
    publish(home, {**FILES, "index.html": b"new"})
    use(home, "000001")
    assert online(home) == FILES
    publish(home, {**FILES, "index.html": b"new"})
    assert os.readlink(home / "current") == "releases/000003"
    assert online(home)["index.html"] == b"new"


@pytest.mark.parametrize("name", ["000009", "../..", "", ".next", "1"])
def test_a_release_that_is_not_there_is_refused(home: Path, name: str) -> None:
    with pytest.raises(FaultError, match="no release"):
        use(home, name)
    assert online(home) == FILES


def test_a_page_that_was_changed_by_hand_is_mended_in_the_new_release(home: Path) -> None:
    (home / "releases/000001/index.html").write_bytes(b"mine")
    assert publish(home, FILES).release == "000002"
    assert online(home) == FILES


def test_a_page_that_was_removed_by_hand_is_never_missing_from_a_new_release(home: Path) -> None:
    (home / "releases/000001/claims/a/index.html").unlink()
    with opened(home, home.parent / ".parallax", releases=3) as output:
        output.keep_rest()
        output.stage("index.html", b"new")
        with pytest.raises(Incomplete, match="lost files"):
            output.commit()
    assert os.listdir(home / "releases") == ["000001"]
    publish(home, FILES)
    assert online(home) == FILES


def test_no_link_in_a_release_is_carried_on_or_followed(home: Path, tmp_path: Path) -> None:
    lay(tmp_path / "outside", {"index.html": "outside"})
    folder = home / "releases" / "000001" / "claims" / "a"
    (folder / "index.html").unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path / "outside")
    for number in range(4):
        publish(home, {**FILES, "index.html": b"%d" % number})
    assert online(home) == {**FILES, "index.html": b"3"}
    assert tree(tmp_path / "outside") == {"index.html": b"outside"}


def test_files_of_others_in_a_release_stay(home: Path) -> None:
    lay(home / "releases" / "000001", {"claims/notes.txt": "mine"})
    publish(home, {"index.html": b"new"}, keep=1)
    assert [data for path, data in tree(home / "releases").items() if path.endswith("notes.txt")] == [b"mine"]
    assert online(home) == {"index.html": b"new"}


@pytest.mark.parametrize(
    "foreign",
    [
        {"index.html": "theirs"},
        {"releases/20211017120000/index.html": "theirs"},
        {"releases/000001/index.html": "theirs"},
        {".git/config": ""},
    ],
)
def test_a_folder_that_parallax_did_not_make_is_refused_without_adopt(tmp_path: Path, foreign: dict[str, str]) -> None:
    home = lay(tmp_path / "www", foreign)
    before = tree(home)
    with pytest.raises(FaultError, match="--adopt"):
        publish(home, FILES)
    assert tree(home) == before
    publish(home, FILES, adopt=True)
    assert online(home) == FILES
    assert before.items() <= tree(home / "releases").items() | tree_beside(home).items()


def tree_beside(home: Path) -> dict[str, bytes]:
    """The files of an output but those behind its link."""
    link = os.readlink(home / "current")
    (home / "current").unlink()
    found = tree(home)
    (home / "current").symlink_to(link)
    return found


@pytest.mark.parametrize("current", ["a file", "a folder", "../elsewhere", "releases/../../000001", "/etc"])
def test_a_current_that_is_no_link_to_a_release_is_refused(tmp_path: Path, current: str) -> None:
    home = tmp_path / "www"
    home.mkdir()
    if current == "a file":
        (home / "current").write_text("theirs", "utf-8")
    elif current == "a folder":
        (home / "current").mkdir()
    else:
        (home / "current").symlink_to(current)
    with pytest.raises(FaultError, match="no link"):
        publish(home, FILES, adopt=True)


def test_a_releases_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    lay(tmp_path / "outside", {"keep.txt": "theirs"})
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "releases").symlink_to(tmp_path / "outside")
    with pytest.raises(FaultError, match="in the way"):
        publish(tmp_path / "www", FILES, adopt=True)
    assert tree(tmp_path / "outside") == {"keep.txt": b"theirs"}


def test_one_folder_is_not_used_in_both_ways(home: Path, tmp_path: Path) -> None:
    with pytest.raises(FaultError, match="--releases"), opened(home, tmp_path / ".parallax"):
        pass
    plain = lay(tmp_path / "plain", {"manifest.json": manifest_bytes({}), "index.html": "home"})
    with pytest.raises(FaultError, match="without --releases"):
        publish(plain, FILES)
