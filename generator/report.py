"""Reports: problems for people, with the words that they are about underlined; and as DESIGN's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.problems import Problem
from generator.sources import Sources

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "help": "36", "margin": "34"}
_WIDEST_LINE = 110
"""Columns of a terminal that are shown of a line; of a longer one those round the place."""
_BEFORE_PLACE = 30
_TAB = "    "
_COMMAND = re.compile(r"\s*(?:::|##)")
"""How a line begins that a host of builds takes for a command."""


def as_text(problems: Sequence[Problem], root: Path, colour: bool = False) -> str:
    """The problems as an editor reads them: place and words, the line, what to type; counted at the end.

    No line begins with content, and nothing of content is printed live: a host of builds reads commands at a line's
    start.
    """
    sources = Sources(root)
    blocks = [_block(problem, sources, colour) for problem in problems]
    return "\n".join([*blocks, summary(problems)]) + "\n"


def as_json(problems: Iterable[Problem]) -> str:
    """The problems as DESIGN's JSON: paths relative to the site, lines and columns from 1."""
    found = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "path": problem.path,
            "line": max(1, problem.line),
            "column": max(1, problem.column),
            "message": problem.message,
            "help": problem.help,
        }
        for problem in problems
    ]
    return json.dumps({"problems": found}, indent=2) + "\n"


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings, in how many files."""
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in ("error", "warning")}
    files = len({problem.path for problem in problems})
    if not problems:
        return "No problems."
    words = [counted(count, severity) for severity, count in counts.items() if count]
    return f"{' and '.join(words)} in {counted(files, 'file')}."


def counted(count: int, noun: str) -> str:
    """A number and its noun: "1 page", "1,204 pages"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def printable(text: str) -> str:
    """`text` on one line; what a terminal could act on, or nobody can see, is shown as its code point."""
    return _UNPRINTABLE.sub(lambda match: f"<U+{ord(match.group()):04X}>", text.replace("\t", " ").replace("\n", " "))


def _block(problem: Problem, sources: Sources, colour: bool) -> str:
    place = printable(problem.path) + (f":{problem.line}:{problem.column}" if problem.line else "")
    severity = _painted(f"{problem.severity} {problem.code}", problem.severity, colour)
    block = [f"{_painted(place, 'place', colour)}: {severity}: {printable(problem.message)}"]
    line = sources.line(problem)
    if line.strip():
        shown, before, under = _underlined(line, problem.column - 1, sources.length(problem))
        margin = _painted(f"{problem.line:>6} |", "margin", colour)
        block.append(f"{margin} {shown}")
        mark = _painted("^" * under, problem.severity, colour)
        block.append(f"{_painted('       |', 'margin', colour)} {' ' * before}{mark}")
    if problem.help:
        first, *pasted = problem.help.split("\n")
        block.append(f"{_painted('  help', 'help', colour)}: {printable(first)}")
        block += [f"        {_not_a_command(printable(line.rstrip()))}" for line in pasted]
    return "\n".join(block) + "\n"


def _underlined(line: str, start: int, length: int) -> tuple[str, int, int]:
    """A line as a terminal shows it, the width of what stands before the words at `start`, and these words' width.

    A long line is cut round the words.
    """
    start = min(max(start, 0), len(line))
    before, words, after = _shown(line[:start]), _shown(line[start : start + length]), _shown(line[start + length :])
    after = after.rstrip()
    if _width(before + words + after) > _WIDEST_LINE:
        if _width(before) > _BEFORE_PLACE:
            before = "… " + _last_columns(before, _BEFORE_PLACE)
        left = _WIDEST_LINE - _width(before)
        if _width(words) > left:
            words, after = _first_columns(words, left), " …"
        elif _width(words + after) > left:
            after = _first_columns(after, left - _width(words)) + " …"
    return before + words + after, _width(before), max(1, _width(words))


def _shown(text: str) -> str:
    return printable(text.replace("\t", _TAB))


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes: letters of East Asia take two, marks on letters none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _first_columns(text: str, width: int) -> str:
    end = min(len(text), width)
    while end and _width(text[:end]) > width:
        end -= 1
    while end < len(text) and _width(text[end]) == 0:  # a mark stays with its letter
        end += 1
    return text[:end]


def _last_columns(text: str, width: int) -> str:
    start = max(0, len(text) - width)
    while _width(text[start:]) > width:
        start += 1
    while start < len(text) and _width(text[start]) == 0:
        start += 1
    return text[start:]


def _not_a_command(line: str) -> str:
    return f"| {line.lstrip()}" if _COMMAND.match(line) else line


def _painted(text: str, name: str, colour: bool) -> str:
    return f"\033[{_COLOURS[name]}m{text}\033[0m" if colour else text
