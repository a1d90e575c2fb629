"""Entries: lines that add an item to a list of a file, as they can be pasted beside those that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.read.quoting import as_value, quoted
from generator.records import FileRecord

_HYPHEN = 2  # columns that a hyphen and its space take


class Entry(NamedTuple):
    """Where lines belong, as a sentence goes on (empty where they are the whole list), and the lines."""

    where: str
    lines: str


def entry(record: FileRecord, name: str, fields: Mapping[str, str]) -> Entry:
    """An item with `fields` for the list `name` of a YAML file, in the form of those that stand there."""
    last = len(getattr(record, name) or ()) - 1
    if last < 0:
        return Entry("", f"{name}:\n{_item(fields, 2)}")
    if record.in_brackets(name, last):
        pairs = ", ".join(f"{field}: {as_value(value, in_brackets=True)}" for field, value in fields.items())
        return Entry(f"behind the last one in “{name}”", f", {{{pairs}}}")
    margin = max(0, record.place(name, last).column - 1 - _HYPHEN)
    return Entry(f"below the last one in “{name}”", _item(fields, margin))


def _item(fields: Mapping[str, str], margin: int) -> str:
    """Fields as an item of a list, whose hyphen stands behind `margin` spaces."""
    lines = [f"{field}: {value if value == '...' else as_value(value)}" for field, value in fields.items()]
    return "\n".join(f"{' ' * margin}{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def toml_entry(fields: Mapping[str, str]) -> str:
    """An item with `fields` for a list in site.toml."""
    return f"{{ {', '.join(f'{field} = {quoted(value)}' for field, value in fields.items())} }}"
