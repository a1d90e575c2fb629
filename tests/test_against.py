"""`check --against REV`: what was published changes in the open. Each test has a real repository and edits it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support import SMALL, claim, commit, git, lay

from generator.__main__ import main
from generator.against.compare import compare, without_doubles
from generator.commands.common import CONTENT, DONE, FAULT
from generator.examine import all_problems, prepare
from generator.renaming.plan import plan_renaming
from generator.renaming.write import write_renaming

LANDING = "content/claims/landing.yaml"
GAZETTE = "content/articles/gazette.yaml"
SEED = "seeds/gazette.txt"
QUOTES = "quotes:\n  - {article: gazette, text: The ship landed at noon, stance: asserts}\n"
OLD = "corrections:\n  - {date: 2022, kind: update, text: The log was added to the sources.}\n"
NEW = "  - {date: 2023, kind: correction, text: The verdict was True and is False.}\n"
Files = dict[str, "str | bytes | None"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a claim that was corrected before, an article with all its facts, and one commit."""
    article = "text: seeds/gazette.txt\npublisher: The Gazette\nurl: https://gazette.example/\npublished: 2021-10\n"
    return committed(tmp_path / "site", {LANDING: claim(more=QUOTES + OLD), GAZETTE: article})


def committed(root: Path, *files: Files) -> Path:
    lay(root, SMALL, *files)
    commit(root, "First")
    return root


def against(root: Path, *files: Files, rev: str = "HEAD") -> tuple[list[str], list[str]]:
    """After `files` were laid over the site: the problems that are errors, and the summary's lines."""
    lay(root, *files)
    prepared = prepare(root)
    comparison = compare(root, rev, prepared.content)
    problems = without_doubles(all_problems(root, prepared), comparison)
    told = [f"{p.code} {p.path}:{p.line} {p.message}" for p in problems if p.severity == "error"]
    return told, [line.strip() for line in comparison.summary[1:]]


def codes(root: Path, *files: Files, rev: str = "HEAD") -> list[str]:
    return [told.partition(" ")[0] for told in against(root, *files, rev=rev)[0]]


def text_of(root: Path, path: str) -> str:
    return (root / path).read_text("utf-8")


def replaced(root: Path, path: str, old: str, new: str) -> Files:
    text = text_of(root, path)
    assert old in text
    return {path: text.replace(old, new)}


# --- articles ---------------------------------------------------------------------------------------------------------


def test_nothing_changed(site: Path) -> None:
    assert against(site) == ([], [])


