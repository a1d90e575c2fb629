"""`rename`: every reference is brought along, no other byte changes, and it is done whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from support import SMALL, build_site, claim, lay, run, small_site, tree

from generator.__main__ import main
from generator.examine import examine
from generator.problems import ContentError, FaultError, errors
from generator.read.content import parse_record
from generator.records import Claim
from generator.renaming.links import Move
from generator.renaming.plan import REFERENCES, plan_renaming
from generator.renaming.write import write_renaming
from generator.scaffold.names import FOLDERS
from generator.schema.schemas import _REFERENCES

LINKED = {
    "content/stories/ship.yaml": """\
title: The ship
summary: It came.
introduction: |
  See [the landing](/claims/landing/#quote-1), [the paper](/articles/gazette/#landing--1) and [this](/stories/ship/).
  Not `/claims/landing/`, nor landing, nor [this](/claims/landing-2/).
""",
    "content/pages/about.md": """\
---
title: About
---

[One](/claims/landing/), [two](../claims/landing/ "landing"), [three][ref], <https://small.example/claims/landing/>,
[four](https://elsewhere.example/claims/landing/).

    [code](/claims/landing/)

[ref]: /claims/landing/embed/
""",
    "content/articles/gazette.yaml": """\
# The gazette's own story.
text: seeds/gazette.txt
publisher: "The Gazette"  # not the Herald
story: [ship]
origin: [own]
""",
    "content/articles/herald.yaml": """\
text: seeds/herald.txt
story:
  - "ship"
origin:
- gazette
- AFP
""",
    "seeds/herald.txt": "The ship landed at noon.\n",
    "content/claims/landing.yaml": """\
claim: The ship landed at noon.
verdict: true
summary: It did.
checked: 2021-10-17
story: "ship"   # the only one
quotes:
  - article: gazette
    text: The ship landed at noon
    stance: asserts
  - {article: 'herald', text: The ship landed at noon, stance: asserts, origin: ["gazette"]}
sources:
  - {id: gazette, title: The gazette, article: gazette}
analysis: |
  As [@gazette] says: [herald](/articles/herald/).
""",
    "content/claims/landing-2.yaml": claim(
        "The ship landed twice.", more="# landing\ntitle: landing\nrelated: [landing]\nsilent:\n  - >-\n    gazette\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site", LINKED)


def renamed(root: Path, old: str, new: str) -> dict[str, tuple[str, str]]:
    """Rename, and return the lines that changed: by file, those taken out and those put in."""
    before = tree(root / "content")
    write_renaming(root, plan_renaming(root, old, new))
    after = tree(root / "content")
    id = old.rpartition(":")[2]
    found = {}
    for path, data in before.items():
        now = after.get(path, after.get(path.replace(f"/{id}.", f"/{new}."), b""))
        if now != data or path not in after:
            was, is_ = data.decode().splitlines(), now.decode().splitlines()
            gone = [line for line in was if line not in is_]
            come = [line for line in is_ if line not in was]
            found[path] = ("\n".join(gone), "\n".join(come))
    return found


def test_the_site_is_good(site: Path) -> None:
    assert errors(examine(site)) == []


def test_a_claim_and_all_that_leads_to_it(site: Path) -> None:
    problems = [(problem.code, problem.message) for problem in examine(site)]
    changes = renamed(site, "landing", "touchdown")
    assert changes == {
        "claims/landing.yaml": ("", "aliases: [landing]"),
        "claims/landing-2.yaml": ("related: [landing]", "related: [touchdown]"),
        "pages/about.md": (
            '[One](/claims/landing/), [two](../claims/landing/ "landing"), [three][ref], '
            "<https://small.example/claims/landing/>,\n[ref]: /claims/landing/embed/",
            '[One](/claims/touchdown/), [two](../claims/touchdown/ "landing"), [three][ref], '
            "<https://small.example/claims/touchdown/>,\n[ref]: /claims/touchdown/embed/",
        ),
        "stories/ship.yaml": (
            "  See [the landing](/claims/landing/#quote-1), [the paper](/articles/gazette/#landing--1) and "
            "[this](/stories/ship/).",
            "  See [the landing](/claims/touchdown/#quote-1), [the paper](/articles/gazette/#touchdown--1) and "
            "[this](/stories/ship/).",
        ),
    }
    assert [(problem.code, problem.message) for problem in examine(site)] == problems
    build_site(site)
    page = (site / "build" / "claims" / "landing" / "index.html").read_text("utf-8")
    assert "../../claims/touchdown/" in page


def test_an_article_and_all_that_leads_to_it(site: Path) -> None:
    changes = renamed(site, "gazette", "the-gazette")
    assert changes == {
        "articles/gazette.yaml": ("", "aliases: [gazette]"),
        "articles/herald.yaml": ("- gazette", "- the-gazette"),
        "claims/landing.yaml": (
            "  - article: gazette\n"
            "  - {article: 'herald', text: The ship landed at noon, stance: asserts, origin: [\"gazette\"]}\n"
            "  - {id: gazette, title: The gazette, article: gazette}",
            "  - article: the-gazette\n"
            "  - {article: 'herald', text: The ship landed at noon, stance: asserts, origin: [\"the-gazette\"]}\n"
            "  - {id: gazette, title: The gazette, article: the-gazette}",
        ),
        "claims/landing-2.yaml": ("    gazette", "    the-gazette"),
        "stories/ship.yaml": (
            "  See [the landing](/claims/landing/#quote-1), [the paper](/articles/gazette/#landing--1) and "
            "[this](/stories/ship/).",
            "  See [the landing](/claims/landing/#quote-1), [the paper](/articles/the-gazette/#landing--1) and "
            "[this](/stories/ship/).",
        ),
    }
    assert errors(examine(site)) == []


def test_a_story_and_all_that_leads_to_it(site: Path) -> None:
    changes = renamed(site, "ship", "the-ship")
    assert {path: come for path, (_, come) in changes.items()} == {
        "articles/gazette.yaml": "story: [the-ship]",
        "articles/herald.yaml": '  - "the-ship"',
        "claims/landing.yaml": 'story: "the-ship"   # the only one',
        "stories/ship.yaml": "  See [the landing](/claims/landing/#quote-1), "
        "[the paper](/articles/gazette/#landing--1) and [this](/stories/the-ship/).\naliases: [ship]",
    }
    assert errors(examine(site)) == []


@pytest.mark.parametrize("path", ["claims/landing", "articles/gazette", "stories/ship"])
def test_there_and_back_gives_the_same_bytes_but_for_the_alias(site: Path, path: str) -> None:
    file, id = f"content/{path}.yaml", path.partition("/")[2]
    before = tree(site)
    renamed(site, id, "x")
    renamed(site, "x", id)
    after = tree(site)
    assert after.pop(file) == before.pop(file) + b"aliases: [x]\n"
    assert after == before


def test_every_field_that_holds_such_ids_is_brought_along() -> None:
    ids = {"stories": "story", "articles": "article", "claims": "claim"}
    tops = {
        kind: {(type_.__name__, place.split("/")[0]) for type_, places in found.items() for place in places}
        for kind, found in REFERENCES.items()
    }
    inside = {"Quote": "quotes", "Source": "sources"}
    for (type_, name), folder in _REFERENCES.items():
        if folder in ids:
            top = ("Claim", inside[type_.__name__]) if type_.__name__ in inside else (type_.__name__, name)
            assert top in tops[ids[folder]]


# --- how values were typed --------------------------------------------------------------------------------------------

FORMS = {
    "plain": ("related: [landing]", "related: [x-1]"),
    "double": ('related: ["landing"]', 'related: ["x-1"]'),
    "single": ("related: ['landing']", "related: ['x-1']"),
    "escaped": ('related: ["\\x6canding"]', 'related: ["x-1"]'),
    "folded": ("related:\n  - >-\n    landing", "related:\n  - >-\n    x-1"),
    "literal": ("related:\n- |\n  landing", "related:\n- |\n  x-1"),
    "a comment above": ("# landing\nrelated:\n  # landing\n  - landing", "# landing\nrelated:\n  # landing\n  - x-1"),
    "on the next line": ("related:\n  - \n    landing", "related:\n  - \n    x-1"),
    "an anchor in Markdown": (
        "analysis: >-\n  [a](/claims/landing/#x) landing",
        "analysis: >-\n  [a](/claims/x-1/#x) landing",
    ),
    "Markdown in quotes": ('analysis: "[a](/claims/landing/)"', 'analysis: "[a](/claims/x-1/)"'),
    "an image beside it": (
        "analysis: |\n  [a](<../landing/>) `[a](/claims/landing/)`",
        "analysis: |\n  [a](<../x-1/>) `[a](/claims/landing/)`",
    ),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_value_changes(tmp_path: Path, name: str, ends: str, mark: str) -> None:
    old, new = FORMS[name]
    file = mark + claim("It sank — “twice”.").replace("\n", ends)
    site = small_site(tmp_path, {"content/claims/other.yaml": file + old.replace("\n", ends) + ends})
    renamed(site, "landing", "x-1")
    after = (site / "content/claims/other.yaml").read_bytes().decode()
    assert after == file + new.replace("\n", ends) + ends


ALIASED = {
    "none": ("", "aliases: [landing]\n"),
    "no end of line": ("tags: [a]", "tags: [a]\naliases: [landing]\n"),
    "an empty list": ("aliases: []\n", "aliases: [landing]\n"),
    "in brackets": ("aliases: [a, b]  # c\n", "aliases: [landing, a, b]  # c\n"),
    "in lines": ("aliases:\n  - a\n  # c\n  - b\n", "aliases:\n  - landing\n  - a\n  # c\n  - b\n"),
    "in lines at the left": ("aliases:\n- a\ntags: [b]\n", "aliases:\n- landing\n- a\ntags: [b]\n"),
    "after a block": ("analysis: |\n  a\n\n", "analysis: |\n  a\n\naliases: [landing]\n"),
    "after a comment": ("# the end\n", "# the end\naliases: [landing]\n"),
}


@pytest.mark.parametrize("name", ALIASED)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_alias_is_added_where_it_belongs(tmp_path: Path, name: str, ends: str) -> None:
    before, after = (part.replace("\n", ends) for part in ALIASED[name])
    file = SMALL["content/claims/landing.yaml"].replace("\n", ends)
    site = small_site(tmp_path, {"content/claims/landing.yaml": file + before})
    renamed(site, "landing", "x")
    assert (site / "content/claims/x.yaml").read_bytes().decode() == file + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{claim: A, status: draft}\n", "{aliases: [landing], claim: A, status: draft}\n"),
        ("---\nclaim: A\nstatus: draft\n...\n", "---\naliases: [landing]\nclaim: A\nstatus: draft\n...\n"),
        ("  claim: A\n  status: draft\n", "  claim: A\n  status: draft\n  aliases: [landing]\n"),
    ],
)
def test_unusual_files_keep_their_form(tmp_path: Path, before: str, after: str) -> None:
    site = small_site(tmp_path, {"content/claims/landing.yaml": before})
    renamed(site, "landing", "x")
    assert (site / "content/claims/x.yaml").read_text("utf-8") == after


def test_an_earlier_id_can_be_given_back(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"content/claims/landing.yaml": claim(more='aliases: [a, "first", b]\n')})
    renamed(site, "landing", "first")
    path = site / "content/claims/first.yaml"
    assert path.read_text("utf-8").endswith('aliases: [a, "landing", b]\n')
    record, problems = parse_record(Claim, "first", "first.yaml", path.read_bytes())
    assert problems == []
    assert isinstance(record, Claim)


@pytest.mark.parametrize(
    ("href", "page", "leads"),
    [
        ("/claims/a/", "/", "/claims/x/"),
        ("/claims/a", "/", "/claims/x"),
        ("/claims/a/#a", "/", "/claims/x/#a"),
        ("/claims/a/share.png", "/", "/claims/x/share.png"),
        ("/claims/a-b/", "/", "/claims/a-b/"),
        ("/articles/a/", "/", "/articles/a/"),
        ("/articles/b/#a--2", "/", "/articles/b/#x--2"),
        ("/articles/b/#a-2", "/", "/articles/b/#a-2"),
        ("../a/", "/claims/b/", "../x/"),
        ("../a/", "/stories/b/", "../a/"),
        ("../../claims/a/?b", "/stories/b/", "../../claims/x/?b"),
        ("https://s.example/b/claims/a/", "/", "https://s.example/b/claims/x/"),
        ("https://s.example/claims/a/", "/", "https://s.example/claims/a/"),
        ("//claims/a/", "/", "//claims/a/"),
        ("mailto:a@b.example", "/", "mailto:a@b.example"),
        ("#a", "/claims/a/", "#a"),
        ("", "/claims/a/", ""),
    ],
)
def test_where_a_link_leads(href: str, page: str, leads: str) -> None:
    assert Move("claims", "a", "x", "https://s.example/b").leads(href, page) == leads


# --- refused ----------------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "an unknown id": (["landin", "x"], {}, 2, "did you mean landing?"),
    "an unknown kind": (["page:landing", "x"], {}, 2, "claim:landing, article:landing or story:landing"),
    "a verdict": (["true", "x"], {}, 2, "change that in site.toml, with a correction there, and /verdicts/true/ stays"),
    "a person": (["person:ann", "x"], {}, 2, "change that under [people.ann] in site.toml, and /people/ann/ stays"),
    "a person by the id alone": (
        ["ann", "x"],
        {"site.toml": SMALL["site.toml"] + '[people.ann]\nname = "Desk A"\n'},
        2,
        "“ann” is a person's id",
    ),
    "a publisher": (["publisher:The Gazette", "x"], {}, 2, "/publishers/the-gazette/ is gone then"),
    "a topic": (["tag:Sea lions", "x"], {}, 2, "change “tags” in each of its claims. /tags/sea-lions/ is gone then"),
    "another kind's id": (["article:landing", "x"], {}, 2, "there is no article “landing”"),
    "no id": (["landing", "Käse!"], {}, 2, "Type: k-se"),
    "its own id": (["landing", "landing"], {}, 2, "nothing to do"),
    "a taken id": (["landing", "landing-2"], {}, 2, "is there already"),
    "a taken name in another case": (["landing", "calm"], {"content/claims/Calm.yaml": claim()}, 1, "Calm.yaml"),
    "another claim's alias": (
        ["landing", "calm"],
        {"content/claims/landing-2.yaml": claim("B", more="aliases: [calm]\n")},
        2,
        "earlier id of the claim “landing-2”",
    ),
    "another article's alias": (
        ["gazette", "paper"],
        {"content/articles/third.yaml": "text: seeds/gazette.txt\naliases: [paper]\n"},
        2,
        "earlier id of the article “third”",
    ),
    "another story's alias": (
        ["ship", "boat"],
        {"content/stories/sea.yaml": "title: The sea\nsummary: It is wide.\naliases: [boat]\n"},
        2,
        "earlier id of the story “sea”",
    ),
    "several of one id": (
        ["gazette", "x"],
        {"content/claims/gazette.yaml": claim("B")},
        2,
        "write claim:gazette or article:gazette",
    ),
    "an agency's name": (
        ["herald", "afp"],
        {"content/articles/third.yaml": "text: seeds/gazette.txt\norigin: [Afp]\n"},
        2,
        "agency",
    ),
    "own": (["gazette", "own"], {}, 2, "“own” cannot be an article's id"),
    "a file that cannot be read": (
        ["landing", "x"],
        {"content/claims/broken.yaml": "claim: [\n"},
        1,
        "broken.yaml:2:1",
    ),
    "a page that cannot be read": (["landing", "x"], {"content/pages/a.md": "no title\n"}, 1, "content/pages/a.md"),
    "a value that cannot be read": (
        ["landing", "x"],
        {"content/claims/broken.yaml": claim("B", more="related: landing\n")},
        1,
        "broken.yaml:5:10",
    ),
    "a stray file": (["landing", "x"], {"content/claims/Landing Two.yaml": claim()}, 1, "Landing Two.yaml"),
    "a folder astray": (["landing", "x"], {"content/claim/b.yaml": claim()}, 1, "content/claim"),
    "a link typed oddly": (
        ["landing", "x"],
        {"content/pages/a.md": "---\ntitle: A\n---\n\n[a](/claims/l%61nding/embed/)\n"},
        1,
        "content/pages/a.md:5:5: error M001",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_reason_and_nothing_changed(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, files, status, says = REFUSED[name]
    lay(site, files)
    before = tree(site)
    assert main(["rename", *arguments, "--site", str(site)]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    after = tree(site)
    for own in (".gitignore", "lock"):
        after.pop(f".parallax/{own}", None)
    assert after == before


def test_a_quote_that_is_not_proved_is_no_hindrance(site: Path) -> None:
    lay(
        site,
        {
            "content/claims/landing-2.yaml": claim(
                "B", more="quotes:\n  - {article: gazette, text: No, stance: asserts}\n"
            )
        },
    )
    before = [problem.code for problem in errors(examine(site))]
    assert [code[0] for code in before] == ["Q"]
    renamed(site, "gazette", "the-gazette")
    assert [problem.code for problem in errors(examine(site))] == before


def test_the_same_id_in_two_folders_is_told_apart(site: Path) -> None:
    lay(site, {"content/claims/gazette.yaml": claim("B", more="silent: [gazette]\n")})
    renamed(site, "claim:gazette", "x")
    assert (site / "content/claims/x.yaml").read_text("utf-8").endswith("silent: [gazette]\naliases: [gazette]\n")
    assert (site / "content/articles/gazette.yaml").is_file()


# --- whole or not at all ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", range(12))
def test_whatever_fails_is_undone(site: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Each call that changes the disk fails once."""
    before = tree(site)
    renaming = plan_renaming(site, "landing", "touchdown")
    calls = [0]

    def failing(name: str) -> None:
        real = getattr(os, name)

        def once(*arguments: object, **named: object) -> object:
            calls[0] += 1
            if calls[0] == call + 1:
                raise OSError(28, "No space left on device", str(arguments[0]))
            return real(*arguments, **named)

        monkeypatch.setattr(os, name, once)

    for name in ("replace", "unlink", "chmod"):
        failing(name)
    try:
        write_renaming(site, renaming)
    except FaultError as fault:
        assert "Nothing was renamed" in str(fault)  # noqa: PT017 — most calls fail, the last ones do not
        monkeypatch.undo()
        left = {path: data for path, data in tree(site).items() if not Path(path).name.startswith(".")}
        assert left == before
    else:
        assert call >= 8, "this many calls there are"


def test_what_cannot_be_undone_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renaming = plan_renaming(site, "landing", "touchdown")
    real, calls = os.replace, [0]

    def once(*arguments: str) -> None:
        calls[0] += 1
        if calls[0] > 1:
            raise OSError(30, "Read-only file system", str(arguments[0]))
        real(*arguments)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(FaultError, match=r"half-way; put these back with git: \S+landing-2.yaml, \S+landing.yaml"):
        write_renaming(site, renaming)


def test_a_file_that_was_saved_meanwhile_is_not_written_over(site: Path) -> None:
    renaming = plan_renaming(site, "landing", "touchdown")
    lay(site, {"content/claims/landing-2.yaml": claim("Saved.")})
    before = tree(site)
    with pytest.raises(FaultError, match="changed meanwhile"):
        write_renaming(site, renaming)
    assert tree(site) == before


def test_a_file_that_came_meanwhile_is_not_written_over(site: Path) -> None:
    renaming = plan_renaming(site, "landing", "touchdown")
    lay(site, {"content/claims/touchdown.yaml": "theirs"})
    before = tree(site)
    with pytest.raises(FaultError, match="Nothing was renamed"):
        write_renaming(site, renaming)
    assert tree(site) == before


def test_a_disk_without_links_will_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    renamed(site, "landing", "touchdown")
    assert errors(examine(site)) == []
    assert not [path for path in tree(site) if Path(path).name.startswith(".")]


def test_files_keep_their_modes(site: Path) -> None:
    paths = [site / "content/claims/landing.yaml", site / "content/claims/landing-2.yaml"]
    for path in paths:
        path.chmod(0o640)
    renamed(site, "landing", "touchdown")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (site / "content/claims").iterdir()]
    assert modes == [0o640, 0o640]


def test_planning_writes_nothing(site: Path) -> None:
    before = tree(site)
    plan_renaming(site, "landing", "touchdown")
    assert tree(site) == before


def test_what_would_break_is_told_as_problems(site: Path) -> None:
    lay(site, {"content/pages/a.md": "---\ntitle: A\n---\n\n[a](/claims/l%61nding/embed/)\n"})
    with pytest.raises(ContentError) as caught:
        plan_renaming(site, "landing", "x")
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [("content/pages/a.md", "M001")]


# --- the command ------------------------------------------------------------------------------------------------------


def test_what_is_told(site: Path) -> None:
    done = run("rename", "landing", "touchdown", "--site", site)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "content/claims/touchdown.yaml",
        "content/claims/landing-2.yaml",
        "content/pages/about.md",
        "content/stories/ship.yaml",
    ]
    assert "The claim “landing” is now “touchdown”." in done.stderr
    assert "/claims/landing/ will redirect to it" in done.stderr
    assert '"touchdown"' in (site / ".parallax/schema/claim.json").read_text("utf-8")


@pytest.mark.parametrize("id", ["gazette", "ship"])
def test_an_earlier_address_leads_on(site: Path, capsys: pytest.CaptureFixture[str], id: str) -> None:
    assert main(["rename", id, "x", "--site", str(site)]) == 0
    folder = next(folder for folder in FOLDERS.values() if (site / "content" / folder / "x.yaml").is_file())
    assert f"/{folder}/{id}/ will redirect to it" in capsys.readouterr().err
    build_site(site)
    page = (site / "build" / folder / id / "index.html").read_text("utf-8")
    assert f'http-equiv="refresh" content="0; url=../../{folder}/x/"' in page
    assert f"/{folder}/{id}/ /{folder}/x/ 301\n" in (site / "build/_redirects").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["landing"], [], ["a", "b", "c"]])
def test_wrong_use(site: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["rename", *arguments, "--site", str(site)])
    assert caught.value.code == 2
