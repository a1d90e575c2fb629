"""A revision: the site's files as they were committed, of which only those are read that are different now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.against.values import Side
from generator.history.git import Git
from generator.history.parse import blob_names
from generator.ids import is_id
from generator.read.content import FOLDERS, Content, parse_record
from generator.records import FileRecord, Settings

SETTINGS = "site.toml"
_PLACES = (SETTINGS, "content", "seeds", "templates")


class Revision(Struct, frozen=True):
    """The site at a commit. `changed` are the paths of files that differ now, come or gone; `unread` those of the
    commit's own files that could not be understood.
    """

    commit: str
    side: Side
    changed: frozenset[str]
    unread: tuple[str, ...]


def read_revision(git: Git, name: str, content: Content) -> tuple[Revision, Side]:
    """The site of `git` at the revision of this name, and as `content` has it now. Raises FaultError as Git does."""
    commit = git.commit(name)
    then = git.files(commit, _PLACES)
    now = dict(_names(git.root, content, len(commit)))
    changed = {path for path in then.keys() | now.keys() if then.get(path) not in now.get(path, frozenset())}
    wanted = [path for path in sorted(changed & then.keys()) if path == SETTINGS or _kind(path)[0]]
    records: dict[str, dict[str, Any]] = {folder: dict(getattr(content, folder)) for folder in FOLDERS}
    settings = content.settings
    known = {folder: set(content.known[folder]) for folder in FOLDERS}
    for path in changed:
        folder, id = _kind(path)
        if folder:
            records[folder].pop(id, None)
            (known[folder].add if path in then else known[folder].discard)(id)
    if SETTINGS in changed:
        settings = None
    unread = []
    for path, data in zip(wanted, git.contents([then[path] for path in wanted]), strict=True):
        record = _record(path, data)
        if record is None:
            unread.append(path)
        elif isinstance(record, Settings):
            settings = record
        else:
            records[_kind(path)[0]][record.id] = record
    side = Side(
        settings=settings,
        known={folder: frozenset(ids) for folder, ids in known.items()},
        names={path: frozenset((blob,)) for path, blob in then.items()},
        **records,
    )
    return Revision(commit, side, frozenset(changed), tuple(unread)), Side(
        settings=content.settings,
        known={folder: content.known[folder] for folder in FOLDERS},
        names=now,
        **{folder: getattr(content, folder) for folder in FOLDERS},
    )


def _record(path: str, data: bytes) -> FileRecord | None:
    """The record that a file had, as far as it can be read; what was wrong in it then is no problem of today's."""
    if path == SETTINGS:
        return parse_record(Settings, "site", path, data)[0]
    folder, id = _kind(path)
    return parse_record(FOLDERS[folder][0], id, path, data)[0]


def _kind(path: str) -> tuple[str, str]:
    """The folder of content/ and the id of the record at `path`; two empty strings where none belongs there."""
    parts = path.split("/")
    if len(parts) == 3 and parts[0] == "content" and parts[1] in FOLDERS:
        stem, dot, ending = parts[2].rpartition(".")
        if dot + ending == FOLDERS[parts[1]][1] and is_id(stem):
            return parts[1], stem
    return "", ""


def _names(root: Path, content: Content, length: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Git's names for what each file holds now, by its path. Records have their bytes with them."""
    read: dict[str, bytes] = {
        record.path: record.source for folder in FOLDERS for record in getattr(content, folder).values()
    }
    for path in _paths(root):
        data = read.get(path)
        if data is None:
            try:
                data = (root / path).read_bytes()
            except OSError:  # which is a problem of its own where the file is content
                data = b""
        yield path, frozenset(blob_names(data, length))


def _paths(root: Path) -> Iterator[str]:
    """The regular files that a site is made from."""
    for place in _PLACES:
        if os.path.isfile(root / place):
            yield place
        top = os.fspath(root / place)
        for folder, folders, files in os.walk(top):
            folders.sort()
            for file in files:
                whole = os.path.join(folder, file)
                if not os.path.islink(whole) and os.path.isfile(whole):
                    yield os.fsencode(place + whole[len(top) :]).decode("utf-8", "backslashreplace")
