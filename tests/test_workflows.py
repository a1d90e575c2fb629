"""The workflows: what they may do, and what their commands do in a real repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import REPOSITORY, git

from generator.scaffold.site import FILES, Wishes, write_site

NAMES = ("check", "desk", "publish")
"""The workflows of every site."""
OWN = ("audit", "program")
"""Those of the program itself, which only this repository has."""
ACTIONS = [folder / ".github" / "actions" / "parallax" / "action.yml" for folder in (REPOSITORY, FILES)]


def workflow(name: str) -> dict[str, Any]:
    """A workflow, all values as text: for YAML 1.1, which GitHub does not read, `on` would be a truth value."""
    path = REPOSITORY / ".github" / "workflows" / f"{name}.yml"
    found: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    return found


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def step(name: str, title: str) -> dict[str, Any]:
    (found,) = (each for each in steps(name) if each.get("name") == title)
    return found


# --- what they may do -------------------------------------------------------------------------------------------------


def test_these_are_all_workflows() -> None:
    assert sorted(path.name for path in (REPOSITORY / ".github" / "workflows").iterdir()) == [
        f"{name}.yml" for name in sorted((*NAMES, *OWN))
    ]
    assert {path.stem for path in (FILES / ".github" / "workflows").iterdir()} == set(NAMES)


def test_what_starts_them() -> None:
    assert workflow("check")["on"] == {"pull_request": ""}
    assert workflow("publish")["on"] == {"push": {"branches": ["main"]}}
    assert list(workflow("desk")["on"]) == ["workflow_dispatch"]
    assert workflow("program")["on"] == {"pull_request": ""}
    assert workflow("audit")["on"] == {"schedule": [{"cron": "17 5 * * 1"}], "workflow_dispatch": ""}


@pytest.mark.parametrize("name", ["check", *OWN])
def test_a_pull_request_is_checked_with_a_token_that_can_only_read(name: str) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow(name)["jobs"].values())
    assert "secrets" not in str(workflow(name))


def test_only_the_job_that_publishes_may_write_to_pages_and_only_from_main() -> None:
    found = workflow("publish")
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in found["jobs"].items()} == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert found["jobs"]["deploy"]["if"] == "github.ref == 'refs/heads/main'"
    assert found["jobs"]["deploy"]["needs"] == "build"
    assert [each["uses"].partition("@")[0] for each in found["jobs"]["deploy"]["steps"]] == ["actions/deploy-pages"]
    assert not [name for name in NAMES if name != "publish" and "deploy-pages" in str(workflow(name))]


def test_the_desk_may_write_branches_and_nothing_else() -> None:
    found = workflow("desk")
    assert found["permissions"] == {}
    assert [job["permissions"] for job in found["jobs"].values()] == [{"contents": "write"}]


@pytest.mark.parametrize("name", [*NAMES, *OWN])
def test_nothing_that_anyone_typed_is_put_into_a_command(name: str) -> None:
    for each in steps(name):
        assert "${{" not in each.get("run", ""), each["run"]
        for value in each.get("env", {}).values():
            assert re.fullmatch(r"\$\{\{ (inputs\.\w+|vars\.STANDARDS|github\.token) \}\}", value), value
        if "actions/" in each.get("uses", ""):
            assert "github.event" not in str(each)


@pytest.mark.parametrize("name", [*NAMES, *OWN])
def test_every_checkout_has_the_whole_history_and_leaves_no_token_behind(name: str) -> None:
    found = [each for each in steps(name) if each.get("uses", "").startswith("actions/checkout@")]
    assert found
    assert all(each["with"] == {"fetch-depth": "0", "persist-credentials": "false"} for each in found)


@pytest.mark.parametrize("name", [*NAMES, *OWN])
def test_nothing_is_kept_from_earlier_runs_and_every_build_begins_anew(name: str) -> None:
    text = str(workflow(name)) + ACTIONS[0].read_text() + ACTIONS[1].read_text()
    assert "cache" not in text
    builds = re.findall(r"parallax build\b[^\n;]*", text.replace("\\n", "\n"))
    assert len(builds) == {"check": 2, "publish": 1}.get(name, 0)
    assert all("--clean" in build for build in builds)
    assert all(("--drafts" in build) == (name == "check") for build in builds)


@pytest.mark.parametrize(
    "path", [*sorted((REPOSITORY / ".github" / "workflows").iterdir()), *ACTIONS], ids=lambda path: path.name
)
def test_every_action_of_others_is_named_by_its_commit_with_the_version_beside_it(path: Path) -> None:
    lines = re.findall(r"^\s*(?:- )?uses: (.*)$", path.read_text("utf-8"), re.MULTILINE)
    assert lines
    for line in lines:
        assert line == "./.github/actions/parallax" or re.fullmatch(
            r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line
        ), line


def test_the_same_action_is_the_same_commit_everywhere() -> None:
    texts = [path.read_text("utf-8") for path in [*(REPOSITORY / ".github" / "workflows").iterdir(), *ACTIONS]]
    pins = {found for text in texts for found in re.findall(r"uses: (actions/\S+@\S+ # \S+)", text)}
    assert len(pins) == len({pin.partition("@")[0] for pin in pins}) == 5


def test_evidence_and_what_every_page_rests_on_have_owners() -> None:
    for folder, paths in (
        (REPOSITORY, {"/seeds/", "/site.toml", "/templates/", "/generator/", "/.github/"}),
        (FILES, {"/seeds/", "/site.toml", "/templates/", "/requirements.txt", "/.github/"}),
    ):
        lines = [line.split() for line in (folder / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()]
        owners = {line[0]: line[1:] for line in lines if line and not line[0].startswith("#")}
        assert paths <= owners.keys()
        assert all(all(owner.startswith("@") for owner in each) and each for each in owners.values())


def test_the_look_at_known_holes_fails_on_github_where_nobody_answers() -> None:
    assert step("audit", "Look up known holes")["run"] == "make audit AUDIT=--answer-needed"
    told = subprocess.run(
        ["make", "--dry-run", "audit", "AUDIT=--answer-needed"], cwd=REPOSITORY, capture_output=True, encoding="utf-8"
    )
    assert "-m tests.upkeep.audit --answer-needed" in told.stdout


# --- what their commands do -------------------------------------------------------------------------------------------


class Runner:
    """Runs steps of workflows as GitHub does: each a script for bash, with files for what it tells."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.repository = repository
        self.temporary = folder / "temporary"
        self.summary = folder / "summary.md"
        programs = folder / "programs"
        for made in (self.temporary, programs):
            made.mkdir()
        self.summary.touch()
        (programs / "parallax").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
        (programs / "parallax").chmod(0o755)
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
        self.environment = {
            **own,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(repository),
            "GITHUB_SERVER_URL": "https://forge.example",
            "GITHUB_REPOSITORY": "desk/checks",
            "GITHUB_RUN_ID": "7",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_ACTOR": "editor",
        }

    def run(self, name: str, title: str, **values: str) -> subprocess.CompletedProcess[str]:
        found = step(name, title)
        given = {variable: values.get(variable, "") for variable in found.get("env", {})}
        return subprocess.run(
            ["bash", "-e", "-c", found["run"]],
            cwd=self.repository,
            env={**self.environment, **given},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner in a clone of a new site's repository."""
    origin = tmp_path / "origin"
    write_site(origin, Wishes())
    git(origin, "init", "--quiet")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "A new site")
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return Runner(tmp_path, tmp_path / "clone")


