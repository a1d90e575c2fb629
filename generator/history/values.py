"""What is known of a file's history."""

from __future__ import annotations

from msgspec import Struct


class Commit(Struct, frozen=True):
    """A commit: `date` is its committer's, with the offset; empty where git's own is no date."""

    hash: str
    date: str
    subject: str


class FileChange(Struct, frozen=True):
    """What a commit made of a file: git's names for what it held `before` and holds `after`, or nothing."""

    path: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """A commit with the `files` that it made anew: a merge only with those that are as in none of its parents.

    `line` has the files that are not as in its first parent: what the commit changed for whoever follows that line.
    """

    commit: Commit
    files: tuple[FileChange, ...] = ()
    line: tuple[FileChange, ...] = ()


class Lacking(Struct, frozen=True):
    """Why there is no history to be had, in words for an editor, and what to do about it."""

    why: str
    help: str


class Tip(Struct, frozen=True):
    """Where a history ends, and where it begins: two commits. Empty: none yet, and the very first.

    `folder` is the site's folder in the repository, with a slash at its end; empty where that is the repository.
    `lacking` is there where git cannot tell the history.
    """

    head: str = ""
    start: str = ""
    folder: str = ""
    lacking: Lacking | None = None


class Step(Struct, frozen=True):
    """A change of a file on the line of first parents, which is what a site was built from.

    `position` counts the line's commits from its first; `blob` is git's name for what the file holds from then on,
    empty where it is gone. `older` is how many of the file's commits are older.
    """

    position: int
    hash: str
    blob: str
    older: int


class FileHistory(Struct, frozen=True):
    """The hashes of the commits that touched a file, and its steps, the newest first.

    `blob` is git's name for what the file holds at the tip; empty where it is not there. `first` is that for what it
    held before its steps.
    """

    commits: tuple[str, ...] = ()
    blob: str = ""
    steps: tuple[Step, ...] = ()
    first: str = ""


class Version(Struct, frozen=True):
    """What a claim's file said of itself in one state. One that cannot be read has no `status`."""

    claim: str = ""
    verdict: str = ""
    summary: str = ""
    status: str = ""


Pair = tuple[str, str]
"""Before and after."""


class ClaimChange(Struct, frozen=True):
    """A commit with which a published claim became another: the wording, verdict or finding before and after.

    `event` is "published" (for the first time), "retracted", "restored" (retracted no longer), "withdrawn" (not online
    from then on), "returned" or empty.
    """

    commit: Commit
    event: str = ""
    verdict: Pair | None = None
    claim: Pair | None = None
    summary: Pair | None = None


class ClaimHistory(Struct, frozen=True):
    """What a claim's page is given: what changed since it was first published, and the commits since, the newest first.

    `changes_left_out` and `left_out` are how many more there are of each; `unread` is how many versions could not be
    compared. `committed` says that git has the claim at all, `uncommitted` that the last commit does not hold the file
    as it is now.
    """

    changes: tuple[ClaimChange, ...] = ()
    changes_left_out: int = 0
    unread: int = 0
    commits: tuple[Commit, ...] = ()
    left_out: int = 0
    committed: bool = False
    uncommitted: bool = False
