"""Version: what tells this program from any other that could have left a store."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_OWN = Path(__file__).resolve().parent.parent


@cache
def program() -> str:
    """A digest of the generator's own files, Python's version, and the names of what is installed beside it.

    An installed package has its version in the name of a folder of its own.
    """
    digest = hashlib.sha256(sys.version.encode())
    for folder, folders, files in os.walk(_OWN):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if name.endswith((".py", ".po", ".ttf")):
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(f"{name}\0".encode() + file.read())
    beside = find_spec("msgspec")
    if beside is not None and beside.origin:
        installed = os.path.dirname(os.path.dirname(beside.origin))
        digest.update("\0".join(sorted(os.listdir(installed))).encode(errors="replace"))
    return digest.hexdigest()
