"""Claims' histories: what git told of claims' files, kept between builds, so that each commit is asked for once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from generator.build.differences import unit_of
from generator.build.store import Store, Table
from generator.history.git import Git
from generator.history.parse import blob_names
from generator.history.values import Change, ClaimHistory, Commit, FileHistory, Tip
from generator.records import Claim

_FOLDER = "content/claims"
MOST_COMMITS = 50
"""How many commits of a claim its page shows; of the others it says how many there are."""
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
        self._blobs: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _git(self) -> Git:
        return Git(self.root)

    def moved(self) -> bool:
        """Whether the repository has another history than the last build found. Raises FaultError as Git does."""
        return self._git.tip(self.start) != self._tips.get("")

    def update(self) -> set[str]:
        """Bring what is known up to date; returns the claims, and earlier ids, whose history is another now."""
        tip, before = self._git.tip(self.start), self._tips.get("")
        if tip == before:
            return set()
        if before is not None and tip.folder != before.folder:  # the site stands elsewhere in its repository
            self._forget()
            before = None
        new = self._git.commits_after(tip, before) if before is not None else None
        commits = self._of_all(tip) if new is None else self._of_new(tip, new)
        blobs = {path: blob for path, blob in self._git.blobs(tip, _FOLDER).items() if _is_claim(path)}
        changed = set()
        for path in {*self._files.names(), *blobs, *commits}:
            old = self._files.get(path)
            known = old.commits if old is not None else ()
            now = FileHistory(commits.get(path, known if new is not None else ()), blobs.get(path, ""))
            if now != (old or _NONE):
                self._files.put(path, now if now != _NONE else None)
                changed.add(path)
        self._tips.put("", tip)
        return {unit_of(path)[2:] for path in changed}

    def _forget(self) -> None:
        for table in (self._changes, self._files):
            for name in table.names():
                table.put(name, None)

    def _learn(self, tip: Tip, hashes: Iterable[str]) -> None:
        for change in self._git.changes(tip, [hash for hash in hashes if self._changes.get(hash) is None], _FOLDER):
            self._changes.put(change.commit.hash, Change(change.commit, tuple(filter(_is_claim, change.files))))

    def _of_all(self, tip: Tip) -> dict[str, tuple[str, ...]]:
        """The commits of every file, from all commits there are."""
        hashes = self._git.commits(tip)
        self._learn(tip, hashes)
        return self._by_file(hashes)

    def _of_new(self, tip: Tip, hashes: list[str]) -> dict[str, tuple[str, ...]]:
        """The commits of the files that `hashes` touched, all of which come after whatever is known."""
        self._learn(tip, hashes)
        found = self._by_file(hashes)
        return {path: (*new, *(self._files.get(path) or _NONE).commits) for path, new in found.items()}

    def _by_file(self, hashes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for hash in hashes:
            for path in self._changes[hash].files:
                found.setdefault(path, []).append(hash)
        return {path: tuple(commits) for path, commits in found.items()}

    # --- for pages ----------------------------------------------------------------------------------------------------

    def note(self, id: str, data: bytes) -> None:
        """What the file of a claim that is to be made holds now."""
        self._blobs[id] = tuple(blob_names(data, len(self._tip.head)))

    @property
    def _tip(self) -> Tip:
        return self._tips.get("") or Tip()

    def of(self, claim: Claim) -> ClaimHistory:
        """The history of a claim whose file was noted. It goes on with those of its earlier ids."""
        own = self._files.get(_path(claim.id)) or _NONE
        earlier = [self._files.get(_path(alias)) or _NONE for alias in claim.aliases]
        earlier.sort(key=self._newest, reverse=True)
        hashes = list(dict.fromkeys(hash for file in (own, *earlier) for hash in file.commits))
        return ClaimHistory(
            commits=tuple(self._changes[hash].commit for hash in hashes[:MOST_COMMITS]),
            left_out=max(0, len(hashes) - MOST_COMMITS),
            uncommitted=own.blob not in self._blobs.pop(claim.id),
        )

    def _newest(self, file: FileHistory) -> str:
        commit: Commit | None = self._changes[file.commits[0]].commit if file.commits else None
        return f"{commit.date} {commit.hash}" if commit is not None else ""


def _path(id: str) -> str:
    return f"{_FOLDER}/{id}.yaml"


def _is_claim(path: str) -> bool:
    """Whether a file at `path` is a claim's: others may be in the history under any name."""
    return unit_of(path)[:2] == "c:"
