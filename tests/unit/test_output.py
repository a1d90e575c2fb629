"""The output: staged beside it, moved into place at the end; what Parallax did not make is left alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from support import lay, tree

from generator.problems import FaultError
from generator.publish.manifest import manifest_bytes
from generator.publish.output import STAGING, Published, opened

FILES = {"index.html": b"home", "claims/a/index.html": b"a", "claims/b/index.html": b"b"}


def publish(folder: Path, files: dict[str, bytes], adopt: bool = False) -> Published:
    workspace = folder.parent / ".parallax"
    with opened(folder, workspace, adopt) as output:
        for path, data in files.items():
            output.stage(path, data)
        published = output.commit()
    assert not (workspace / ".staging").exists()
    assert not (folder / STAGING).exists()
    return published


def pages(folder: Path) -> dict[str, bytes]:
    """What stands in the output but its manifest."""
    return {path: data for path, data in tree(folder).items() if path != "manifest.json"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output that holds FILES."""
    publish(tmp_path / "build", FILES)
    return tmp_path / "build"


def test_a_new_output(tmp_path: Path) -> None:
    assert publish(tmp_path / "deep/er/build", FILES) == Published(files=3, written=3, removed=0)
    assert pages(tmp_path / "deep/er/build") == FILES


def test_nothing_is_online_before_the_last_file_has_come(output: Path) -> None:
    before = tree(output)
    with opened(output, output.parent / ".parallax") as out:
        out.stage("index.html", b"new")
        out.stage("new.html", b"new")
        assert tree(output) == before
    assert tree(output) == before


def test_files_that_are_the_same_are_not_touched(output: Path) -> None:
    before = {path: (output / path).stat() for path in tree(output)}
    assert publish(output, FILES) == Published(files=3, written=0, removed=0)
    after = {path: (output / path).stat() for path in tree(output)}
    assert {path: (s.st_mtime_ns, s.st_ino) for path, s in after.items()} == {
        path: (s.st_mtime_ns, s.st_ino) for path, s in before.items()
    }


def test_only_what_changed_is_written(output: Path) -> None:
    before = {path: (output / path).stat().st_mtime_ns for path in FILES}
    assert publish(output, {**FILES, "index.html": b"new home"}).written == 1
    assert (output / "index.html").read_bytes() == b"new home"
    assert all((output / path).stat().st_mtime_ns == before[path] for path in FILES if path != "index.html")


def test_a_file_that_was_changed_by_hand_is_mended(output: Path) -> None:
    lay(output, {"index.html": "HOME", "claims/a/index.html": None})
    assert publish(output, FILES).written == 2
    assert pages(output) == FILES


def test_what_the_site_no_longer_has_goes_with_its_empty_folder(output: Path) -> None:
    assert publish(output, {"index.html": b"home"}).removed == 2
    assert pages(output) == {"index.html": b"home"}
    assert not (output / "claims").exists()
    assert output.is_dir()


def test_a_folder_with_a_file_of_somebody_elses_stays(output: Path) -> None:
    lay(output, {"claims/a/notes.txt": "mine", "CNAME": "e.org"})
    publish(output, {"index.html": b"home"})
    assert pages(output) == {"index.html": b"home", "claims/a/notes.txt": b"mine", "CNAME": b"e.org"}


def test_what_was_removed_by_hand_is_no_trouble(output: Path) -> None:
    lay(output, {"claims/a/index.html": None})
    assert publish(output, {"index.html": b"home"}).removed == 1


@pytest.mark.parametrize("path", ["index.html", "manifest.json", "../x", "a\\b", "\udcff.css"])
def test_a_path_twice_or_one_that_no_output_can_hold_changes_nothing(output: Path, path: str) -> None:
    before = tree(output)
    with opened(output, output.parent / ".parallax") as out:
        out.stage("index.html", b"one")
        with pytest.raises(FaultError, match="cannot be published"):
            out.stage(path, b"two")
    assert tree(output) == before


@pytest.mark.parametrize("name", ["a" * 300, "a\nb" * 100])
def test_a_folder_whose_name_is_too_long_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(FaultError, match="too long"):
        publish(tmp_path / name, FILES)


def test_a_folder_that_cannot_be_listed_is_a_fault(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (output / "manifest.json").unlink()
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(FaultError, match="Permission denied"):
        publish(output, FILES)


# --- folders that Parallax did not make -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "foreign", [{"index.html": "theirs"}, {".hidden": ""}, {"manifest.json": '{"name": "An app"}'}]
)
def test_a_folder_that_parallax_did_not_make_is_refused(tmp_path: Path, foreign: dict[str, str]) -> None:
    folder = lay(tmp_path / "build", foreign)
    before = tree(folder)
    with pytest.raises(FaultError, match="--adopt"):
        publish(folder, FILES)
    assert tree(folder) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    assert publish(tmp_path / "build", FILES).written == 3


def test_an_adopted_folder_keeps_its_own_files_for_ever(tmp_path: Path) -> None:
    folder = lay(tmp_path / "build", {"index.html": "theirs", "keep.txt": "theirs", "claims/a/keep.txt": "theirs"})
    publish(folder, FILES, adopt=True)
    publish(folder, {"index.html": b"home"})
    assert pages(folder) == {"index.html": b"home", "keep.txt": b"theirs", "claims/a/keep.txt": b"theirs"}


