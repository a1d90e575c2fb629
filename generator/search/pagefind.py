"""Pagefind: its program, run over a folder of pages. See https://pagefind.app/docs/config-options/."""

from __future__ import annotations

import json
import os
import subprocess
import zlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from generator.problems import FaultError
from generator.search.order import ENTRY, ordered
from generator.search.parts import SCRIPT

_UNSEARCHED = (
    "section > h2, section > h3, dt, time, .label, .kicker, .rating, .stance, .scale, .counts, .stances, .line, .ways, "
    ".jumps, .banner, .corrected, .beside, .baseline, .whose, .differences, .drift, .origins, .part-number, .citation, "
    ".cut, .gap, .digest, .evidence .facts, .who .small, .sources .small, p.small.measure"
)
"""What pages that come with Parallax say of their own: found in every page, it leads to none."""
_FOLDERS = ("filter", "fragment", "index")
_PATIENCE = 1800  # seconds
_SAID = 400  # characters of what Pagefind says where it fails


def program() -> Path:
    """Pagefind's program, of the package of that name. Raises FaultError where it is not installed."""
    found = find_spec("pagefind_bin")
    if found is not None and found.origin:
        for name in ("pagefind_extended", "pagefind"):
            file = Path(found.origin).parent / name
            if file.is_file():
                return file
    raise FaultError(
        "site.toml turns search on, and Pagefind is not installed. Run pip install 'pagefind_bin>=1.5,<1.6', or turn "
        "search off: enabled = false under [search]"
    )


def indexed(pages: Iterable[tuple[str, bytes]], language: str, folder: Path) -> dict[str, bytes]:
    """The files of an index of `pages`, by their paths in it; none for no pages. `folder` is for this alone.

    All pages are in one index, whatever languages their parts are in: its stemmer is that of the site's `language`, and
    other languages' words are found as they are written. Raises FaultError where Pagefind fails.
    """
    source, target = folder / "pages", folder / "index"
    folders: set[str] = set()
    for path, data in pages:
        parent = os.path.dirname(f"{source}/{path}")
        if parent not in folders:
            os.makedirs(parent)
            folders.add(parent)
        with open(f"{source}/{path}", "wb", buffering=0) as file:
            file.write(data)
    if not folders:
        return {}
    _run([str(program()), "--site", source.name, "--output-path", target.name, *_options(language)], folder)
    return _made(target)


def _options(language: str) -> list[str]:
    return ["--force-language", language.lower().split("-")[0], "--exclude-selectors", _UNSEARCHED, "--silent"]


def _run(command: list[str], folder: Path) -> None:
    # Pagefind takes options from its environment and from files in the folder that it runs in, too.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(  # noqa: S603 — the program of a package, with options of our own
            command, cwd=folder, env=environment, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FaultError(f"Pagefind could not be run: {error}") from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())[:_SAID]
        raise FaultError(f"Pagefind failed (exit status {done.returncode}), so nothing was published. It said: {said}")


def _made(folder: Path) -> dict[str, bytes]:
    """What a browser needs of what Pagefind made: not its own interfaces."""
    try:
        entry = (folder / ENTRY).read_bytes()
        languages = json.loads(entry)["languages"]
        names = [SCRIPT]
        for language in languages.values():
            names += [f"wasm.{language['wasm'] or 'unknown'}.pagefind", f"pagefind.{language['hash']}.pf_meta"]
        found = {name: (folder / name).read_bytes() for name in names}
        for name in _FOLDERS:
            if (folder / name).is_dir():
                found.update((f"{name}/{file.name}", file.read_bytes()) for file in (folder / name).iterdir())
        return ordered({**found, ENTRY: entry})
    except (OSError, EOFError, zlib.error, ValueError, LookupError, AttributeError, TypeError) as error:
        raise FaultError(f"Pagefind left no index that can be read: {error!r}") from error