@pytest.mark.parametrize("folder", [".", "", "../site", "./content/.."])
def test_the_site_may_be_named_in_any_way(site: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.chdir(site)
    assert against(Path(folder)) == ([], [])
    told, summary = against(Path(folder), {SEED: "The ship landed at noon.\nOr not.\n"})
    assert [problem.split(" ")[:2] for problem in told] == [["G001", f"{GAZETTE}:1"]]
    assert f"{SEED}: changed" in summary


def test_a_text_that_was_changed(site: Path) -> None:
    errors, summary = against(site, {SEED: text_of(site, SEED).replace("Nobody", "Somebody")})
    assert [error.split(" is not")[0] for error in errors] == [f"G001 {GAZETTE}:1 {SEED}"]
    assert summary == ["article gazette: text changed", f"{SEED}: changed"]


def test_a_changed_text_is_one_problem_where_its_sha256_was_kept(tmp_path: Path) -> None:
    import hashlib

    digest = hashlib.sha256(SMALL[SEED].encode()).hexdigest()
    site = committed(tmp_path, {GAZETTE: f"text: {SEED}\nsha256: {digest}\n"})
    assert codes(site, {SEED: SMALL[SEED].replace("Nobody", "Somebody")}) == ["G001"]


def test_a_text_that_was_exchanged_or_moved(site: Path) -> None:
    moved = {**replaced(site, GAZETTE, SEED, "seeds/ship.txt"), SEED: None, "seeds/ship.txt": text_of(site, SEED)}
    assert codes(site, moved) == []
    assert codes(site, {"seeds/ship.txt": "The ship landed at noon, or later."}) == ["G001"]


def test_a_text_that_was_removed_alone_is_one_problem(site: Path) -> None:
    errors, summary = against(site, {SEED: None})
    assert [error.split(" ")[:2] for error in errors] == [["F001", f"{GAZETTE}:1"]]
    assert "article gazette: text removed" in summary


def test_an_article_that_was_removed(site: Path) -> None:
    errors, summary = against(site, {GAZETTE: None, LANDING: claim(more=OLD)})
    assert [error.split(" ")[:2] for error in errors] == [["G002", f"{GAZETTE}:0"]]
    assert summary == ["landing: 1 quote removed", "article gazette: removed"]


def test_an_article_that_was_renamed_is_the_same(site: Path) -> None:
    renamed: Files = {
        GAZETTE: None,
        "content/articles/the-gazette.yaml": text_of(site, GAZETTE),
        **replaced(site, LANDING, "article: gazette", "article: the-gazette"),
    }
    errors, summary = against(site, renamed)
    assert [error.split(" ")[:2] for error in errors] == [["G002", f"{GAZETTE}:0"]], "its earlier address is gone"
    assert summary == ["landing: 1 quote changed", "article gazette: renamed the-gazette"]
    text = text_of(site, "content/articles/the-gazette.yaml") + "aliases: [gazette]\n"
    told = ["article gazette: renamed the-gazette; aliases changed"]  # its quotes only follow
    assert against(site, {"content/articles/the-gazette.yaml": text}) == ([], told)


def test_an_article_of_another_text_is_no_heir(site: Path) -> None:
    other: Files = {
        GAZETTE: None,
        "content/articles/herald.yaml": "text: seeds/herald.txt\naliases: [gazette]\n",
        "seeds/herald.txt": "The ship landed at noon, they say.\n",
        **replaced(site, LANDING, "article: gazette", "article: herald"),
    }
    assert codes(site, other) == ["G005", "G001"]


def test_what_only_follows_a_renaming_is_no_change(site: Path) -> None:
    more = "story: ship\nrelated: [other]\nsilent: [herald]\nsources:\n  - {id: a, title: It, article: gazette}\n"
    lay(
        site,
        {
            LANDING: claim(more=QUOTES.replace("asserts", "asserts, origin: [herald]") + more),
            "content/claims/other.yaml": claim("Nobody was hurt."),
            "content/stories/ship.yaml": "title: The ship\nsummary: It came.\n",
            "content/articles/herald.yaml": f"text: {SEED}\nstory: [ship]\norigin: [gazette]\n",
        },
    )
    commit(site, "More")
    for old in ("gazette", "herald", "ship", "other"):
        write_renaming(site, plan_renaming(site, old, f"{old}-2"))
    assert against(site) == (
        [],
        [
            "other: renamed other-2; aliases changed",
            "article gazette: renamed gazette-2; aliases changed",
            "article herald: renamed herald-2; aliases changed",
            "story ship: renamed ship-2; aliases changed",
        ],
    )


def test_a_story_that_was_renamed_is_the_same(site: Path) -> None:
    lay(site, {"content/stories/ship.yaml": "title: The ship\nsummary: It came.\n"})
    commit(site, "A story")
    renamed: Files = {
        "content/stories/ship.yaml": None,
        "content/stories/boat.yaml": "title: The boat\nsummary: It came.\naliases: [ship]\n",
    }
    assert against(site, renamed) == ([], ["story ship: renamed boat; title, aliases changed"])


def test_an_encoding_that_makes_another_text(tmp_path: Path) -> None:
    site = committed(tmp_path, {SEED: "The ship landed at noon, said Inés.\n".encode()})
    assert codes(site, {GAZETTE: SMALL[GAZETTE] + "encoding: latin-1\n"}) == ["G001"]
    plain = committed(tmp_path / "plain")
    assert codes(plain, {GAZETTE: f"text: {SEED}\nencoding: latin-1\npublisher: The Gazette\n"}) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("publisher: The Gazette\n", "publisher: The Herald\n", ["G005"]),
        ("publisher: The Gazette\n", "", ["G005"]),
        ("https://gazette.example/", "https://herald.example/", ["G005"]),
        ("published: 2021-10\n", "published: 2021-11\n", ["G005"]),
        ("published: 2021-10\n", "published: 2021\n", ["G005"]),
        ("published: 2021-10\n", "published: 2021-10-17\n", []),
        ("published: 2021-10\n", "published: 2021-10\ntitle: Noon\nauthor: A reporter\n", []),
    ],
)
def test_where_an_article_comes_from_stays(site: Path, old: str, new: str, expected: list[str]) -> None:
    assert codes(site, replaced(site, GAZETTE, old, new)) == expected


