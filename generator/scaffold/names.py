"""Names: whether a new file can have an id."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.ids import is_id
from generator.link.origins import OWN
from generator.problems import FaultError, Problem
from generator.read.content import TYPES, parse_record, read_layout
from generator.read.files import Files
from generator.records import Article, Claim, Story

FOLDERS = {"claim": "claims", "article": "articles", "story": "stories"}
"""The folder of content/ that files of each kind stand in."""

_MOST = 100


def path_of(kind: str, id: str) -> str:
    """Where the file of `id` stands in a site."""
    return f"content/{FOLDERS[kind]}/{id}.yaml"


def require_free(root: Path, kind: str, id: str, but: str = "") -> None:
    """Raises FaultError, which says what to type, where `id` is none or is taken.

    `but` is the id of a file whose own earlier ids do not count.
    """
    if not is_id(id):
        message = f"“{id}” is no id: an id has only a to z, digits and hyphens, at most {_MOST}"
        raise FaultError(f"{message}. Type: {id_from(id)}")
    if kind == "article" and id == OWN:
        raise FaultError(f"“{OWN}” cannot be an article's id: as an origin it is an article's own reporting")
    names = sorted(_names(root / "content" / FOLDERS[kind]))
    taken = {os.path.splitext(name)[0].lower(): name for name in names}
    if id in taken:
        there = f"content/{FOLDERS[kind]}/{taken[id]} is there already"
        raise FaultError(f"{there}: choose another id, such as {_free(id, taken)}. Nothing was changed")
    for other in _former(root, kind, id):
        if other != but:
            message = f"“{id}” is an earlier id of the {kind} “{other}”, and links to it lead there"
            raise FaultError(f"{message}: choose another id, such as {_free(id, taken)}. Nothing was changed")


def id_from(name: str) -> str:
    """An id that is like `name`."""
    words = "".join(character if character.isascii() and character.isalnum() else "-" for character in name.lower())
    return "-".join(part for part in words.split("-") if part)[:_MOST].rstrip("-") or "a-name"


def _free(id: str, taken: Iterable[str]) -> str:
    names = frozenset(taken)
    return next(name for number in range(2, 10_000) if (name := f"{id[: _MOST - 5]}-{number}") not in names)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FaultError(f"{folder} cannot be read: {error.strerror}") from error


def _former(root: Path, kind: str, id: str) -> Iterator[str]:
    """The files of a kind that had `id` earlier. Only those that hold its letters are read as records."""
    files = Files(root)
    for other, path in read_layout(root).paths[FOLDERS[kind]].items():
        data = files.read(path)
        if isinstance(data, Problem) or id.encode() not in data or b"aliases" not in data:
            continue
        record, _ = parse_record(TYPES[FOLDERS[kind]], other, path, data)
        if isinstance(record, Article | Claim | Story) and id in record.aliases:
            yield other
