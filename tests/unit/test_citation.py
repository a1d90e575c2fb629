"""How to cite a claim: a line that a reader can copy, an entry that BibTeX reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support import SMALL, claim, shown_claim, small_site

from generator.data.citation import Citation, citation
from generator.plan.claim_values import CommitView
from generator.plan.values import Link
from generator.plan.views import Views

SETTINGS = SMALL["site.toml"].replace(
    "[[",
    '[organisation]\nname = "Desk & Sons"\n[people.ann]\nname = "Ann B"\n[people.crew]\nname = "Night and Day"\n[[',
    1,
)
LATEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{"\\" + character: character for character in "&%$#_"},
}


def cited(root: Path, more: str = "", **files: str) -> Citation:
    views, _, page = shown_claim(small_site(root, {"content/claims/landing.yaml": claim(more=more), **files}))
    found = citation(views.frame, page)
    assert found is not None
    return found


def test_a_claim_of_a_site_without_people(tmp_path: Path) -> None:
    assert cited(tmp_path) == Citation(
        text="The Small Desk: “The ship landed at noon.” Checked October 17, 2021; verdict: True. "
        "https://small.example/claims/landing/",
        bibtex="""\
@online{small.example:landing,
  author = {{The Small Desk}},
  title = {{The ship landed at noon.}},
  organization = {The Small Desk},
  year = {2021},
  month = {10},
  url = {https://small.example/claims/landing/},
  note = {Checked October 17, 2021; verdict: True.},
}
""",
    )


def test_the_last_commit_that_touched_the_claim_is_its_version(tmp_path: Path) -> None:
    views, _, page = shown_claim(small_site(tmp_path))
    commit = CommitView("f" * 40, "f" * 10, None, "Check it", "https://git.example/commit/ff")
    found = citation(views.frame, replace(page, commits=(commit,)))
    assert found is not None
    assert found.text.endswith("/claims/landing/ Version ffffffffff: https://git.example/commit/ff")
    assert "Version ffffffffff: https://git.example/commit/ff}" in found.bibtex
    unknown = citation(views.frame, replace(page, commits=(replace(commit, address=""),)))
    assert unknown is not None
    assert unknown.text.endswith("/claims/landing/ Version ffffffffff")


def test_words_that_are_not_committed_have_no_version(tmp_path: Path) -> None:
    views, _, page = shown_claim(small_site(tmp_path))
    commit = CommitView("f" * 40, "f" * 10, None, "Check it", "")
    found = citation(views.frame, replace(page, commits=(commit,), uncommitted=True))
    assert found is not None
    assert "Version" not in found.text + found.bibtex


def test_people_an_organisation_and_a_correction(tmp_path: Path) -> None:
    more = (
        "title: Did it land?\nby: [ann, crew]\n"
        "corrections: [{date: 2021-10-18, kind: update, text: a}, {date: 2021-11, kind: update, text: b}]\n"
    )
    found = cited(tmp_path, more, **{"site.toml": SETTINGS})
    assert found.text == (
        "Ann B, Night and Day, Desk & Sons, The Small Desk: “Did it land?” Checked October 17, 2021; verdict: True. "
        "Last changed November 2021. https://small.example/claims/landing/"
    )
    assert "  author = {Ann B and {Night and Day}},\n" in found.bibtex
    assert "  organization = {Desk \\& Sons},\n" in found.bibtex


def test_a_title_that_is_no_sentence_has_its_stop(tmp_path: Path) -> None:
    assert "“The landing”. Checked" in cited(tmp_path, "title: The landing\n").text


def test_a_date_of_a_year_has_no_month(tmp_path: Path) -> None:
    views, _, page = shown_claim(small_site(tmp_path, {"content/claims/landing.yaml": claim(checked="2021")}))
    found = citation(views.frame, page)
    assert found is not None
    assert "year = {2021}" in found.bibtex
    assert "month" not in found.bibtex


def test_a_retracted_claim_says_so(tmp_path: Path) -> None:
    found = cited(tmp_path, "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n")
    assert "“Retracted: The ship landed at noon.”" in found.text
    assert "{{Retracted: The ship landed at noon.}}" in found.bibtex


def test_a_draft_has_none(tmp_path: Path) -> None:
    root = small_site(tmp_path, {"content/claims/landing.yaml": claim(more="status: draft\n")})
    views, _, page = shown_claim(root, drafts=True)
    assert citation(views.frame, page) is None


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("site"))


def test_the_key_stays_while_the_words_change(small: Path) -> None:
    views, _, page = shown_claim(small)
    one, other = citation(views.frame, page), citation(views.frame, replace(page, title="Another", summary="Else."))
    assert one is not None
    assert other is not None
    assert one != other
    assert one.bibtex.split("\n")[0] == other.bibtex.split("\n")[0] == "@online{small.example:landing,"


@pytest.fixture(scope="module")
def shown(small: Path) -> tuple[Views, object]:
    views, _, page = shown_claim(small)
    return views, page


@given(st.text(st.one_of(st.sampled_from('\\{}%$#_&~^@,="'), st.characters(categories=["L", "N", "P"])), min_size=1))
def test_every_title_comes_back_from_bibtex(shown: tuple[Views, object], text: str) -> None:
    views, page = shown
    found = citation(views.frame, replace(page, title=text, by=(Link(text, ""),)))
    assert found is not None
    depth = 0
    for character in found.bibtex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    [title] = re.findall(r"^  title = \{\{(.*)\}\},$", found.bibtex, re.MULTILINE)
    [author] = re.findall(r"^  author = \{(.*)\},$", found.bibtex, re.MULTILINE)
    assert plain(title) == text
    assert plain(author) in (text, "{" + text + "}")


def test_every_character_that_latex_knows(small: Path) -> None:
    views, _, page = shown_claim(small)
    found = citation(views.frame, replace(page, title="".join(LATEX.values())))
    assert found is not None
    assert f"title = {{{{{''.join(LATEX)}}}}}" in found.bibtex


def plain(latex: str) -> str:
    return re.sub("|".join(map(re.escape, LATEX)), lambda match: LATEX[match[0]], latex)