def test_an_articles_facts_are_put_right_with_a_correction(site: Path) -> None:
    changed = replaced(site, GAZETTE, "published: 2021-10\n", "published: 2021-11\n")
    (error,) = against(site, changed)[0]
    assert error == (f"G005 {GAZETTE}:4 the date was “2021-10” and is “2021-11”, and no new correction tells readers")
    entry = "  - date: 2023-01-02\n    kind: correction\n    text: The date was given as 2021-10, and is 2021-11.\n"
    corrected = text_of(site, GAZETTE) + "corrections:\n" + entry
    assert against(site, {GAZETTE: corrected}) == (
        [],
        ["article gazette: date “2021-10” -> “2021-11”; 1 correction added"],
    )
    commit(site, "Corrected")
    again = {GAZETTE: corrected.replace("published: 2021-11", "published: 2021-12")}
    assert codes(site, again) == ["G005"], "its correction was there before"


PASTED = {
    "none": "",
    "lines": "corrections:\n  - date: 2022\n    kind: update\n    text: The author was added.\n",
    "lines at the left": "corrections:\n- date: 2022\n  kind: update\n  text: The author was added.\n",
    "far in": "corrections:\n      - {date: 2022, kind: update, text: The author was added.}\n",
    "brackets": "corrections: [{date: 2022, kind: update, text: The author was added.}]\n",
}


@pytest.mark.parametrize("name", PASTED)
@pytest.mark.parametrize(("path", "code"), [(GAZETTE, "G005"), (LANDING, "G004")])
def test_what_the_help_says_can_be_pasted(site: Path, name: str, path: str, code: str) -> None:
    old, new = {"G005": ("url: https://gazette", "url: https://herald"), "G004": ("It did.", "It did not.")}[code]
    text = text_of(site, path).replace(OLD, "") + PASTED[name]
    lay(site, {path: text})
    commit(site, "Before")
    lay(site, {path: text.replace(old, new)})
    comparison = compare(site, "HEAD", prepare(site).content)
    (problem,) = comparison.problems
    lines = problem.help.split("\n")[1:]
    pasted = "\n".join(lines).replace("YYYY-MM-DD", "2023-01-02").replace("...", "it was another ship's")
    if name == "brackets":
        after = text.replace(old, new).replace("}]\n", "}" + pasted + "]\n")
    else:
        after = text.replace(old, new) + pasted + "\n"
    assert codes(site, {path: after}) == []


def test_what_was_not_known_of_an_article_may_be_added(tmp_path: Path) -> None:
    site = committed(tmp_path, {GAZETTE: f"text: {SEED}\n"})
    errors, summary = against(site, {GAZETTE: f"text: {SEED}\npublisher: The Gazette\npublished: 2021\n"})
    assert errors == []
    assert summary == ["article gazette: publisher nothing -> “The Gazette”; date nothing -> “2021”"]


# --- claims -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("verdict: true", "verdict: false", "verdict True -> False"),
        ("The ship landed at noon.", "The ship landed at one.", "claim reworded"),
        ("summary: It did.", "summary: It did not.", "finding changed"),
    ],
)
def test_what_a_claim_says_changes_with_a_correction(site: Path, old: str, new: str, told: str) -> None:
    changed = replaced(site, LANDING, old, new)
    errors, summary = against(site, changed)
    (error,) = errors
    assert error.startswith(f"G004 {LANDING}:")
    assert "no new correction" in error
    assert summary == [f"landing: {told}"]
    lay(site, changed, replaced(site, LANDING, OLD, OLD + NEW))
    assert against(site) == ([], [f"landing: {told}; 1 correction added"])
    rewritten = replaced(site, LANDING, OLD + NEW, OLD.replace("log", "map"))
    assert codes(site, rewritten) == ["G004"], "a correction that was rewritten is no new one"


