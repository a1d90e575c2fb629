"""Releases: each build in a folder of its own, behind one link that is switched in one step.

    OUTPUT/current -> releases/000007
    OUTPUT/releases/000006, 000007, ...

Readers get the old site or the new one, whole. Files that are the same stand in both as hard links: Parallax never
writes into a file that is published, it puts another in its place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError
from generator.publish.manifest import NAME, read_manifest
from generator.publish.output import STAGING, Incomplete, Output, Published, clear

FOLDER, CURRENT = "releases", "current"
_NEXT, _LINK, _GONE = ".next", ".current", ".gone-"
_NONE = ".none"
"""The release before the first: there is never such a folder."""
_NAME = re.compile(r"[0-9]{6,9}").fullmatch
_TARGET = re.compile(rf"{FOLDER}/([0-9]{{6,9}})").fullmatch
_NO_LINKS = {errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP}
"""How file systems say that they have no hard links, or no more of them for this file."""


class Release(Struct, frozen=True):
    """A release of an output: how many files it has, when it was made, and whether readers see it."""

    name: str
    files: int
    made: str
    current: bool


class Releases(Output):
    """One build's way to a new release in `home`, of which `keep` are kept. Used as any other output."""

    def __init__(self, home: Path, workspace: Path, keep: int, adopt: bool = False) -> None:
        self.home = home
        self.keep = keep
        self.now = _current(home)
        super().__init__(home / FOLDER / (self.now or _NONE), workspace, adopt)

    def _home(self) -> Path:
        return self.home

    def _accepted(self, adopt: bool) -> dict[str, str]:
        if read_manifest(self.home) is not None:
            raise FaultError(
                f"{self.home} holds a site that was built without --releases: name another folder with --output, or "
                "remove this one"
            )
        folder = self.home / FOLDER
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            raise FaultError(f"{folder} is in the way: it is no folder of this output. Remove it, then build again")
        if not adopt and not self.now and self._has_others():
            raise FaultError(
                f"{self.home} holds files that Parallax did not make. Name another folder with --output, or add "
                f"--adopt to put {FOLDER}/ and {CURRENT} beside them: nothing else is touched"
            )
        return (read_manifest(self.folder) or {}) if self.now and not self.folder.is_symlink() else {}

    def _has_others(self) -> bool:
        """Whether anything stands in the folder but what a first build left that died before it was seen."""
        own = {FOLDER, STAGING, _LINK}
        if any(entry.name not in own for entry in self.home.iterdir()):
            return True
        releases = self.home / FOLDER
        names = os.listdir(releases) if releases.is_dir() else []
        return any(name != _NEXT and not (_NAME(name) and read_manifest(releases / name)) for name in names)

    def commit(self, finish: bool = True) -> Published:
        """Put together the new release, switch the link, then remove the oldest ones.

        Raises Incomplete where the release before lacks files that were to be linked from it.
        """
        self._refuse_surprise()
        self._settle()
        count = len(self.digests)
        releases = self.home / FOLDER
        releases.mkdir(exist_ok=True)
        old, next_ = self.folder, releases / _NEXT
        clear(next_)
        if self.now and not self.staged and self.digests == self.before:
            self._prune(self.now)
            return Published(count, 0, 0)
        next_.mkdir()
        name = _name_after([*_names(self.home), self.now])
        self.folder = next_
        try:
            rest = self.digests.keys() - set(self.staged)
            if rest and self._link(f"{old}", "", rest) < len(rest):
                raise Incomplete(f"{old} lost files while the next release was made from it: build again")
            self._move(self.staged)
            self._write_manifest(self.digests)
            os.rename(next_, releases / name)
        except BaseException:
            clear(next_)
            raise
        self.folder = releases / name
        _switch(self.home, name)
        self._left = self._found()
        self._prune(name)
        return Published(count, len(self.staged), len(self.before.keys() - self.digests.keys()), name)

    def _link(self, folder: str, prefix: str, wanted: set[str]) -> int:
        """Link the `wanted` files of an earlier release into this one; returns how many are there."""
        count = 0
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + os.fsencode(entry.name).decode("utf-8", "surrogateescape")
                if entry.is_dir(follow_symlinks=False):
                    count += self._link(entry.path, f"{path}/", wanted)
                elif path in wanted and entry.is_file(follow_symlinks=False):
                    self._folder(f"{self.folder}{folder.removeprefix(self._from)}")
                    _same_file(entry.path, f"{self.folder}{entry.path.removeprefix(self._from)}")
                    count += 1
        return count

    @property
    def _from(self) -> str:
        return f"{self.home / FOLDER / self.now}"

    def _prune(self, shown: str) -> None:
        """Remove the oldest releases, but not the one that is shown.

        One that cannot be removed stays, and is tried again after the next build.
        """
        for name in sorted(set(_names(self.home)) - {shown}, key=int, reverse=True)[self.keep - 1 :]:
            folder = self.home / FOLDER / name
            with contextlib.suppress(OSError):
                os.rename(folder, folder.with_name(f"{_GONE}{name}"))  # nobody can go back to half of one
        for entry in sorted(os.listdir(self.home / FOLDER)):
            if entry.startswith(_GONE):
                _remove(self.home / FOLDER / entry)


