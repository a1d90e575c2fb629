"""TOML: site.toml as the same tree that YAML gives. tomllib says what the values are; a scan of the text says where."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from generator.problems import Problem
from generator.read.files import place_of
from generator.read.nodes import MAX_DEPTH, Mapping, Node, Place, Scalar, Sequence

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[^,\]}\n#]+")
_KEY = re.compile(r'[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\'|([A-Za-z0-9_-]+))[ \t]*')
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(path: str, text: str) -> tuple[Mapping | None, list[Problem]]:
    """The tree of `text` and its problems; no tree where it is no TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _ERROR_PLACE.search(str(error))
        place = (
            Place(int(found.group(1)), int(found.group(2))) if found and found.group(1) else place_of(text, len(text))
        )
        words = _ERROR_PLACE.sub("", str(error))
        return None, [
            Problem(
                path,
                *place,
                "Y001",
                f"this cannot be understood as TOML: {words}",
                'text stands in quotes: title = "..."',
            )
        ]
    except RecursionError:
        return None, [Problem(path, 1, 1, "Y003", f"nesting is over {MAX_DEPTH} deep in this file")]
    scan = _Scan(text)
    scan.document()
    tree = _tree(values, (), scan.places, 0)
    if tree is None:
        return None, [Problem(path, 1, 1, "Y003", f"nesting is over {MAX_DEPTH} deep in this file")]
    assert isinstance(tree, Mapping)
    return tree, []


def _tree(value: Any, at: Path, places: dict[Path, Place], depth: int) -> Node | None:
    place = places.get(at, Place(1, 1))
    if depth >= MAX_DEPTH and isinstance(value, dict | list):
        return None
    if isinstance(value, dict):
        fields = []
        for name, inner in value.items():
            node = _tree(inner, (*at, name), places, depth + 1)
            if node is None:
                return None
            key_place = places.get((*at, name, -1), places.get((*at, name), place))
            fields.append((Scalar(name, key_place), node))
        return Mapping(tuple(fields), place)
    if isinstance(value, list):
        items = [_tree(inner, (*at, number), places, depth + 1) for number, inner in enumerate(value)]
        if any(item is None for item in items):
            return None
        return Sequence(tuple(item for item in items if item is not None), place)
    if isinstance(value, str):
        return Scalar(value, place)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), place, "boolean")
    return Scalar(str(value), place, "number" if isinstance(value, (int, float)) else "date")


class _Scan:
    """Finds where keys (under their path and -1) and values (under their path) stand in a text known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, Place] = {}
        self.lengths: dict[Path, int] = {}  # of arrays of tables

    def document(self) -> None:
        table: Path = ()
        while self.skip():
            here = place_of(self.text, self.at)
            if self.text[self.at] == "[":
                array = self.text.startswith("[[", self.at)
                self.at += 2 if array else 1
                table = self.header(self.keys(), here, array)
                self.at += 2 if array else 1
            else:
                self.pair(table)

    def header(self, keys: list[str], here: Place, array: bool) -> Path:
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            self.places.setdefault(path, here)
            if array and number == len(keys) - 1:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
                self.places.setdefault(path, here)
        return path

    def pair(self, table: Path) -> None:
        here = place_of(self.text, self.at)
        path = (*table, *self.keys())
        for end in range(len(table) + 1, len(path) + 1):
            self.places.setdefault((*path[:end], -1), here)
            self.places.setdefault(path[:end], here)
        self.at += 1  # the equals sign
        self.value(path)

    def keys(self) -> list[str]:
        found = []
        while match := _KEY.match(self.text, self.at):
            self.at = match.end()
            basic, literal, bare = match.groups()
            found.append(
                tomllib.loads(f'k = "{basic}"')["k"] if basic is not None else literal if literal is not None else bare
            )
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return found

    def value(self, path: Path) -> None:
        self.skip()
        self.places[path] = place_of(self.text, self.at)
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self.at += 1
            number = 0
            while self.skip() and self.text[self.at] != "]":
                self.value((*path, number))
                number += 1
                self.skip()
                if self.text.startswith(",", self.at):
                    self.at += 1
            self.at += 1
        elif opening == "{":
            self.at += 1
            while self.skip() and self.text[self.at] != "}":
                self.pair(path)
                self.skip()
                if self.text.startswith(",", self.at):
                    self.at += 1
            self.at += 1
        else:
            patterns = _STRINGS if opening in ("'", '"') else (_BARE,)
            for pattern in patterns:
                if match := pattern.match(self.text, self.at):
                    self.at = match.end()
                    return

    def skip(self) -> bool:
        """Pass over white space and comments; whether anything follows."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)
