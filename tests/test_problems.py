"""Sites with something wrong in them, and exactly the problems that come out: see tests/problems/README.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from generator import records
from generator.examine import examine
from generator.problems import CODES, Problem

FOLDER = Path(__file__).parent / "problems"
FIXTURES = sorted(FOLDER.glob("*.txt"))

# Codes that no fixture can show, each with the reason.
PENDING = {code: "needs a revision: tests/test_against.py" for code in CODES if code[0] == "G"}

STANDARDS = {code for code in CODES if code[0] == "S"}

HEADER = re.compile(r"^--- (\S.*?)(?: \((.+)\))?\n", re.MULTILINE)
EXPECTED = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+) (?P<code>[A-Z]\d{3})(?: (?P<words>.+))?")


class Fixture(NamedTuple):
    title: str
    explanation: str
    files: list[tuple[str, str, str]]  # path, what is said of it in brackets, content
    expected: list[re.Match[str]]


def read_fixture(path: Path) -> Fixture:
    head, *pieces = HEADER.split(path.read_text("utf-8"))
    title, _, explanation = head.strip().partition("\n")
    sections = list(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True))
    assert [name for name, _, _ in sections].index("problems") == len(sections) - 1, "the problems come last, once"
    expected = []
    for line in sections.pop()[2].splitlines():
        match = EXPECTED.fullmatch(line)
        assert match or not line, f"{line!r} is no “path:line:column CODE words”"
        expected += [match] if match else []
    return Fixture(
        title, explanation.strip(), [(name, said or "", content) for name, said, content in sections], expected
    )


def lay(root: Path, name: str, said: str, content: str) -> None:
    """Put one file of a fixture into the site in `root`."""
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if said == "deleted":
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    elif said == "a folder":
        target.mkdir()
    elif said.startswith("a link to "):
        target.unlink(missing_ok=True)
        target.symlink_to(said.removeprefix("a link to "))
    elif said.endswith(" bytes"):
        size = int(said.removesuffix(" bytes").replace(",", ""))
        target.write_bytes(as_bytes(content).ljust(size, b"x"))
    elif said == "UTF-16":
        target.write_bytes(content.encode("utf-16"))
    else:
        assert not said, f"nobody knows what ({said}) means"
        target.write_bytes(as_bytes(content))


def as_bytes(content: str) -> bytes:
    content = re.sub(r"\{U\+([0-9A-F]{4,6})\}", lambda m: chr(int(m[1], 16)), content)
    content = re.sub(r"\{byte ([8-9A-F][0-9A-F])\}", lambda m: chr(0xDC00 + int(m[1], 16)), content)
    content = re.sub(r"\{(\d[\d,]*) times (.+?)\}", lambda m: m[2] * int(m[1].replace(",", "")), content)
    return content.encode("utf-8", "surrogateescape")


def key(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.code


def shown(problem: Problem) -> str:
    path, line, column, code = key(problem)
    return f"{path}:{line}:{column} {code} {problem.message} | {problem.help}"


def cases() -> list[object]:
    return [pytest.param(path, id=path.stem) for path in FIXTURES]


@pytest.mark.parametrize("path", cases())
def test_exactly_these_problems_come_out(path: Path, tmp_path: Path) -> None:
    fixture = read_fixture(path)
    root = tmp_path / "site"
    shutil.copytree(FOLDER / "base", root)
    for name, said, content in fixture.files:
        lay(root, name, said, content)
    standards = path.stem.startswith("standards")
    found = [problem for problem in examine(root, standards=standards) if standards or problem.code not in STANDARDS]
    expected = sorted((m["path"], int(m["line"]), int(m["column"]), m["code"]) for m in fixture.expected)
    given = "These came out:\n" + "\n".join(shown(problem) for problem in found)
    assert [key(problem) for problem in sorted(found)] == expected, given
    for match in fixture.expected:
        place = (match["path"], int(match["line"]), int(match["column"]), match["code"])
        said_there = [f"{problem.message} {problem.help}" for problem in found if key(problem) == place]
        assert any((match["words"] or "") in words for words in said_there), (
            f"no “{match['words']}” at {place}. {given}"
        )


def test_the_base_site_is_sound() -> None:
    assert examine(FOLDER / "base") == ()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_fixture_says_what_it_shows(path: Path) -> None:
    fixture = read_fixture(path)
    assert fixture.title
    assert fixture.explanation.endswith(".")
    assert fixture.expected


def test_every_code_is_shown_by_a_fixture() -> None:
    shown_codes = {match["code"] for path in FIXTURES for match in read_fixture(path).expected}
    assert shown_codes | PENDING.keys() == CODES.keys()
    assert not shown_codes & PENDING.keys(), "these are pending no longer"


def test_every_required_field_is_shown_missing_by_a_fixture() -> None:
    types = [type_ for type_ in vars(records).values() if isinstance(type_, type) and issubclass(type_, records.Record)]
    required = {
        field.encode_name
        for type_ in types
        for field in msgspec.structs.fields(type_)
        if field.required and not (issubclass(type_, records.FileRecord) and field.name in ("id", "path"))
    }
    required |= set(records.Claim.required_when_published)
    words = " ".join(match["words"] or "" for path in FIXTURES for match in read_fixture(path).expected)
    assert {name for name in required if f"needs “{name}”" not in words} == set()
