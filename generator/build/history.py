"""Claims' histories: what git told of claims' files, kept between builds, so that each commit is asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from generator.build.differences import unit_of
from generator.build.store import Store, Table
from generator.history.git import Asked, Git, NoHistoryError, Parents
from generator.history.line import line_of
from generator.history.parse import blob_names
from generator.history.telling import Told, told
from generator.history.values import (
    Change,
    ClaimChange,
    ClaimHistory,
    Commit,
    FileChange,
    FileHistory,
    Lacking,
    Step,
    Tip,
    Version,
)
from generator.history.versions import LARGEST, version, version_of
from generator.problems import FaultError
from generator.records import Claim

_FOLDER = "content/claims"
MOST_COMMITS = 50
"""How many commits of a claim its page shows; of the others it says how many there are."""
MOST_CHANGES = 50
"""The same of its changes."""
_NONE = FileHistory()


class Histories:
    """The histories of the claims of the site in `root`, from the commit or tag `start` on, if that is not empty."""

    def __init__(self, root: Path, store: Store, start: str) -> None:
        self.root = root
        self.start = start
        self._tips: Table[Tip] = Table(store, "tip", Tip)
        self._changes: Table[Change] = Table(store, "commit", Change)
        """By hash: every commit of the history, and maybe some that it no longer has."""
        self._files: Table[FileHistory] = Table(store, "history", FileHistory)
        self._versions: Table[Version] = Table(store, "version", Version)
        """By git's name for what a file held."""
        self._lengths: Table[int] = Table(store, "line", int)
        """How many commits the line of first parents has."""
        self._asked: Tip | None = None
        """What git said the last time, whether or not it could tell the rest."""
        self._ahead: tuple[Tip, Asked] | None = None
        """What git finds out of all commits up to a tip, before it is asked for."""
        self._noted: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _git(self) -> Git:
        return Git(self.root)

    def _tip_now(self) -> Tip:
        """What git says; raises FaultError where site.toml asks for a commit that is not there."""
        try:
            return self._git.tip(self.start)
        except NoHistoryError as error:
            return Tip(lacking=error.lacking)

    @property
    def lacking(self) -> Lacking | None:
        """Why pages have no history, as far as was asked."""
        return self._tip.lacking

    @contextmanager
    def beside(self) -> Iterator[None]:
        """While this lasts, git finds out what all commits changed, none of which is known yet.

        It has a processor of its own for that, if there is one. `update` takes it up.
        """
        with suppress(FaultError):  # `update` asks again, and says so
            tip = self._git.tip(self.start)
            self._ahead = tip, self._git.ask_changes(self._git.commits(tip), _FOLDER)
        try:
            yield
        finally:
            if self._ahead is not None:
                self._ahead[1].end()
                self._ahead = None

    def moved(self) -> bool:
        """Whether the repository has another history than the last build found. Raises FaultError as Git does."""
        return self._tip_now() != (self._asked or self._tips.get(""))

    def update(self) -> set[str] | None:
        """Bring what is known up to date.

        Returns the claims, and earlier ids, whose history is another now; None where that may be any.
        """
        before = self._tips.get("")
        self._asked = tip = self._tip_now()
        if tip == before:
            return set()
        if not tip.lacking:
            try:
                return self._follow(tip, before)
            except NoHistoryError as error:
                tip = replace(tip, lacking=error.lacking)
        if tip == before:
            return set()
        self._forget()
        self._tips.put("", tip)
        return None

    def _follow(self, tip: Tip, before: Tip | None) -> set[str] | None:
        """Learn all up to `tip`. Nothing is kept where that fails."""
        anew = before is None or before.lacking is not None or before.folder != tip.folder
        if anew:  # the site may stand elsewhere in its repository
            self._forget()
        new = None if anew or before is None else self._git.commits_after(tip, before)
        line = _line(new, tip) if new is not None else []
        if new is None or before is None or line[-1:] != [before.head]:
            found, length = self._of_all(tip)
            new = None
        else:
            found, length = self._of_new(tip, new, line[:-1])
        blobs = {path: blob for path, blob in self._git.blobs(tip, _FOLDER).items() if _is_claim(path)}
        changed: dict[str, FileHistory] = {}
        for path in {*self._files.names(), *blobs, *found}:
            old = self._files.get(path) or _NONE
            now = replace(found.get(path, old if new is not None else _NONE), blob=blobs.get(path, ""))
            if now != old:
                changed[path] = now
        self._read({blob for file in changed.values() for blob in _earlier(file)})
        for path, file in changed.items():
            self._files.put(path, file if file != _NONE else None)
        self._lengths.put("", length)
        self._tips.put("", tip)
        return None if anew else {unit_of(path)[2:] for path in changed}

    def _forget(self) -> None:
        for table in (self._changes, self._files, self._versions):
            for name in table.names():
                table.put(name, None)

    def _learn(self, tip: Tip, commits: Iterable[Parents]) -> None:
        new = [commit for commit in commits if self._changes.get(commit.hash) is None]
        if new:
            self._take(tip, self._git.ask_changes(new, _FOLDER))

    def _take(self, tip: Tip, asked: Asked) -> None:
        for change in self._git.changes(tip, asked):
            kept = Change(change.commit, _claims(change.files), _claims(change.line))
            self._changes.put(change.commit.hash, kept)

    def _of_all(self, tip: Tip) -> tuple[dict[str, FileHistory], int]:
        """The history of every file, from all commits there are, and how many the line has."""
        if self._ahead is not None and self._ahead[0] == tip:
            commits = self._ahead[1].commits
            self._take(tip, self._ahead[1])
        else:
            commits = self._git.commits(tip)
            self._learn(tip, commits)
        line = _line(commits, tip) if commits else []
        goes_on = bool(line) and line[-1] not in {commit.hash for commit in commits}
        if goes_on:
            line.pop()
        first = line[-1] if goes_on else ""  # what that changed is older than what is asked for
        return self._by_file(commits, line, 0, first, {}), len(line)

    def _of_new(self, tip: Tip, commits: list[Parents], line: list[str]) -> tuple[dict[str, FileHistory], int]:
        """The history of the files that `commits` touched, all of which come after whatever is known."""
        self._learn(tip, commits)
        length = self._lengths.get("") or 0
        known = {
            file.path: self._files.get(file.path) or _NONE
            for commit in commits
            for file in (*self._changes[commit.hash].files, *self._changes[commit.hash].line)
        }
        return self._by_file(commits, line, length, "", known), length + len(line)

    def _by_file(
        self, commits: list[Parents], line: list[str], length: int, first: str, known: dict[str, FileHistory]
    ) -> dict[str, FileHistory]:
        """The history of every file that these commits touched, after what is `known` of it.

        `line` goes on one of `length`; what the commit `first` left is where a file's steps begin.
        """
        positions = {hash: length + number for number, hash in enumerate(reversed(line), 1)}
        own: dict[str, list[str]] = {}
        steps: dict[str, list[Step]] = {}
        began: dict[str, str] = {}
        for commit in reversed(commits):
            change = self._changes[commit.hash]
            renames = any(not file.after for file in change.line)
            for file in change.line if commit.hash in positions else ():
                before = known.get(file.path, _NONE)
                if commit.hash == first and (file.before or renames):  # else the claim is no older
                    began[file.path] = file.after
                    continue
                if not before.steps and file.path not in steps:
                    began.setdefault(file.path, before.first or file.before)
                older = len(before.commits) + len(own.get(file.path, ()))
                step = Step(positions[commit.hash], commit.hash, file.after, older)
                steps.setdefault(file.path, []).append(step)
            for file in change.files:
                own.setdefault(file.path, []).append(commit.hash)
        found = {}
        for path in {*own, *steps, *began}:
            before = known.get(path, _NONE)
            found[path] = FileHistory(
                commits=(*reversed(own.get(path, ())), *before.commits),
                steps=(*reversed(steps.get(path, ())), *before.steps),
                first=began.get(path, before.first),
            )
        return found

    def _read(self, blobs: Iterable[str]) -> None:
        """Have the versions of these names."""
        new = sorted(blob for blob in blobs if self._versions.get(blob) is None)
        for blob, data in self._git.versions(new, LARGEST):
            self._versions.put(blob, version_of(data))

    # --- for pages ----------------------------------------------------------------------------------------------------

    def note(self, id: str, data: bytes) -> None:
        """What the file of a claim that is to be made holds now."""
        tip = self._ahead[0] if self._ahead is not None else self._tip
        self._noted[id] = tuple(blob_names(data, len(tip.head)))

    def read_noted(self) -> None:
        """Have the committed versions of all claims whose noted file is another now. Raises FaultError as `of` does."""
        if self.lacking is None:
            files = {id: self._files.get(_path(id)) or _NONE for id in self._noted}
            self._read_late({files[id].blob for id, noted in self._noted.items() if files[id].blob not in noted} - {""})

    def _read_late(self, blobs: Iterable[str]) -> None:
        """As `_read`, for what a checkout had at hand."""
        try:
            self._read(blobs)
        except NoHistoryError as error:
            raise FaultError(f"{error.lacking.why}: {error.lacking.help}") from error

    @property
    def _tip(self) -> Tip:
        return self._tips.get("") or Tip()

    def of(self, claim: Claim) -> ClaimHistory:
        """The history of a claim whose file was noted. It goes on with those of its earlier ids."""
        noted = self._noted.pop(claim.id)
        if self.lacking is not None:
            return ClaimHistory()
        files = {_path(id): self._files.get(_path(id)) or _NONE for id in (claim.id, *claim.aliases)}
        blob = files[_path(claim.id)].blob
        if blob in noted and self._versions.get(blob) is None:
            self._versions.put(blob, version(claim.claim, claim.verdict, claim.summary, claim.status))
        story = told(line_of(files), self._version)
        hashes = self._since(files, story)
        changes = [self._dated(step, change) for step, change in reversed(story.changes)]
        return ClaimHistory(
            changes=tuple(changes[:MOST_CHANGES]),
            changes_left_out=max(0, len(changes) - MOST_CHANGES),
            unread=story.unread,
            commits=tuple(self._changes[hash].commit for hash in hashes[:MOST_COMMITS]),
            left_out=max(0, len(hashes) - MOST_COMMITS),
            committed=any(file.commits for file in files.values()),
            uncommitted=blob not in noted,
        )

    def _version(self, blob: str) -> Version:
        if self._versions.get(blob) is None:
            self._read_late([blob])
        return self._versions[blob]

    def _dated(self, step: Step, change: ClaimChange) -> ClaimChange:
        return replace(change, commit=self._changes[step.hash].commit)

    def _since(self, files: dict[str, FileHistory], story: Told) -> list[str]:
        """The hashes of a claim's commits, the newest first, without those from before it was published."""
        if not story.published:
            return []
        if story.first is not None:
            position = story.first.position
            files = {path: replace(file, commits=_from(file, position)) for path, file in files.items()}
        own, *earlier = files.values()
        earlier.sort(key=self._newest, reverse=True)
        return list(dict.fromkeys(hash for file in (own, *earlier) for hash in file.commits))

    def _newest(self, file: FileHistory) -> str:
        commit: Commit | None = self._changes[file.commits[0]].commit if file.commits else None
        return f"{commit.date} {commit.hash}" if commit is not None else ""


def _line(commits: list[Parents], tip: Tip) -> list[str]:
    """The line of first parents from the tip on, and the commit after its end that `commits` does not have, if any."""
    parents = {commit.hash: commit.parents for commit in commits}
    line = [tip.head] if tip.head else []
    while line and (before := parents.get(line[-1])):
        line.append(before[0])
    return line


def _earlier(file: FileHistory) -> set[str]:
    """What a file held, under git's names, and does not hold at the tip."""
    return {file.first, *(step.blob for step in file.steps)} - {file.blob, ""}


def _from(file: FileHistory, position: int) -> tuple[str, ...]:
    """The hashes of a file's commits from the one at `position` of the line on."""
    older = next((step.older for step in reversed(file.steps) if step.position >= position), len(file.commits))
    return file.commits[: len(file.commits) - older]


def _claims(files: Iterable[FileChange]) -> tuple[FileChange, ...]:
    return tuple(file for file in files if _is_claim(file.path))


def _path(id: str) -> str:
    return f"{_FOLDER}/{id}.yaml"


def _is_claim(path: str) -> bool:
    """Whether a file at `path` is a claim's: others may be in the history under any name."""
    return unit_of(path)[:2] == "c:"
