"""Reports: for people, with nothing of content live; for programs, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import lay

from generator.problems import Problem
from generator.report import as_json, as_text, counted, printable, summary

ERROR = Problem("content/claims/a.yaml", 2, 8, "R002", "“claim” is empty", "write a value")
WARNING = Problem("content/pages/about.md", 0, 0, "W003", "readers expect a page")


def test_a_report_for_people(tmp_path: Path) -> None:
    lay(tmp_path, {"content/claims/a.yaml": "title: A\nclaim: ''\n"})
    assert (
        as_text([ERROR, WARNING], tmp_path)
        == """\
content/claims/a.yaml:2:8: error R002: “claim” is empty
     2 | claim: ''
       |        ^^
  help: write a value

content/pages/about.md: warning W003: readers expect a page

1 error and 1 warning in 2 files.
"""
    )


def test_colours_are_for_terminals_alone(tmp_path: Path) -> None:
    assert "\033[" in as_text([ERROR], tmp_path, colour=True)
    assert "\033[" not in as_text([ERROR], tmp_path)


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "No problems."),
        ([ERROR], "1 error in 1 file."),
        ([ERROR, ERROR], "2 errors in 1 file."),
        ([WARNING], "1 warning in 1 file."),
        ([ERROR, WARNING, WARNING], "1 error and 2 warnings in 2 files."),
    ],
)
def test_the_summary(problems: list[Problem], words: str) -> None:
    assert summary(problems) == words


def test_counted() -> None:
    assert [counted(count, "page") for count in (0, 1, 2, 1204)] == ["0 pages", "1 page", "2 pages", "1,204 pages"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “text” – é 朝 🚀", "plain “text” – é 朝 🚀"),
        ("\x1b[31mred\x07", "<U+001B>[31mred<U+0007>"),
        ("a\nb\tc\rd", "a b c<U+000D>d"),
        ("\x9b2J\x85", "<U+009B>2J<U+0085>"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>e"),
        ("a\u2028b\ud800", "a<U+2028>b<U+D800>"),
    ],
)
def test_nothing_is_printed_live(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    lay(tmp_path, {"content/claims/a.yaml": "x\n" + "claim: " + "y" * 500})
    line = as_text([ERROR], tmp_path).splitlines()[1]
    assert len(line) < 180
    assert line.endswith(" …")


@pytest.mark.parametrize("line", [9, 1_000_000])
def test_a_line_that_is_not_there_any_more_is_left_out(tmp_path: Path, line: int) -> None:
    problem = Problem("content/claims/a.yaml", line, 8, "R002", "message")
    assert as_text([problem], tmp_path).splitlines()[0] == f"content/claims/a.yaml:{line}:8: error R002: message"


def test_the_caret_stands_under_the_place_even_after_what_is_shown_otherwise(tmp_path: Path) -> None:
    lay(tmp_path, {"content/claims/a.yaml": "x\na\u202eb: cd\n"})
    _, line, caret, *_ = as_text([Problem("content/claims/a.yaml", 2, 7, "R002", "m")], tmp_path).splitlines()
    assert line[caret.index("^")] == "d"


def test_json_has_these_fields_and_counts_from_one() -> None:
    data = json.loads(as_json([ERROR, WARNING]))
    assert data == {
        "problems": [
            {
                "severity": "error",
                "code": "R002",
                "path": "content/claims/a.yaml",
                "line": 2,
                "column": 8,
                "message": "“claim” is empty",
                "help": "write a value",
            },
            {
                "severity": "warning",
                "code": "W003",
                "path": "content/pages/about.md",
                "line": 1,
                "column": 1,
                "message": "readers expect a page",
                "help": "",
            },
        ]
    }
    assert as_json([ERROR]).isascii()


def test_no_problems_as_json() -> None:
    assert json.loads(as_json([])) == {"problems": []}
