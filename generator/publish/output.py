"""Putting a site online: files are staged as they come, and moved into place when the last has come."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from io import FileIO
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError
from generator.publish.lock import locked_output
from generator.publish.manifest import NAME, is_inside, manifest_bytes, read_manifest
from generator.publish.regular import read_regular
from generator.publish.workspace import make_workspace

STAGING = ".parallax-staging"
"""Where files are staged in an output that is on another file system than the site."""


class Incomplete(FaultError):
    """Files that an earlier build put into an output are not there: nothing of it can be taken on trust."""


class Published(Struct, frozen=True):
    """What a build changed online; `files` counts all but the manifest.

    `release` is the name of the new release, if there is one.
    """

    files: int
    written: int
    removed: int
    release: str = ""


class Output:
    """One build's way into `folder`. `stage` every file, then `commit`; until then nothing online has changed.

    `workspace` is the site's own `.parallax/`, where staging happens if it is on the output's file system. After
    `keep_rest` only what is to change need be staged, and what is to go is named with `drop`.
    """

    def __init__(self, folder: Path, workspace: Path, adopt: bool = False) -> None:
        self.folder = folder
        self.workspace = workspace
        self.before = self._accepted(adopt)
        self._first: set[str] | None = None
        """The names on the output's first level, once they were asked for."""
        self._left = self._found()
        """What tells the output as it was found, or as this build last left it."""
        self.digests: dict[str, str] = {}
        self.staged: list[str] = []
        self.staging = self._staging(workspace)
        self._folders: set[str] = set()
        """Those that are known to be there."""
        self._unwritten: dict[str, str] | None = None
        """What the output holds, while its manifest does not say so."""
        self.kept = False
        """Whether what is not staged stays."""
        self._dropped: set[str] = set()

    def mark(self) -> str:
        """What tells this output, as an earlier build left it, from any other and from what others made of it.

        Of what stands in it only the first level is looked at: a folder shows there that something came or went.
        Deeper ones would take a look at every page.
        """
        if self._first is None:
            self._first = set(_first_steps(sorted(self.before)))
        self._first.update(path.partition("/")[0] for path in self.made())
        seen = {name: _when(_at(self.folder, name)) for name in sorted(self._first)}
        there = [f"{name} {when}" for name, when in seen.items() if when]
        return "\n".join([f"{self.folder.resolve()} {self._manifest()}", *there])

    def _manifest(self) -> str:
        try:
            changed = os.stat(self.folder / NAME, follow_symlinks=False).st_ctime_ns
        except OSError:
            return ""
        return f"{_when(f'{self.folder}/{NAME}')} {changed}"

    def _found(self) -> tuple[object, str]:
        try:
            status = os.stat(self.folder)
        except OSError:
            return None, ""
        return (status.st_dev, status.st_ino), self._manifest()

    def keep_rest(self) -> None:
        """What is not staged stays as it is: this output is known to be as an earlier build left it."""
        self.kept = True

    def has(self, path: str) -> bool:
        """Whether a file will be at `path`, as far as is known by now."""
        return path in self.digests or (self.kept and path in self.before and path not in self._dropped)

    def has_staged(self, path: str) -> bool:
        """Whether this build put a file there, whether or not it was there already."""
        return path in self.digests

    def paths(self) -> Iterator[str]:
        """Every file that there will be, as far as is known by now, in no order."""
        yield from self.digests
        if self.kept:
            yield from (path for path in self.before if path not in self.digests and path not in self._dropped)

    def touched(self) -> set[str]:
        """What this build staged, and what is to go."""
        return self.digests.keys() | self._dropped

    def read(self, path: str) -> bytes | None:
        """The bytes at `path`, of this build where it staged any that are new, else of what is online; None of none."""
        for folder in (self.staging, self.folder):
            with contextlib.suppress(OSError):
                return read_regular(_at(folder, path))
        return None

    def digest(self, path: str) -> str:
        """The SHA-256 of the file at `path` after the last build; empty where there is none."""
        return self.digests.get(path) or (self.before.get(path, "") if self.kept else "")

    def changes(self) -> bool:
        """Whether `commit` has anything to do."""
        return not self.kept or bool(self.staged or self._dropped & self.before.keys())

    def made(self) -> list[str]:
        """The paths of what is new; without `keep_rest` all that was staged, new or not."""
        return list(self.staged if self.kept else self.digests)

    def data(self, path: str) -> bytes:
        """The bytes of a file that was staged."""
        try:
            return read_regular(_at(self.staging, path))
        except FileNotFoundError:  # it is online as it was staged
            return read_regular(_at(self.folder, path))

    def dropped(self) -> list[str]:
        return sorted(self._dropped)

    def drop(self, path: str) -> None:
        """A file of the earlier build that the site no longer has."""
        self._dropped.add(path)

    def _accepted(self, adopt: bool) -> dict[str, str]:
        """The files that an earlier build left. Raises FaultError for a folder that Parallax did not make."""
        if self.folder.exists() and not self.folder.is_dir():
            raise FaultError(f"{self.folder} is no folder: name another with --output")
        before = read_manifest(self.folder)
        if before is None and (self.folder / "current").is_symlink() and (self.folder / "releases").is_dir():
            raise FaultError(f"{self.folder} holds releases: add --releases, or name another folder with --output")
        if before is None and not adopt and self.folder.is_dir() and self._has_others():
            raise FaultError(
                f"{self.folder} holds files that Parallax did not make. Name another folder with --output, or add "
                "--adopt to publish into this one: files of the same names are replaced, no other is touched"
            )
        return before or {}

    def _has_others(self) -> bool:
        """Whether anything stands in the folder but what a build left that died before it published anything."""
        return any(entry.name != STAGING for entry in self.folder.iterdir())

    def _home(self) -> Path:
        """The folder that was named for the output."""
        return self.folder

    def _staging(self, workspace: Path) -> Path:
        home = self._home()
        try:
            home.mkdir(parents=True, exist_ok=True)
            make_workspace(workspace)
            same = os.stat(workspace).st_dev == os.stat(home).st_dev
            staging = workspace / ".staging" if same else home / STAGING
            clear(staging)  # a build that died left it
            staging.mkdir()
        except OSError as error:
            raise FaultError(f"{home} cannot be written: {error.strerror}") from error
        return staging

    def stage(self, path: str, data: bytes) -> None:
        """Keep a file for `commit`; one that is online already, byte for byte, is only counted.

        Raises FaultError for a path that no output can hold, or that was staged before.
        """
        if path in self.digests or path == NAME or not is_inside(path):
            why = "two files of the site would stand there" if path in self.digests else "the path cannot be used"
            raise FaultError(f"{path} cannot be published: {why}")
        digest = hashlib.sha256(data).hexdigest()
        self.digests[path] = digest
        if self.before.get(path) == digest if self.kept else self._online(path, data):
            return
        target = _at(self.staging, path)
        self._folder(os.path.dirname(target))
        with open(target, "wb", buffering=0) as file:
            _write_all(file, data)
        self.staged.append(path)

    def _online(self, path: str, data: bytes) -> bool:
        target = _at(self.folder, path)
        if not self.before and not os.path.lexists(target):
            return False
        try:
            return read_regular(target) == data
        except OSError:
            return False

    def _folder(self, folder: str) -> None:
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)

    def commit(self, finish: bool = True) -> Published:
        """Move the staged files into place, in the order of their staging, then remove what the site no longer has.

        Before anything else changes, the manifest names every file that the output will hold, so that a build that dies
        here leaves nothing that the next one does not know as its own. Without `finish`, the caller calls that itself.
        """
        if not self.changes():
            return Published(len(self.before), 0, 0)
        self._refuse_surprise()
        self._settle()
        gone = sorted(self.before.keys() - self.digests.keys() - {NAME})
        needed = {folder for path in self.staged for folder in _folders_of(path)}
        in_the_way = {path for path in gone if path in needed and os.path.isfile(_at(self.folder, path))}
        self._refuse_links([*self.staged, *gone], in_the_way)
        if not self.digests.keys() <= self.before.keys():
            self._write_manifest({**self.before, **self.digests})
        removed = sum(self._remove(path) for path in in_the_way)
        self._move(self.staged)
        removed += sum(self._remove(path) for path in gone if path not in in_the_way)
        self._unwritten = self.digests
        if finish:
            self.finish()
        return Published(len(self.digests), len(self.staged), removed)

    def _refuse_surprise(self) -> None:
        """Raises FaultError where the output is not as it was found: what is not staged would be missing from it."""
        if self._found() != self._left:
            raise FaultError(f"{self.folder} was changed by something else during the build: build again")

    def _settle(self) -> None:
        """Let `digests` tell of all that there will be."""
        if self.kept:
            new, self.digests = self.digests, self.before.copy()
            for path in (*self._dropped, NAME):
                self.digests.pop(path, None)
            self.digests.update(new)

    def finish(self) -> None:
        """Write down in the manifest what the output holds now, unless it says so.

        Raises FaultError where somebody else changed the output meanwhile.
        """
        if self._unwritten is None:
            return
        surprised = self._found() != self._left
        if not self._online(NAME, manifest_bytes(self._unwritten)):
            self._write_manifest(self._unwritten)
        self._unwritten = None
        if surprised:
            raise FaultError(f"{self.folder} was changed by something else while it was published: build again")

    def again(self) -> None:
        """Begin another build into the same output, of which all is known."""
        if self.changes():
            self.before = self.digests
        self._first = None
        self.digests, self.staged, self._dropped, self._folders = {}, [], set(), set()
        self.kept = True
        self.staging = self._staging(self.workspace)

    def _move(self, paths: Sequence[str]) -> None:
        """Move files into place in their order: a folder that nothing stands in yet is moved as one."""
        moved: set[str] = set()
        for path in paths:
            top = path.split("/", 1)[0]
            if top in moved:
                continue
            if top != path and not os.path.lexists(_at(self.folder, top)):
                os.replace(_at(self.staging, top), _at(self.folder, top))
                moved.add(top)
                continue
            target = _at(self.folder, path)
            self._folder(os.path.dirname(target))
            os.replace(_at(self.staging, path), target)

    def _refuse_links(self, paths: Sequence[str], in_the_way: Set[str]) -> None:
        """A link inside the output could lead writing and removing out of it; a folder can't be replaced by a file.

        `in_the_way` are files of the earlier build where this one needs folders: they go first.
        """
        lacking: set[str] = set()
        for folder in {folder: None for path in paths for folder in _folders_of(path)}:
            if os.path.dirname(folder) in lacking:
                lacking.add(folder)
                continue
            current = _at(self.folder, folder)
            if not os.path.lexists(current):
                lacking.add(folder)
            elif folder not in in_the_way and (os.path.islink(current) or not os.path.isdir(current)):
                raise FaultError(
                    f"{current} is in the way: it is no folder of this output. Remove it, then build again"
                )
        for path in paths:
            target = _at(self.folder, path)
            if os.path.dirname(path) not in lacking and os.path.isdir(target) and not os.path.islink(target):
                raise FaultError(
                    f"{target} is in the way: a folder stands where a file belongs. Remove it, then build again"
                )

    def _write_manifest(self, files: dict[str, str]) -> None:
        self.staging.mkdir(exist_ok=True)  # closed, maybe, after the files were moved
        staged = self.staging / NAME
        staged.write_bytes(manifest_bytes(files))
        os.replace(staged, self.folder / NAME)
        self._left = self._found()

    def _remove(self, path: str) -> int:
        target = Path(_at(self.folder, path))
        try:
            target.unlink()
        except (FileNotFoundError, ValueError):  # gone already, or a name that no file can have
            return 0
        for folder in target.parents:
            if folder == self.folder:
                break
            try:
                folder.rmdir()
            except OSError:  # other files are in it
                break
        return 1

    def close(self) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)


