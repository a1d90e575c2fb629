"""Assets: templates' own files under names that change with what they hold: browsers may keep them for good."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from generator.plan.pages import File

STYLE = "assets/site.css"
"""The one stylesheet of all pages: the site's rules, then the colours of its scale."""
_LETTERS = 10  # of a hash, in a name
_URL = re.compile(rb"""(\burl\(\s*["']?)(?:\./)?([^"'()/?#\s]+)""")
"""What a stylesheet names in its own folder."""


def keeps_its_name(path: str) -> bool:
    """Whether an asset is published under its own name: one in a folder of its own, for whatever else names it."""
    return path.count("/") > 1


def published_assets(contents: Mapping[str, bytes], colours: bytes, hashed: bool = True) -> dict[str, File]:
    """The files to publish, by the path that templates ask for.

    `contents` are assets by path, such as `assets/icon.svg`; `colours` are rules for the end of the stylesheet.
    Without `hashed` all keep their names, as in a preview, where an edited stylesheet should change no page.
    """
    whole = {**contents, STYLE: contents.get(STYLE, b"") + colours}
    files = {path: _named(path, data, hashed) for path, data in sorted(whole.items()) if not path.endswith(".css")}
    names = {path.encode(): file.path.encode() for path, file in files.items()}

    def renamed(found: re.Match[bytes]) -> bytes:
        path = b"assets/" + found[2]
        return found[1] + names.get(path, path).removeprefix(b"assets/")

    for path, data in sorted(whole.items()):
        if path.endswith(".css"):
            files[path] = _named(path, data if keeps_its_name(path) else _URL.sub(renamed, data), hashed)
    return files


def _named(path: str, data: bytes, hashed: bool) -> File:
    if not hashed or keeps_its_name(path):
        return File(path, data)
    digest = hashlib.sha256(data).hexdigest()[:_LETTERS]
    name, dot, ending = path.rpartition(".")
    return File(f"{name}.{digest}.{ending}" if dot else f"{path}.{digest}", data)
