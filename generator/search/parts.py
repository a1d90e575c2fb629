"""Parts: a large site's index is several, each of its own pages, so that an edit makes one of them anew.

The browser asks all of them. Which part a page is in is a matter of its path and of how many parts there are, and that
is one of the number of pages: the same site has the same parts, whatever it was before. docs/search.md has the figures
that `PAGES_A_PART` and `MOST_PARTS` rest on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable

from msgspec import Struct

PAGES_A_PART = 2_000
MOST_PARTS = 16  # a power of two; past this, parts grow
FOLDER = "pagefind/"
LIST = f"{FOLDER}parts.json"
SCRIPT = "pagefind.js"
"""The same in all parts, and one file for all of them."""
_PAGE = re.compile(r"(?:claims|articles)/[^/]+/index\.html").fullmatch


class Part(Struct, frozen=True):
    """A part of the index: digests of what is searched of its pages, and of the files that it consists of, by path."""

    pages: dict[str, str] = {}
    files: dict[str, str] = {}


def is_page(path: str) -> bool:
    """Whether the file at `path` of the output is a claim's or an article's page. Not all of them are searched."""
    return _PAGE(path) is not None


def count_of(pages: int) -> int:
    """How many parts the index of so many pages has: a power of two."""
    count = 1
    while pages > count * PAGES_A_PART and count < MOST_PARTS:
        count *= 2
    return count


def part_of(path: str, count: int) -> int:
    """The number, from 0, of the part that a page is in."""
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:4], "big") % count


def shared(paths: Iterable[str], count: int) -> list[list[str]]:
    """The pages of each part, in order."""
    found: list[list[str]] = [[] for _ in range(count)]
    for path in sorted(paths):
        found[part_of(path, count)].append(path)
    return found


def place_of(number: int, name: str) -> str:
    """Where a file of a part stands in the output."""
    return f"{FOLDER}{name}" if name == SCRIPT else f"{FOLDER}{number}/{name}"


def in_order(names: Collection[str]) -> list[str]:
    """Files in the order in which they can go online: what leads to others comes after them."""
    return sorted(names, key=lambda name: (not name.count("/"), name.endswith(".json"), name))
