"""What git printed, as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from generator.history.values import Change, Commit, FileChange
from generator.link.fold import visible

FORMAT = "%H%x00%cd%x00%s%x00"
_PLAIN_FILE = "100"
"""How the mode of a file begins that is neither a link, nor another repository, nor nothing."""
_RAW_DATE = re.compile(r"(\d{1,12}) ([+-])(\d\d)(\d\d)").fullmatch


def changes(told: bytes) -> Iterator[Change]:
    """The commits of `git diff-tree --stdin -z --raw --date=raw --format=FORMAT`, in its order.

    Each is its hash, its date and its subject, then for each file a word that begins with a colon, and the path.
    Their `line` is left empty.
    """
    words = iter(told.split(b"\0"))
    commit: Commit | None = None
    files: list[FileChange] = []
    for word in words:
        mark = word.lstrip(b"\n")
        if not mark:
            continue
        if mark[:1] == b":":
            files.append(_file(mark.decode(), next(words).decode("utf-8", "backslashreplace")))
            continue
        if commit is not None:
            yield Change(commit, tuple(files))
        files = []
        date, subject = next(words).decode(), next(words).decode("utf-8", "replace")
        commit = Commit(mark.decode(), date_of(date), " ".join(visible(subject).split()))
    if commit is not None:
        yield Change(commit, tuple(files))


def _file(told: str, path: str) -> FileChange:
    """A file's change from git's modes and names: as many colons as there are parents, their modes, its own, and so on.

    Of a merge, what stood before is not told: there are several.
    """
    parents = len(told) - len(told.lstrip(":"))
    words = told.lstrip(":").split()
    modes, blobs = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    held = [blob if mark.startswith(_PLAIN_FILE) else "" for mark, blob in zip(modes, blobs, strict=True)]
    return FileChange(path, held[0] if parents == 1 else "", held[-1])


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


def regular_files(listing: bytes) -> Iterator[tuple[str, str]]:
    """The regular files of `git ls-tree -z`, each with git's name for what it holds: no links, no submodules."""
    for line in listing.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab and about.startswith(b"100"):
            yield path.decode("utf-8", "backslashreplace"), about.split()[2].decode()


def contents(told: bytes) -> list[bytes]:
    """What `git cat-file --batch` printed, a file each; it ends before the first that git does not have."""
    found = []
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        about = told[at:end].split()
        if len(about) != 3:
            break
        size = int(about[2])
        found.append(told[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return found


def blob_name(data: bytes, length: int) -> str:
    """Git's name for a file that holds `data`, in a repository whose names are of this length."""
    whole = b"blob %d\0%b" % (len(data), data)
    return (hashlib.sha256(whole) if length == 64 else hashlib.sha1(whole, usedforsecurity=False)).hexdigest()


def blob_names(data: bytes, length: int) -> set[str]:
    """Git's names for a file that holds `data` here: it may have been given other line ends when it was checked out."""
    return {blob_name(form, length) for form in {data, data.replace(b"\r\n", b"\n")}}
