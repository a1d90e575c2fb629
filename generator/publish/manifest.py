"""manifest.json: what Parallax put into an output, with each file's SHA-256. Only what it lists is ever removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

NAME = "manifest.json"
_FORMAT = 1
_MADE_BY = "Parallax"


def read_manifest(output: Path) -> dict[str, str] | None:
    """The files of the output at `output` with their digests; None where there is no manifest of Parallax's.

    Paths that would leave the output are left out: a manifest may come from anywhere.
    """
    try:
        data = json.loads((output / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("made_by") != _MADE_BY or not isinstance(data.get("files"), dict):
        return None
    return {path: str(digest) for path, digest in data["files"].items() if is_inside(path)}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest of `files` (path to SHA-256), which lists everything but itself."""
    data = {"made_by": _MADE_BY, "format": _FORMAT, "files": dict(sorted(files.items()))}
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def is_inside(path: str) -> bool:
    """Whether a path of a manifest stays in its output, and is text that a manifest can hold."""
    try:
        path.encode()
    except UnicodeEncodeError:  # a file's name in some other encoding
        return False
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and "\\" not in path
        and "\0" not in path
        and ".." not in parts
        and path == "/".join(parts)
    )
