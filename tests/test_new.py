"""`new`: files that can be filled in as they stand, and nothing written over."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from support import REPOSITORY, SMALL, build_site, claim, lay, run, small_site, tree

from generator.__main__ import main
from generator.examine import examine
from generator.problems import FaultError, errors
from generator.read.content import TYPES, parse_record
from generator.read.forms import fields_of
from generator.records import Claim
from generator.scaffold.create import create_article, create_claim, create_story
from generator.schema.files import read_choices
from generator.schema.schemas import schemas

TODAY = "2021-11-22"
STORY = {
    "content/stories/ship.yaml": "title: The ship\nsummary: It came.\n",
    "content/articles/gazette.yaml": SMALL["content/articles/gazette.yaml"] + "story: ship\n",
    "content/articles/herald.yaml": "text: seeds/herald.txt\nstory: [ship]\n",
    "content/articles/other.yaml": "text: seeds/other.txt\n",
    "seeds/herald.txt": "The ship sank.\n",
    "seeds/other.txt": "The train came.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", STORY)


def text_of(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def uncommented(text: str) -> str:
    """What a text editor makes of a file all of whose fields are put to use: a sign less in each comment."""
    first, rest = text.split("\n", 1)
    return first + "\n" + re.sub(r"^# ?(?!#)|^#(?=#)", "", rest, flags=re.MULTILINE)


def begun(site: Path, kind: str) -> str:
    """A new file of each kind; returns its path."""
    if kind == "claim":
        return create_claim(site, "new-one", TODAY, story="ship")
    if kind == "article":
        lay(site, {"seeds/new-one.txt": "Words.\n"})
        return create_article(site, "new-one", TODAY)
    return create_story(site, "new-one", TODAY, summary="It is new.")


KINDS = ("claim", "article", "story")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_points_to_its_schema_and_keeps_it(site: Path, kind: str) -> None:
    text = text_of(site, begun(site, kind))
    pointed = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert pointed
    folder = {"claim": "claims", "article": "articles", "story": "stories"}[kind]
    assert (site / "content" / folder / pointed[1]).resolve() == (site / f".parallax/schema/{kind}.json").resolve()
    assert (site / f".parallax/schema/{kind}.json").is_file()
    schema = Draft7Validator(schemas(read_choices(site))[kind])
    assert [error.message for error in schema.iter_errors(yaml.safe_load(text))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_check_has_nothing_against_a_new_file_but_what_a_draft_lacks(site: Path, kind: str) -> None:
    before = {problem.message for problem in examine(site)}
    path = begun(site, kind)
    found = [problem.code for problem in examine(site) if problem.message not in before or problem.path == path]
    assert found == {"claim": ["R006"] * 3, "article": ["W004"], "story": []}[kind]
    build_site(site)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_in_it_and_can_be_put_to_use(site: Path, kind: str) -> None:
    path = begun(site, kind)
    text = uncommented(text_of(site, path))
    type_ = TYPES[path.split("/")[1]]
    record, problems = parse_record(type_, "new-one", path, text.encode())
    assert problems == []
    assert record is not None
    assert [name for name in fields_of(type_) if not record.typed(name)] == []
    loaded = yaml.load(text, yaml.BaseLoader)
    known = schemas(read_choices(site))[kind]
    wrong = [error.message for error in Draft7Validator(known).iter_errors(loaded)]
    assert [message for message in wrong if "id-of-a-person" not in message] == []


def test_each_field_alone_can_be_put_to_use(site: Path) -> None:
    lines = text_of(site, begun(site, "claim")).split("\n")
    starts = [n for n, line in enumerate(lines) if re.match(r"# [a-z_]+:", line) and n]
    assert len(starts) > 15
    for start in starts:
        end = next(n for n in range(start + 1, len(lines) + 1) if n == len(lines) or not lines[n].startswith("# "))
        edited = [*lines[:start], *(line[2:] for line in lines[start:end]), *lines[end:]]
        _, problems = parse_record(Claim, "new-one", "new-one.yaml", "\n".join(edited).encode())
        assert problems == [], lines[start]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_does_not_name_itself_so_that_it_can_be_renamed(site: Path, kind: str) -> None:
    lay(site, {"seeds/text.txt": "Words.\n"})
    if kind == "article":
        path = create_article(site, "new-one", TODAY, text="seeds/text.txt")
    else:
        path = begun(site, kind) if kind == "claim" else create_story(site, "new-one", TODAY, title="A", summary="B")
    assert "new-one" not in text_of(site, path)


def test_nothing_that_is_typed_in_a_text_is_cut(site: Path) -> None:
    typed = 'At 04:35 UTC the #SoyuzMS18 will land: "as planned", they said - 10,000 saw it. # no comment'
    path = create_claim(site, "hard", TODAY, wording=typed, title=typed)
    record, problems = parse_record(Claim, "hard", path, (site / path).read_bytes())
    assert problems == []
    assert isinstance(record, Claim)
    assert (record.claim, record.title) == (typed, typed)


def test_a_long_wording_comes_back_whole(site: Path) -> None:
    typed = " ".join(["- a", "#b", "c:", "> d", "well-known"] * 60)
    path = create_claim(site, "long", TODAY, wording=typed)
    record, _ = parse_record(Claim, "long", path, (site / path).read_bytes())
    assert isinstance(record, Claim)
    assert record.claim == typed
    assert max(map(len, text_of(site, path).split("\n"))) <= 110


def test_a_storys_articles_wait_to_be_quoted(site: Path) -> None:
    text = text_of(site, create_claim(site, "new-one", TODAY, story="ship"))
    assert "\nstory: ship\n" in text
    assert re.findall(r"^#   - article: (\S+)$", text, re.MULTILINE) == ["gazette", "herald"]
    assert "\n# silent: [gazette, herald]\n" in text


def test_a_new_article_has_the_sum_of_its_text(site: Path) -> None:
    lay(site, {"seeds/b/late.md": "Words.\n"})
    text = text_of(site, create_article(site, "late", TODAY, "seeds/b/late.md", title="No. 5: #one", story="ship"))
    values = yaml.load(text, yaml.BaseLoader)
    assert values == {
        "text": "seeds/b/late.md",
        "sha256": hashlib.sha256(b"Words.\n").hexdigest(),
        "title": "No. 5: #one",
        "story": ["ship"],
    }


def test_an_article_in_another_encoding_names_it(site: Path) -> None:
    lay(site, {"seeds/old.txt": "Käse".encode("cp1252")})
    with pytest.raises(FaultError, match="--encoding"):
        create_article(site, "old", TODAY)
    assert "\nencoding: cp1252\n" in text_of(site, create_article(site, "old", TODAY, encoding="cp1252"))
    assert not [problem for problem in errors(examine(site)) if "old" in problem.path]


def test_a_text_may_be_named_as_the_shell_completes_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(site, {"seeds/late.txt": "Words.\n"})
    monkeypatch.chdir(site / "seeds")
    assert main(["new", "article", "late", "--text", "late.txt", "--site", ".."]) == 0
    assert "\ntext: seeds/late.txt\n" in text_of(site, "content/articles/late.yaml")


def test_a_story_without_a_summary_is_asked_for_one(site: Path) -> None:
    path = create_story(site, "the-hatch", TODAY)
    assert yaml.load(text_of(site, path), yaml.BaseLoader)["title"] == "The hatch"
    found = [(problem.code, problem.message) for problem in errors(examine(site))]
    assert found == [("R002", "“summary” is empty")]


# --- refused ----------------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "no id": (["claim", "Der Käse"], {}, "Type: der-k-se"),
    "an empty id": (["claim", ""], {}, "is no id"),
    "a path": (["claim", "../x"], {}, "Type: x"),
    "a claim's id": (["claim", "landing"], {}, "such as landing-2"),
    "an article's id": (["article", "gazette", "--text", "seeds/gazette.txt"], {}, "such as gazette-2"),
    "a story's id": (["story", "ship"], {}, "such as ship-2"),
    "a name that differs in case": (
        ["claim", "calm"],
        {"content/claims/Calm.yaml": claim()},
        "Calm.yaml is there already",
    ),
    "another ending": (["claim", "calm"], {"content/claims/calm.yml": claim()}, "calm.yml is there already"),
    "an alias": (
        ["claim", "calm"],
        {"content/claims/landing.yaml": claim(more="aliases: [calm]\n")},
        "earlier id of the claim “landing”",
    ),
    "an unknown story": (["claim", "calm", "--story", "shipp"], {}, "type ship"),
    "an unknown story of an article": (["article", "calm", "--story", "x"], {"seeds/calm.txt": "a"}, "ship"),
    "no text": (["article", "calm"], {}, "save it as seeds/calm.txt"),
    "a text that is not there": (
        ["article", "calm", "--text", "seeds/x.txt"],
        {},
        "seeds/x.txt: there is no such file",
    ),
    "a text elsewhere": (["article", "calm", "--text", "/etc/hostname"], {}, "under seeds/"),
    "a text of another kind": (
        ["article", "calm", "--text", "seeds/x.pdf"],
        {"seeds/x.pdf": "a"},
        ".txt, .md or .html",
    ),
    "an invisible character": (["claim", "calm", "--wording", "a\u202eb"], {}, "invisible character"),
    "an empty wording": (["claim", "calm", "--wording", " "], {}, "empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_what_to_type_and_nothing_changed(
    site: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, files, says = REFUSED[name]
    lay(site, files)
    before = tree(site)
    assert main(["new", *arguments, "--site", str(site)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.startswith("parallax: ")
    assert tree(site) == before


def test_a_file_that_comes_in_between_is_left(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.scaffold.create.require_free", lambda *_: None)
    before = tree(site)
    with pytest.raises(FaultError, match="left as it is"):
        create_claim(site, "landing", TODAY)
    assert tree(site) == before


def test_nothing_is_written_through_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content" / "stories" / "ship.yaml").unlink()
    (site / "content" / "stories").rmdir()
    (site / "content" / "stories").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FaultError, match="symbolic link"):
        create_story(site, "late", TODAY)
    assert tree(tmp_path / "elsewhere") == {}


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_path_is_data_and_the_next_step_is_told(site: Path) -> None:
    done = run("new", "claim", "calm", "--site", site)
    assert (done.returncode, done.stdout) == (0, "content/claims/calm.yaml\n")
    assert "check" in done.stderr
    text = text_of(site, "content/claims/calm.yaml")
    assert re.search(r"^# checked: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert done.stderr.count("\n") == 1


def test_the_first_file_of_a_site_makes_its_folder(tmp_path: Path) -> None:
    site = lay(tmp_path, {"site.toml": SMALL["site.toml"], "seeds/a.txt": "Words.\n"})
    assert [main(["new", kind, "a", "--site", str(site)]) for kind in ("story", "article", "claim")] == [0, 0, 0]
    assert sorted(path for path in tree(site) if path.startswith("content")) == [
        "content/articles/a.yaml",
        "content/claims/a.yaml",
        "content/stories/a.yaml",
    ]


def test_a_large_story_has_only_some_quotes_ready(tmp_path: Path) -> None:
    files = {f"content/articles/a-{n:02}.yaml": f"text: seeds/{n}.txt\nstory: ship\n" for n in range(40)}
    site = small_site(tmp_path, {**STORY, **files})
    text = text_of(site, create_claim(site, "new-one", TODAY, story="ship"))
    assert text.count("- article:") == 12


def test_this_repos_site_takes_a_new_claim(tmp_path: Path) -> None:
    import shutil

    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "site.toml", tmp_path / "site.toml")
    path = create_claim(tmp_path, "new-one", TODAY, story="the-challenge")
    assert {problem.code for problem in examine(tmp_path) if problem.path == path} == {"R006"}