def proposed(repository: Path, *edits: tuple[str, str, str]) -> None:
    """Check out what GitHub does of a pull request: `edits` (a file, old words, new words), merged into main."""
    git(repository, "switch", "--quiet", "--create", "proposal")
    for path, old, new in edits:
        text = (repository / path).read_text("utf-8")
        assert old in text
        (repository / path).write_text(text.replace(old, new), "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "A proposal")
    git(repository, "switch", "--quiet", "--detach", "main")
    git(repository, "merge", "--quiet", "--no-ff", "proposal", "--message", "Merge")


CLAIM = "content/claims/example-claim.yaml"


def test_a_pull_request_without_problems(runner: Runner) -> None:
    proposed(runner.repository, ("content/pages/about.md", "## How to reach us", "## Where to reach us"))
    done = runner.run("check", "Check the content")
    assert done.returncode == 0, done.stderr
    assert "### What changes\n" in runner.summary.read_text()
    done = runner.run("check", "Build the site before and after")
    assert done.returncode == 0, done.stderr
    assert runner.summary.read_text().endswith("### Pages that change\n\n    changed /about/\n\n")
    kept = {path.relative_to(runner.temporary).as_posix() for path in runner.temporary.rglob("*.html")}
    assert {path for path in kept if path.startswith("changed-pages/")} == {"changed-pages/about/index.html"}
    assert list((runner.temporary / "changed-pages" / "assets").glob("site.*.css"))


def test_a_pull_request_with_a_quote_that_does_not_stand_in_the_article(runner: Runner) -> None:
    proposed(runner.repository, (CLAIM, "has four sentences\n", "has for sentences\n"))
    done = runner.run("check", "Check the content")
    assert done.returncode == 1
    assert f"::error file={CLAIM},line=" in done.stdout
    assert "Q001" in done.stdout


def test_a_pull_request_that_changes_a_verdict_without_a_correction(runner: Runner) -> None:
    proposed(runner.repository, (CLAIM, "verdict: true", "verdict: mixed"))
    done = runner.run("check", "Check the content")
    assert done.returncode == 1
    assert "G004" in done.stdout
    assert "    example-claim: verdict True" in runner.summary.read_text()
    assert runner.run("check", "Build the site before and after").returncode == 0
    assert "    changed /claims/example-claim/\n" in runner.summary.read_text()


def test_a_pull_request_on_a_base_that_does_not_build(runner: Runner) -> None:
    path = runner.repository / "content" / "pages" / "about.md"
    whole = path.read_text()
    path.write_text(whole + "[nowhere](/nowhere/)\n")
    git(runner.repository, "commit", "--quiet", "--all", "--message", "A mistake")
    proposed(runner.repository, ("content/pages/about.md", "[nowhere](/nowhere/)", "Nowhere."))
    done = runner.run("check", "Build the site before and after")
    assert done.returncode == 0, done.stderr
    assert "did not build before this" in runner.summary.read_text()
    assert (runner.temporary / "changed-pages" / "claims" / "example-claim" / "index.html").exists()


def test_publishing(runner: Runner) -> None:
    for title in ("Check the content", "Build the site"):
        done = runner.run("publish", title)
        assert done.returncode == 0, done.stderr
    assert (runner.temporary / "site" / "claims" / "example-claim" / "index.html").exists()
    assert git(runner.repository, "status", "--porcelain") == ""


DO, KEEP = "Do it", "Keep what was written on a branch of its own"


def test_the_desk_finds_passages(runner: Runner) -> None:
    done = runner.run("desk", DO, TASK="find passages", WORDS="four sentences")
    assert done.returncode == 0, runner.summary.read_text()
    assert "article: example-retelling" in runner.summary.read_text()


def test_the_desk_begins_a_claim_on_a_branch_of_its_own(runner: Runner) -> None:
    wording = 'The ferry "Nordlys" $(touch oops) `touch oops` left; rm -rf .'
    typed = {"TASK": "new claim", "ID": "ferry", "WORDS": wording}
    done = runner.run("desk", DO, **typed)
    assert done.returncode == 0, runner.summary.read_text()
    done = runner.run("desk", KEEP, **typed)
    assert done.returncode == 0, done.stderr
    origin = runner.repository.parent / "origin"
    assert git(origin, "diff", "--name-only", "main", "desk/7-1") == "content/claims/ferry.yaml"
    assert "$(touch oops) `touch oops` left; rm -rf ." in git(origin, "show", "desk/7-1:content/claims/ferry.yaml")
    assert "https://forge.example/desk/checks/compare/desk/7-1?expand=1" in runner.summary.read_text()
    assert not list(runner.repository.rglob("oops"))


def test_the_desk_imports_an_uploaded_page_and_takes_the_upload_away(runner: Runner) -> None:
    words = "The harbour of Exampleton was closed for two days after the storm, its office said on Monday. "
    page = (
        f"<html lang=en><title>Harbour closed</title><body><article><h1>Harbour closed</h1><p>{words * 4}</p></article>"
    )
    (runner.repository / "inbox").mkdir()
    (runner.repository / "inbox" / "a page.html").write_text(page)
    git(runner.repository, "add", "--all")
    git(runner.repository, "commit", "--quiet", "--message", "Upload")
    typed = {"TASK": "import a saved page", "ID": "harbour", "FILE": "inbox/a page.html"}
    done = runner.run("desk", DO, **typed)
    assert done.returncode == 0, runner.summary.read_text()
    assert runner.run("desk", KEEP, **typed).returncode == 0
    origin = runner.repository.parent / "origin"
    changed = git(origin, "diff", "--name-only", "main", "desk/7-1").splitlines()
    assert changed == ["content/articles/harbour.yaml", "seeds/harbour.txt"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"TASK": "new claim", "ID": "--help"}, "An id begins with a letter or a digit."),
        ({"TASK": "new claim", "ID": "Big Ferry"}, "parallax: "),
        ({"TASK": "new claim"}, "parallax: "),
        ({"TASK": "import a saved page", "FILE": "--help"}, "parallax: --help is no file"),
        ({"TASK": "import a saved page"}, "parallax: "),
    ],
)
def test_what_goes_wrong_at_the_desk_is_told_on_the_runs_page(runner: Runner, typed: dict[str, str], told: str) -> None:
    assert runner.run("desk", DO, **typed).returncode == 2
    assert f"    {told}" in runner.summary.read_text()
    assert git(runner.repository, "status", "--porcelain") == ""
