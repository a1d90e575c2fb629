"""What holds when a site is built: nothing online changes before the last step, and that step can end anywhere."""

from __future__ import annotations

import builtins
import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from support import PLAIN, SITES, build_site, claim, copy_of, lay, run, small_site, tree

from generator.__main__ import main
from generator.examine import examine
from generator.pipeline import build
from generator.problems import ContentError, FaultError, errors
from generator.publish.lock import locked
from generator.publish.output import Output, opened

OLD = {"content/claims/old.yaml": claim("An old claim.", more="tags: [gone]\n")}
NEW = {
    "content/claims/old.yaml": None,
    "content/claims/landing.yaml": claim("The ship landed at one."),
    "content/claims/new.yaml": claim("A new claim.", more="tags: [fresh]\n"),
}
"""What an editor does between two builds: one claim goes, one changes, one is new."""
LATER = {"content/claims/new.yaml": None, "content/claims/later.yaml": claim("A later claim.")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is online as it was, with the edits of NEW made since."""
    site = small_site(tmp_path / "site", OLD)
    build_site(site)
    return lay(site, NEW)


def clean(site: Path) -> dict[str, bytes]:
    """What the site builds to from nothing."""
    shutil.rmtree(site.parent / "clean", ignore_errors=True)
    build_site(site, site.parent / "clean")
    return tree(site.parent / "clean")


# --- a build that fails before its last step changes nothing ----------------------------------------------------------

BREAKS: dict[str, dict[str, str | bytes | None]] = {
    "a quote that is not proved": {
        "content/claims/bad.yaml": claim(more="quotes:\n  - {article: gazette, text: The ship sank, stance: asserts}\n")
    },
    "a template that is no template": {"templates/claim.html": "{% if %}"},
    "a template that fails on one late page": {"templates/404.html": "{{ page.nothing }}"},
    "a dead link": {"content/pages/about.md": "---\ntitle: A\n---\n\n[a](/nowhere/)\n"},
    "settings that cannot be read": {"site.toml": "title ="},
}


@pytest.mark.parametrize("name", BREAKS)
def test_errors_in_the_content_change_nothing_online(site: Path, name: str) -> None:
    lay(site, BREAKS[name])
    before = online(site)
    with pytest.raises(ContentError):
        build_site(site)
    assert online(site) == before


def online(site: Path) -> dict[str, tuple[bytes, int]]:
    """The output's files with their times of change."""
    return {path: (data, (site / "build" / path).stat().st_mtime_ns) for path, data in tree(site / "build").items()}


def test_a_build_tells_of_every_problem_of_content_and_templates_that_a_check_tells_of(site: Path) -> None:
    """Two templates fail, one of them on several pages, and a third is no text; then a quote is wrong too."""
    broken: dict[str, str | bytes | None] = {
        "templates/claim.html": "{{ page.nothing }}",
        "templates/404.html": "{{ page.nothing }}",
        "templates/list.html": "{% include 'mine.html' %}",
        "templates/mine.html": b"\xff",
    }
    before = online(site)
    for files in (broken, BREAKS["a quote that is not proved"]):
        lay(site, files)
        with pytest.raises(ContentError) as raised:
            build_site(site)
        assert raised.value.problems == list(examine(site))
    assert [problem.path for problem in errors(examine(site))] == [
        "content/claims/bad.yaml",
        "templates/404.html",
        "templates/claim.html",
        "templates/mine.html",
    ]
    assert online(site) == before


def test_gaps_that_wrong_fields_leave_are_no_problems_of_templates(site: Path) -> None:
    """Every published claim has a verdict, and a site's templates may rest on that."""
    lay(site, {"templates/claim.html": "{{ page.verdict.label }}", "content/claims/new.yaml": "claim: No verdict.\n"})
    assert {problem.code for problem in errors(examine(site))} == {"R002"}


def test_a_stylesheet_that_some_disks_take_for_another_changes_nothing_online(site: Path) -> None:
    lay(site, {"templates/assets/Site.css": "a {}"})
    before = online(site)
    for _ in range(2):
        with pytest.raises(ContentError):
            build_site(site)
    assert online(site) == before


@pytest.mark.parametrize("nth", [1, 2, 5])
def test_a_full_disk_while_staging_changes_nothing_online(
    site: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    before = online(site)
    left = iter(range(nth - 1))

    def full(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if "w" in mode and next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return builtins.open(path, mode, *more, **named)

    monkeypatch.setattr("generator.publish.output.open", full, raising=False)
    with pytest.raises(FaultError, match="No space left on device"):
        build_site(site)
    assert online(site) == before
    assert not (site / ".parallax" / ".staging").exists()


def test_a_build_that_is_stopped_while_staging_changes_nothing_online(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = online(site)

    def stop(self: Output, finish: bool = True) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Output, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        build_site(site)
    assert online(site) == before


# --- one that dies in its last step leaves every page whole -----------------------------------------------------------


KILLED, BROKEN, ONCE = "killed", "a broken disk", "one failure"


@contextmanager
def failing_at(step: int, how: str) -> Iterator[list[str]]:
    """Within, the change of the file system with the number `step` (from 0) fails; and, but for ONCE, all after it."""
    done: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "unlink", "rmdir"):
            patch.setattr(os, name, _counted(getattr(os, name), step, how, done))
        yield done


def _counted(change: Callable[..., None], step: int, how: str, done: list[str]) -> Callable[..., None]:
    def counted(*given: Any, **more: Any) -> None:
        done.append(change.__name__)
        if len(done) == step + 1 or (len(done) > step and how != ONCE):
            raise KeyboardInterrupt if how == KILLED else OSError(errno.EIO, "Input/output error")
        change(*given, **more)

    return counted


def publish(folder: Path, files: dict[str, bytes]) -> None:
    with opened(folder, folder.parent) as output:
        for path, data in files.items():
            if path != "manifest.json":
                output.stage(path, data)
        output.commit()


@pytest.mark.parametrize("how", [KILLED, BROKEN, ONCE])
def test_a_build_that_dies_at_any_step_leaves_whole_pages_and_the_next_completes_it(tmp_path: Path, how: str) -> None:
    site = small_site(tmp_path / "site", OLD)
    old, new, later = clean(site), clean(lay(site, NEW)), clean(lay(site, LATER))
    step, reached = 0, True
    while reached:
        # After the same site again, and after one that has changed once more: what was half-published has to go again.
        for following in (new, later):
            folder = tmp_path / str(step) / "build"
            publish(folder, old)
            with failing_at(step, how) as done, suppress(KeyboardInterrupt, FaultError):
                publish(folder, new)
            reached = len(done) > step
            for path, data in tree(folder).items():
                if path != "manifest.json":
                    assert data in (old.get(path), new.get(path)), f"step {step}: {path} is neither old nor new"
            publish(folder, following)
            assert tree(folder) == following, f"step {step}"
            shutil.rmtree(folder.parent)
        step += 1
    assert step > len(new.keys() - old.keys()) + len(old.keys() - new.keys())


def test_the_command_says_that_it_was_stopped_and_the_next_build_completes_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing_at(4, KILLED):
        assert main(["build", "--site", str(site)]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert main(["build", "--site", str(site)]) == 0
    assert tree(site / "build") == clean(site)


def test_readers_meet_no_link_to_a_page_that_is_not_there_yet(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages need comes first, then pages, then lists; what goes, goes last."""
    order: list[str] = []
    replace, unlink = os.replace, os.unlink
    folder = str(site / "build") + "/"

    def noted(name: str, path: Any) -> None:
        if str(path).startswith(folder):
            order.append(name + str(path).removeprefix(folder).removesuffix("index.html"))

    monkeypatch.setattr(os, "replace", lambda source, target: (noted("+", target), replace(source, target)))
    monkeypatch.setattr(os, "unlink", lambda path, **more: (noted("-", path), unlink(path, **more)))
    lay(site, {"templates/assets/new.css": "a {}"})
    build_site(site)
    new = next(entry for entry in order if entry.startswith("+assets/new."))
    kinds = ["+manifest.json", "+assets/", "+claims/new/", "+claims/", "+sitemap.xml", "-claims/old/", "+manifest.json"]
    places = [order.index(kind) if kind != "+assets/" else order.index(new) for kind in kinds[:-1]]
    assert places == sorted(places)
    assert order[0] == order[-1] == "+manifest.json"
    gone = ["-claims/old/", "-claims/old/embed/", "-claims/old/oembed.json", "-tags/gone/"]
    assert [entry for entry in order if entry[0] == "-"] == order[-5:-1]
    assert sorted(order[-5:-1]) == gone


# --- what is built twice ----------------------------------------------------------------------------------------------


def test_a_build_without_a_change_touches_nothing(site: Path) -> None:
    build_site(site)
    before = online(site)
    published = build_site(site).published
    assert online(site) == before
    assert (published.written, published.removed) == (0, 0)


def test_one_edit_leaves_the_files_that_it_does_not_concern(site: Path) -> None:
    build_site(site)
    before = online(site)
    lay(site, {"content/claims/new.yaml": claim("A new claim.", more="tags: [fresh]\nwhy: It was asked.\n")})
    build_site(site)
    after = online(site)
    assert {path for path in after if after[path] != before[path]} == {"claims/new/index.html", "manifest.json"}


def test_the_same_site_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """In any folder, hash seed, time zone, locale and with any umask; from nothing and over an earlier build."""
    surroundings: list[tuple[str, dict[str, Any]]] = [
        ("a", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "umask": 0o022}),
        ("b/far/away é", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "umask": 0o077}),
        ("c", {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "umask": 0o000}),
    ]
    trees = []
    for folder, around in surroundings:
        site = copy_of(SITES / "rich", tmp_path / folder)
        shutil.copytree(PLAIN, site / "templates")
        assert run("build", "--site", site, **around).returncode == 0
        trees.append(tree(site / "build"))
    assert trees[0] == trees[1] == trees[2]


def test_names_on_disk_are_the_same_in_a_locale_that_has_not_their_letters(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "content/claims/oil.yaml": claim(more="tags: [öl]\n"),
        "content/articles/gazette.yaml": "text: seeds/gazétte.txt\npublisher: Die Zürcher\n",
        "seeds/gazétte.txt": "The ship landed at noon, said the captain.\n",
        "templates/assets/größe.css": "a {}",
    }
    trees = []
    for name, around in (("a", {"LC_ALL": "C.UTF-8"}), ("b", {"LC_ALL": "C", "PYTHONUTF8": "0"})):
        site = small_site(tmp_path / name, files)
        done = run("build", "--site", site, **around, PYTHONCOERCECLOCALE="0")
        assert done.returncode == 0, done.stderr
        trees.append(tree(site / "build"))
    assert trees[0] == trees[1]
    assert {"tags/öl/index.html", "publishers/die-zürcher/index.html", "assets/größe.9a4487ccbe.css"} <= trees[0].keys()


# --- which output, and who builds -------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", [".", "..", "content", "content/new", "seeds", "templates/x", ".parallax", ".git/x"])
def test_an_output_inside_the_sites_own_folders_or_round_the_site_is_refused(site: Path, output: str) -> None:
    before = tree(site)
    assert main(["build", "--site", str(site), "--output", str(site / output), "--adopt"]) == 2
    assert tree(site) == before


def test_a_link_that_leads_into_the_site_is_no_way_round(site: Path) -> None:
    (site.parent / "link").symlink_to(site / "content")
    assert main(["build", "--site", str(site), "--output", str(site.parent / "link"), "--adopt"]) == 2


def test_a_folder_of_somebody_elses_is_refused_without_adopt(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(site.parent / "www", {"CNAME": "e.org", "index.html": "theirs"})
    command = ["build", "--site", str(site), "--output", str(folder)]
    assert main(command) == 2
    assert "--adopt" in capsys.readouterr().err
    assert tree(folder) == {"CNAME": b"e.org", "index.html": b"theirs"}
    assert main([*command, "--adopt"]) == 0
    assert tree(folder) == {**clean(site), "CNAME": b"e.org"}
    assert main(command) == 0


def test_a_second_build_at_the_same_time_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pipeline.PATIENCE", 0.0)
    before = online(site)
    with locked(site / ".parallax"):
        assert main(["build", "--site", str(site)]) == 2
    assert "another build" in capsys.readouterr().err
    assert online(site) == before


def test_a_second_build_waits_for_the_first_to_end(site: Path) -> None:
    with ExitStack() as first:
        first.enter_context(locked(site / ".parallax"))
        timer = threading.Timer(0.2, first.close)
        timer.start()
        assert main(["build", "--site", str(site)]) == 0
        timer.join()
    assert tree(site / "build") == clean(site)


def test_a_build_writes_nothing_but_its_output_and_its_workspace(site: Path) -> None:
    before = {path: data for path, data in tree(site.parent).items() if "/build/" not in path}
    build(site, site.parent / "www")
    after = {path: data for path, data in tree(site.parent).items() if "/build/" not in path}
    new = {path for path in after if after[path] != before.get(path)}
    assert new
    assert all(path.startswith(("www/", "site/.parallax/")) for path in new)
    assert before.keys() <= after.keys()
