"""Reports: problems for people, with the line itself, and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.problems import Problem

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_COLOURS = {"error": "31", "warning": "33", "place": "1", "help": "36"}
_LONGEST_LINE = 160


def as_text(problems: Sequence[Problem], root: Path, colour: bool = False) -> str:
    """The problems as an editor reads them: place and words, the line, what to type; counted at the end.

    No line begins with content, and nothing of content is printed live: a host of builds reads commands at a line's
    start.
    """
    lines: dict[str, list[str]] = {}
    blocks = [_block(problem, root, lines, colour) for problem in problems]
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


def _block(problem: Problem, root: Path, lines: dict[str, list[str]], colour: bool) -> str:
    place = printable(problem.path) + (f":{problem.line}:{problem.column}" if problem.line else "")
    severity = _painted(f"{problem.severity} {problem.code}", problem.severity, colour)
    block = [f"{_painted(place, 'place', colour)}: {severity}: {printable(problem.message)}"]
    source = _line(problem, root, lines)
    if source.strip():
        block.append(f"{problem.line:>6} | {source}")
        block.append(f"{'':>6} | {' ' * (len(printable(_before(problem, root, lines))))}^")
    if problem.help:
        block.append(f"{_painted('  help', 'help', colour)}: {printable(problem.help)}")
    return "\n".join(block) + "\n"


def _line(problem: Problem, root: Path, lines: dict[str, list[str]]) -> str:
    """The line that a problem is about, cut where it is very long."""
    shown = printable(_raw_line(problem, root, lines)).rstrip()
    return shown if len(shown) <= _LONGEST_LINE else shown[:_LONGEST_LINE] + " …"


def _before(problem: Problem, root: Path, lines: dict[str, list[str]]) -> str:
    return _raw_line(problem, root, lines)[: min(problem.column - 1, _LONGEST_LINE)]


def _raw_line(problem: Problem, root: Path, lines: dict[str, list[str]]) -> str:
    if not problem.line:
        return ""
    if problem.path not in lines:
        try:
            lines[problem.path] = (root / problem.path).read_text("utf-8", "replace").removeprefix("\ufeff").split("\n")
        except OSError:
            lines[problem.path] = []
    found = lines[problem.path]
    return found[problem.line - 1] if problem.line <= len(found) else ""


def _painted(text: str, name: str, colour: bool) -> str:
    return f"\033[{_COLOURS[name]}m{text}\033[0m" if colour else text