def test_the_place_of_a_change_is_the_first_field_that_changed(site: Path) -> None:
    text = text_of(site, LANDING).replace("It did.", "It did not.").replace("verdict: true", "verdict: false")
    (error,) = against(site, {LANDING: text})[0]
    assert error.startswith(f"G004 {LANDING}:2 the verdict was “True” and is “False”; the finding was")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The ship landed at noon.", "The  ship landed at\n  noon."),
        ("summary: It did.", "summary: It did."),
        ("checked: 2021-10-17", "checked: 2021-10-18\ntitle: Noon\nwhy: Many asked."),
    ],
)
def test_other_changes_need_none(site: Path, old: str, new: str) -> None:
    assert codes(site, replaced(site, LANDING, old, new)) == []


def test_kinds_of_quotation_marks_and_dashes_are_no_change(tmp_path: Path) -> None:
    site = committed(tmp_path, {LANDING: claim("The ship's log - all of it - says noon.")})
    assert codes(site, {LANDING: claim("The ship’s log – all of it – says noon.")}) == []


def test_the_value_found_is_part_of_the_finding(tmp_path: Path) -> None:
    compare = "compare: {{what: Time, claim: noon, found: {}}}\n"
    site = committed(tmp_path, {LANDING: claim(more=compare.format("noon"))})
    assert codes(site, {LANDING: claim(more=compare.format("one"))}) == ["G004"]


def test_a_claim_that_was_removed(site: Path) -> None:
    errors, summary = against(site, {LANDING: None})
    assert [error.split(" ")[:2] for error in errors] == [["G003", f"{LANDING}:0"]]
    assert summary == ["landing: removed (True)"]


def test_a_claim_that_became_a_draft(site: Path) -> None:
    errors, _ = against(site, {LANDING: text_of(site, LANDING) + "status: draft\n"})
    assert [error.split(" ")[:2] for error in errors] == [["G003", f"{LANDING}:9"]]


def test_a_retraction_in_order_is_no_error(site: Path) -> None:
    text = text_of(site, LANDING) + "status: retracted\n"
    assert codes(site, {LANDING: text}) == ["G003"], "the old correction does not say why"
    assert against(site, {LANDING: text.replace(OLD, OLD + NEW)}) == ([], ["landing: retracted; 1 correction added"])


def test_a_retraction_without_any_correction_is_one_problem(tmp_path: Path) -> None:
    site = committed(tmp_path)
    assert codes(site, {LANDING: SMALL[LANDING] + "status: retracted\n"}) == ["R002"]


def test_a_claim_that_was_renamed_is_followed(site: Path) -> None:
    text = text_of(site, LANDING)
    without: Files = {LANDING: None, "content/claims/noon.yaml": text}
    (error,) = against(site, without)[0]
    assert error.startswith(f"G003 {LANDING}:0")
    assert against(site, {"content/claims/noon.yaml": text + "aliases: [landing]\n"}) == (
        [],
        ["landing: renamed noon; aliases changed"],
    )
    changed = text.replace("verdict: true", "verdict: false") + "aliases: [landing]\n"
    (error,) = against(site, {"content/claims/noon.yaml": changed})[0]
    assert error.startswith("G004 content/claims/noon.yaml:2")


def test_a_rename_without_an_alias_is_told_what_to_type(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, {LANDING: None, "content/claims/noon.yaml": text_of(site, LANDING)})
    assert main(["check", "--site", str(site), "--against", "HEAD"]) == CONTENT
    told = capsys.readouterr().out
    assert "help: if it was renamed, write in content/claims/noon.yaml:\n        aliases: [landing]\n" in told


def test_a_claim_that_went_into_another_needs_a_correction_there(site: Path) -> None:
    other = claim("The ship landed at one.", more=OLD + NEW)
    lay(site, {"content/claims/other.yaml": other})
    commit(site, "Another")
    merged = {LANDING: None, "content/claims/other.yaml": other + "aliases: [landing]\n"}
    assert codes(site, merged) == ["G004"], "its corrections were there before"


