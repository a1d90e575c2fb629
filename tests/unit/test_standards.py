"""The standards: each at its edge, and the exceptions that answer them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SMALL, lay, small_site

from generator.__main__ import main
from generator.check.standards import HELD, STANDARDS
from generator.commands.common import CONTENT, DONE
from generator.examine import examine
from generator.problems import CODES

PAGE = "---\ntitle: A page\n---\n"
PAGES = {f"content/pages/{id}.md": PAGE for id in ("about", "methodology", "corrections-policy", "funding")}
ONE = {
    "id": "log",
    "title": "The log",
    "publisher": "The harbour",
    "url": "https://harbour.example/log",
    "archived": "https://archive.example/log",
    "kind": "primary",
    "bears": "supports",
    "interest": "It runs the quay.",
}
TWO = {
    "id": "radio",
    "title": "The radio",
    "publisher": "Radio Quay",
    "url": "https://radio.example/",
    "archived": "https://archive.example/radio",
    "kind": "secondary",
    "bears": "undermines",
    "interest": "None known.",
}
GAZETTE = "text: seeds/gazette.txt\npublisher: The Gazette\norigin: [own]\n"
HERALD = "text: seeds/herald.txt\npublisher: The Herald\norigin: [own]\n"
ARTICLES: dict[str, str | bytes | None] = {
    "content/articles/gazette.yaml": GAZETTE,
    "seeds/herald.txt": "At noon the ship was there.\n",
}


def source(fields: dict[str, str], **other: str) -> str:
    return "{" + ", ".join(f'{name}: "{text}"' for name, text in {**fields, **other}.items() if text) + "}"


def claim_with(*sources: str, contacted: str = "contacted: [{who: AFP, date: 2021}]", more: str = "") -> str:
    listed = "".join(f"  - {each}\n" for each in sources or (source(ONE), source(TWO)))
    return (
        "claim: The ship landed at noon.\nverdict: true\nsummary: It did.\nchecked: 2021-10-17\n"
        f"why: Many asked.\n{contacted}\n"
        "quotes:\n  - article: gazette\n    text: The ship landed at noon\n    stance: asserts\n"
        f"sources:\n{listed}{more}"
    )


def codes(root: Path, whole: str, *files: dict[str, str | bytes | None], standards: bool = False) -> list[str]:
    laid: dict[str, str | bytes | None] = {**PAGES, **ARTICLES, "content/claims/landing.yaml": whole}
    for each in files:
        laid.update(each)
    small_site(root, {path: content for path, content in laid.items() if content is not None})
    return [problem.code for problem in examine(root, standards=standards) if problem.code in HELD]


def site_toml(more: str) -> dict[str, str | bytes | None]:
    return {"site.toml": SMALL["site.toml"] + more}


def test_a_claim_can_meet_every_standard(tmp_path: Path) -> None:
    assert codes(tmp_path, claim_with()) == []


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        # S001: as many origins as sources are known to have independently of one another
        ([source(ONE, bears="supports")], ["S001", "S006"]),
        ([source(ONE), source(TWO, publisher="the  HARBOUR!")], ["S001"]),
        ([source(ONE), source(TWO, origin="The harbour")], ["S001"]),
        ([source(ONE, origin="AFP"), source(TWO, origin="afp")], ["S001"]),
        ([source(ONE, origin="AFP"), source(TWO)], []),
        ([source(ONE, publisher=""), source(TWO, publisher="")], []),
        ([source(ONE, publisher="", url="https://www.radio.example/a"), source(TWO, publisher="")], ["S001"]),
        ([source(ONE), source(TWO, publisher="", url="mailto:a@b.example")], ["S001"]),
        # S002
        ([source(ONE, kind="secondary"), source(TWO)], ["S002"]),
        ([source(ONE, kind=""), source(TWO, kind="")], ["S002"]),
        # S003
        ([source(ONE, archived=""), source(TWO)], ["S003"]),
        ([source(ONE, archived="", url="mailto:a@b.example"), source(TWO)], []),
        ([source(ONE, archived="", text="seeds/gazette.txt"), source(TWO)], []),
        ([source(ONE, archived="", url="", article="gazette"), source(TWO)], []),
        # S004
        ([source(ONE, interest=""), source(TWO, interest="")], ["S004"]),
        # S006
        ([source(ONE), source(TWO, bears="supports")], ["S006"]),
        ([source(ONE, bears="undermines"), source(TWO, bears="context")], ["S006"]),
        ([source(ONE, bears=""), source(TWO, bears="")], ["S006"]),
    ],
)
def test_what_is_asked_of_sources(sources: list[str], expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, claim_with(*sources)) == expected


def test_an_article_as_source_counts_as_its_origins(tmp_path: Path) -> None:
    article = source(ONE, url="", publisher="", article="gazette")
    afp = {"content/articles/gazette.yaml": GAZETTE.replace("own", "AFP")}
    assert codes(tmp_path / "own", claim_with(article, source(TWO))) == []
    assert codes(tmp_path / "same", claim_with(article, source(TWO, publisher="The Gazette"))) == ["S001"]
    assert codes(tmp_path / "afp", claim_with(article, source(TWO, origin="AFP")), afp) == ["S001"]
    unknown = {"content/articles/gazette.yaml": GAZETTE.replace("origin: [own]\n", "")}
    assert codes(tmp_path / "unknown", claim_with(article, source(TWO)), unknown) == ["S001"]


def test_an_interest_can_be_told_once_for_a_publisher(tmp_path: Path) -> None:
    told = site_toml('\n[publishers."the harbour"]\ninterest = "It runs the quay."\n')
    assert codes(tmp_path, claim_with(source(ONE, interest=""), source(TWO)), told) == []


def test_a_claim_without_sources_has_one_warning_for_that(tmp_path: Path) -> None:
    whole = claim_with().partition("sources:")[0]
    assert codes(tmp_path, whole) == ["W002"]
    assert codes(tmp_path, whole + "exceptions: [{rule: W002, why: None were found.}]\n") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("why: Many asked.\n", "", ["S005"]),
        ("contacted: [{who: AFP, date: 2021}]\n", "", ["S007"]),
        ("contacted: [{who: AFP, date: 2021}]\n", "contacted: []\n", ["S007"]),
        ("contacted: [{who: AFP, date: 2021}]\n", "claimant: []\n", []),
    ],
)
def test_what_is_asked_of_a_claim(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, claim_with().replace(old, new)) == expected


@pytest.mark.parametrize(
    ("herald", "expected"),
    [
        (HERALD, []),
        (HERALD.replace("own", "gazette"), ["S008"]),
        (HERALD.replace("origin: [own]\n", ""), ["S008"]),
    ],
)
def test_quotes_of_one_origin(herald: str, expected: list[str], tmp_path: Path) -> None:
    quote = "  - {article: herald, text: the ship was there, stance: mentions}\n"
    whole = claim_with().replace("sources:\n", quote + "sources:\n")
    assert codes(tmp_path, whole, {"content/articles/herald.yaml": herald}) == expected
    own = whole.replace("stance: mentions", "stance: mentions, origin: [The captain]")
    assert codes(tmp_path / "own", own, {"content/articles/herald.yaml": herald}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Corrected.", ["S009"]),
        ("The date was wrong.", ["S009"]),
        ("It was noon, not one.", []),
        ("更正了日期。", ["S009"]),
        ("日期原写作十月十六日,应为十月十七日。", []),
    ],
)
def test_a_correction_says_what_was_wrong(text: str, expected: list[str], tmp_path: Path) -> None:
    lines = f"corrections:\n  - {{date: 2022, kind: correction, text: '{text}'}}\n"
    assert codes(tmp_path / "claim", claim_with(more=lines)) == expected
    assert (
        codes(tmp_path / "page", claim_with(), {"content/pages/about.md": f"---\ntitle: A\n{lines}---\n"}) == expected
    )
    story = {"content/stories/ship.yaml": f"title: The ship\nsummary: It landed.\n{lines}"}
    assert codes(tmp_path / "story", claim_with(), story) == expected
    step = f'\n[[verdicts.corrections]]\ndate = "2022"\nkind = "correction"\ntext = "{text}"\n'
    assert codes(tmp_path / "scale", claim_with(), site_toml(step)) == expected


def test_somebody_pays_for_a_site(tmp_path: Path) -> None:
    without = {"content/pages/funding.md": None}
    assert codes(tmp_path / "page", claim_with()) == []
    assert codes(tmp_path / "nothing", claim_with(), without) == ["S010"]
    told = site_toml('\n[organisation]\nfunding = "Its readers"\n')
    assert codes(tmp_path / "told", claim_with(), without, told) == []


@pytest.mark.parametrize("status", ["draft", "retracted"])
def test_only_what_is_published_is_held_to_standards(status: str, tmp_path: Path) -> None:
    correction = "{date: 2022, kind: correction, text: The quote was another ship's.}"
    whole = claim_with(source(ONE), more=f"status: {status}\ncorrections: [{correction}]\n")
    assert codes(tmp_path, whole) == []


# --- exceptions -------------------------------------------------------------------------------------------------------

ALONE = source(ONE)
ANSWERED = "exceptions:\n  - {rule: S001, why: There is one log.}\n  - {rule: S006, why: None was found.}\n"


def test_exceptions_answer_standards(tmp_path: Path) -> None:
    assert codes(tmp_path / "claim", claim_with(ALONE, more=ANSWERED)) == []
    everywhere = site_toml("".join(f'\n[[exceptions]]\nrule = "{rule}"\nwhy = "So."\n' for rule in ("S001", "S006")))
    assert codes(tmp_path / "site", claim_with(ALONE), everywhere) == []
    assert codes(tmp_path / "strict", claim_with(ALONE), everywhere, standards=True) == []


def test_an_exception_that_answers_nothing_is_a_warning(tmp_path: Path) -> None:
    whole = claim_with(more="exceptions: [{rule: S001, why: There is one log.}]\n")
    assert codes(tmp_path / "claim", whole) == ["S011"]
    funded = site_toml('\n[[exceptions]]\nrule = "S010"\nwhy = "So."\n')
    assert codes(tmp_path / "site", claim_with(), funded) == ["S011"]


@pytest.mark.parametrize(
    ("rule", "code", "help"),
    [
        ("S012", "L001", "the standards are W002, W003, S001"),
        ("s001", "L001", "write “S001”"),
        ("Two sources", "L001", "docs/standards.md"),
        ("Q001", "L001", "the standards are"),
        ("S010", "L002", "site.toml"),
        ("W003", "L002", "site.toml"),
    ],
)
def test_a_rule_is_a_standards_code(rule: str, code: str, help: str, tmp_path: Path) -> None:
    whole = claim_with(more=f"exceptions: [{{rule: {rule}, why: So.}}]\n")
    codes(tmp_path, whole)
    (problem,) = [problem for problem in examine(tmp_path) if problem.severity == "error"]
    assert (problem.code, problem.line) == (code, 14)
    assert help in problem.help


def test_a_rule_stands_once(tmp_path: Path) -> None:
    codes(tmp_path, claim_with(ALONE, more=ANSWERED + "  - {rule: S001, why: Again.}\n"))
    assert [problem.code for problem in examine(tmp_path) if problem.severity == "error"] == ["L004"]


def test_the_methodology_page_cannot_be_excepted_since_exceptions_stand_there(tmp_path: Path) -> None:
    excepted = site_toml('\n[[exceptions]]\nrule = "W003"\nwhy = "So."\n')
    without: dict[str, str | bytes | None] = {"content/pages/about.md": None, "content/pages/methodology.md": None}
    assert codes(tmp_path, claim_with(), excepted, without) == ["W003"]


# --- severity ---------------------------------------------------------------------------------------------------------


def test_standards_are_warnings_and_with_the_option_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes(tmp_path, claim_with(ALONE))
    assert main(["check", "--site", str(tmp_path)]) == DONE
    assert "warning S001" in capsys.readouterr().out
    assert main(["check", "--standards", "--site", str(tmp_path)]) == CONTENT
    told = capsys.readouterr().out
    assert "error S001" in told
    assert "warning A002" in told, "only standards become errors"
    assert main(["build", "--site", str(tmp_path)]) == DONE


def test_a_standard_that_is_turned_off_still_counts_where_standards_are_asked_for(tmp_path: Path) -> None:
    off = site_toml('\n[check]\noff = ["S001", "S006"]\n')
    assert codes(tmp_path, claim_with(ALONE), off) == []
    assert codes(tmp_path, claim_with(ALONE), off, standards=True) == ["S001", "S006"]


def test_standards_are_warnings_that_say_where_they_come_from(tmp_path: Path) -> None:
    assert {code for code in CODES if code[0] == "S"} <= HELD
    assert {CODES[code][0] for code in HELD} == {"warning"}
    codes(tmp_path, claim_with(source(ONE, kind="", archived="", interest="")).replace("why: Many asked.\n", ""))
    found = [problem for problem in examine(tmp_path) if problem.code[0] == "S"]
    assert {problem.code for problem in found} == {"S001", "S002", "S003", "S004", "S005", "S006"}
    for problem in found:
        assert problem.message.endswith(f"({STANDARDS[problem.code].principle})")
        assert problem.help.endswith(f"\nexceptions:\n  - rule: {problem.code}\n    why: ...")


def test_the_build_counts_the_warnings_that_the_check_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "corrections: [{date: 2022, kind: update, text: Rewritten.}]\n"
    codes(tmp_path, claim_with(ALONE, more=lines), {"content/pages/funding.md": f"---\ntitle: F\n{lines}---\n"})
    lay(tmp_path, {"content/stories/ship.yaml": f"title: The ship\nsummary: It landed.\n{lines}"})
    lay(tmp_path, {"content/articles/herald.yaml": f"text: seeds/gazette.txt\n{lines}"})
    assert {problem.path.split("/")[1] for problem in examine(tmp_path) if problem.code == "S009"} == {
        *("articles", "claims", "pages", "stories"),
    }
    main(["check", "--site", str(tmp_path)])
    count = capsys.readouterr().out.splitlines()[-1].split(" in ")[0]
    main(["build", "--site", str(tmp_path)])
    assert count in capsys.readouterr().err
