"""TOML: site.toml as the same tree that YAML gives. tomllib says what the values are; a scan of the text says where."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from typing import Any

from generator.problems import Place, Problem
from generator.read.files import place_of
from generator.read.nodes import MAX_DEPTH, Mapping, Node, Scalar, Sequence

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
_LONG_NUMBER = re.compile(r"[0-9](?:_?[0-9]){4300,}")
"""A whole number that Python refuses to convert, since that would take too long."""
_MOST_BITS = 1000
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
        return None, [_syntax_problem(path, text, place, words)]
    except RecursionError:
        return None, [_too_deep(path)]
    except ValueError:
        found = _LONG_NUMBER.search(text)
        place = place_of(text, found.start() if found else 0)
        return None, [
            Problem(path, *place, "Y001", "this number has too many digits", "shorten it, or delete the line")
        ]
    if _depth(values) > MAX_DEPTH:
        return None, [_too_deep(path)]
    scan = _Scan(text)
    scan.document()
    tree = _tree(values, (), scan.places)
    assert isinstance(tree, Mapping)
    return tree, []


_PAIR = re.compile(r"\s*([\w.-]+)\s*([=:]?)\s*(.*?)\s*")
_CURLY = "“”„«»‘’"


def _syntax_problem(path: str, text: str, place: Place, words: str) -> Problem:
    """What the parser complains of, in the words of those who typed it, and the line as it may have been meant."""
    lines = text.split("\n")
    number = min(place.line, len(lines))
    while number > 1 and not lines[number - 1].strip():  # a complaint at the end of the text
        number -= 1
    line = lines[number - 1]
    found = _PAIR.fullmatch(line)
    name, sign, value = found.groups() if found else ("", "", "")
    start = line.find(value) if value else len(line) - len(line.lstrip())
    heading = line.strip().startswith("[")
    message, help, column = (
        f"this line cannot be understood: {words.lower()}",
        'write: name = "value"',
        place.column - 1,
    )
    if "twice" in words or "overwrite" in words or "immutable" in words or "already" in words.lower():
        message = "this stands in the file already"
        help = "delete one of the two" if not heading else "delete one of the two, or give it another name"
        column = len(line) - len(line.lstrip())
    elif heading:
        brackets = "]]" if line.strip().startswith("[[") else "]"
        message, column = "this heading is not closed", len(line) - len(line.lstrip())
        help = f"write:\n{line.strip().rstrip(']')}{brackets}"
    elif name and sign != "=":
        message = "a setting's name is followed by “=”"
        column = line.find(":") if sign else len(line.rstrip())
        help = f"write:\n{name} = {_as_toml(value)}" if value else f'write:\n{name} = "..."'
    elif value and value[0] in _CURLY:
        message, help, column = (
            "curly quotation marks are no quotation marks here",
            f"write:\n{name} = {_as_toml(value)}",
            start,
        )
    elif value and value[0] in "\"'" and (len(value) == 1 or value[-1] != value[0]):
        message, help, column = "these quotation marks are never closed", f"write:\n{name} = {_as_toml(value)}", start
    elif (value and value[0] in "[{") or words.startswith("Unclosed"):
        message, column = "this list is not closed, or a comma or a quotation mark is missing in it", max(0, start)
        help = 'write it like this: off = ["W002", "W004"]'
    elif value and value[0] not in "\"'":
        message, help, column = "a text stands in quotation marks", f"write:\n{name} = {_as_toml(value)}", start
    elif "\\" in value:
        message, help, column = "a backslash stands in this text", f"write:\n{name} = '{value.strip(chr(34))}'", start
    return Problem(path, number, column + 1, "Y001", message, help, max(1, len(line.rstrip()) - column))


def _as_toml(value: str) -> str:
    inner = value.strip().strip(_CURLY + "\"'").replace("\\", "\\\\").replace('"', '\\"')
    return inner if inner in ("true", "false") or re.fullmatch(r"[0-9]+", inner) else f'"{inner}"'


def toml_extents(text: str) -> dict[Place, int]:
    """How many characters of its first line each value, name and heading of a table has; none where it is no TOML."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
    if _depth(values) > MAX_DEPTH:
        return {}
    scan = _Scan(text)
    scan.document()
    return scan.extents


def _too_deep(path: str) -> Problem:
    return Problem(path, 1, 1, "Y003", f"nesting is over {MAX_DEPTH} deep in this file")


def _depth(values: dict[str, Any]) -> int:
    """How deep tables and arrays stand in one another, as far as it matters."""
    depth = 0
    level: list[dict[str, Any] | list[Any]] = [values]
    while level and depth <= MAX_DEPTH:
        depth += 1
        inner = [item for each in level for item in (each.values() if isinstance(each, dict) else each)]
        level = [item for item in inner if isinstance(item, dict | list)]
    return depth


def _tree(value: Any, at: Path, places: dict[Path, Place]) -> Node:
    place = places.get(at, Place(1, 1))
    if isinstance(value, dict):
        fields = []
        for name, inner in value.items():
            node = _tree(inner, (*at, name), places)
            key_place = places.get((*at, name, -1), places.get((*at, name), place))
            fields.append((Scalar(name, key_place), node))
        return Mapping(tuple(fields), place)
    if isinstance(value, list):
        return Sequence(tuple(_tree(inner, (*at, number), places) for number, inner in enumerate(value)), place)
    if isinstance(value, str):
        return Scalar(value, place)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), place, "boolean")
    if isinstance(value, int):
        # In hexadecimal there is no limit to reading a number, but writing it out in decimal has one.
        text = str(value) if value.bit_length() <= _MOST_BITS else f"{hex(value)[:20]}…"
        return Scalar(text, place, "number")
    return Scalar(str(value), place, "number" if isinstance(value, float) else "date")


class _Scan:
    """Finds where keys (under their path and -1) and values (under their path) stand in a text known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        """Where each line begins."""
        self.places: dict[Path, Place] = {}
        self.lengths: dict[Path, int] = {}  # of arrays of tables
        self.extents: dict[Place, int] = {}

    def place(self) -> Place:
        line = bisect_right(self.lines, self.at)
        return Place(line, self.at - self.lines[line - 1] + 1)

    def note(self, start: int) -> None:
        """Note how much of its line what begins at the offset `start` has: it ends here, or the line does before."""
        ended, self.at = self.at, start
        place = self.place()
        self.at = ended
        self.extents[place] = max(1, len(self.text[start:ended].split("\n")[0].rstrip()))

    def document(self) -> None:
        table: Path = ()
        while self.skip():
            here, start = self.place(), self.at
            if self.text[self.at] == "[":
                array = self.text.startswith("[[", self.at)
                self.at += 2 if array else 1
                table = self.header(self.keys(), here, array)
                self.at += 2 if array else 1
                self.note(start)
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
        here, start = self.place(), self.at
        path = (*table, *self.keys())
        self.note(start)
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
        self.places[path] = self.place()
        start = self.at
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
                    break
        self.note(start)

    def skip(self) -> bool:
        """Pass over white space and comments; whether anything follows."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)
