"""What the system tells of changed files, through watchfiles, on threads of their own.

What it does not tell of (a network's file system, no more watches, Parallax's own templates) a look finds: builds.py.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

FOLDERS = ("content", "seeds", "templates")
_SETTINGS = "site.toml"
_STEP = 5  # milliseconds between questions to the system
_LISTED = 500  # milliseconds between looks at which folders there are
_WITHOUT = 2.0  # seconds until another try, where the system does not tell of anything

Tell = Callable[[Collection[str] | None], None]
"""Is given the paths of changed files, relative to the site; None where anything may have changed."""


def watch(root: Path, tell: Tell) -> None:
    """Tell of every change from now on, until the process ends."""
    lost = threading.Event()
    threading.Thread(target=_watch_folders, args=(root, tell, lost), daemon=True).start()
    threading.Thread(target=_watch_root, args=(root, tell, lost), daemon=True).start()


def _watch_folders(root: Path, tell: Tell, lost: threading.Event) -> None:
    """Content, texts and templates, with all that is in them. `lost` says that a folder came or went."""
    while True:
        lost.clear()
        folders = _folders(root)
        if not folders:
            lost.wait(_LISTED / 1000)
            continue
        for changes in _changes([root / name for name in folders], recursive=True, stop=lost):
            if changes:
                tell([os.path.relpath(path, root) for path in changes])
            if _folders(root) != folders:
                break


def _watch_root(root: Path, tell: Tell, lost: threading.Event) -> None:
    """site.toml, and the folders themselves."""
    while True:
        for changes in _changes([root], recursive=False, stop=threading.Event()):
            names = {os.path.relpath(path, root) for path in changes}
            if names.intersection(FOLDERS):
                lost.set()
            if names.intersection((_SETTINGS, *FOLDERS)):
                tell(None)


def _changes(paths: list[Path], recursive: bool, stop: threading.Event) -> Iterator[list[str]]:
    """The changed paths, and nothing every now and then; ends with `stop`, or where the system gives up."""
    import watchfiles

    try:
        for changes in watchfiles.watch(
            *paths,
            watch_filter=None,
            step=_STEP,
            debounce=2 * _STEP,
            rust_timeout=_LISTED,
            yield_on_timeout=True,
            recursive=recursive,
            stop_event=stop,
        ):
            yield [path for _, path in changes]
    except (OSError, RuntimeError):  # a folder that has just gone, or no more watches: looks have to do
        time.sleep(_WITHOUT)


def _folders(root: Path) -> list[str]:
    return [name for name in FOLDERS if (root / name).is_dir()]
