"""manifest.json: only what it lists is ever removed, and never outside its output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.publish.manifest import is_inside, manifest_bytes, read_manifest


@pytest.mark.parametrize("path", ["index.html", "claims/x/index.html", "tags/é/index.html", "a b/c", "..a/b..", "..."])
def test_paths_inside(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../../x",
        "a/../x",
        "/etc/x",
        "//x",
        "a//x",
        "./x",
        "a/",
        "a\\..\\x",
        "C:\\x",
        "a\0",
        "\udcff.css",
    ],
)
def test_paths_that_may_lead_outside(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"files": {"a": "b"}}',
        b'{"made_by": "Another", "files": {"a": "b"}}',
        b'{"made_by": "Parallax", "files": ["a"]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_of_parallax(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(data)
    assert read_manifest(tmp_path) is None


def test_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None


def test_a_manifest_is_read_back_without_the_paths_that_lead_outside(tmp_path: Path) -> None:
    files = {"é/index.html": "1", "a": "2", "../x": "3", "/etc/x": "4", "a/../../x": "5"}
    (tmp_path / "manifest.json").write_bytes(manifest_bytes(files))
    assert read_manifest(tmp_path) == {"a": "2", "é/index.html": "1"}


def test_the_same_files_give_the_same_bytes_whatever_their_order() -> None:
    files = {"b": "2", "a": "1", "é": "3"}
    data = manifest_bytes(files)
    assert data == manifest_bytes(dict(reversed(files.items())))
    assert json.loads(data) == {"made_by": "Parallax", "format": 1, "files": files}
    assert data.endswith(b"}\n")