@pytest.mark.parametrize("status", ["draft", "retracted"])
def test_what_was_not_published_may_go(tmp_path: Path, status: str) -> None:
    correction = "corrections:\n  - {date: 2022, kind: correction, text: The quote was another ship's.}\n"
    site = committed(tmp_path, {LANDING: claim(more=f"status: {status}\n{correction}")})
    assert codes(site, {LANDING: None}) == []


def test_a_draft_may_change_and_be_published(tmp_path: Path) -> None:
    site = committed(tmp_path, {LANDING: "claim: The ship landed.\nverdict: false\nstatus: draft\n"})
    errors, summary = against(site, {LANDING: claim()})
    assert errors == []
    assert summary[0].startswith("landing: draft -> published; verdict False -> True; claim reworded")


def test_the_summary_counts_what_changed_in_lists(site: Path) -> None:
    other = "  - {article: gazette, text: Nobody was hurt, stance: mentions}\n"
    third = "  - {article: gazette, text: said the captain, stance: mentions}\n"
    source = "sources: [{id: log, title: The log, url: 'https://log.example/'}]\n"
    lay(site, {LANDING: claim(more=QUOTES + other + source)})
    commit(site, "Two quotes")
    changed = {LANDING: claim(more=QUOTES.replace("asserts", "partly") + other.replace("hurt", "hurt.") + third)}
    assert against(site, changed) == ([], ["landing: 2 quotes changed, 1 added; 1 source removed"])
    assert against(site, {LANDING: claim(more=source + "quotes:\n" + other + QUOTES.partition("\n")[2])}) == (
        [],
        ["landing: quotes in another order"],
    )


def test_what_came_is_told(site: Path) -> None:
    come: Files = {
        "content/claims/new.yaml": claim("Nobody was hurt."),
        "content/claims/draft.yaml": "claim: Somebody was.\nstatus: draft\n",
        "content/articles/herald.yaml": "text: seeds/herald.txt\n",
        "seeds/herald.txt": "Noon.\n",
        "content/stories/ship.yaml": "title: The ship\nsummary: It landed.\n",
        "content/pages/about.md": "---\ntitle: About\n---\n",
    }
    assert against(site, come) == (
        [],
        [
            "draft: added, a draft",
            "new: added, True",
            "article herald: added",
            "story ship: added",
            "page about: added",
            "seeds/herald.txt: added",
        ],
    )


# --- the scale --------------------------------------------------------------------------------------------------------

FALSE = 'id = "false"\nlabel = "False"\nvalue = 1\n'
CORRECTED = 'corrections = [{ date = "2023", kind = "update", text = "The label was False; it means the same." }]\n'


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (FALSE.replace('"False"', '"Wrong"'), "label “False” -> “Wrong”"),
        (FALSE.replace("1", "3"), "value 1 -> 3"),
        (FALSE.replace("value = 1\n", ""), "value 1 -> none"),
        (FALSE + 'meaning = "It is not so."\n', "meaning nothing -> “It is not so.”"),
    ],
)
def test_the_scale_changes_with_a_correction(site: Path, new: str, told: str) -> None:
    toml = SMALL["site.toml"]
    errors, summary = against(site, {"site.toml": toml.replace(FALSE, new)})
    assert [error.split(" ")[0] for error in errors] == ["G006"]
    assert errors[0].split(":")[0] == "G006 site.toml"
    assert summary == [f"scale false: {told}"]
    assert codes(site, {"site.toml": toml.replace(FALSE, new + CORRECTED)}) == []


def test_a_scale_may_grow_be_set_in_another_order_and_take_other_colours(site: Path) -> None:
    first, *rest = SMALL["site.toml"].split("[[verdicts]]\n")
    grown = [*reversed(rest), 'id = "mixed"\nlabel = "Mixed"\ncolour = "#111"\n', rest[0].replace("true", "yes")]
    moved = first + "".join(f"[[verdicts]]\n{each}\n" for each in grown)
    assert codes(site, {"site.toml": moved}) == []


def test_a_label_that_changed_is_the_scales_change_and_no_claims(site: Path) -> None:
    toml = SMALL["site.toml"].replace('label = "True"', 'label = "Right"')
    assert codes(site, {"site.toml": toml}) == ["G006"]


