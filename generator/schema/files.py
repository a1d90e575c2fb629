"""Files: a site's schemas in .parallax/schema/, where its files and an editor's settings point to."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path

from generator.problems import FaultError, Problem
from generator.publish.workspace import make_workspace
from generator.read.content import TYPES, parse_record, read_layout, read_settings
from generator.read.files import Files, require_site
from generator.records import FileRecord
from generator.schema.choices import Site, site_choices
from generator.schema.schemas import schemas

_WORKSPACE, _NAME = ".parallax", "schema"
FOLDER = f"{_WORKSPACE}/{_NAME}"


def pointer(name: str) -> str:
    """The first line of a file in a folder of content/, by which the YAML language server finds its schema."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{name}.json\n"


def write_schemas(root: Path) -> list[str]:
    """Write the schemas of the site in `root`, where they changed; returns the paths of all, relative to `root`.

    Raises FaultError where there is no site, or the files cannot be written.
    """
    choices = read_choices(root)
    workspace = root / _WORKSPACE
    try:
        make_workspace(workspace)
    except OSError as error:
        raise FaultError(f"{workspace} cannot be written: {error.strerror}") from error
    return [f"{FOLDER}/{name}" for name in write_choices(workspace, choices)]


def write_choices(workspace: Path, choices: Site) -> list[str]:
    """Write the schemas of a site that has `choices` into its `.parallax/`; returns their names. Raises FaultError."""
    names = []
    for name, schema in schemas(choices).items():
        data = (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
        _write(workspace / _NAME / f"{name}.json", data)
        names.append(f"{name}.json")
    return names


def has_schemas(workspace: Path) -> bool:
    """Whether schemas were written into the `.parallax/` of a site. A link that leads elsewhere is none of them."""
    folder = workspace / _NAME
    return folder.is_dir() and not folder.is_symlink() and not workspace.is_symlink()


def read_choices(root: Path) -> Site:
    """What a site's fields can choose from. Files that cannot be read are no hindrance: `check` tells of them."""
    require_site(root)
    files = Files(root)
    layout = read_layout(root)
    records: dict[str, dict[str, FileRecord]] = {}
    for folder, paths in layout.paths.items():
        found = ((id, _record(files, TYPES[folder], id, path)) for id, path in paths.items())
        records[folder] = {id: record for id, record in found if record is not None}
    return site_choices(read_settings(files, []), records, layout.known)


def _record(files: Files, type_: type[FileRecord], id: str, path: str) -> FileRecord | None:
    data = files.read(path)
    return None if isinstance(data, Problem) else parse_record(type_, id, path, data)[0]


def _write(path: Path, data: bytes) -> None:
    """Put `data` in the file at `path` in one step, where it is not there already."""
    try:
        with contextlib.suppress(FileNotFoundError):
            if not path.is_symlink() and path.read_bytes() == data:
                return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, staged = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.chmod(staged, 0o644)
            os.replace(staged, path)
        except BaseException:
            os.unlink(staged)
            raise
    except OSError as error:
        raise FaultError(f"{path} cannot be written: {error.strerror}") from error
