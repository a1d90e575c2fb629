"""Templates' files: those of the site, and those that come with Parallax for what it leaves out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError, Problem
from generator.read.files import decode, linked_folders

_COPY = "put a copy of the file itself there"
_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "templates"
DEFAULT_TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "templates"
"""The templates that come with Parallax: inside an installed package, beside it in a checkout."""


def template_sources(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """The text of each template by its path under templates/, the site's own before those that come with Parallax.

    Where a site has its own, the one that came with Parallax can be had under the same name behind a `!`, to add to it.
    A problem for each of the site's own that is no text or no file, for assets too: one that comes with Parallax does
    not stand in for it.
    """
    sources: dict[str, str] = {}
    own = root / "templates"
    problems = linked_folders(root, ("templates",))
    for folder in (DEFAULT_TEMPLATES, own):
        for file in _walk(folder):
            if not _is_file(file):
                if folder is own:
                    path = f"templates/{file.relative_to(folder).as_posix()}"
                    problems.append(Problem(path, 0, 0, "F005", "this is a symbolic link or no file", _COPY))
                continue
            name = file.relative_to(folder).as_posix()
            if file.suffix != ".html" or name.startswith("assets/"):
                continue
            path = f"templates/{name}"
            try:
                text = decode(path, file.read_bytes())
            except OSError as error:
                text = Problem(path, 1, 1, "F001", f"this file cannot be read: {error.strerror}")
            if isinstance(text, Problem):
                problems.append(text)
                sources.pop(name, None)
            else:
                if name in sources:
                    sources[f"!{name}"] = sources[name]
                sources[name] = text
    return sources, problems


class Asset(Struct, frozen=True):
    """A file under templates/assets/. `source` is its path in the site; empty where it comes with Parallax."""

    file: Path
    source: str


def assets(root: Path) -> dict[str, Asset]:
    """The files under templates/assets/ by their path in the output: the site's own before those of Parallax."""
    found: dict[str, Asset] = {}
    own = root / "templates" / "assets"
    for folder in (DEFAULT_TEMPLATES / "assets", own):
        if folder is own and own.parent.is_symlink():
            continue
        for file in filter(_is_file, _walk(folder)):
            # On disk names are UTF-8, in any locale.
            path = os.fsencode(file.relative_to(folder)).decode("utf-8", "surrogateescape")
            found[f"assets/{path}"] = Asset(file, f"templates/assets/{path}" if folder is own else "")
    return dict(sorted(found.items()))


def _walk(folder: Path) -> Iterator[Path]:
    """What stands under `folder` but folders, without hidden names; nothing where it is behind a link.

    A link to a folder is given as it is. Raises FaultError for what cannot be listed.
    """
    if folder.is_symlink():
        return

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise FaultError(f"{error.filename} cannot be read: {error.strerror}")

    for parent, folders, files in os.walk(folder, onerror=refuse):
        names = [name for name in (*folders, *files) if not name.startswith(".")]
        links = {name for name in folders if os.path.islink(Path(parent, name))}
        folders[:] = [name for name in folders if name in names and name not in links]
        yield from (Path(parent, name) for name in names if name not in folders)


def _is_file(file: Path) -> bool:
    return os.path.isfile(file) and not os.path.islink(file)
