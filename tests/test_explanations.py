"""Explanations: each code has one, whose wrong example gives the code and whose right one does not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from support import REPOSITORY, commit, run
from test_problems import FOLDER, lay

from generator.__main__ import main
from generator.against.compare import compare
from generator.check.explanations import FAMILIES, as_markdown, as_text, explanation, files
from generator.examine import examine, prepare
from generator.problems import CODES, Problem

Look = Callable[[Path, Path], Iterable[Problem]]
"""What finds a family's problems in a site: it is given an older version of it, and the site."""


def against(older: Path, newer: Path) -> Iterable[Problem]:
    """What `check --against` finds: `older` is committed, and then becomes `newer`."""
    commit(older)
    (older / ".git").rename(newer / ".git")
    return compare(newer, "HEAD", prepare(newer).content).problems


LOOKS: dict[str, Look] = {"G": against, "S": lambda _, newer: examine(newer, standards=True)}
"""By a code's letter, where it is not `examine`."""

_FIELD = re.compile(r"^([\w-]+):", re.MULTILINE)
_HEADING = re.compile(r"^\[.*\]$", re.MULTILINE)


def site(root: Path, example: str) -> Path:
    """The base site with an example's files laid over it."""
    shutil.copytree(FOLDER / "base", root)
    for file in files(example):
        there = root / file.path
        text = file.text
        if not file.said and there.is_file() and there.suffix in (".yaml", ".toml"):
            text = merged(there.read_text("utf-8"), text, _FIELD if there.suffix == ".yaml" else None)
        lay(root, file.path, file.said, text)
    return root


def merged(base: str, example: str, field: re.Pattern[str] | None) -> str:
    """`base` with the example's fields (in TOML: and tables) in place of its own of these names."""
    if field:
        names = set(field.findall(example))
        kept = [piece for name, piece in pieces(base, field) if name not in names]
        return "".join(kept) + example
    own, theirs = pieces(example, _HEADING), pieces(base, _HEADING)
    headings = {name for name, _ in own}
    names = set(re.findall(r"^(\w+) *=", own[0][1], re.MULTILINE)) if own[0][0] == "" else set()
    top = "".join(line for line in theirs[0][1].splitlines(True) if line.split(" ")[0] not in names)
    mine = own[0][1] if own[0][0] == "" else ""
    rest = [piece for name, piece in theirs[1:] if name not in headings] + [piece for name, piece in own if name]
    return mine + top + "".join(rest)


def pieces(text: str, begins: re.Pattern[str]) -> list[tuple[str, str]]:
    """`text` cut where a field or a table begins, each piece with its name; what stands before the first has none."""
    cuts = [(match.start(), match.group(match.lastindex or 0)) for match in begins.finditer(text)]
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, ""))
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [(name, text[start:end]) for (start, name), end in zip(cuts, ends, strict=True)]


def found(code: str, example: str, tmp_path: Path) -> set[str]:
    older = site(tmp_path / "older", explanation(code).before)
    newer = site(tmp_path / "newer", example)
    look = LOOKS.get(code[0], lambda _, newer: examine(newer))
    return {problem.code for problem in look(older, newer)}


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_gives_the_code(code: str, tmp_path: Path) -> None:
    assert code in found(code, explanation(code).wrong, tmp_path)


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_does_not_and_is_free_of_errors(code: str, tmp_path: Path) -> None:
    codes = found(code, explanation(code).right, tmp_path)
    assert code not in codes
    assert not {code for code in codes if CODES[code][0] == "error"}


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_is_whole(code: str) -> None:
    told = explanation(code)
    assert told.rule.endswith(".")
    assert told.why.endswith(".")
    assert files(told.wrong)
    assert files(told.right)
    assert code[0] in FAMILIES


def test_no_explanation_is_of_a_code_that_is_gone() -> None:
    folder = REPOSITORY / "generator" / "check" / "explanations"
    assert {path.stem for path in folder.glob("*.md")} == CODES.keys()


def test_the_docs_are_made_of_the_explanations() -> None:
    written = (REPOSITORY / "docs" / "problems.md").read_text("utf-8")
    assert written == as_markdown(), "make docs/problems.md anew: python -m generator.check.explanations"


def test_a_table_of_site_toml_takes_the_place_of_the_base_sites() -> None:
    base = 'title = "A"\nurl = "u"\n[people.a]\nname = "A"\n[[verdicts]]\nid = "t"\n[[verdicts]]\nid = "f"\n'
    assert merged(base, 'url = "v"\n[[verdicts]]\nid = "x"\n', None) == (
        'url = "v"\ntitle = "A"\n[people.a]\nname = "A"\n[[verdicts]]\nid = "x"\n'
    )


# --- the command ------------------------------------------------------------------------------------------------------


def test_explain_prints_rule_reason_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "q001"]) == 0
    told = capsys.readouterr().out
    assert told == as_text("Q001")
    assert told.startswith("Q001 (error): a quote that does not stand in the article\n\nThe words of a quote stand")
    assert "\n\nWhy\nWhat stands between quotation marks" in told
    assert "\n\nWrong\n  content/claims/departure.yaml\n    quotes:\n      - article: gazette\n" in told
    assert "\n\nRight\n" in told
    assert "```" not in told


def test_explain_says_how_a_warning_is_turned_off(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "W004"])
    assert capsys.readouterr().out.endswith('in site.toml:\n  [check]\n  off = ["W004"]\n')


def test_explain_alone_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    told = capsys.readouterr().out
    for code, (severity, subject) in CODES.items():
        assert f"  {code}  {severity:<7}  {subject}\n" in told


def test_a_code_that_there_is_not_is_wrong_use() -> None:
    done = run("explain", "Q01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no code “Q01”: did you mean Q001?" in done.stderr
