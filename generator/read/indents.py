"""Indents: slips of the hand at a line's beginning, which YAML's parser notices lines later or calls something else.

They are looked for only in a text that the parser gave up on, from the line where it did upwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.read.quoting import as_value

_ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(rf"^[ \t]*(?:- +)?(?:[{_ODD_SPACE}]+|[\w-]+:[ \t]*[{_ODD_SPACE}]+|-[{_ODD_SPACE}]+)")
_TAB = re.compile(r"^ *(\t+)")
_NO_SPACE = re.compile(r"(\s*(?:- +)*[\w-]+):(?=[^\s:/])(.*)")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"(\s*)-([\w-]+:(?:\s.*)?)")
_EQUALS = re.compile(r"(\s*(?:- +)*[a-z_]+) ?= ?(\S.*)")
_FIELD = re.compile(r"\s*(?:- +)*[\w-]+:(?:\s|$)")
_BLOCK = re.compile(r".*(?:^|[\s:-])([|>][-+0-9]*)\s*")


_LINES_ABOVE = 3
"""How far from the line where the parser gave up a white space may be its reason."""


class Slip(NamedTuple):
    """What is wrong in a line, and what to type; line and column from 0."""

    line: int
    column: int
    length: int
    message: str
    help: str


def slip_before(text: str, at: int) -> Slip | None:
    """The slip in the line `at` (from 0) of `text`, or in one above it, that the parser stumbled over."""
    lines = text.split("\n")
    at = min(at, len(lines) - 1)
    while at > 0 and not lines[at].strip():
        at -= 1
    for number in range(at, max(-1, at - _LINES_ABOVE), -1):
        slip = _blanks(lines, number)
        if slip is not None:
            return slip
    return next((slip for number in (at, at - 1) if number >= 0 and (slip := _slip(lines, number))), None)


def _blanks(lines: Sequence[str], at: int) -> Slip | None:
    """White space that YAML does not take for any."""
    line = lines[at]
    odd = _ODD.match(line)
    if odd:
        found = re.search(rf"[{_ODD_SPACE}]+", line)
        assert found is not None
        plain = re.sub(rf"[{_ODD_SPACE}]", " ", line[: odd.end()]) + line[odd.end() :]
        message = "a space stands here that YAML does not know (a non-breaking one, as word processors type it)"
        help = f"type ordinary spaces:\n{plain.rstrip()}"
        return Slip(at, found.start(), len(found.group()), message, help)
    tab = _TAB.match(line)
    if tab:
        above = _above(lines, at)
        indent = " " * (_content_column(above) if above else 2)
        return Slip(at, tab.start(1), len(tab.group(1)), "a tab cannot indent", f"use spaces:\n{indent}{line.strip()}")
    return None


def _slip(lines: Sequence[str], at: int) -> Slip | None:
    line = lines[at].rstrip()
    indent = len(line) - len(line.lstrip())
    above = _above(lines, at)
    hyphen = _NO_SPACE_AFTER_HYPHEN.fullmatch(line)
    if hyphen:
        return Slip(at, indent, 1, "a space is missing after the hyphen", f"write:\n{hyphen[1]}- {hyphen[2]}")
    if _FIELD.match(line):
        return _of_field(lines, at, indent, above)
    tight = _NO_SPACE.fullmatch(line)
    if tight:
        help = f"write:\n{tight[1].lstrip()}: {tight[2]}"
        return Slip(at, indent, len(line) - indent, "a space is missing after the colon", help)
    block = _BLOCK.fullmatch(above) if above else None
    if block and indent <= len(above) - len(above.lstrip()):
        pasted = " " * (len(above) - len(above.lstrip()) + 2) + line.strip()
        message = f"the text below “{block[1]}” is not indented"
        return Slip(at, indent, len(line) - indent, message, f"indent it by two spaces:\n{pasted}")
    equals = _EQUALS.fullmatch(line)
    if equals:
        help = f"write:\n{equals[1].lstrip()}: {as_value(equals[2].strip(chr(34)))}"
        return Slip(at, line.index("="), 1, "a field's name is followed by a colon, not by “=”", help)
    if above and _FIELD.match(above) and not above.endswith(":") and line.strip():
        pasted = " " * (len(above) - len(above.lstrip()) + 2) + line.strip()
        message = "this line is no field; if it goes on from the line above, it is indented"
        return Slip(at, indent, len(line) - indent, message, f"indent it by two spaces:\n{pasted}")
    outer = len(above) - len(above.lstrip())
    if above and indent < outer and line.strip():
        message = "this line is no field; if it goes on from the line above, it is indented like that"
        help = f"indent it:\n{' ' * outer}{line.strip()}"
        return Slip(at, indent, len(line) - indent, message, help)
    return None


def _of_field(lines: Sequence[str], at: int, indent: int, above: str) -> Slip | None:
    """The slip of a line with a field, which begins in the wrong column."""
    line = lines[at].rstrip()
    if not above:
        return None
    column = _content_column(above)
    if line.lstrip().startswith("- "):
        return _without_hyphen(lines, at, indent)
    if indent > column and _FIELD.match(above) and not above.endswith(":"):
        message = "this line is indented too far"
        return Slip(at, 0, indent, message, f"indent it like the line above:\n{' ' * column}{line.strip()}")
    if column - 2 < indent < column or indent not in {_content_column(other) for other in lines[:at] if other.strip()}:
        message = "this line's indentation fits none of those before it"
        return Slip(at, 0, max(1, indent), message, f"indent it like the line above:\n{' ' * column}{line.strip()}")
    return None


def _without_hyphen(lines: Sequence[str], at: int, indent: int) -> Slip | None:
    """The slip of an item above a list's line `at` that begins without its hyphen."""
    first = at - 1
    while first > 0 and (
        not lines[first - 1].strip() or len(lines[first - 1]) - len(lines[first - 1].lstrip()) > indent
    ):
        first -= 1
    line = lines[first].rstrip() if first >= 0 else ""
    if line.lstrip().startswith("-") or len(line) - len(line.lstrip()) <= indent:
        return None
    start = len(line) - len(line.lstrip())
    return Slip(
        first,
        start,
        len(line) - start,
        "this item of the list has no hyphen",
        f"write:\n{' ' * indent}- {line.strip()}",
    )


def _above(lines: Sequence[str], at: int) -> str:
    """The last line before `at` that is not blank and no comment."""
    return next((line.rstrip() for line in lines[:at][::-1] if line.strip() and not line.lstrip().startswith("#")), "")


def _content_column(line: str) -> int:
    """The column at which a line's field begins: behind the hyphen of a list's item."""
    found = re.match(r"\s*(?:- +)*", line)
    return found.end() if found else 0
