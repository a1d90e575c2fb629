"""Annotations: problems as the commands by which GitHub's builds put notes beside lines of a pull request.

The form is that of "Workflow commands for GitHub Actions" and of the toolkit that writes them (`command.ts`): in the
message `%`, CR and LF are escaped, in a property's value `:` and `,` too. So nothing of content ends a command, or
begins one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generator.problems import Problem
from generator.report import printable
from generator.sources import Sources


def as_github(problems: Iterable[Problem], root: Path) -> str:
    """A command a problem; paths are relative to the working directory."""
    sources = Sources(root)
    return "".join(f"{_command(problem, root, sources)}\n" for problem in problems)


def from_here(root: Path, path: str) -> str:
    """The path, from the working directory, of a file of the site in `root`."""
    return os.path.relpath(os.path.join(os.path.realpath(root), path), os.path.realpath(os.curdir)).replace(os.sep, "/")


def _command(problem: Problem, root: Path, sources: Sources) -> str:
    properties = {"file": printable(from_here(root, problem.path))}
    if problem.line:
        end = problem.column + sources.length(problem)
        properties |= {"line": str(problem.line), "endLine": str(problem.line)}
        properties |= {"col": str(problem.column), "endColumn": str(end)}
    properties["title"] = problem.code
    lines = [problem.message, *(f"help: {problem.help}".split("\n") if problem.help else ())]
    said = "\n".join(printable(line) for line in lines)
    listed = ",".join(f"{name}={_of_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_of_message(said)}"


def _of_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _of_property(text: str) -> str:
    return _of_message(text).replace(":", "%3A").replace(",", "%2C")
