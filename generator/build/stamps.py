"""Stamps: which of a site's files may have changed since the last build, from one look at each.

A file counts as the same while its size, times of change (of its content and of its inode), inode and mode are. One
that changed so shortly before the look that a later change could leave the same stamp gets a stamp that never fits
(git's rule for "racily clean" entries).
"""

from __future__ import annotations

import os
import stat
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

import msgspec

Row = tuple[str, int, int, int, int, int]
"""A name with its size, mtime in ns, ctime in ns, inode and mode; the name alone means something for folders."""

FOLDERS = ("content", "content/claims", "content/articles", "content/stories", "content/pages", "content/media")
TREES = ("seeds",)
_MARGIN = 50_000_000  # ns: file systems keep times in steps, of some milliseconds on most
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Row])


class Look:
    """One look at a site's files: for each folder its rows in the order of names, hidden names left out."""

    def __init__(self, root: Path) -> None:
        self.began = time.time_ns()
        self.folders: dict[str, list[Row]] = {}
        base = os.fspath(root)
        self.folders[""] = list(_rows(base, ["site.toml"]))
        for folder in FOLDERS:
            self.folders[folder] = _listed(f"{base}/{folder}")
        for tree in TREES:
            self._tree(base, tree)

    @staticmethod
    def of_file(root: Path, path: str) -> list[Row]:
        """The row of a single file as it is now; none where it is not there."""
        return list(_rows(os.fspath(root), [path]))

    def _tree(self, base: str, tree: str) -> None:
        waiting = [tree]
        while waiting:
            folder = waiting.pop()
            rows = _listed(f"{base}/{folder}")
            if rows or folder == tree:
                self.folders[folder] = rows
            waiting += [f"{folder}/{row[0]}" for row in rows if stat.S_ISDIR(row[5])]

    def again(self, root: Path, paths: Iterable[str]) -> Changes:
        """Look at a few files again, which are given relative to the site; what is different now."""
        self.began = time.time_ns()
        changed: set[str] = set()
        come: set[str] = set()
        gone: set[str] = set()
        for path in paths:
            folder, _, name = path.rpartition("/")
            if not _is_seen(name):
                continue
            rows = self.folders.setdefault(folder, [])
            at = bisect_left(rows, name, key=itemgetter(0))
            known = at < len(rows) and rows[at][0] == name
            new = list(_rows(f"{os.fspath(root)}/{folder}", [name]))
            rows[at : at + known] = new
            if new:
                (changed if known else come).add(path)
            elif known:
                gone.add(path)
        return Changes(frozenset(changed), frozenset(come), frozenset(gone))

    def packed(self, folder: str) -> bytes:
        """The folder's rows as bytes, to be kept until the next look."""
        return _ENCODER.encode(self.folders[folder])

    def packed_for_later(self, folder: str) -> bytes:
        """The same, with stamps that never fit for what changed only just before the look."""
        last = self.began - _MARGIN
        rows = self.folders[folder]
        if any(row[2] >= last or row[3] >= last for row in rows):
            rows = [row if row[2] < last and row[3] < last else (row[0], -1, 0, 0, 0, row[5]) for row in rows]
        return _ENCODER.encode(rows)


def _listed(path: str) -> list[Row]:
    """The rows of a folder; none where it cannot be listed, which reading it reports."""
    rows = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if not _is_seen(name):
                    continue
                status = entry.stat(follow_symlinks=False)
                rows.append(
                    (
                        _printable(name),
                        status.st_size,
                        status.st_mtime_ns,
                        status.st_ctime_ns,
                        status.st_ino,
                        status.st_mode,
                    )
                )
    except OSError:
        return []
    rows.sort()
    return rows


def _is_seen(name: str) -> bool:
    """Whether a name is neither hidden nor an editor's backup."""
    return name[:1] != "." and name[-1:] != "~"


def _printable(name: str) -> str:
    """A name that is not UTF-8 in a form that can be packed."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _rows(base: str, names: list[str]) -> Iterator[Row]:
    for name in names:
        try:
            status = os.stat(f"{base}/{name}", follow_symlinks=False)
        except OSError:
            continue
        yield name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode


class Changes(msgspec.Struct, frozen=True):
    """Paths relative to the site. `changed` have other stamps, `come` are new, `gone` were there before."""

    changed: frozenset[str]
    come: frozenset[str]
    gone: frozenset[str]


def changes(look: Look, before: dict[str, bytes]) -> Changes:
    """What is different in `look` from the packed rows of an earlier one, by folder."""
    changed: set[str] = set()
    come: set[str] = set()
    gone: set[str] = set()
    for folder in {*look.folders, *before}:
        packed = before.get(folder)
        if folder in look.folders and packed == look.packed(folder):
            continue
        old = {row[0]: row for row in _DECODER.decode(packed)} if packed else {}
        new = {row[0]: row for row in look.folders.get(folder, ())}
        prefix = f"{folder}/" if folder else ""
        come.update(prefix + name for name in new.keys() - old.keys())
        gone.update(prefix + name for name in old.keys() - new.keys())
        for name in new.keys() & old.keys():
            if new[name] != old[name] and not _same_folder(new[name], old[name]):
                changed.add(prefix + name)
    return Changes(frozenset(changed), frozenset(come), frozenset(gone))


def _same_folder(one: Row, other: Row) -> bool:
    """Whether both are the same kind of folder: what is in it has rows of its own."""
    return stat.S_ISDIR(one[5]) and one[5] == other[5]
