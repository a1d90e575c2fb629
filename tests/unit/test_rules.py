"""The rules of `check`, each at its edge: what is a problem, and the nearest thing that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SMALL, claim, small_site

from generator import examine as examining
from generator.problems import Problem

PAGE = "---\ntitle: A page\n---\n"
PAGES = {f"content/pages/{id}.md": PAGE for id in ("about", "methodology", "corrections-policy")}
SOURCE = "sources:\n  - {id: a, title: A, url: 'https://a.example/'}\n"
QUOTE = "quotes:\n  - article: gazette\n    text: The ship landed at noon\n    stance: asserts\n"
SOUND = {"content/claims/landing.yaml": claim(more=SOURCE + QUOTE)}


def examine(root: Path) -> list[Problem]:
    """The problems of a site without what standards ask for: tests/unit/test_standards.py has those."""
    return [problem for problem in examining.examine(root) if problem.code[0] != "S"]


def found(root: Path, *files: dict[str, str], off: str = "A002") -> list[str]:
    """The problems of a sound site with `files` over it, as "code path line:column"."""
    silent = {"site.toml": SMALL["site.toml"] + f'\n[check]\noff = ["{off}"]\n'}
    small_site(root, PAGES, SOUND, silent, *files)
    return [f"{p.code} {p.path.rpartition('/')[2]} {p.line}:{p.column}" for p in examine(root)]


def test_the_sound_site_has_no_problems(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # made, checked, corrected: in this order
        ("made: 2021-10-17\n", []),
        ("made: 2021-10-18\n", ["W001 landing.yaml 5:7"]),
        ("made: 2021-10\n", []),
        ("made: 2021-11\n", ["W001 landing.yaml 5:7"]),
        ("checked: 2021-10\nmade: 2021-10-17\n", []),
        ("checked: 2021-10\nmade: 2021-11-01\n", ["W001 landing.yaml 5:7"]),
        ("made: 2021-10-17T23:59:00-12:00\n", ["W001 landing.yaml 5:7"]),
        ("corrections:\n  - {date: 2021-10-17, kind: update, text: a}\n", []),
        ("corrections:\n  - {date: 2021-10-16, kind: update, text: a}\n", ["W001 landing.yaml 4:10"]),
        # a retracted claim says why
        ("status: retracted\n", ["R002 landing.yaml 5:9"]),
        ("status: retracted\ncorrections:\n  - {date: 2021-11, kind: correction, text: a}\n", []),
    ],
)
def test_a_claims_dates_and_status(tmp_path: Path, lines: str, expected: list[str]) -> None:
    whole = claim(more=lines + SOURCE + QUOTE)
    whole = whole.replace("checked: 2021-10-17\n", "") if "checked" in lines else whole
    assert found(tmp_path, {"content/claims/landing.yaml": whole}) == expected


@pytest.mark.parametrize(
    ("published", "expected"), [("2021-10-17", []), ("2021", []), ("2021-10-18", ["W001 landing.yaml 6:61"])]
)
def test_a_source_is_published_before_it_is_used(tmp_path: Path, published: str, expected: list[str]) -> None:
    source = SOURCE.replace("}", f", published: {published}}}")
    assert found(tmp_path, {"content/claims/landing.yaml": claim(more=source + QUOTE)}) == expected


@pytest.mark.parametrize(
    ("stance", "says", "warned"),
    [
        ("asserts", "noon", False),
        ("asserts", "one", True),
        ("contradicts", "one", False),
        ("contradicts", "noon", True),
        ("partly", "one", False),
        ("mentions", "one", False),
    ],
)
def test_stance_and_value_agree(tmp_path: Path, stance: str, says: str, warned: bool) -> None:
    compare = "compare: {what: Time, claim: noon, found: noon}\n"
    quote = QUOTE.replace("asserts", f"{stance}\n    says: {says}")
    problems = found(tmp_path, {"content/claims/landing.yaml": claim(more=compare + SOURCE + quote)})
    assert [problem[:4] for problem in problems] == (["W005"] if warned else [])


@pytest.mark.parametrize(
    ("text", "quote", "codes"),
    [
        ("It did land at noon on Monday", "It did […] on Monday", []),
        ("It did not land on Monday", "It did […] on Monday", ["Q008"]),
        ("It did " + "x" * 298 + " on Monday", "It did […] on Monday", []),
        ("It did " + "x" * 299 + " on Monday", "It did […] on Monday", ["Q007"]),
        ("It did.\n\nOr else on Monday", "It did […] on Monday", ["Q007"]),
        ("It did not.\n\nPerhaps on Monday", "It did […] on Monday", ["Q007", "Q008"]),
    ],
)
def test_omissions(tmp_path: Path, text: str, quote: str, codes: list[str]) -> None:
    more = SOURCE + QUOTE.replace("The ship landed at noon", quote)
    problems = found(tmp_path, {"seeds/gazette.txt": text, "content/claims/landing.yaml": claim(more=more)})
    assert [problem[:4] for problem in problems] == codes


@pytest.mark.parametrize(
    ("language", "words", "codes"),
    [("", "nunca", []), ("language: es\n", "nunca", ["Q008"]), ("language: es\n", "not", [])],
)
def test_omissions_are_read_in_the_articles_language(
    tmp_path: Path, language: str, words: str, codes: list[str]
) -> None:
    files = {
        "seeds/gazette.txt": f"It did {words} land on Monday",
        "content/articles/gazette.yaml": f"text: seeds/gazette.txt\n{language}",
        "content/claims/landing.yaml": claim(
            more=SOURCE + QUOTE.replace("The ship landed at noon", "It did […] on Monday")
        ),
    }
    assert [problem[:4] for problem in found(tmp_path, files)] == codes


def test_an_article_that_is_silent_is_used(tmp_path: Path) -> None:
    other = {"content/articles/other.yaml": "text: seeds/gazette.txt\n"}
    assert found(tmp_path / "a", other) == ["W004 other.yaml 1:7"]
    silent = {"content/claims/landing.yaml": claim(more="silent: [other]\n" + SOURCE + QUOTE)}
    assert found(tmp_path / "b", other, silent) == []


def test_a_draft_lacks_and_a_published_claim_needs(tmp_path: Path) -> None:
    draft = {"content/claims/landing.yaml": "claim: A.\nstatus: draft\n" + QUOTE}
    assert found(tmp_path / "a", draft) == ["R006 landing.yaml 1:1"] * 3
    published = {"content/claims/landing.yaml": "claim: A.\n" + SOURCE + QUOTE}
    assert found(tmp_path / "b", published) == ["R002 landing.yaml 1:1"] * 3


@pytest.mark.parametrize("code", ["A002", "W002", "W003"])
def test_a_warning_is_turned_off_by_its_code_and_no_other_is(tmp_path: Path, code: str) -> None:
    sourceless = {"content/claims/landing.yaml": claim(more=QUOTE)}
    small_site(tmp_path, sourceless, {"site.toml": SMALL["site.toml"] + f'\n[check]\noff = ["{code}"]\n'})
    assert {problem.code for problem in examine(tmp_path)} == {"A002", "W002", "W003"} - {code}


@pytest.mark.parametrize(("code", "problem"), [("Q001", "R004"), ("W999", "L001")])
def test_errors_cannot_be_turned_off(tmp_path: Path, code: str, problem: str) -> None:
    broken = {"content/claims/landing.yaml": claim(more=SOURCE + QUOTE.replace("noon", "one"))}
    codes = [line[:4] for line in found(tmp_path, broken, off=code)]
    assert sorted(codes) == sorted(["A002", "Q001", problem])


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ page.nothing }}", "T001 page.html 1:1"),
        ("\n\n{{ page.title.nothing }}", "T001 page.html 3:1"),
        ("\n{% if %}", "T001 page.html 2:1"),
        ("{% include 'nothing.html' %}", "T001 page.html 1:1"),
        ("{{ ''.__class__ }}", "T001 page.html 1:1"),
        ("{{ 1 / 0 }}", "T001 page.html 1:1"),
    ],
)
def test_a_template_that_fails_on_many_pages_is_one_problem(tmp_path: Path, template: str, expected: str) -> None:
    assert found(tmp_path, {"templates/page.html": template}) == [expected]


def test_problems_of_every_stage_come_out_of_one_run(tmp_path: Path) -> None:
    files = {
        "content/claims/landing.yaml": claim(more="tags: ['***']\nsilent: [nobody]\n" + QUOTE.replace("noon", "one")),
        "content/claims/other.yaml": claim(more="nothing: here\nanalysis: '[a](/nowhere/)'\n" + SOURCE),
        "content/claims/third.yaml": "claim: [\n",
    }
    codes = [problem[:4] for problem in found(tmp_path, files)]
    assert sorted(codes) == ["L001", "M001", "P001", "Q001", "R001", "W002", "Y001"]
