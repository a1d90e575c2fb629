"""SARIF 2.1.0: problems for the programs that show the findings of analyses, with each code's explanation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.annotations import from_here
from generator.check.explanations import as_text, explanation
from generator.problems import CODES, Problem
from generator.report import printable
from generator.sources import Sources

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(problems: Sequence[Problem], root: Path) -> str:
    """One run, with the rules of the codes that were found; files' addresses are relative to the working directory."""
    sources = Sources(root)
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {"driver": {"name": "Parallax", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, root, sources, codes) for problem in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    severity, subject = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": subject},
        "fullDescription": {"text": " ".join(explanation(code).rule.split())},
        "help": {"text": as_text(code)},
        "defaultConfiguration": {"level": severity},
    }


def _result(problem: Problem, root: Path, sources: Sources, codes: Sequence[str]) -> dict[str, Any]:
    # An address of a file can hold bytes that are no UTF-8, as its name can.
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(from_here(root, problem.path), errors="surrogateescape")}
    }
    if problem.line:
        end = problem.column + sources.length(problem)
        place["region"] = {"startLine": problem.line, "startColumn": problem.column, "endColumn": end}
    lines = [problem.message, *(f"help: {problem.help}".split("\n") if problem.help else ())]
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity,
        "message": {"text": "\n".join(printable(line) for line in lines)},
        "locations": [{"physicalLocation": place}],
    }
