"""Problems for programs: GitHub's workflow commands, which nothing of content can forge, and valid SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema.validators import validator_for
from support import SMALL, claim, lay, small_site
from test_commands import HOSTILE

from generator.__main__ import main
from generator.annotations import as_github
from generator.examine import examine
from generator.problems import CODES, Problem
from generator.report import summary
from generator.sarif import as_sarif

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
COMMAND = re.compile(r"::(?P<level>error|warning) (?P<properties>[^\n]*?)::(?P<message>[^\n]*)")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    root = small_site(tmp_path / "a site")
    quote = SMALL["content/claims/landing.yaml"].replace("landed at noon\n", "lnded at noon\n")
    lay(root, {"content/claims/landing.yaml": quote})
    return root


def valid(text: str) -> dict[str, Any]:
    found = json.loads(text)
    validator = validator_for(SCHEMA)
    validator.check_schema(SCHEMA)
    assert list(validator(SCHEMA).iter_errors(found)) == []
    return dict(found)


def properties(line: str) -> dict[str, str]:
    match = COMMAND.fullmatch(line)
    assert match, line
    return dict(pair.split("=", 1) for pair in match["properties"].split(","))


def test_github_gets_a_command_a_problem(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--site", "a site", "--format", "github"]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert len(lines) == len(examine(site))
    (error,) = (line for line in lines if line.startswith("::error "))
    assert properties(error) == {
        "file": "a site/content/claims/landing.yaml",
        "line": "7",
        "endLine": "7",
        "col": "20",
        "endColumn": "25",
        "title": "Q001",
    }
    assert error.endswith("%0Ahelp: the article's words:%0Atext: The ship landed at noon")
    assert told.err == f"{summary(examine(site))}\n"
    assert told.err.startswith("1 error and ")


def test_what_github_reads_otherwise_is_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    problem = Problem("content/a,b:c%0A.yaml", 0, 0, "F007", "100%\n::error::x", "a: b\n::warning::y\r")
    assert as_github([problem], tmp_path) == (
        "::error file=content/a%2Cb%3Ac%250A.yaml,title=F007::100%25 ::error::x%0Ahelp: a: b%0A::warning::y<U+000D>\n"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_content_can_forge_a_command(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, HOSTILE[name])
    assert main(["check", "--site", str(site), "--format", "github"]) == 1
    lines = capsys.readouterr().out.split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not COMMAND.fullmatch(line)] == []
    assert len(lines) == len(examine(site))
    assert all(properties(line)["title"] in CODES for line in lines)


@pytest.mark.parametrize("name", HOSTILE)
def test_sarif_of_anything_is_valid(site: Path, name: str) -> None:
    lay(site, HOSTILE[name])
    text = as_sarif(examine(site), site)
    assert text.isascii()
    valid(text)


def test_sarif_has_rules_with_help_and_the_exact_words(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--site", "a site", "--format", "sarif"]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    (run,) = valid(told.out)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({problem.code for problem in examine(site)})
    assert all(rule["help"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    (error,) = (result for result in run["results"] if result["level"] == "error")
    place = error["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 7, "startColumn": 20, "endColumn": 25}
    assert unquote(place["artifactLocation"]["uri"]) == "a site/content/claims/landing.yaml"
    assert " " not in place["artifactLocation"]["uri"]


def test_a_site_without_problems_is_an_empty_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert valid(as_sarif([], tmp_path))["runs"][0]["results"] == []
    assert as_github([], tmp_path) == ""


def test_paths_lead_from_the_working_directory(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content")
    assert "file=claims/landing.yaml," in as_github(examine(site), site)
    assert '"uri": "claims/landing.yaml"' in as_sarif(examine(site), site)


def test_columns_count_characters_not_bytes(site: Path) -> None:
    lay(site, {"content/claims/wide.yaml": claim(more="tags: [朝, é🚀, 朝]\n")})
    (result,) = (
        result
        for result in json.loads(as_sarif(examine(site), site))["runs"][0]["results"]
        if result["ruleId"] == "L004"
    )
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (15, 16)


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert list(validator_for(SCHEMA)(SCHEMA).iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))
