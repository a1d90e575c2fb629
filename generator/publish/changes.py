"""Changes: what differs between two outputs, by their manifests; and a copy of that for those who review it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError
from generator.publish.manifest import read_manifest

_PAGE = "index.html"


class Changes(Struct, frozen=True):
    """The paths that came, that hold something else, and that went, each sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """What changed from one output to another, each given with its files' digests by path."""
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def output_files(output: Path) -> dict[str, str]:
    """The files of an output with their digests. Raises FaultError where `output` is none of Parallax's."""
    files = read_manifest(output)
    if files is None:
        raise FaultError(f"{output} is no site that Parallax built: it has no manifest.json")
    return files


def is_page(path: str) -> bool:
    """Whether readers see this file as a page."""
    return path.endswith(".html")


def address(path: str) -> str:
    """The address of a file in an output."""
    return "/" + (path.removesuffix(_PAGE) if path == _PAGE or path.endswith("/" + _PAGE) else path)


def copy_changed(output: Path, found: Changes, files: Mapping[str, str], target: Path) -> int:
    """Copy the new and changed files of `output` into the new folder `target`, and all assets, for the looks.

    Returns how many files that is. Raises FaultError where they cannot be copied.
    """
    assets = [path for path in files if path.startswith("assets/")]
    paths = sorted({*found.new, *found.changed, *assets})
    try:
        target.mkdir(parents=True)
        for path in paths:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, target / path, follow_symlinks=False)
    except FileExistsError as error:
        raise FaultError(f"{target} is there already: name a new folder with --copy") from error
    except OSError as error:
        raise FaultError(f"{error.filename} cannot be copied to {target}: {error.strerror}") from error
    return len(paths)
