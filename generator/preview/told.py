"""What browsers are told of a build: small frozen values, of plain text alone, that become JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.problems import Problem
from generator.read.files import Files
from generator.report import printable

MOST = 100
"""How many problems a browser shows; the terminal has them all."""
_CUT = 160  # characters of a line on either side of the place


class Shown(Struct, frozen=True, omit_defaults=True):
    """One problem as it is shown: where, what, the line in three pieces, the middle one the words meant."""

    message: str
    severity: str = "error"
    code: str = ""
    place: str = ""
    line: int = 0
    before: str = ""
    marked: str = ""
    after: str = ""
    help: str = ""
    """What to do; lines after its first are there to be pasted."""


class State(Struct, frozen=True):
    """What a preview has to show. `build` names the last build that succeeded; pages say which one they are of."""

    build: str
    errors: tuple[Shown, ...] = ()
    more: int = 0
    """How many errors there are beside these."""
    files: tuple[str, ...] = ()
    """The addresses of the files other than pages that the last build changed."""


class Note(Struct, frozen=True):
    """What an editor is told on one page: a heading, and what there is to do."""

    title: str
    problems: tuple[Shown, ...] = ()
    text: str = ""
    image: str = ""
    """The address of a picture that is shown where an editor opens the note."""


class Message(Struct, frozen=True, tag_field="command", tag="parallax", kw_only=True):
    """What is sent to a browser. `notes` are of its page; None where those that it has still hold."""

    build: str
    errors: tuple[Shown, ...]
    more: int
    files: tuple[str, ...]
    notes: tuple[Note, ...] | None = None


def shown(problems: Iterable[Problem], root: Path) -> tuple[Shown, ...]:
    """The problems with the lines that they are about, as far as those can be read."""
    lines: dict[str, list[str]] = {}
    return tuple(_shown(problem, root, lines) for problem in problems)


def fault(text: str) -> Shown:
    """A fault outside the content."""
    return Shown(printable(text))


def _shown(problem: Problem, root: Path, lines: dict[str, list[str]]) -> Shown:
    place = printable(problem.path) + (f":{problem.line}:{problem.column}" if problem.line else "")
    line = _line(problem, root, lines)
    start = max(0, problem.column - 1)
    end = start + _length(line, start, problem)
    before, after = line[:start], line[end:]
    if len(before) > _CUT:
        before = "… " + before[-_CUT:]
    if len(after) > _CUT:
        after = after[:_CUT] + " …"
    return Shown(
        message=printable(problem.message),
        severity=problem.severity,
        code=problem.code,
        place=place,
        line=problem.line if line.strip() else 0,
        before=printable(before),
        marked=printable(line[start:end]),
        after=printable(after),
        help="\n".join(map(printable, problem.help.split("\n"))),
    )


def _length(line: str, start: int, problem: Problem) -> int:
    """How many characters of the line a problem is about: to the end of its first word, where it does not say."""
    length: int = getattr(problem, "length", 0)
    rest = line[start:]
    return length or len(rest) - len(rest.lstrip()) + len((rest.split(None, 1) or [""])[0])


def _line(problem: Problem, root: Path, lines: dict[str, list[str]]) -> str:
    if not problem.line:
        return ""
    if problem.path not in lines:
        try:
            data = Files(root).read(problem.path)  # which follows no link out of the site
        except (OSError, ValueError):
            data = b""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
        lines[problem.path] = text.removeprefix("\ufeff").split("\n")
    found = lines[problem.path]
    return found[problem.line - 1].rstrip("\r") if problem.line <= len(found) else ""
