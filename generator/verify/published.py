"""A published copy: its files with their SHA-256, from a folder or from a list."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

import msgspec

from generator.problems import FaultError
from generator.publish.manifest import NAME, is_inside

_NO_FILE = "no regular file"
"""Stands for the digest of a link or a device: that is no file of any site."""
_LINE = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](?:\./)?(.+)").fullmatch
_BSD_LINE = re.compile(r"SHA256 \((?:\./)?(.+)\) = ([0-9a-fA-F]{64})").fullmatch
_ESCAPES = {r"\\": "\\", r"\n": "\n", r"\r": "\r"}


class _Listed(msgspec.Struct):
    files: dict[str, str]


class Copy(msgspec.Struct, frozen=True):
    """Paths with digests. `manifest` says whether manifest.json itself can be among them."""

    files: dict[str, str]
    manifest: bool = True


def folder_copy(folder: Path) -> Copy:
    """All files under a folder. No link is followed. Raises FaultError where anything cannot be read."""
    base = os.fspath(folder)
    found: dict[str, str] = {}

    def refuse(error: OSError) -> None:
        raise FaultError(f"{error.filename} cannot be read: {error.strerror}")

    for place, folders, names in os.walk(base, onerror=refuse):
        prefix = place.removeprefix(base).strip("/")
        for name in (*names, *(name for name in folders if os.path.islink(f"{place}/{name}"))):
            path = os.fsencode(f"{prefix}/{name}" if prefix else name).decode("utf-8", "surrogateescape")
            try:
                found[path] = _digest(f"{place}/{name}")
            except OSError as error:
                refuse(error)
    return Copy(found)


def _digest(file: str) -> str:
    if not stat.S_ISREG(os.lstat(file).st_mode):
        return _NO_FILE
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def listed_copy(data: bytes, name: str) -> Copy:
    """The files of a list: a manifest.json, or lines as sha256sum prints them. Raises FaultError for any other text.

    A manifest does not list itself.
    """
    if data.lstrip().startswith(b"{"):
        try:
            files = msgspec.json.decode(data, type=_Listed).files
        except msgspec.DecodeError as error:
            raise FaultError(f"{name} is no manifest.json: {error}") from error
        return Copy({path: digest.lower() for path, digest in files.items()}, manifest=False)
    files = {}
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").splitlines(), 1):
        if not line.strip():
            continue
        path, digest = _parsed(line)
        if not is_inside(path) or files.setdefault(path, digest) != digest:
            raise FaultError(
                f"{name}, line {number}: each line is a file's SHA-256, two spaces and its path in the site, once, as "
                "sha256sum prints it in the site's folder; or give a manifest.json"
            )
    if not files:
        raise FaultError(f"{name} lists no files")
    return Copy(files, manifest=NAME in files)


def _parsed(line: str) -> tuple[str, str]:
    """A line's path and digest; both empty where it is no such line."""
    if bsd := _BSD_LINE(line):
        return bsd.group(1), bsd.group(2).lower()
    found = _LINE(line)
    if found is None:
        return "", ""
    escaped, digest, path = found.groups()
    if escaped:
        path = re.sub(r"\\[\\nr]", lambda match: _ESCAPES[match.group()], path)
    return path, digest.lower()
