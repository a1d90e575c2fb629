"""Explanations: each code's rule, why there is one, and an example of wrong and of right. One Markdown file a code.

`explain` prints them, and docs/problems.md is made of them: `python -m generator.check.explanations`.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from generator.problems import CODES

_FOLDER = Path(__file__).parent
_FENCE = re.compile(r"^```(\w+) ([^\n(]+?)(?: \(([^)\n]+)\))?\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)

FAMILIES = {
    "F": "Files",
    "Y": "YAML and TOML",
    "R": "Fields",
    "L": "References",
    "Q": "Quotes",
    "A": "Articles' texts",
    "M": "Markdown",
    "H": "Claims' histories",
    "P": "Addresses of pages",
    "T": "Templates",
    "W": "What an editor should look at",
    "S": "Standards of fact-checking",
    "G": "Changes to what was published",
}
"""By a code's letter."""


class File(Struct, frozen=True):
    """A file of an example: its path, what is said of it in brackets ("deleted"), its language and what it holds."""

    path: str
    said: str
    language: str
    text: str


class Explanation(Struct, frozen=True):
    """A code's explanation. `before`, `wrong` and `right` are as they were written, each with fenced files."""

    code: str
    rule: str
    why: str
    before: str
    wrong: str
    right: str

    @property
    def subject(self) -> str:
        return CODES[self.code][1]

    @property
    def severity(self) -> str:
        return CODES[self.code][0]


def explanation(code: str) -> Explanation:
    """The explanation of one of `problems.CODES`. Raises ValueError where its file lacks a section."""
    rule, *pieces = _SECTION.split((_FOLDER / f"{code}.md").read_text("utf-8"))
    sections = {name: text.strip() for name, text in zip(pieces[::2], pieces[1::2], strict=True)}
    names = list(sections)
    if [name for name in names if name != "Before"] != ["Why", "Wrong", "Right"]:
        raise ValueError(f"{code}.md has the sections {', '.join(names)}, not Why, Wrong and Right")
    before = sections.get("Before", "")
    return Explanation(code, rule.strip(), sections["Why"], before, sections["Wrong"], sections["Right"])


def files(example: str) -> list[File]:
    """The fenced files of an example."""
    return [
        File(path, said or "", language, text) for language, path, said, text in _FENCE.findall(f"{example.strip()}\n")
    ]


def as_text(code: str) -> str:
    """A code's explanation as a terminal shows it."""
    told = explanation(code)
    sections = [f"{code} ({told.severity}): {told.subject}", told.rule, f"Why\n{told.why}"]
    sections += [f"Before\n{_fences_as_text(told.before)}"] if told.before else []
    sections += [f"Wrong\n{_fences_as_text(told.wrong)}", f"Right\n{_fences_as_text(told.right)}"]
    if told.severity == "warning":
        sections.append(f'To turn this warning off for the whole site, in site.toml:\n  [check]\n  off = ["{code}"]')
    return "\n\n".join(sections) + "\n"


def as_markdown() -> str:
    """docs/problems.md."""
    lines = [
        "# Problems",
        "",
        "What `check` and `build` find wrong, by code. `parallax explain Q001` prints one of these. A code keeps its",
        "meaning. Errors stop a build; warnings never do, and `[check] off` in `site.toml` turns them off by code.",
        "",
        "This page is made by `python -m generator.check.explanations` from that folder's files. Each example is laid",
        "over the small site in `tests/problems/base/`: what it does not show is as it is there.",
    ]
    family = ""
    for code, (severity, subject) in ordered():
        if code[0] != family:
            family = code[0]
            lines += ["", f"## {FAMILIES[family]}"]
        told = explanation(code)
        lines += ["", f"### {code}: {subject}", "", f"*{severity.capitalize()}.* {told.rule}", "", f"Why: {told.why}"]
        for name, example in (("Before", told.before), ("Wrong", told.wrong), ("Right", told.right)):
            if example:
                lines += ["", f"{name}:", "", _fences_as_markdown(example)]
    return "\n".join(lines) + "\n"


def ordered() -> list[tuple[str, tuple[str, str]]]:
    """All codes with severity and subject, family by family."""
    order = list(FAMILIES)
    return sorted(CODES.items(), key=lambda item: (order.index(item[0][0]), item[0]))


def _fences_as_text(example: str) -> str:
    def shown(match: re.Match[str]) -> str:
        _, path, said, text = match.groups()
        head = f"  {path}" + (f" ({said})" if said else "")
        return "\n".join([head, *(f"    {line}".rstrip() for line in text.splitlines())]) + "\n"

    return _FENCE.sub(shown, f"{example}\n").rstrip()


def _fences_as_markdown(example: str) -> str:
    def shown(match: re.Match[str]) -> str:
        language, path, said, text = match.groups()
        head = f"`{path}`" + (f" ({said})" if said else "")
        return f"{head}\n\n```{language}\n{text}```\n" if text else f"{head}\n"

    return _FENCE.sub(shown, f"{example}\n").strip()
