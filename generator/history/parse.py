"""What git printed, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from generator.history.values import Change, Commit
from generator.link.fold import visible

FORMAT = "%H%x00%cd%x00%s%x00"
_RAW_DATE = re.compile(r"(\d{1,12}) ([+-])(\d\d)(\d\d)").fullmatch


def changes(told: bytes) -> Iterator[Change]:
    """The commits of `git diff-tree --stdin -z --raw --date=raw --format=FORMAT`, in its order.

    Each is its hash, its date and its subject, then for each file a word that begins with a colon, and the path.
    """
    words = iter(told.split(b"\0"))
    commit: Commit | None = None
    files: list[str] = []
    for word in words:
        mark = word.lstrip(b"\n")
        if not mark:
            continue
        if mark[:1] == b":":
            files.append(next(words).decode("utf-8", "backslashreplace"))
            continue
        if commit is not None:
            yield Change(commit, tuple(files))
        files = []
        date, subject = next(words).decode(), next(words).decode("utf-8", "replace")
        commit = Commit(mark.decode(), date_of(date), " ".join(visible(subject).split()))
    if commit is not None:
        yield Change(commit, tuple(files))


def date_of(raw: str) -> str:
    """Git's seconds and offset ("1634445300 +0300") as a date; empty where that is none, as in a forged commit."""
    found = _RAW_DATE(raw)
    if not found:
        return ""
    minutes = int(found[3]) * 60 + int(found[4])
    offset = timezone(timedelta(minutes=-minutes if found[2] == "-" else minutes)) if minutes < 24 * 60 else UTC
    try:
        return datetime.fromtimestamp(int(found[1]), offset).isoformat()
    except (OverflowError, ValueError):
        return ""


def blobs(listing: bytes) -> Iterator[tuple[str, str]]:
    """The files of `git ls-tree -z`, each with git's name for what it holds."""
    for line in listing.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            yield path.decode("utf-8", "backslashreplace"), about.split()[2].decode()