@contextlib.contextmanager
def opened(
    folder: Path, workspace: Path, adopt: bool = False, releases: int = 0, patience: float = 0
) -> Iterator[Output]:
    """An output for one build, whose staging is cleared whatever happens. Nobody else publishes into it meanwhile.

    With `releases`, each build is a folder of its own in it, and so many are kept. A full disk and the like become a
    FaultError.
    """
    try:
        with locked_output(folder, patience):
            if releases:
                from generator.publish.releases import Releases

                output: Output = Releases(folder, workspace, releases, adopt)
            else:
                output = Output(folder, workspace, adopt)
            try:
                yield output
            finally:
                output.close()
    except OSError as error:
        raise FaultError(
            f"the site could not be written: {error.strerror or error} ({error.filename or folder})"
        ) from error


def clear(folder: Path) -> None:
    """Remove what a build staged, or whatever else stands in that place. No link is followed."""
    if os.path.islink(folder) or os.path.isfile(folder):
        os.unlink(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _first_steps(paths: list[str]) -> Iterator[str]:
    """The first steps of sorted paths, without a look at each: all that begins as a folder does is passed over."""
    at = 0
    while at < len(paths):
        name, inside, _ = paths[at].partition("/")
        yield name
        at = bisect_left(paths, f"{name}0", at + 1) if inside else at + 1  # in order, 0 is next to /


def _when(path: str) -> str:
    """What tells a file or a folder from one that was changed or put in its place; empty where there is none."""
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _at(folder: Path, path: str) -> str:
    """Where a path of the output is on the disk: there names are UTF-8, in any locale."""
    return f"{folder}/{path if path.isascii() else os.fsdecode(path.encode())}"


def _write_all(file: FileIO, data: bytes) -> None:
    """Write every byte: one call may write fewer."""
    done = file.write(data) or 0
    while done < len(data):
        done += file.write(memoryview(data)[done:]) or 0


def _folders_of(path: str) -> Iterator[str]:
    """The folders that a path leads through, the outermost first."""
    return accumulate(path.split("/")[:-1], "{}/{}".format)
