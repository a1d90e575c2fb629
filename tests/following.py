"""A guide in Markdown, followed to the letter: its commands are run, its edits are made, what it shows is compared.

A guide consists of prose and of fenced blocks:

- `sh`: commands, typed into one terminal from the first block to the last;
- `text`, right after commands: what they print. A line `…` stands for lines that are left out;
- `yaml`, after a line that ends with a file's name such as “`content/claims/a.yaml`:”: fields of that file. A field
  that is there gets this value, one that waits as a comment loses its `#`, any other is typed at the file's end;
- `diff`, after such a line: lines that go (`-`), lines that come (`+`), and lines that stand around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

LEFT_OUT = "…"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"`([^`\s]+)`:\n+\Z")
_FIELD = re.compile(r"^(\w+):.*\n(?:[ ].*\n|\n(?=[ ]))*", re.MULTILINE)


class Step(Struct, frozen=True):
    """A block of a guide: its kind, what it holds, the file that it is about (of edits), and its first line's number.

    `shown` is what commands print, with the place of these words in the guide.
    """

    kind: str
    text: str
    line: int
    path: str = ""
    shown: str | None = None
    place: tuple[int, int] = (0, 0)


def steps(guide: str) -> list[Step]:
    """A guide's blocks in order. Raises ValueError for a block that means nothing where it stands."""
    found: list[Step] = []
    end = 0
    for fence in _FENCE.finditer(guide):
        kind, text = fence.groups()
        line = guide.count("\n", 0, fence.start()) + 1
        if kind == "sh":
            found.append(Step(kind, text, line))
        elif kind == "text" and found and found[-1].kind == "sh" and found[-1].shown is None:
            before = found.pop()
            found.append(Step("sh", before.text, before.line, shown=text, place=fence.span(2)))
        elif kind in ("yaml", "diff"):
            named = _NAMED.search(guide, end, fence.start())
            if not named:
                raise ValueError(
                    f"line {line}: the line before an edit has to end with a file's name, as in “`a.yaml`:”"
                )
            found.append(Step(kind, text, line, path=named[1]))
        else:
            raise ValueError(f"line {line}: a block “{kind}” means nothing here")
        end = fence.end()
    return found


def typed(step: Step, before: str) -> str:
    """What a file holds after an edit. Raises ValueError where the edit cannot be made."""
    return _changed(step.text, before) if step.kind == "diff" else _filled_in(step.text, before)


def _changed(diff: str, before: str) -> str:
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    if ("\n" + before).count("\n" + old) != 1:
        raise ValueError(f"these lines do not stand in the file once:\n{old}")
    return ("\n" + before).replace("\n" + old, "\n" + new, 1)[1:]


def _filled_in(fields: str, before: str) -> str:
    if "".join(field[0] for field in _FIELD.finditer(fields)) != fields:
        raise ValueError("an edit in YAML has fields and nothing else")
    after = before
    for field in _FIELD.finditer(fields):
        name = field[1]
        live = re.findall(rf"^{name}:.*\n(?:[ ].*\n|\n(?=[ ]))*", after, re.MULTILINE)
        waiting = re.findall(rf"^# {name}:.*\n(?:#   .*\n)*", after, re.MULTILINE)
        if live or waiting:
            after = after.replace((live or waiting)[-1], field[0], 1)
        else:
            after = after.rstrip("\n") + "\n" + field[0]
    return after


def same(shown: str, printed: str) -> bool:
    """Whether commands print what is shown, but for the lines left out and names of commits."""
    parts = [re.escape(_plain(part)) for part in re.split(rf"^{LEFT_OUT}\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), _plain(printed)) is not None


def _plain(text: str) -> str:
    return "".join(re.sub(r"\([0-9a-f]{10}\)", "(commit)", line.rstrip()) + "\n" for line in text.splitlines())


def brought_up_to_date(guide: str, printed: Mapping[int, str]) -> str:
    """The guide showing what was printed, by the line of the commands. What already fits is left alone."""
    for step in reversed(steps(guide)):
        if step.shown is not None and step.line in printed and not same(step.shown, printed[step.line]):
            guide = guide[: step.place[0]] + printed[step.line] + guide[step.place[1] :]
    return guide


def tracked(root: Path, listed: str) -> Iterator[tuple[Path, Path]]:
    """The files that git listed (`ls-files -z`) and that are there: in the repository, and by their path in it."""
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            yield root / name, Path(name)
