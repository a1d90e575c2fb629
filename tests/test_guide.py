"""docs/editors-guide.md, followed word for word on a clean clone. `following.py` says what its blocks mean."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
from pathlib import Path

import pytest
from following import brought_up_to_date, same, steps, tracked, typed
from support import git

GUIDE = Path("docs", "editors-guide.md")
ADDRESS = "ADDRESS"
"""What the guide has for the one thing that it cannot know: where the repository is."""

SERVE = "parallax serve\n"


class Terminal:
    """One terminal window: it stays in the folder, and with the path to programs, that the last commands left it in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._left = folder.parent / "left"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not re.match("GIT_|MAKE|PARALLAX_|PYTHON|VIRTUAL_ENV", name)
        }
        self.environment = {
            **kept,
            "HOME": str(folder.parent),
            "XDG_CONFIG_HOME": str(folder.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": "1746600000 +0100",
            "GIT_COMMITTER_DATE": "1746600000 +0100",
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def type(self, commands: str) -> tuple[int, str]:
        """Run commands; returns the exit status of the first that fails (or 0), and what was printed."""
        leave = f'pwd > "{self._left}"\nprintf %s "$PATH" >> "{self._left}"\n'
        done = subprocess.run(
            ["sh", "-c", f"trap 'status=$?\n{leave}exit $status' EXIT\nset -e\n{commands}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        folder, self.environment["PATH"] = self._left.read_text().split("\n")
        self.folder = Path(folder)
        return done.returncode, done.stdout

    def look_at_preview(self, address: str) -> tuple[str, str]:
        """Begin the preview, ask for one page, end it with Ctrl+C: what it printed first, and the page."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        running = subprocess.Popen(
            ["sh", "-c", f"exec {SERVE.strip()} --port {port}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        try:
            assert running.stdout is not None
            printed = ""
            while printed.count("\n") < 2:  # where it is, and what it built
                line = running.stdout.readline()
                assert line, f"the preview ended:\n{printed}"
                printed += line
            with urllib.request.urlopen(f"http://localhost:{port}{address}", timeout=60) as answer:
                page = answer.read().decode()
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0
        finally:
            running.kill()
            running.communicate()
        return printed.replace(f":{port}", ":8000"), page


@pytest.fixture(scope="module")
def repository_to_clone(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """This repository as it is now, committed or not, in a repository of its own."""
    copy = tmp_path_factory.mktemp("host") / "parallax"
    for source, path in tracked(
        repository, git(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    ):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy / path)
    git(copy, "init", "--quiet")
    git(copy, "add", "--all", "--force")
    git(copy, "commit", "--quiet", "--message", "Parallax")
    return copy


def install(clone: Path) -> None:
    """What `make site` fetches with pip, made of the packages that the tests run with: no test uses the network."""
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    packages = next(venv.glob("lib/python*/site-packages"))
    (packages / "parallax.pth").write_text(f"{clone}\n{sysconfig.get_paths()['purelib']}\n")
    module, function = tomllib.loads((clone / "pyproject.toml").read_text())["project"]["scripts"]["parallax"].split(
        ":"
    )
    program = venv / "bin" / "parallax"
    program.write_text(f"#!{venv}/bin/python\nimport sys\nfrom {module} import {function}\nsys.exit({function}())\n")
    program.chmod(0o755)
    (venv / "site.done").touch()


def test_the_guide_followed_word_for_word_works(
    tmp_path: Path, repository: Path, repository_to_clone: Path, request: pytest.FixtureRequest
) -> None:
    guide = (repository / GUIDE).read_text("utf-8")
    terminal = Terminal(tmp_path / "work")
    printed: dict[int, str] = {}
    wrong: list[str] = []
    updating = request.config.getoption("--update-expected")
    for step in steps(guide):
        where = f"{GUIDE}:{step.line}"
        if step.kind != "sh":
            path = terminal.folder / step.path
            assert path.is_file(), f"{where}: there is no file {step.path}"
            path.write_text(typed(step, path.read_text("utf-8")), "utf-8")
            continue
        if step.text == SERVE:
            printed[step.line], page = terminal.look_at_preview("/claims/footbridge-weeks/")
            assert "The harbour footbridge was closed for eight weeks." in page
        else:
            status, printed[step.line] = terminal.type(step.text.replace(ADDRESS, str(repository_to_clone)))
            failed = re.search(r"^\d+ errors?\b", step.shown or "", re.MULTILINE) is not None
            assert updating or status == failed, f"{where}: exit status {status}\n{printed[step.line]}"
        if step.text.startswith("git clone"):
            install(tmp_path / "work" / "parallax")
        if step.shown is not None and not same(step.shown, printed[step.line]):
            wrong.append(f"{where}: what is shown is not what is printed:\n{printed[step.line]}")
    if updating:
        (repository / GUIDE).write_text(brought_up_to_date(guide, printed), "utf-8")
    else:
        assert not wrong, "\n".join(wrong)
    practice, host = tmp_path / "work" / "practice", tmp_path / "work" / "practice-host"
    assert terminal.folder == practice
    assert git(practice, "status", "--porcelain") == ""
    merged = git(host, "show", "main:content/claims/footbridge-closure.yaml")
    assert "verdict: false\n" in merged
    assert "status:" not in merged
    shown = (practice / "build/claims/footbridge-weeks/index.html").read_text("utf-8")
    assert "from 7 a.m. on 3 March to 6 a.m. on 5 May 2025" in shown


def test_every_command_that_is_named_is_also_run(repository: Path) -> None:
    guide = (repository / GUIDE).read_text("utf-8")
    run = {
        word for step in steps(guide) if step.kind == "sh" for word in re.findall(r"^parallax (\S+)", step.text, re.M)
    }
    assert set(re.findall(r"`parallax (\w+)", guide)) - run == {"links"}  # the one that uses the network


# --- how a guide is read and followed ---------------------------------------------------------------------------------

SMALL = """\
Type this:

```sh
true
```

```text
First.
…
Last.
```

In `content/a.yaml`:

```yaml
claim: >-
  New.
tags: [one]
```

Then, in `content/a.yaml`:

```diff
-tags: [one]
+tags: [two]
```
"""

FILE = """\
# A comment.
claim: >-
  Old.

  Still old.
# tags: [topic]

# by: [somebody]
"""


def test_a_guide_is_read_in_order() -> None:
    found = steps(SMALL)
    assert [(step.kind, step.path, step.line) for step in found] == [
        ("sh", "", 3),
        ("yaml", "content/a.yaml", 15),
        ("diff", "content/a.yaml", 23),
    ]
    assert found[0].shown == "First.\n…\nLast.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        "```text\nshown after nothing\n```\n",
        "```yaml\ntags: [of no file]\n```\n",
        "In `a.yaml`:\n\n```python\npass\n```\n",
        "```sh\ntrue\n```\n\n```text\n```\n\n```text\nshown twice\n```\n",
    ],
)
def test_a_block_that_would_not_be_followed_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^line \d+: "):
        steps(wrong)


def test_edits_are_made_as_an_editor_would() -> None:
    _, fill_in, change = steps(SMALL)
    filled = typed(fill_in, FILE)
    assert filled == "# A comment.\nclaim: >-\n  New.\ntags: [one]\n\n# by: [somebody]\n"
    assert typed(change, filled) == filled.replace("one", "two")
    assert typed(fill_in, "# Nothing.\n") == "# Nothing.\nclaim: >-\n  New.\ntags: [one]\n"
    with pytest.raises(ValueError, match="once"):
        typed(change, FILE)


@pytest.mark.parametrize(
    ("printed", "alike"),
    [
        ("First.\nLast.\n", True),
        ("First.\nMore.\nAnd more.\nLast.\n", True),
        ("First.\nMore.\n", False),
        ("Zeroth.\nFirst.\nLast.\n", False),
        ("First. More.\nLast.\n", False),
    ],
)
def test_what_is_shown_is_held_against_what_is_printed(printed: str, alike: bool) -> None:
    assert same("First.\n…\nLast.\n", printed) == alike


def test_names_of_commits_may_differ() -> None:
    assert same("Since main (0123456789):\n", "Since main (abcdef0123):\n")
    assert not same("Since main (0123456789):\n", "Since main:\n")


def test_what_is_printed_is_put_into_the_guide() -> None:
    assert brought_up_to_date(SMALL, {3: "First.\nLast.\n"}) == SMALL
    assert brought_up_to_date(SMALL, {3: "Other.\n"}) == SMALL.replace("First.\n…\nLast.\n", "Other.\n")
