"""manifest.json: what Parallax put into an output, with each file's SHA-256. Only what it lists is ever removed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from generator.publish.regular import read_regular

NAME = "manifest.json"
_FORMAT = 1
_MADE_BY = "Parallax"


class _Manifest(Struct):
    made_by: str
    files: dict[str, str]
    format: int = _FORMAT


_DECODER = msgspec.json.Decoder(_Manifest)


def read_manifest(output: Path) -> dict[str, str] | None:
    """The files of the output at `output` with their digests; None where there is no manifest of Parallax's.

    Paths that would leave the output are left out: a manifest may come from anywhere.
    """
    try:
        packed = read_regular(output / NAME)
        try:
            data = _DECODER.decode(packed)
        except msgspec.DecodeError:  # such as half a character, escaped, which the standard library reads
            data = msgspec.convert(json.loads(packed), _Manifest)
    except (OSError, ValueError, RecursionError):
        return None
    if data.made_by != _MADE_BY:
        return None
    if all(map(_PLAIN, data.files)):
        return data.files
    return {path: digest for path, digest in data.files.items() if is_inside(path)}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest of `files` (path to SHA-256), which lists everything but itself."""
    data = {"made_by": _MADE_BY, "format": _FORMAT, "files": dict(sorted(files.items()))}
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


_PLAIN = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*").fullmatch
"""Paths that are inside whatever else is to be said of them: those of nearly every site."""


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
