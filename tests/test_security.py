"""docs/security.md: every test that it names is there, and a build does nothing but what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import PLAIN, REPOSITORY, SITES, copy_of, small_site

PAGE = REPOSITORY / "docs" / "security.md"

WATCHED = """
import os, sys
site, output = sys.argv[1:3]
own = [os.path.realpath(path) for path in (output, os.path.join(site, ".parallax"), os.devnull)]
RUNS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"}
WRITES = {"os.mkdir": 2, "os.remove": 1, "os.rmdir": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2, "os.chmod": 2,
    "os.chown": 3, "os.truncate": 1, "os.utime": 3, "os.mkfifo": 2}
seen = 0

def place(path, folder=-1):
    if isinstance(path, int):
        return os.readlink(f"/proc/self/fd/{path}")
    path = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0 and not os.path.isabs(path):
        path = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
    return os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))

def refuse(*words):
    os.write(2, (" ".join(map(str, words)) + "\\n").encode("utf-8", "replace"))
    os._exit(99)

def require_own(event, path):
    global seen
    seen += 1
    if not any(path == each or path.startswith(each + os.sep) for each in own):
        refuse("WROTE", event, path)

def hook(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        refuse("NETWORK", event, args)
    if event in RUNS:
        refuse("RAN", event, args[0])
    if event == "open" and not isinstance(args[0], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        require_own(event, place(args[0]))
    if event == "sqlite3.connect" and args[0] != ":memory:" and "mode=ro" not in str(args[0]):
        require_own(event, place(str(args[0]).removeprefix("file:").partition("?")[0]))
    if event in WRITES:
        folder = args[WRITES[event]] if len(args) > WRITES[event] else -1
        require_own(event, place(args[0] if event not in ("os.link", "os.symlink") else args[1], folder))
        if event == "os.rename":
            require_own(event, place(args[1], args[3] if len(args) > 3 else -1))

from generator.__main__ import main
sys.addaudithook(hook)
MORE
status = main(["build", "--site", site, "--output", output, "--jobs", "1"])
print(seen)
os._exit(status)
"""
"""Builds a site, and ends with 99 where that asks a network, runs a program, or writes beyond output and workspace."""


def watched(site: Path, output: Path, more: str = "pass") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-c", WATCHED.replace("MORE", more), str(site), str(output)],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize("name", ["small", "rich", "this repository"])
def test_a_build_asks_no_network_runs_no_program_and_writes_only_its_own(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    if name == "small":
        small_site(site)
    elif name == "rich":
        copy_of(SITES / "rich", site)
        shutil.copytree(PLAIN, site / "templates", dirs_exist_ok=True)
    else:
        site.mkdir()
        shutil.copy(REPOSITORY / "site.toml", site)
        for part in ("content", "seeds", "templates"):
            shutil.copytree(REPOSITORY / part, site / part)
    settings = (site / "site.toml").read_text("utf-8")  # the two programs that it may turn on stay off
    (site / "site.toml").write_text(re.sub(r"\[(?:history|search)\]\n(?:\w+ = .*\n)+", "", settings), "utf-8")
    for _ in ("from nothing", "again"):
        done = watched(site, tmp_path / "out")
        assert done.returncode == 0, done.stderr
        assert int(done.stdout) > 0  # the hook is told of what a build writes
        page = next((site / "content" / "claims").glob("*.yaml"))
        page.write_text(page.read_text("utf-8") + "# An edit.\n", "utf-8")


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "NETWORK"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "NETWORK"),
        ("import subprocess; subprocess.run(['true'])", "RAN"),
        ("os.system('true')", "RAN"),
        ("open(os.path.join(site, 'content', 'x'), 'w')", "WROTE"),
        ("os.mkdir(os.path.join(site, 'x'))", "WROTE"),
        ("os.rename(os.path.join(site, 'site.toml'), os.path.join(output, 'x'))", "WROTE"),
        ("import sqlite3; sqlite3.connect(os.path.join(site, 'x.db'))", "WROTE"),
    ],
)
def test_this_would_notice(tmp_path: Path, does: str, told: str) -> None:
    done = watched(small_site(tmp_path / "site"), tmp_path / "out", does)
    assert (done.returncode, done.stderr.split()[0]) == (99, told)


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.-]+)`(?: \(`(test_\w+)`\))?", PAGE.read_text("utf-8"))
    assert len(named) > 25
    for path, test in named:
        assert (REPOSITORY / path).exists(), path
        if test:
            assert f"def {test}(" in (REPOSITORY / path).read_text("utf-8"), f"{path}: {test}"


def test_whoever_finds_a_hole_is_told_where_to_say_so() -> None:
    policy = (REPOSITORY / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in policy
    assert "docs/security.md" in policy
    for page in ("README.md", "docs/architecture.md"):
        assert "security.md" in (REPOSITORY / page).read_text("utf-8"), page
    assert "@" not in policy, "no address of a person"
