"""Verify: a published copy is exactly what the commit gives, or what differs is listed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support import SMALL, claim, commit, git, lay, tree

from generator.__main__ import main
from generator.pipeline import build
from generator.problems import FaultError
from generator.verify.published import folder_copy, listed_copy

HISTORY = {"site.toml": SMALL["site.toml"] + "\n[history]\nenabled = true\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is committed, and online in build/."""
    site = lay(tmp_path / "site", SMALL)
    commit(site)
    build(site, site / "build")
    return site


def verify(site: Path, *arguments: str | Path) -> int:
    return main(["verify", "--site", str(site), *map(str, arguments)])


def sums(folder: Path) -> str:
    """What `sha256sum` prints of a folder's files."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  ./{path}\n" for path, data in tree(folder).items())


def test_what_this_commit_gives_is_the_same(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(site) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert git(site, "rev-parse", "HEAD") in printed.err
    assert "The same: " in printed.err


def test_every_difference_is_listed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site / "build", {"robots.txt": None, "index.html": "other", "claims/more.html": "", "sitemap.xml": None})
    (site / "build" / "sitemap.xml").symlink_to(site / "build" / "feed.xml")
    assert verify(site, site / "build") == 1
    printed = capsys.readouterr()
    assert printed.out == ("missing  robots.txt\nextra  claims/more.html\nchanged  index.html\nchanged  sitemap.xml\n")
    assert "1 missing, 1 extra, 2 changed" in printed.err


def test_a_single_byte_anywhere_is_a_difference(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, data in tree(site / "build").items():
        if path.count("/") < 3:
            (site / "build" / path).write_bytes((data or b"x")[:-1] + bytes([(data or b"x")[-1] ^ 1]))
            assert verify(site) == 1, path
            assert capsys.readouterr().out == f"changed  {path}\n"
            (site / "build" / path).write_bytes(data)


def test_for_programs(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site / "build", {"robots.txt": None, "x\n::error::y": ""})
    assert verify(site, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "same": False,
        "commit": git(site, "rev-parse", "HEAD"),
        "files": len(tree(site / "build")),
        "missing": ["robots.txt"],
        "extra": ["x\n::error::y"],
        "changed": [],
    }
    verify(site)
    assert "\n::error" not in capsys.readouterr().out


# --- lists ------------------------------------------------------------------------------------------------------------


def test_a_list_of_sums_stands_for_the_files(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = sums(site / "build")
    (tmp_path / "list").write_text(text, "utf-8")
    assert verify(site, tmp_path / "list") == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert verify(site, "-") == 0
    (tmp_path / "list").write_text(text.replace(text[:8], "00000000", 1), "utf-8")
    capsys.readouterr()
    assert verify(site, tmp_path / "list") == 1
    assert capsys.readouterr().out == f"changed  {text.split()[1][2:]}\n"


def test_a_manifest_is_a_list(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(site, site / "build" / "manifest.json") == 0
    manifest = json.loads((site / "build" / "manifest.json").read_bytes())
    del manifest["files"]["index.html"]
    (site / "build" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    capsys.readouterr()
    assert verify(site, site / "build" / "manifest.json") == 1
    assert capsys.readouterr().out == "missing  index.html\n"


def test_a_part_of_the_site_may_be_asked_for(site: Path, tmp_path: Path) -> None:
    line = next(line for line in sums(site / "build").splitlines() if line.endswith("/claims/landing/index.html"))
    (tmp_path / "list").write_text(line, "utf-8")
    assert verify(site, tmp_path / "list") == 1
    assert verify(site, tmp_path / "list", "--some") == 0


def test_lists_as_other_programs_write_them() -> None:
    digest = "ab" * 32
    for line in (f"{digest}  a b/c", f"{digest} *a b/c", f"{digest.upper()}  ./a b/c", f"SHA256 (a b/c) = {digest}"):
        assert listed_copy(f"{line}\r\n\n".encode(), "list").files == {"a b/c": digest}
    escaped = listed_copy(f"\\{digest}  a\\nc\n".encode(), "list")
    assert escaped.files == {"a\nc": digest}


@pytest.mark.parametrize(
    "text", ["", "no sums", f"{'a' * 63}  x", f"{'a' * 64}  ../x", f"{'a' * 64}  /x", "{", '{"files": [1]}', "\0"]
)
def test_what_is_no_list_is_a_fault(site: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text, "utf-8")
    with pytest.raises(FaultError):
        listed_copy(text.encode(), "list")
    assert verify(site, tmp_path / "list") == 2


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_what_sha256sum_prints_is_read(site: Path) -> None:
    lay(site / "build", {"a\\b\nc d": "odd"})
    done = subprocess.run("find . -type f -exec sha256sum {} +", shell=True, cwd=site / "build", capture_output=True)
    with pytest.raises(FaultError):  # no site has such a name
        listed_copy(done.stdout, "list")
    (site / "build" / "a\\b\nc d").unlink()
    done = subprocess.run("find . -type f -exec sha256sum {} +", shell=True, cwd=site / "build", capture_output=True)
    assert listed_copy(done.stdout, "list").files == folder_copy(site / "build").files


# --- what the site was built from and with ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"content/claims/landing.yaml": claim("Another.")}, "content/claims/landing.yaml"),
        ({"content/claims/new.yaml": claim("New.")}, "content/claims/new.yaml"),
        ({"content/claims/ignored.yaml": claim("Ignored."), ".gitignore": "ignored.yaml\n"}, "ignored.yaml"),
        ({"seeds/gazette.txt": None}, "seeds/gazette.txt"),
        ({"templates/assets/mine.css": ""}, "templates/assets/mine.css"),
        ({"site.toml": SMALL["site.toml"] + "\n"}, "site.toml"),
    ],
)
def test_what_is_not_committed_is_refused(
    site: Path, files: dict[str, str | bytes | None], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(site, files)
    assert verify(site) == 2
    assert named in capsys.readouterr().err


def test_what_no_build_looks_at_need_not_be_committed(site: Path) -> None:
    lay(site, {"notes.txt": "", "content/claims/.landing.yaml.swp": "", "content/claims/landing.yaml~": ""})
    assert verify(site) == 0


def test_other_line_ends_in_the_working_copy_are_the_commits(site: Path) -> None:
    """As git leaves them on some machines; articles' texts are another matter, since they are shown as they are."""
    file = site / "content" / "claims" / "landing.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert verify(site) == 0


