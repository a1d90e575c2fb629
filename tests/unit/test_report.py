"""Reports: for people, with nothing of content live; for programs, as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from rich.cells import cell_len
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


# --- the words that are underlined ------------------------------------------------------------------------------------


def marked(tmp_path: Path, line: str, column: int, length: int = 0, path: str = "content/claims/a.yaml") -> str:
    """What stands above the carets, in a terminal's columns."""
    lay(tmp_path, {path: f"{line}\n"})
    _, shown, under, *_ = as_text([Problem(path, 1, column, "R002", "m", "", length)], tmp_path).splitlines()
    assert under.startswith("       | ")
    start, end = under.index("^"), len(under)
    cells = "".join(character + "\0" * (cell_len(character) - 1) for character in shown if cell_len(character))
    assert len(cells) >= end
    return cells[start:end].replace("\0", "")


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("title: A ship", 8, "A ship"),
        ("titel: A ship", 1, "titel"),
        ("tags: [one, two words]  # not this", 13, "two words"),
        ("tags: [one, two words]", 7, "[one, two words]"),
        ('tags: ["a # b", two]', 8, '"a # b"'),
        ("claim: 朝日 の 船", 8, "朝日 の 船"),
        ("claim: {朝: 日, 船: x}", 15, "船"),
        ("claim: [e\u0301e\u0301, b]", 15, "b"),
        ('claim: "not closed', 8, '"not closed'),
        ("a: b: c", 5, ":"),
    ],
)
def test_a_value_or_a_name_is_underlined_as_far_as_it_goes(tmp_path: Path, line: str, column: int, words: str) -> None:
    assert marked(tmp_path, line, column) == words


def test_the_length_that_a_problem_gives_counts(tmp_path: Path) -> None:
    assert marked(tmp_path, "text: The ship lnded at noon", 16, 5) == "lnded"


def test_a_tab_is_shown_as_four_spaces(tmp_path: Path) -> None:
    assert marked(tmp_path, "\tb: c", 2) == "b:"
    assert marked(tmp_path, "\tb: c", 1) == "    "


def test_what_is_shown_as_its_code_point_is_underlined_whole(tmp_path: Path) -> None:
    assert marked(tmp_path, "a: b\u202ec", 4) == "b<U+202E>c"


def test_a_long_line_is_cut_round_the_words(tmp_path: Path) -> None:
    line = f"claim: {'x' * 400} wrong {'y' * 400}"
    assert marked(tmp_path, line, line.index("wrong") + 1, 5) == "wrong"
    shown = as_text([Problem("content/claims/a.yaml", 1, 409, "R002", "m", "", 5)], tmp_path).splitlines()[1]
    assert shown.startswith("     1 | … xxx")
    assert shown.endswith("yyy …")
    assert len(shown) < 130


def test_the_carets_end_where_a_long_value_is_cut(tmp_path: Path) -> None:
    assert set(marked(tmp_path, f"claim: {'朝' * 300}", 8)) == {"朝"}


def test_settings_and_front_matter_are_underlined_too(tmp_path: Path) -> None:
    assert marked(tmp_path, '[people."Ada H"]', 1, path="site.toml") == '[people."Ada H"]'
    assert marked(tmp_path, 'off = ["W004", "R001"]', 16, path="site.toml") == '"R001"'
    lay(tmp_path, {"content/pages/a.md": "---\ntitle: A page\n---\nText.\n"})
    told = as_text([Problem("content/pages/a.md", 2, 8, "R002", "m")], tmp_path).splitlines()
    assert told[2] == "       |        ^^^^^^"


def test_what_is_to_be_pasted_stands_on_lines_of_its_own_and_is_no_command(tmp_path: Path) -> None:
    told = as_text(
        [Problem("a", 0, 0, "F001", "m", "write:\na: b\n  - c\n::error::x\n ##vso[x]")], tmp_path
    ).splitlines()
    assert told[1:6] == [
        "  help: write:",
        "        a: b",
        "          - c",
        "        | ::error::x",
        "        | ##vso[x]",
    ]


def test_a_pipe_and_a_binary_file_are_not_waited_for_or_shown(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "utf-16.yaml").write_bytes("claim: x\n".encode("utf-16"))
    problems = [Problem("pipe.yaml", 1, 1, "F001", "m"), Problem("utf-16.yaml", 1, 1, "F003", "m")]
    assert as_text(problems, tmp_path).splitlines()[:3] == [
        "pipe.yaml:1:1: error F001: m",
        "",
        "utf-16.yaml:1:1: error F003: m",
    ]
