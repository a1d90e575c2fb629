"""Differences: what is not as the last build found it."""

from __future__ import annotations

from msgspec import Struct

from generator.build.doubts import StartOver
from generator.build.stamps import FOLDERS, Changes
from generator.ids import is_id

LETTERS = {"claims": "c", "articles": "a", "stories": "s", "pages": "p"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
ENDINGS = {"claims": ".yaml", "articles": ".yaml", "stories": ".yaml", "pages": ".md"}


class Differences(Struct, frozen=True):
    """Files by unit (such as "c:landing-time"), units that are gone, and texts under seeds/."""

    paths: dict[str, str] = {}
    gone: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def any(self) -> bool:
        return bool(self.paths or self.gone or self.texts)


def differences(changes: Changes) -> Differences:
    """What `changes` mean. Raises StartOver where they are of another kind than edits of content."""
    paths: dict[str, str] = {}
    gone: set[str] = set()
    texts: set[str] = set()
    for path in changes.changed | changes.come | changes.gone:
        if path == "site.toml" or path in FOLDERS:
            continue  # what they hold is in the store's key
        if path.startswith("seeds/"):
            texts.add(path)
            continue
        unit = unit_of(path)
        if not unit:
            raise StartOver
        if path in changes.gone:
            gone.add(unit)
        else:
            paths[unit] = path
    return Differences(paths, frozenset(gone), frozenset(texts))


def everything(paths: dict[str, dict[str, str]]) -> Differences:
    """All files of a site's content, which are given by folder and id."""
    return Differences({f"{LETTERS[kind]}:{id}": path for kind, found in paths.items() for id, path in found.items()})


def unit_of(path: str) -> str:
    """The unit that the file at `path` holds; empty for any other file."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "content" or parts[1] not in LETTERS:
        return ""
    ending = ENDINGS[parts[1]]
    id = parts[2].removesuffix(ending)
    return f"{LETTERS[parts[1]]}:{id}" if parts[2].endswith(ending) and is_id(id) else ""