def test_an_id_that_changed_with_all_else_kept_is_none(site: Path) -> None:
    toml = SMALL["site.toml"].replace('id = "true"', 'id = "right"')
    changed = {"site.toml": toml, **replaced(site, LANDING, "verdict: true", "verdict: right")}
    assert codes(site, changed) == []


# --- revisions and repositories ---------------------------------------------------------------------------------------


def fault(root: Path, rev: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["check", "--site", str(root), "--against", rev]) == FAULT
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "rev", ["nothing", "HEAD~5", "", "--all", "-x", "HEAD..HEAD", "HEAD\n", "HEAD:content", "^HEAD"]
)
def test_a_revision_that_is_none(site: Path, rev: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", "--site", str(site), f"--against={rev}"]) == FAULT
    assert "is no commit, branch or tag of this repository" in capsys.readouterr().err


def test_any_name_of_a_commit_will_do(site: Path) -> None:
    first = git(site, "rev-parse", "HEAD")
    git(site, "tag", "--annotate", "--message", "Launch", "v1/launch")
    lay(site, {LANDING: text_of(site, LANDING).replace("verdict: true", "verdict: false")})
    commit(site, "Change")
    for rev in (first, first[:9], "HEAD~1", "v1/launch", "HEAD^"):
        assert codes(site, rev=rev) == ["G004"]
    assert codes(site) == []


def test_no_repository_and_no_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(tmp_path, SMALL)
    told = fault(tmp_path, "HEAD", capsys)
    assert "check --against needs the history from git: the site is in no git repository" in told
    assert "[history]" not in told
    git(tmp_path, "init", "--quiet")
    assert "is no commit, branch or tag" in fault(tmp_path, "HEAD", capsys)


def test_no_git(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(site))
    assert "check --against needs the history from git: git is not installed here" in fault(site, "HEAD", capsys)


def test_a_shallow_clone_has_what_it_has(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = git(site, "rev-parse", "HEAD")
    commit(site, "Second")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{site}", str(clone))
    assert "fetch-depth: 0" in fault(clone, first, capsys)
    assert against(clone) == ([], [])


def test_a_site_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    lay(tmp_path / "desk", SMALL)
    lay(tmp_path, {"content/claims/other.yaml": claim("Another site's.")})
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "Both", ".")
    changed = {LANDING: SMALL[LANDING].replace("verdict: true", "verdict: false")}
    errors, summary = against(tmp_path / "desk", changed)
    assert [error.split(" ")[:2] for error in errors] == [["G004", f"{LANDING}:2"]]
    assert summary == ["landing: verdict True -> False"]


def test_a_revision_before_the_site_was_there(tmp_path: Path) -> None:
    lay(tmp_path, {"README": "A repository.\n"})
    commit(tmp_path, "Nothing yet", "README")
    errors, summary = against(tmp_path, SMALL)
    assert errors == []
    assert "landing: added, True" in summary
    assert summary[-1] == "Note: There was no site.toml in this folder at HEAD: everything here is new."


def test_what_was_broken_then_is_said_and_not_compared(site: Path) -> None:
    good = {LANDING: text_of(site, LANDING), "site.toml": SMALL["site.toml"]}
    lay(site, {LANDING: "claim: [\n", "site.toml": "format = \n", "content/claims/b.yaml": b"claim: \xff\n"})
    commit(site, "Broken")
    errors, summary = against(site, {**good, "content/claims/b.yaml": None})
    assert errors == []
    for path in (LANDING, "site.toml", "content/claims/b.yaml"):
        assert f"Note: {path} cannot be understood as it was at HEAD, so it is not compared." in summary


def test_what_is_broken_now_is_one_problem(site: Path) -> None:
    errors, summary = against(site, {LANDING: "claim: [\n", GAZETTE: "text: [\n", "site.toml": "format = \n"})
    assert sorted(error[:4] for error in errors) == ["Y001", "Y001", "Y001"]
    assert "landing: not compared, since it cannot be read now" in summary
    assert "article gazette: not compared, since it cannot be read now" in summary
    assert "Note: site.toml cannot be read now, so the scale is not compared." in summary


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("verdict: true", "verdict: flase", "L001"),
        ("verdict: true", "verdict: [true]", "R003"),
        ("summary: It did.", "summary:", "R002"),
    ],
)
def test_a_wrong_value_is_not_a_changed_one_besides(site: Path, old: str, new: str, code: str) -> None:
    assert codes(site, replaced(site, LANDING, old, new)) == [code]


