"""The preview's parts by themselves: pages as it answers with them, what it tells, what a draft lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import SMALL, build_site, claim, lay, small_site

from generator.examine import examine
from generator.preview.images import drawn
from generator.preview.missing import draft_at, missing
from generator.preview.notes import notes_of
from generator.preview.piece import errors_in
from generator.preview.policy import SCRIPT, widened, with_script
from generator.preview.told import shown
from generator.problems import Problem, errors
from generator.read.templates import DEFAULT_TEMPLATES

HOST = "localhost:8000"
OWN = f"http://{HOST}{SCRIPT}"
SOCKET = f"ws://{HOST}/livereload"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default-src 'none'", f"default-src 'none'; script-src {OWN}; connect-src http://{HOST} {SOCKET}"),
        ("script-src 'none'; connect-src 'none'", f"script-src {OWN}; connect-src http://{HOST} {SOCKET}"),
        ("Script-Src 'self'; connect-src *", f"Script-Src 'self' {OWN}; connect-src * http://{HOST} {SOCKET}"),
        (
            "default-src 'self'",
            f"default-src 'self'; script-src 'self' {OWN}; connect-src 'self' http://{HOST} {SOCKET}",
        ),
        ("style-src 'self'", "style-src 'self'"),
        ("script-src 'self'; script-src 'none'", f"script-src 'self' {OWN}; script-src 'none'"),
        (
            "script-src 'self'; script-src-elem 'none'; connect-src 'self'",
            f"script-src 'self'; script-src-elem {OWN}; connect-src 'self' http://{HOST} {SOCKET}",
        ),
        ("", ""),
    ],
)
def test_a_policy_lets_in_the_script_and_nothing_else(policy: str, expected: str) -> None:
    assert widened(policy, HOST) == expected


def test_a_page_gets_the_script_and_keeps_the_rest() -> None:
    page = b'<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p>\xff text'
    got = with_script(page, HOST, '1"<.2')
    assert got.endswith(
        f'<p>\udcff text<script src="{SCRIPT}" data-build="1&quot;&lt;.2"></script>'.encode("utf-8", "surrogateescape")
    )
    (policy,) = re.findall(rb'content="([^"]*)"', got)
    assert OWN.encode() in policy


@pytest.mark.parametrize(
    "meta",
    [
        "<META CONTENT='default-src none' HTTP-EQUIV=content-security-policy>",
        '<meta name="a > b" http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">',
        "<meta http-equiv = 'Content-Security-Policy'\n content = 'script-src https://a.example/?x=1&amp;y=2'>",
    ],
)
def test_a_policy_is_found_however_it_is_written(meta: str) -> None:
    got = with_script(meta.encode(), HOST, "1").decode()
    assert OWN in got.split("<script")[0]
    assert "&amp;amp;" not in got


@pytest.mark.parametrize("meta", ["<meta charset=utf-8>", '<meta name="description" content="default-src \'none\'">'])
def test_what_is_no_policy_is_left_alone(meta: str) -> None:
    assert with_script(meta.encode(), HOST, "1").decode().startswith(meta + "<script")


def test_templates_know_nothing_of_the_preview() -> None:
    assert not [file for file in DEFAULT_TEMPLATES.rglob("*.html") if "preview" in file.read_text("utf-8").lower()]


# --- what is told -----------------------------------------------------------------------------------------------------


def test_a_problem_is_shown_with_its_line_in_pieces_of_plain_text(tmp_path: Path) -> None:
    lay(tmp_path, {"a.yaml": "one\nabc \x1b[0m\u202edef" + "x" * 500 + "\n"})
    (told,) = shown([Problem("a.yaml", 2, 1, "R001", "no\x07", "type\nthis\x07")], tmp_path)
    assert (told.message, told.help, told.place) == ("no<U+0007>", "type\nthis<U+0007>", "a.yaml:2:1")
    assert told.before + told.marked + told.after.removesuffix(" …") == "abc <U+001B>[0m<U+202E>def" + "x" * 151


@pytest.mark.parametrize(("path", "line"), [("gone.yaml", 3), ("a.yaml", 7), ("a.yaml", 0)])
def test_a_problem_without_a_line_is_shown_without(tmp_path: Path, path: str, line: int) -> None:
    lay(tmp_path, {"a.yaml": "one\n"})
    (told,) = shown([Problem(path, line, 1, "R001", "words")], tmp_path)
    assert (told.line, told.before, told.marked, told.after) == (0, "", "", "")


# --- errors of a few files --------------------------------------------------------------------------------------------

WRONG = {
    "syntax": "claim: [\n",
    "field": claim(more="summery: x\n"),
    "story": claim(more="story: unknown\n"),
    "quote": claim(more="quotes:\n  - {article: gazette, text: The ship sank, stance: asserts}\n"),
    "empty": "",
    "both": claim(more="tags: 5\nrelated: [nothing]\nverdict: x\n"),
    "source": claim(more="sources:\n  - {id: a, title: A, article: none}\n"),
    "lacks": "claim: Only this.\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_the_errors_of_one_file_are_those_that_check_gives(tmp_path: Path, name: str) -> None:
    site = lay(tmp_path, SMALL, {"content/claims/wrong.yaml": WRONG[name]})
    expected = [problem for problem in errors(examine(site)) if problem.path == "content/claims/wrong.yaml"]
    assert expected
    assert errors_in(site, ["content/claims/wrong.yaml"]) == expected


def test_errors_of_articles_and_pages_are_seen_and_the_rest_is_left_to_a_build(tmp_path: Path) -> None:
    site = lay(
        tmp_path, SMALL, {"content/pages/about.md": "---\ntitel: About\n---\n", "content/articles/b.yaml": "x: y\n"}
    )
    paths = ["content/pages/about.md", "content/articles/b.yaml", "seeds/gazette.txt", "content/claims/gone.yaml", "x"]
    assert {problem.path for problem in errors_in(site, paths)} == {"content/pages/about.md", "content/articles/b.yaml"}
    assert errors_in(site, ["content/claims/landing.yaml"]) == []
    (site / "site.toml").unlink()
    assert errors_in(site, paths) == []


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_what_a_draft_lacks_is_told_once_each(tmp_path: Path) -> None:
    text = "claim: A draft.\nstatus: draft\nmade: 2022-01-01\nchecked: 2021-01-01\n"
    site = lay(tmp_path, SMALL, {"content/claims/draft.yaml": text})
    draft = draft_at(site, "/claims/draft/")
    assert draft is not None
    found = missing(site, draft)
    assert [problem.code for problem in found] == ["R006", "R006", "S005", "S007", "W002", "W001"]
    assert {problem.path for problem in found} == {"content/claims/draft.yaml"}
    expected = [problem for problem in examine(site, drafts=True) if problem.path == "content/claims/draft.yaml"]
    assert set(expected) < set(found)


def test_warnings_that_are_turned_off_are_not_told(tmp_path: Path) -> None:
    settings = SMALL["site.toml"] + '\n[check]\noff = ["S005", "S007", "W002"]\n'
    whole = claim(more="status: draft\n")
    site = lay(tmp_path, SMALL, {"site.toml": settings, "content/claims/draft.yaml": whole})
    draft = draft_at(site, "/claims/draft/index.html")
    assert draft is not None
    assert missing(site, draft) == ()


def test_the_search_page_says_what_it_looks_in(tmp_path: Path) -> None:
    folder = tmp_path / ".parallax/preview"
    assert notes_of(lay(tmp_path, SMALL), folder, "/search/") == ()
    lay(tmp_path, {".parallax/preview/search/index.html": ""})
    assert [note.title for note in notes_of(tmp_path, folder, "/search/")] == ["Search has nothing to look in"]
    lay(tmp_path, {"build/pagefind/parts.json": "[]"})
    assert [note.title for note in notes_of(tmp_path, folder, "/search/")] == ["Search looks in the last build"]


@pytest.mark.parametrize(
    "address", ["/", "/claims/", "/claims/landing/", "/claims/../", "/claims/no-such/", "/claims/%00/"]
)
def test_no_other_page_is_a_drafts(tmp_path: Path, address: str) -> None:
    assert draft_at(lay(tmp_path, SMALL), address) is None


# --- share images -----------------------------------------------------------------------------------------------------

ARTICLES = {
    f"content/articles/{id}.yaml": f"text: seeds/{id}.txt\npublisher: The {id}\norigin: [{origin}]\n"
    for id, origin in (("herald", "post"), ("globe", "wire"), ("post", "mail"), ("mail", "wire"), ("wire", "own"))
}
"""The Herald has it from the Post, that from the Mail, that from the wire, and so has the Globe."""
SHARED = {
    **ARTICLES,
    **{f"seeds/{id}.txt": "The ship landed at noon.\n" for id in ("herald", "globe", "post", "mail", "wire")},
    "site.toml": SMALL["site.toml"].replace("\n[[", "\n[share_images]\nenabled = true\n\n[[", 1),
    "content/stories/ship.yaml": "title: The ship\nsummary: It came.\n",
    "content/claims/landing.yaml": claim(
        more="story: ship\nrelated: [other]\nanalysis: It [did](/claims/other/).\nquotes:\n"
        "  - {article: herald, text: The ship landed, stance: asserts}\n"
        "  - {article: globe, text: The ship landed, stance: asserts}\n"
    ),
    "content/claims/other.yaml": claim("Nobody was hurt.", more="quotes: []\ntags: [ships]\n"),
}


def test_a_share_image_is_the_one_that_a_build_draws(tmp_path: Path) -> None:
    root = small_site(tmp_path, SHARED)
    build_site(root)
    for id in ("landing", "other"):
        assert drawn(root, id) == (root / "build" / "claims" / id / "share.png").read_bytes()
    lay(
        root,
        {
            "content/claims/landing.yaml": claim(
                more="status: retracted\ncorrections: [{date: 2022, kind: correction, text: It was another ship.}]\n"
            )
        },
    )
    build_site(root)
    assert drawn(root, "landing") == (root / "build/claims/landing/share.png").read_bytes()


def test_a_drafts_share_image_is_seen_before_it_is_published(tmp_path: Path) -> None:
    root = small_site(tmp_path, SHARED)
    published = drawn(root, "other")
    lay(root, {"content/claims/other.yaml": claim("Nobody was hurt.", more="status: draft\n")})
    assert drawn(root, "other") == published
    lay(root, {"content/claims/other.yaml": "claim: Nobody was hurt.\nstatus: draft\n"})
    assert drawn(root, "other") not in (None, published)


@pytest.mark.parametrize(
    "files",
    [
        {"content/claims/other.yaml": None},
        {"content/claims/other.yaml": "claim: [\n"},
        {"content/claims/other.yaml": claim("Nobody was hurt.").replace("verdict: true", "verdict: maybe")},
        {"site.toml": SMALL["site.toml"]},
        {"site.toml": "title = \n"},
    ],
)
def test_where_nothing_can_be_told_no_image_is_drawn(tmp_path: Path, files: dict[str, str | bytes | None]) -> None:
    root = small_site(tmp_path, SHARED)
    assert drawn(root, "other") is not None
    lay(root, files)
    assert drawn(root, "other") is None


def test_a_claims_page_has_a_note_with_its_share_image(tmp_path: Path) -> None:
    root = small_site(tmp_path, SHARED)
    lay(root, {"content/claims/late.yaml": "claim: It was late.\nstatus: draft\n"})

    def images(address: str) -> list[str]:
        return [note.image for note in notes_of(root, root / ".parallax/preview", address)]

    assert images("/claims/landing/") == ["/claims/landing/share.png"]
    assert images("/claims/late/") == ["", "/claims/late/share.png"], "what it lacks comes first"
    for address in ("/", "/claims/", "/claims/nothing/", "/claims/landing/embed/", "/stories/ship/", "/claims/../"):
        assert images(address) == []
    lay(root, {"site.toml": SMALL["site.toml"]})
    assert images("/claims/landing/") == []