def test_a_file_where_the_output_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file", "utf-8")
    with pytest.raises(FaultError, match="no folder"):
        publish(tmp_path / "build", FILES, adopt=True)


# --- never outside the output -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../x", "claims/../../x", "./../x", "claims\\..\\..\\x", "\ud800", "a\0b"])
def test_a_manifest_that_lists_paths_outside_removes_nothing_there(output: Path, path: str) -> None:
    outside = output.parent / "x"
    outside.write_text("mine", "utf-8")
    listed = {path: "0", str(outside): "0", **dict.fromkeys(FILES, "0")}
    lay(output, {"manifest.json": json.dumps({"made_by": "Parallax", "format": 1, "files": listed})})
    publish(output, {"index.html": b"home"})
    assert outside.read_text("utf-8") == "mine"
    assert pages(output) == {"index.html": b"home"}


@pytest.mark.parametrize("files", [{**FILES, "claims/a/index.html": b"new"}, {"index.html": b"home"}])
def test_a_link_to_a_folder_inside_the_output_is_refused(output: Path, files: dict[str, bytes]) -> None:
    """Neither written through nor removed through."""
    elsewhere = output.parent / "elsewhere"
    (output / "claims").rename(elsewhere)
    (output / "claims").symlink_to(elsewhere)
    before = tree(elsewhere)
    with pytest.raises(FaultError, match="in the way"):
        publish(output, files)
    assert tree(elsewhere) == before
    assert (output / "index.html").read_bytes() == b"home"


@pytest.mark.parametrize("data", [b"new", b"home"], ids=["other bytes", "the same bytes"])
def test_a_link_to_a_file_is_replaced_and_not_written_through(output: Path, data: bytes) -> None:
    outside = lay(output.parent, {"mine.html": "home"}) / "mine.html"
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(outside)
    publish(output, {**FILES, "index.html": data})
    assert outside.read_text("utf-8") == "home"
    assert not (output / "index.html").is_symlink()


def test_a_removed_link_is_itself_removed(output: Path) -> None:
    outside = lay(output.parent, {"mine.html": "mine"}) / "mine.html"
    (output / "claims/b/index.html").unlink()
    (output / "claims/b/index.html").symlink_to(outside)
    publish(output, {"index.html": b"home"})
    assert outside.read_text("utf-8") == "mine"


def test_a_folder_where_a_file_belongs_is_refused_before_anything_changes(output: Path) -> None:
    lay(output, {"new.html/mine.txt": "mine"})
    before = tree(output)
    with pytest.raises(FaultError, match="in the way"):
        publish(output, {**FILES, "index.html": b"new", "new.html": b"new"})
    assert tree(output) == before


def test_a_file_of_its_own_can_become_a_folder(output: Path) -> None:
    publish(output, {**FILES, "assets/font": b"1"})
    publish(output, {**FILES, "assets/font/a.woff2": b"2"})


# --- staging ----------------------------------------------------------------------------------------------------------


def test_what_a_build_that_died_staged_is_cleared(output: Path) -> None:
    lay(output.parent, {".parallax/.staging/index.html": "half a pa"})
    publish(output, {**FILES, "index.html": b"new home"})
    assert (output / "index.html").read_bytes() == b"new home"


def test_on_another_file_system_staging_is_in_the_output_itself(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat

    def stat(path: Any, **more: Any) -> os.stat_result:
        fields = list(real(path, **more))
        fields[2] += str(path).endswith(".parallax")  # the device
        return os.stat_result(fields)

    monkeypatch.setattr(os, "stat", stat)
    with opened(output, output.parent / ".parallax") as out:
        out.stage("new.html", b"new")
        assert (output / STAGING / "new.html").exists()
        out.commit()
    assert pages(output) == {"new.html": b"new"}


def test_what_a_first_build_left_that_died_beside_its_output_is_no_strangers(tmp_path: Path) -> None:
    lay(tmp_path / "build", {f"{STAGING}/claims/a/index.html": "half"})
    with opened(tmp_path / "build", tmp_path / ".parallax") as out:
        out.stage("index.html", b"home")
        out.commit()
    assert (tmp_path / "build" / "index.html").read_bytes() == b"home"
    with pytest.raises(FaultError, match="--adopt"):
        publish(lay(tmp_path / "other", {f"{STAGING}/x": "", "theirs.txt": ""}), FILES)


def test_an_output_that_goes_or_changes_during_a_build_is_told_of(output: Path) -> None:
    kept = output.with_name("kept")
    for harm in (lambda: output.rename(kept), lambda: (output / "manifest.json").write_bytes(manifest_bytes({}))):
        with opened(output, output.parent / ".parallax") as out:
            out.keep_rest()
            out.stage("index.html", b"new")
            harm()
            with pytest.raises(FaultError, match="changed by something else"):
                out.commit()
        if kept.exists():
            assert not output.exists()
            kept.rename(output)


def test_two_builds_into_one_output_wait_for_each_other(output: Path) -> None:
    with opened(output, output.parent / ".parallax"), pytest.raises(FaultError, match="another build"):
        publish(output, FILES)
    publish(output, FILES)


def test_an_empty_manifest_of_parallax_is_an_output_of_parallax(tmp_path: Path) -> None:
    lay(tmp_path / "build", {"manifest.json": manifest_bytes({}), "index.html": "half"})
    publish(tmp_path / "build", FILES)
    assert pages(tmp_path / "build") == FILES
