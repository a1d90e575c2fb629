"""Git: asked for a site's history and for files as they were, and for nothing else.

A repository may come from anywhere, and its configuration may name programs. None of them is run: files come as the
bytes that were committed, without filters, the options that could bring a program in are set here, over the
repository's, and nothing is fetched. The user's and the system's configuration stay: they alone say whose
repositories are trusted (`safe.directory`). No setting changes what git prints.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, NamedTuple

from msgspec.structs import replace

from generator.history.parse import FORMAT, blobs, changes, contents, regular_files
from generator.history.values import Change, FileChange, Lacking, Tip
from generator.problems import FaultError

_OFF = "or turn it off: [history] enabled = false"
_SET = {
    "advice.graftFileDeprecated": "false",  # which git says of every graft file, even of none
    "core.commitGraph": "false",  # which is not the history, only what somebody says of it
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "diff.orderFile": os.devnull,
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # a clone that lacks parts would fetch them, by whatever program it names
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what a clone does not bring along is no part of the history
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_PIECE = 1 << 16
_File = int | IO[bytes]
_WHOLE = "clone the repository whole: without --filter"
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?").fullmatch
_NAME = re.compile(r"\w[\w./+-]*").fullmatch


class Parents(NamedTuple):
    """A commit's hash, and its parents'."""

    hash: str
    parents: tuple[str, ...]


class Asked(NamedTuple):
    """What git finds out beside the build: what `commits` changed. It tells it into files."""

    commits: list[Parents]
    process: subprocess.Popen[bytes]
    answer: IO[bytes]
    said: IO[bytes]

    def told(self) -> subprocess.CompletedProcess[bytes]:
        """What git told, when it has told all."""
        status = self.process.wait()
        with self.answer, self.said:
            self.answer.seek(0)
            self.said.seek(0)
            return subprocess.CompletedProcess(self.process.args, status, self.answer.read(), self.said.read())

    def end(self) -> None:
        """Have it stop, where nobody asked for what it told."""
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        self.answer.close()
        self.said.close()


class NoHistoryError(FaultError):
    """There is no history to be had: a site is built without."""

    def __init__(self, why: str, help: str, asker: str = "[history]", way_out: str = "") -> None:
        self.lacking = Lacking(why, f"{help}; {_OFF}")
        super().__init__(f"{asker} needs the history from git: {why}: {help}{way_out}")


class Git:
    """The history of the site in `root`.

    Raises NoHistoryError where there is none to be had, and FaultError where what is asked for is not there.

    `asker` is what needs it and `way_out` how to do without, as an editor is told.
    """

    def __init__(self, root: Path, asker: str = "[history]", way_out: str = "") -> None:
        self.root = root
        self.asker = asker
        self.way_out = way_out
        places = [place for place in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(place)]
        self._program = shutil.which("git", path=os.pathsep.join(places))  # never one that stands in the site itself
        if self._program is None:
            raise self._none("git is not installed here", "install it (on Debian: apt install git)")
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        if "GIT_CEILING_DIRECTORIES" in os.environ:
            own["GIT_CEILING_DIRECTORIES"] = os.environ["GIT_CEILING_DIRECTORIES"]
        self._environment = {**own, **_ENVIRONMENT}

    def tip(self, start: str) -> Tip:
        """The newest commit, and the one that `start` names (a commit or a tag; empty for the very first)."""
        if start and (not _NAME(start) or ".." in start):
            raise FaultError(self._unknown(start))
        names = [f"{name}^{{commit}}" for name in ("HEAD", start) if name]
        done = self._run("rev-parse", "--is-shallow-repository", *names, "--show-prefix")
        if done.returncode:
            return self._without_tip(start, done)
        lines = done.stdout.decode("utf-8", "backslashreplace").split("\n", 1 + len(names))
        self._refuse_shallow(lines[0])
        hashes = lines[1:-1]
        if not all(map(_HASH, hashes)):
            raise FaultError(self._unknown(start))
        return Tip(hashes[0], hashes[1] if start else "", lines[-1].removesuffix("\n"))

    def _without_tip(self, start: str, failed: subprocess.CompletedProcess[bytes]) -> Tip:
        """The tip of a branch without any commit; else why there is none."""
        done = self._run("rev-parse", "--is-shallow-repository", "--show-prefix")
        if done.returncode:
            said = _said(done)
            if "not a git repository" in said:
                raise self._none("the site is in no git repository", "make it one (git init)")
            if "dubious ownership" in said:
                trust = "if you trust it: git config --global --add safe.directory FOLDER, with the folder's full path"
                raise self._none("the repository belongs to another user, whom git does not trust", trust)
            raise self._unreadable(done)
        shallow, folder = done.stdout.decode("utf-8", "backslashreplace").split("\n", 1)
        self._refuse_shallow(shallow)
        if self._run("rev-parse", "--quiet", "--verify", "HEAD").returncode:
            return Tip(folder=folder.removesuffix("\n"))
        if start and not self._run("rev-parse", "--quiet", "--verify", "HEAD^{commit}").returncode:
            raise FaultError(self._unknown(start))
        raise self._unreadable(failed)

    def here(self) -> Tip | None:
        """The newest commit, of a part of a history too; None where the site is in no repository."""
        done = self._run("rev-parse", "HEAD^{commit}", "--show-prefix")
        if done.returncode == 0:
            head, folder = done.stdout.decode("utf-8", "backslashreplace").split("\n", 1)
            return Tip(head, "", folder.removesuffix("\n"))
        said = _said(done)
        if "not a git repository" in said:
            return None
        if "dubious ownership" in said or not self._run("rev-parse", "--quiet", "--verify", "HEAD").returncode:
            raise self._unreadable(done)
        raise FaultError(f"nothing is committed yet in {self.root}: git add, then git commit")

    def _refuse_shallow(self, answer: str) -> None:
        if answer == "true":
            raise self._none(
                "this clone has only a part of the history",
                "fetch the rest: git fetch --unshallow (in GitHub's Actions: actions/checkout with fetch-depth: 0; in "
                "GitLab's CI: GIT_DEPTH: 0)",
            )

    def _unknown(self, start: str) -> str:
        return f"“{start}” is no commit or tag of this repository"

    def _none(self, why: str, help: str) -> NoHistoryError:
        return NoHistoryError(why, help, self.asker, self.way_out)

    def _unreadable(self, done: subprocess.CompletedProcess[bytes]) -> NoHistoryError:
        if "promisor" in _said(done):  # as git calls where a clone was to get what it lacks
            return self._none("this clone lacks parts of the history", _WHOLE)
        return self._none(f"git cannot read the history: {_said(done)}", "clone the repository anew")

    def commits(self, tip: Tip) -> list[Parents]:
        """All commits up to `tip`, each after all that come after it; else the newest first."""
        if not tip.head:
            return []
        told = self._must("rev-list", "--date-order", "--parents", tip.head, *_withheld(tip))
        return _listed(told.decode().splitlines())

    def commits_after(self, tip: Tip, before: Tip) -> list[Parents] | None:
        """The commits of `tip` that `before` does not have, in the same order.

        None where any of them does not come after all that `before` has: another branch came in, or history was
        rewritten.
        """
        if not before.head or before.start != tip.start:
            return None
        asked = (tip.head, f"^{before.head}", *_withheld(tip))
        done = self._run("rev-list", "--date-order", "--parents", "--boundary", *asked)
        lines = done.stdout.decode().splitlines()
        edge = {line.split(" ", 1)[0] for line in lines if line.startswith("-")}
        if done.returncode or edge != {f"-{before.head}"}:
            return None
        return _listed(line for line in lines if not line.startswith("-"))

    def ask_changes(self, commits: list[Parents], path: str) -> Asked:
        """Have git find out what these commits changed under `path`, while something else is done.

        `path` is named from the site's folder, as files are. What is asked for is to be told or ended.
        """
        lines = []
        for commit in commits:
            lines.append(commit.hash)
            if len(commit.parents) > 1:
                lines.append(f"{commit.hash} {commit.parents[0]}")  # as if that were its only parent
        options = (
            *("--stdin", "--always", "-z", "-r", "-c", "--root", "--raw", "--no-abbrev", "--no-renames"),
            *("--no-ext-diff", "--no-textconv", "--no-notes", "--no-color", "--no-relative"),
            *("--encoding=UTF-8", "--date=raw", f"--format={FORMAT}", "--", path),
        )
        # Files, since nobody reads or writes meanwhile, and a pipe is soon full.
        with tempfile.TemporaryFile() as given, ExitStack() as files:
            given.write("".join(f"{line}\n" for line in lines).encode())
            given.seek(0)
            answer, said = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            process = self._started("diff-tree", *options, given=given, answer=answer, said=said)
            files.pop_all()
            return Asked(commits, process, answer, said)

    def changes(self, tip: Tip, asked: Asked) -> Iterator[Change]:
        """What the commits changed that were asked for."""
        done = asked.told()
        if done.returncode:
            raise self._unreadable(done)
        found = changes(done.stdout)
        for commit in asked.commits:
            change = next(found)
            own = _from_site(change, tip)
            yield Change(change.commit, own, _from_site(next(found), tip) if len(commit.parents) > 1 else own)

    def versions(self, names: Sequence[str], most: int) -> Iterator[tuple[str, bytes]]:
        """What files hold, by git's names for that; empty where it is more than `most` bytes."""
        if not names:
            return
        process = self._started("cat-file", "--batch")
        assert process.stdin is not None
        assert process.stdout is not None
        asked = threading.Thread(target=_ask, args=(process.stdin, names))
        asked.start()
        try:
            for name in names:
                yield name, _content(process.stdout, name, most)
        finally:
            process.stdout.close()
            process.kill()  # it has told all, or nobody wants the rest
            asked.join()
            process.wait()

    def blobs(self, tip: Tip, path: str) -> dict[str, str]:
        """Git's name for what each file under `path` holds at the tip. Files are named from the site's folder."""
        if not tip.head:
            return {}
        return dict(blobs(self._must("ls-tree", "-r", "-z", tip.head, "--", f"{path}/")))

    # --- files as they were -------------------------------------------------------------------------------------------

    def commit(self, revision: str) -> str:
        """The hash of the commit that `revision` names, in any way that git knows: a hash, a branch, a tag, HEAD~1."""
        if revision and not revision.startswith("-") and revision.isprintable():
            done = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            found = done.stdout.decode("ascii", "replace").strip()
            if not done.returncode and _HASH(found):
                return found
        done = self._run("rev-parse", "--is-shallow-repository")
        if done.returncode:
            self._without_tip("", done)
        if done.stdout.strip() == b"true":
            raise FaultError(
                f"“{revision}” is not in this clone, which has only a part of the history: git fetch --unshallow "
                "(in GitHub's Actions: actions/checkout with fetch-depth: 0; in GitLab's CI: GIT_DEPTH: 0)."
            )
        raise FaultError(
            f"“{revision}” is no commit, branch or tag of this repository: git branch --all lists the branches, "
            "git log the commits. A branch that is only on the server is named origin/NAME, after git fetch."
        )

    def lacks(self, commit: str) -> bool:
        """Whether the branch in hand is known to lack what `commit` has."""
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() != b"false":
            return False
        return self._run("merge-base", "--is-ancestor", commit, "HEAD").returncode == 1

    def files(self, commit: str, paths: Iterable[str]) -> dict[str, str]:
        """Git's name for what each regular file had in it at `commit`, of those under `paths`.

        Files are named from the site's folder, wherever that is in the repository.
        """
        return dict(regular_files(self._must("ls-tree", "-r", "-z", commit, "--", *paths)))

    def contents(self, names: Sequence[str]) -> list[bytes]:
        """The bytes that git has under these names, which `files` gave."""
        if not names:
            return []
        told = self._must("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        found = contents(told)
        if len(found) != len(names):
            raise FaultError(f"this clone of {self.root} lacks parts of the revision: git fetch --refetch")
        return found

    def _must(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise self._unreadable(done)
        return done.stdout

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        assert self._program is not None
        settings = [word for name, value in _SET.items() for word in ("-c", f"{name}={value}")]
        return [self._program, "--no-pager", *settings, *arguments]

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 — the program's own path, and no shell
                self._command(arguments),
                cwd=self.root,
                env=self._environment,
                input=given,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise _unrunnable(error) from error

    def _started(
        self,
        *arguments: str,
        given: _File = subprocess.PIPE,
        answer: _File = subprocess.PIPE,
        said: _File = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 — as above
                self._command(arguments),
                cwd=self.root,
                env=self._environment,
                stdin=given,
                stdout=answer,
                stderr=said,
            )
        except OSError as error:
            raise _unrunnable(error) from error


def _withheld(tip: Tip) -> list[str]:
    return [f"^{tip.start}^@"] if tip.start else []


def _listed(lines: Iterable[str]) -> list[Parents]:
    return [Parents(hash, tuple(parents)) for hash, *parents in map(str.split, lines)]


def _from_site(change: Change, tip: Tip) -> tuple[FileChange, ...]:
    """A commit's files, named from the site's folder."""
    if not tip.folder:
        return change.files
    return tuple(replace(file, path=file.path.removeprefix(tip.folder)) for file in change.files)


def _ask(told: IO[bytes], names: Sequence[str]) -> None:
    """Write `names`, a line each, while somebody else reads the answers."""
    with suppress(OSError), told:  # who is asked may be gone
        told.write("".join(f"{name}\n" for name in names).encode())


def _content(answers: IO[bytes], name: str, most: int) -> bytes:
    """The next content that `git cat-file --batch` tells; of a longer one nothing is kept."""
    head = answers.readline().split()
    if len(head) != 3 or not head[2].isdigit():
        raise NoHistoryError("this clone lacks earlier versions of the claims", _WHOLE)
    left = int(head[2])
    kept = answers.read(left) if left <= most else b""
    if left > most:
        while left and (piece := answers.read(min(left, _PIECE))):
            left -= len(piece)
    answers.read(1)  # the end of the line
    return kept


def _unrunnable(error: OSError) -> NoHistoryError:
    return NoHistoryError(f"git cannot be run: {error.strerror}", "install it anew (on Debian: apt install git)")


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode("utf-8", "replace").split())