def test_a_shallow_clone_is_refused_where_history_is_shown_and_else_is_not(site: Path, tmp_path: Path) -> None:
    lay(site, {"content/claims/landing.yaml": claim("It landed.")})
    commit(site, "Another commit")
    build(site, site / "build")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{site}", "shallow")
    assert verify(tmp_path / "shallow", site / "build") == 0
    lay(site, HISTORY)
    commit(site, "History on")
    build(site, site / "build")
    assert verify(site) == 0
    git(tmp_path, "clone", "--quiet", f"file://{site}", "whole")
    assert verify(tmp_path / "whole", site / "build") == 0
    shutil.rmtree(tmp_path / "shallow")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{site}", "shallow")
    assert verify(tmp_path / "shallow", site / "build") == 2


@pytest.mark.parametrize("lacking", ["blob:none", "tree:0"])
def test_a_partial_clone_is_refused_where_history_is_shown_and_else_is_not(
    site: Path, tmp_path: Path, lacking: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has every commit and is no shallow one, but not what files held earlier: a build of it says less."""

    def partial() -> Path:
        shutil.rmtree(tmp_path / "partial", ignore_errors=True)
        git(tmp_path, "clone", "--quiet", f"--filter={lacking}", site.as_uri(), "partial")
        return tmp_path / "partial"

    git(site, "config", "uploadpack.allowFilter", "true")
    lay(site, {"content/claims/landing.yaml": claim("It landed.")})
    commit(site, "Another commit")
    build(site, site / "build")
    assert verify(partial(), site / "build") == 0
    lay(site, HISTORY)
    commit(site, "History on")
    build(site, site / "build")
    capsys.readouterr()
    for off in ("", '[check]\noff = ["H001"]\n'):  # what editors are not told of is refused all the same
        lay(site, {"site.toml": HISTORY["site.toml"] + off})
        commit(site, "Settings")
        build(site, site / "build")
        assert verify(site) == 0
        capsys.readouterr()
        assert verify(partial(), site / "build") == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "verify needs the whole history from git: this clone lacks" in printed.err
        assert "without --depth or --filter" in printed.err
        assert "hint:" not in printed.err


def test_a_site_below_the_top_of_its_repository(site: Path, tmp_path: Path) -> None:
    below = lay(tmp_path / "repo" / "below", SMALL)
    git(tmp_path / "repo", "init", "--quiet")
    commit(tmp_path / "repo", "All", "below")
    assert verify(below, site / "build") == 0
    lay(below, {"content/claims/new.yaml": claim("New.")})
    assert verify(below, site / "build") == 2


def test_a_site_in_no_repository_is_compared_as_it_is(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(site / ".git")
    assert verify(site) == 0
    assert "in no git repository" in capsys.readouterr().err


def test_content_with_errors_gives_no_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, {"content/claims/landing.yaml": "claim: [\n"})
    commit(site, "Broken")
    assert verify(site) == 2
    assert "error" in capsys.readouterr().err


def test_drafts_and_compressed_files_are_there_where_they_are_asked_for(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(site, {"content/claims/draft.yaml": "claim: Not yet.\nstatus: draft\n"})
    commit(site, "A draft")
    assert main(["build", "--site", str(site), "--drafts", "--compress"]) == 0
    assert verify(site) == 1
    assert "--compress" in capsys.readouterr().err
    assert verify(site, "--drafts", "--compress") == 0


def test_files_of_the_hosts_own_may_be_left_out(site: Path) -> None:
    lay(site / "build", {"CNAME": "e.org", ".well-known/security.txt": ""})
    assert verify(site) == 1
    assert verify(site, "--ignore", "CNAME", "--ignore", ".well-known/*") == 0
    lay(site / "build", {"index.html": "other"})
    assert verify(site, "--ignore", "*") == 1


def test_the_current_release_is_what_is_looked_at(site: Path, tmp_path: Path) -> None:
    home = tmp_path / "www"
    for words in ("One.", "Two."):
        lay(site, {"content/claims/landing.yaml": claim(words)})
        commit(site, words)
        assert main(["build", "--site", str(site), "--output", str(home), "--releases"]) == 0
    assert verify(site, home) == 0
    assert main(["releases", "--site", str(site), "--output", str(home), "--use", "000001"]) == 0
    assert verify(site, home) == 1


def test_nothing_in_the_site_is_written(site: Path) -> None:
    before = {path: (data, os.stat(site / path).st_mtime_ns) for path, data in tree(site).items()}
    assert verify(site) == 0
    assert {path: (data, os.stat(site / path).st_mtime_ns) for path, data in tree(site).items()} == before


def test_a_copy_that_is_not_there_is_a_fault(site: Path, tmp_path: Path) -> None:
    assert verify(site, tmp_path / "nowhere") == 2


def test_this_repositorys_own_program_counts_as_committed_where_it_stands_in_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the generator that is not committed would be nobody's to check."""
    lay(site, {"generator/a.py": "", "generator/__pycache__/a.pyc": ""})
    commit(site, "A program", "generator/a.py")
    monkeypatch.setattr("generator.verify.committed._OWN", site / "generator")
    assert verify(site) == 0
    lay(site, {"generator/a.py": "pass\n"})
    assert verify(site) == 2
