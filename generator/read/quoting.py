"""Quoting: YAML lines as they should have been typed."""

from __future__ import annotations

import re

_FIELD_LINE = re.compile(r"(\s*(?:- +)*[\w-]+:\s+|\s*(?:- +)+)(\S.*)")


def quoted(value: str) -> str:
    """`value` in quotes that YAML reads back as it stands."""
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


_PLAIN = re.compile(r"[^\W_](?:(?!: | #)[^\n])*(?<![: ])")


def as_value(value: str, in_brackets: bool = False) -> str:
    """`value` as it can be pasted behind a field's name: in quotes where YAML needs them."""
    plain = _PLAIN.fullmatch(value) and not (in_brackets and re.search(r"[\[\]{},]", value))
    return value if plain else quoted(value)


def quoted_line(line: str) -> str:
    """A field's or an item's line with quotes round its value; empty where the line is neither."""
    match = _FIELD_LINE.fullmatch(line.rstrip())
    if match is None or match.group(2)[0] in "|>":
        return ""
    value = match.group(2)
    if value[0] in "\"'":
        if len(value) > 1 and value[-1] == value[0]:
            value = value[1:-1]
        elif value.count(value[0]) == 1:  # never closed
            value = value[1:]
    return match.group(1).strip() + " " + quoted(value)