def test_line_ends_of_a_checkout_are_no_change(site: Path) -> None:
    ends = {path: text_of(site, path).replace("\n", "\r\n").encode() for path in (LANDING, GAZETTE, SEED, "site.toml")}
    assert against(site, ends) == ([], [])


def test_line_ends_that_were_committed_are_told_as_such(tmp_path: Path) -> None:
    site = committed(tmp_path, {SEED: SMALL[SEED].replace("\n", "\r\n").encode()})
    (error,) = against(site, {SEED: SMALL[SEED]})[0]
    assert "other line ends" in error


def test_links_and_foreign_names_in_a_revision_are_passed_over(site: Path) -> None:
    (site / "content/claims/link.yaml").symlink_to("landing.yaml")
    lay(site, {"content/claims/Old Name.yaml": claim(), "content/claims/notes.txt": "Notes.\n"})
    commit(site, "Odd names")
    gone: Files = {f"content/claims/{name}": None for name in ("link.yaml", "Old Name.yaml", "notes.txt")}
    assert against(site, gone) == ([], [])


def test_a_branch_that_lacks_the_revisions_commits_is_told_so(site: Path) -> None:
    git(site, "checkout", "--quiet", "-b", "side")
    git(site, "checkout", "--quiet", "main")
    lay(site, {"content/claims/new.yaml": claim("Nobody was hurt.")})
    commit(site, "Meanwhile")
    git(site, "checkout", "--quiet", "side")
    errors, summary = against(site, rev="main")
    assert [error[:4] for error in errors] == ["G003"]
    assert summary[-1].startswith("Note: main has commits that are not in this branch")
    assert against(site, rev=git(site, "merge-base", "main", "HEAD")) == ([], [])


def test_no_program_of_the_repository_is_run(site: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    script.chmod(0o755)
    git(site, "config", "filter.x.smudge", str(script))
    git(site, "config", "filter.x.clean", str(script))
    git(site, "config", "diff.x.textconv", str(script))
    git(site, "config", "core.fsmonitor", str(script))
    lay(site, {".gitattributes": "*.yaml filter=x diff=x\n"})
    assert codes(site, replaced(site, LANDING, "verdict: true", "verdict: false")) == ["G004"]
    assert not ran.exists()


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_summary_follows_the_problems_and_keeps_out_of_data(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, replaced(site, LANDING, "verdict: true", "verdict: false"))
    assert main(["check", "--site", str(site), "--against", "HEAD"]) == CONTENT
    told = capsys.readouterr()
    short = git(site, "rev-parse", "HEAD")[:10]
    assert told.out.endswith(f".\n\nChanged since HEAD ({short}):\n  landing: verdict True -> False\n")
    assert "help: add below the last one in “corrections”:\n          - date: YYYY-MM-DD\n" in told.out
    assert "            text: The verdict was “True” and is “False”, since ...\n" in told.out
    assert told.err == ""
    assert main(["check", "--site", str(site), "--against", "HEAD", "--format", "json"]) == CONTENT
    told = capsys.readouterr()
    assert "G004" in {problem["code"] for problem in json.loads(told.out)["problems"]}
    assert "landing: verdict True -> False" in told.err


def test_without_errors_the_comparison_leaves_the_exit_status(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--site", str(site), "--against", "HEAD"]) == DONE
    assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith("Nothing changed since HEAD (")


def test_nothing_that_content_holds_is_printed_live(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toml = SMALL["site.toml"].replace('label = "False"', 'label = "F\\u001b[31m\\n::error::x"')
    lay(site, {"site.toml": toml})
    main(["check", "--site", str(site), "--against", "HEAD"])
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert not [line for line in told.splitlines() if line.startswith("::")]


def test_other_sites_history_is_not_needed_to_compare(site: Path, tmp_path: Path) -> None:
    """Only what differs is read: a file that git lost and that is the same now is not missed."""
    copy = shutil.copytree(site, tmp_path / "copy")
    blob = git(copy, "rev-parse", f"HEAD:{SEED}")
    (copy / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert against(copy) == ([], [])
