"""What is known of a file's history."""

from __future__ import annotations

from msgspec import Struct


class Commit(Struct, frozen=True):
    """A commit: `date` is its committer's, with the offset; empty where git's own is no date."""

    hash: str
    date: str
    subject: str


class Change(Struct, frozen=True):
    """A commit with the files that it made anew: a merge only with those that are as in none of its parents."""

    commit: Commit
    files: tuple[str, ...]


class Tip(Struct, frozen=True):
    """Where a history ends, and where it begins: two commits. Empty: none yet, and the very first.

    `folder` is the site's folder in the repository, with a slash at its end; empty where that is the repository.
    """

    head: str = ""
    start: str = ""
    folder: str = ""


class FileHistory(Struct, frozen=True):
    """The hashes of the commits that touched a file, the newest first.

    `blob` is git's name for what the file holds at the tip; empty where it is not there.
    """

    commits: tuple[str, ...] = ()
    blob: str = ""


class ClaimHistory(Struct, frozen=True):
    """What a claim's page is given: the commits that touched the claim, the newest first.

    `left_out` is how many more there are; `uncommitted` says that the last commit does not hold the file as it is now.
    """

    commits: tuple[Commit, ...] = ()
    left_out: int = 0
    uncommitted: bool = False
