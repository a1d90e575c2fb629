"""`changes`: the pages that differ between two built sites."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SMALL, build_site, claim, lay, small_site, tree

from generator.__main__ import main


@pytest.fixture
def outputs(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds: in the second a claim says something else, one came and a page went."""
    site = small_site(tmp_path / "site", {"content/pages/old.md": "---\ntitle: Old\n---\nText.\n"})
    build_site(site, tmp_path / "before")
    changed = SMALL["content/claims/landing.yaml"].replace("It did.", "It did so.")
    assert changed != SMALL["content/claims/landing.yaml"]
    lay(site, {"content/claims/landing.yaml": changed, "content/pages/old.md": None})
    lay(site, {"content/claims/second.yaml": claim("It rained.")})
    build_site(site, tmp_path / "after")
    return tmp_path / "before", tmp_path / "after"


def test_pages_that_differ(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", *map(str, outputs)]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert "new     /claims/second/" in lines
    assert "changed /claims/landing/" in lines
    assert "gone    /old/" in lines
    assert "changed /" in lines
    assert not [line for line in lines if "/articles/" in line or "json" in line]
    assert f"{len(lines)} pages of " in told.err


def test_all_files(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "--all", *map(str, outputs)]) == 0
    assert "changed /claims.json" in capsys.readouterr().out.splitlines()


def test_the_copy_has_what_came_and_what_changed_with_all_assets(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    before, after = outputs
    assert main(["changes", *map(str, outputs), "--copy", str(tmp_path / "copy" / "pages")]) == 0
    copied = tree(tmp_path / "copy" / "pages")
    old, new = tree(before), tree(after)
    expected = {path for path, data in new.items() if old.get(path) != data or path.startswith("assets/")}
    assert copied == {path: new[path] for path in expected - {"manifest.json"}}


def test_nothing_is_copied_over(outputs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "copy").mkdir()
    assert main(["changes", *map(str, outputs), "--copy", str(tmp_path / "copy")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert tree(tmp_path / "copy") == {}


def test_a_folder_that_is_no_output(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", str(outputs[0].parent), str(outputs[1])]) == 2
    assert "is no site that Parallax built" in capsys.readouterr().err