def listed(home: Path) -> list[Release]:
    """The releases in `home`, the oldest first."""
    found = []
    for name in _names(home):
        folder = home / FOLDER / name
        files = read_manifest(folder)
        if files is not None and not folder.is_symlink():
            made = datetime.fromtimestamp((folder / NAME).stat().st_mtime, UTC)
            found.append(Release(name, len(files), f"{made:%Y-%m-%d %H:%M:%S} UTC", name == _current(home)))
    return found


def use(home: Path, name: str) -> None:
    """Let readers see the release of this name. Raises FaultError where there is none."""
    if name not in (release.name for release in listed(home)):
        raise FaultError(f"there is no release {name} in {home}: the command “releases” lists those there are")
    try:
        _switch(home, name)
    except OSError as error:
        raise FaultError(f"{home / CURRENT} cannot be written: {error.strerror}") from error


def _current(home: Path) -> str:
    """The name of the release that readers see; empty where there is none. Raises FaultError where that is no link."""
    place = home / CURRENT
    try:
        target = os.readlink(place)
    except FileNotFoundError:
        return ""
    except OSError:
        target = ""
    found = _TARGET(target)
    if found is None:
        raise FaultError(f"{place} is no link to one of {FOLDER}/: name another folder with --output, or remove it")
    return found.group(1)


def _names(home: Path) -> list[str]:
    """The names of the releases in `home`, the oldest first."""
    try:
        return sorted(filter(_NAME, os.listdir(home / FOLDER)), key=int)
    except OSError:
        return []


def _name_after(names: list[str]) -> str:
    return f"{max((int(name) for name in names if name), default=0) + 1:06}"


def _switch(home: Path, name: str) -> None:
    """Lead the link to another release, in one step: there is no moment without it."""
    temporary = home / _LINK
    with contextlib.suppress(FileNotFoundError):  # a build that died left it
        temporary.unlink()
    os.symlink(f"{FOLDER}/{name}", temporary)
    os.replace(temporary, home / CURRENT)


def _same_file(source: str, target: str) -> None:
    """A hard link; where the file system has none, a copy."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def _remove(folder: Path) -> None:
    """Remove the files of a release that its manifest lists, and what folders are then empty. No link is followed."""
    files = read_manifest(folder) or {}
    base = os.fspath(folder)
    for place, folders, names in os.walk(base, topdown=False):
        prefix = place.removeprefix(base).lstrip("/")
        for name in names:
            path = os.fsencode(f"{prefix}/{name}" if prefix else name).decode("utf-8", "surrogateescape")
            if path in files:
                with contextlib.suppress(OSError):
                    os.unlink(f"{place}/{name}")
        for name in folders:
            with contextlib.suppress(OSError):
                os.rmdir(f"{place}/{name}")
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()
        folder.rmdir()
