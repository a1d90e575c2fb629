"""Comments: YAML takes what follows a # for one, and would cut a sentence there that somebody typed whole.

`text: At 04:35 UTC the #SoyuzMS18 will land` is a value of four words and a comment. A comment is let stand only where
nobody can have meant it as part of a value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.problems import Place, Problem
from generator.read.quoting import quoted, quoted_line

_CANDIDATE = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*$")
_FIELD = re.compile(r"#[\w-]+:")
_ASIDE = "put quotes round the text, or the comment on a line of its own"


class Value(NamedTuple):
    """A single value: its event, that of its field's name, and what is round it.

    `outer` is the column (from 0) of its field's name or its list, which every line of the value passes; `flow` says
    that it stands in brackets or braces.
    """

    event: Any
    key: Any
    outer: int
    flow: bool

    @property
    def start(self) -> int:
        return int(self.event.start_mark.index)

    @property
    def end(self) -> int:
        return int(self.event.end_mark.index)

    @property
    def block(self) -> bool:
        return self.event.style in ("|", ">")

    @property
    def plain(self) -> bool:
        return not self.event.style


def cut_values(path: str, text: str, first_line: int, values: Sequence[Value], names: Sequence[Any]) -> list[Problem]:
    """A problem for each value that a comment cuts.

    `values` are in the text's order; `names` are the events of the fields' names.
    """
    if "#" not in text:
        return []
    covered = sorted([(_text_start(text, value), value.end) for value in values] + [_span(name) for name in names])
    starts = [value.start for value in values]
    problems = []
    told: set[int] = set()
    gap = (-1, 0, True)  # the number of values before the last comment, where it ended, whether all since is comments
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        inside = bisect_left(covered, (at, at)) - 1
        if inside >= 0 and covered[inside][0] <= at < covered[inside][1]:
            continue
        after = bisect_left(starts, at)
        done = gap[1] if gap[0] == after else values[after - 1].end if after else 0
        alone = (gap[0] != after or gap[2]) and _only_comments(text[done:at])
        gap = (after, match.end(), alone)
        cut = _cut(text, match, values, after, alone)
        if cut is None or cut[0].start in told:
            continue
        value, help = cut
        told.add(value.start)
        mark = value.event.start_mark
        place = Place(mark.line + first_line, mark.column + 1)
        hash_line = text.count("\n", 0, at) + first_line
        if value.start > at or hash_line == place.line:
            line_start = text.rfind("\n", 0, at) + 1
            place = Place(hash_line, at - line_start + 1)
        lost = match.group().strip()
        message = f"YAML takes “{lost}” for a remark, and cuts the value {'before' if value.start < at else 'after'} it"
        length = len(match.group().rstrip()) if place.line == hash_line else 0
        problems.append(Problem(path, *place, "Y006", message, _pasted(help), length))
    return problems


def _pasted(help: str) -> str:
    """What is a line to be pasted stands on a line of its own."""
    return f"write:\n{help}" if ":" in help or help.startswith("- ") else help


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _text_start(text: str, value: Value) -> int:
    """Where a value's own text begins: a block's after the line with its sign, on which a comment is one."""
    return text.find("\n", value.start) if value.block else value.start


def _cut(text: str, found: re.Match[str], values: Sequence[Value], after: int, alone: bool) -> tuple[Value, str] | None:
    """The value that the comment `found` takes words from, and the help; None where it takes none.

    `after` values begin before it; `alone` says that nothing but comments stands between the last of them and it.
    """
    at, comment = found.start(), found.group().strip()
    line_start = text.rfind("\n", 0, at) + 1
    prefix = text[line_start:at]
    hashtag = comment[1:2] not in ("", " ", "\t", "#") and not _FIELD.match(comment)
    following = values[after] if after < len(values) else None
    if following is not None and (prefix.strip() or hashtag) and _begins_before(text, following, at):
        # Between a field's name (or a list's hyphen) and its value.
        meant = f"{comment} {following.event.value.strip()}"
        name = f"{following.key.value}: " if following.key is not None else "- "
        return following, name + quoted(meant) if following.plain else _ASIDE
    before = values[after - 1] if after else None
    if before is None:
        return None
    if before.block and not text[before.start : at].count("\n"):
        return (before, "move it to the next line, indented") if _BLOCK_HEADER.search(prefix.rstrip()) else None
    if not alone:
        return None
    if prefix.strip() or before.flow:
        return (before, _whole_line(text, before, comment)) if before.plain or hashtag else None
    column = len(prefix)
    if before.block:
        deeper = column > before.outer
        beside = column == before.outer and hashtag and "\n\n" not in text[before.end - 2 : at]
        return (before, "indent it like the text above it") if deeper or beside else None
    if column > before.outer and (before.plain or hashtag):
        return before, _whole_line(text, before, comment)
    return None


def _begins_before(text: str, value: Value, at: int) -> bool:
    """Whether the value that begins after `at` belongs to a name, a hyphen or a bracket that stands before it."""
    if value.key is not None:
        return bool(value.key.end_mark.index < at)
    nearest = text[max(0, at - 200) : at].rstrip()[-1:]
    return nearest in ("-", ",", "[") and _only_comments(text[at : value.start])


def _only_comments(gap: str) -> bool:
    return all(not line.strip() or line.strip().startswith("#") for line in gap.split("\n"))


def _whole_line(text: str, value: Value, comment: str) -> str:
    """The field's line as it was meant, with quotes round its value."""
    mark = value.event.start_mark
    line_start = text.rfind("\n", 0, mark.index) + 1
    if not value.plain:
        line_end = text.find("\n", mark.index)
        return quoted_line(text[line_start : len(text) if line_end < 0 else line_end]) or _ASIDE
    before = text[line_start : mark.index]
    if value.key is not None and value.key.start_mark.line != mark.line:
        before = f"{value.key.value}: "
    if before.endswith((":", "-")):
        before += " "
    meant = f"{value.event.value} {comment}".strip()
    closing = re.search(r"[,\]}]", meant) if re.search(r"[\[{][^\]}]*$", before) else None
    tail = meant[closing.start() :] if closing else ""
    meant = meant[: closing.start()].rstrip() if closing else meant
    return f"{before.lstrip()}{quoted(meant)}{tail}"
