"""Putting a site online: files are staged as they come, and moved into place when the last has come."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError
from generator.publish.manifest import NAME, manifest_bytes, read_manifest


class Published(Struct, frozen=True):
    """What a build changed online; `files` counts all but the manifest."""

    files: int
    written: int
    removed: int


class Output:
    """One build's way into `folder`. `stage` every file, then `commit`; until then nothing online has changed.

    `workspace` is the site's own `.parallax/`, where staging happens if it is on the output's file system.
    """

    def __init__(self, folder: Path, workspace: Path, adopt: bool = False) -> None:
        self.folder = folder
        self.before = self._accepted(adopt)
        self.digests: dict[str, str] = {}
        self.staged: list[str] = []
        self.staging = self._staging(workspace)
        self._folders: set[Path] = set()

    def _accepted(self, adopt: bool) -> dict[str, str]:
        """The files that an earlier build left. Raises FaultError for a folder that Parallax did not make."""
        if self.folder.exists() and not self.folder.is_dir():
            raise FaultError(f"{self.folder} is no folder: name another with --output")
        before = read_manifest(self.folder)
        if before is None and not adopt and self.folder.is_dir() and any(self.folder.iterdir()):
            raise FaultError(
                f"{self.folder} holds files that Parallax did not make. Name another folder with --output, or add "
                "--adopt to publish into this one: files of the same names are replaced, no other is touched"
            )
        return before or {}

    def _staging(self, workspace: Path) -> Path:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            workspace.mkdir(exist_ok=True)
            same = os.stat(workspace).st_dev == os.stat(self.folder).st_dev
            staging = (workspace if same else self.folder) / ".staging"
            shutil.rmtree(staging, ignore_errors=True)  # a build that died left it
            staging.mkdir()
        except OSError as error:
            raise FaultError(f"{self.folder} cannot be written: {error.strerror}") from error
        return staging

    def stage(self, path: str, data: bytes) -> None:
        """Keep a file for `commit`; one that is online already, byte for byte, is only counted."""
        self.digests[path] = hashlib.sha256(data).hexdigest()
        if self._online(path, data):
            return
        target = self.staging / path
        self._folder(target.parent)
        with open(target, "wb") as file:
            file.write(data)
        self.staged.append(path)

    def _online(self, path: str, data: bytes) -> bool:
        target = self.folder / path
        try:
            with open(target, "rb") as file:
                return os.fstat(file.fileno()).st_size == len(data) and file.read() == data and not target.is_symlink()
        except OSError:
            return False

    def _folder(self, folder: Path) -> None:
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def commit(self) -> Published:
        """Move the staged files into place, in the order of their staging, then remove what the site no longer has.

        Before anything else changes, the manifest names every file that the output will hold, so that a build that dies
        here leaves nothing that the next one does not know as its own.
        """
        gone = [path for path in self.before if path not in self.digests and path != NAME]
        in_the_way = [path for path in gone if self._is_folder_now(path)]
        for path in (*self.staged, *gone):
            self._refuse_links(path, in_the_way)
        if not self.digests.keys() <= self.before.keys():
            self._write_manifest({**self.before, **self.digests})
        removed = sum(self._remove(path) for path in in_the_way)
        for path in self.staged:
            target = self.folder / path
            self._folder(target.parent)
            os.replace(self.staging / path, target)
        removed += sum(self._remove(path) for path in gone if path not in in_the_way)
        manifest = manifest_bytes(self.digests)
        if not self._online(NAME, manifest):
            self._write_manifest(self.digests)
        return Published(len(self.digests), len(self.staged), removed)

    def _is_folder_now(self, path: str) -> bool:
        """Whether a file of the earlier build stands where this one needs a folder."""
        return any(other.startswith(f"{path}/") for other in self.staged) and (self.folder / path).is_file()

    def _refuse_links(self, path: str, in_the_way: list[str]) -> None:
        """A link inside the output could lead writing and removing out of it; a folder can't be replaced by a file."""
        current = self.folder
        *folders, _ = path.split("/")
        for name in folders:
            current = current / name
            if current.relative_to(self.folder).as_posix() in in_the_way:
                return
            if current.is_symlink() or (current.exists() and not current.is_dir()):
                raise FaultError(
                    f"{current} is in the way: it is no folder of this output. Remove it, then build again"
                )
        target = self.folder / path
        if target.is_dir() and not target.is_symlink():
            raise FaultError(
                f"{target} is in the way: a folder stands where a file belongs. Remove it, then build again"
            )

    def _write_manifest(self, files: dict[str, str]) -> None:
        staged = self.staging / NAME
        staged.write_bytes(manifest_bytes(files))
        os.replace(staged, self.folder / NAME)

    def _remove(self, path: str) -> int:
        target = self.folder / path
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
def opened(folder: Path, workspace: Path, adopt: bool = False) -> Iterator[Output]:
    """An output for one build, whose staging is cleared whatever happens.

    A full disk and the like become a FaultError.
    """
    output = Output(folder, workspace, adopt)
    try:
        yield output
    except OSError as error:
        raise FaultError(
            f"the site could not be written: {error.strerror or error} ({error.filename or folder})"
        ) from error
    finally:
        output.close()
