"""Mistakes that journalists make, and exactly what each is told: see tests/messages/README.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_problems import FOLDER, HEADER, lay

from generator.examine import examine
from generator.report import as_text

MESSAGES = Path(__file__).parent / "messages"
FIXTURES = sorted(MESSAGES.glob("*.txt"))
JARGON = re.compile(r"\b(scalar|mapping|sequence|null|parse|parser|token|node|boolean|string|integer|exception)\b")


def split(path: Path) -> tuple[str, list[tuple[str, str, str]], str]:
    """A fixture's head, the files that change (path, what is said in brackets, content), and the output."""
    text, _, output = path.read_text("utf-8").partition("--- output\n")
    head, *pieces = HEADER.split(text)
    return head, [(name, said or "", body) for name, said, body in zip(*[iter(pieces)] * 3, strict=True)], output


def change(root: Path, name: str, content: str) -> None:
    """Put lines that begin with + in the place of those before them that begin with -."""
    text = (root / name).read_text("utf-8")
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", content, re.MULTILINE):
        before, after = re.sub(r"^-", "", old, flags=re.MULTILINE), re.sub(r"^\+", "", new, flags=re.MULTILINE)
        assert text.count(before) == 1, f"{before!r} does not stand in {name} once"
        text = text.replace(before, after)
    lay(root, name, "", text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_an_editor_is_told_exactly_this(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    head, files, expected = split(path)
    root = tmp_path / "site"
    shutil.copytree(FOLDER / "base", root)
    for name, said, content in files:
        if said == "changed":
            change(root, name, content)
        else:
            lay(root, name, said, content)
    printed = as_text(examine(root), root)
    if request.config.getoption("--update-expected"):
        path.write_text(path.read_text("utf-8").partition("--- output\n")[0] + "--- output\n" + printed, "utf-8")
        return
    assert printed == expected
    assert head.strip()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_each_problem_says_what_to_type_next_without_jargon(path: Path) -> None:
    output = split(path)[2]
    *blocks, summary = output.strip().split("\n\n")
    assert re.fullmatch(r"[\d,]+ (error|warning)s?( and \d+ warnings?)? in \d+ files?\.", summary)
    for block in blocks:
        assert re.match(r"\S[^\n]*?(:\d+:\d+)?: (error|warning) [A-Z]\d{3}: ", block)
        assert "\n  help: " in block, f"this says not what to do:\n{block}"
        told = [line for line in block.split("\n") if " | " not in line]
        assert not JARGON.search("\n".join(told)), block


def test_there_are_more_than_thirty_kinds() -> None:
    assert len(FIXTURES) > 30
