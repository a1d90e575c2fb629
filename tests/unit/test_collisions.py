"""Addresses that cannot be: each is a problem at the file that can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import claim, small_site

from generator.examine import examine
from generator.link.library import link
from generator.plan.addresses import RESERVED
from generator.plan.collisions import Named, collisions
from generator.plan.pages import File
from generator.problems import errors
from generator.read.content import read_content

PAGE = "---\ntitle: A page\n---\n\nText.\n"


def found(root: Path) -> list[tuple[str, int, int, str]]:
    return [(problem.path, problem.line, problem.column, problem.code) for problem in errors(examine(root))]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"content/claims/b.yaml": claim(more="aliases: [landing]\n")},
            [("content/claims/b.yaml", 5, 11, "P001")],
        ),
        (
            {"content/claims/b.yaml": claim(more="aliases: [old, b]\n")},
            [("content/claims/b.yaml", 5, 16, "P001")],
        ),
        (
            {
                "content/claims/b.yaml": claim(more="aliases: [old]\n"),
                "content/claims/c.yaml": claim(more="aliases: [old]\n"),
            },
            [("content/claims/c.yaml", 5, 11, "P001")],
        ),
        (
            {
                "content/articles/b.yaml": "text: seeds/gazette.txt\naliases: [old, gazette]\n",
                "content/articles/c.yaml": "text: seeds/gazette.txt\naliases: [c, old]\n",
            },
            [
                ("content/articles/b.yaml", 2, 16, "P001"),
                ("content/articles/c.yaml", 2, 11, "P001"),
                ("content/articles/c.yaml", 2, 14, "P001"),
            ],
        ),
        (
            {
                "content/stories/b.yaml": "title: A\nsummary: B\naliases: [old]\n",
                "content/stories/c.yaml": "title: A\nsummary: B\naliases: [b, old]\n",
            },
            [("content/stories/c.yaml", 3, 11, "P001"), ("content/stories/c.yaml", 3, 14, "P001")],
        ),
        (
            {"content/stories/b.yaml": "title: A\nsummary: B\naliases: [old, old]\n"},
            [("content/stories/b.yaml", 3, 16, "L004")],
        ),
        (
            {"content/articles/b.yaml": "text: seeds/gazette.txt\naliases: [old, old]\n"},
            [("content/articles/b.yaml", 2, 16, "L004")],
        ),
        # an earlier id of one kind is free for another
        ({"content/stories/b.yaml": "title: A\nsummary: B\naliases: [landing, gazette]\n"}, []),
        (
            {"content/claims/b.yaml": claim(more="tags: [fine, '***']\n")},
            [("content/claims/b.yaml", 5, 14, "P001")],
        ),
        (
            {"content/claims/b.yaml": claim(more="tags: [❤️]\n")},
            [("content/claims/b.yaml", 5, 8, "P001")],
        ),
        (
            {"content/articles/gazette.yaml": "text: seeds/gazette.txt\npublisher: '…'\n"},
            [("content/articles/gazette.yaml", 2, 12, "P001")],
        ),
        ({"content/pages/claims.md": PAGE}, [("content/pages/claims.md", 0, 0, "P001")]),
        # the same id in two folders is two addresses
        ({"content/pages/landing.md": PAGE, "content/stories/landing.yaml": "title: A\nsummary: B\n"}, []),
        ({"content/claims/page.yaml": claim(), "content/claims/embed.yaml": claim()}, []),
    ],
)
def test_collisions(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, int, int, str]]) -> None:
    assert found(small_site(tmp_path, files)) == expected


def test_no_page_can_take_an_address_of_the_sites_own(tmp_path: Path) -> None:
    small_site(tmp_path, {f"content/pages/{id}.md": PAGE for id in RESERVED})
    assert found(tmp_path) == sorted((f"content/pages/{id}.md", 0, 0, "P001") for id in RESERVED)


@pytest.mark.parametrize(
    ("files", "assets", "expected"),
    [
        (["verdicts.css", "site.css"], {}, []),
        (["verdicts.css"], {"verdicts.css": "mine/verdicts.css"}, ["mine/verdicts.css"]),
        ([], {"site.css": "", "Site.css": "mine/Site.css"}, ["mine/Site.css"]),
        ([], {"Site.css": "mine/Site.css", "site.css": ""}, ["mine/Site.css"]),
        ([], {"caf\u00e9.css": "mine/a", "cafe\u0301.css": "mine/b"}, ["mine/b"]),
        ([], {"font": "mine/font", "font/a.woff": "mine/font/a.woff"}, ["mine/font/a.woff"]),
        ([], {"Font/a.woff": "mine/Font/a.woff", "font": "mine/font"}, ["mine/font"]),
        ([], {"Font/a.woff": "mine/Font/a.woff", "font/b.woff": "mine/font/b.woff"}, []),
        ([], {"a/b/c": "mine/a/b/c", "a/b.css": "mine/a/b.css", "a": ""}, ["mine/a/b.css", "mine/a/b/c"]),
    ],
)
def test_files_that_would_be_in_one_place(files: list[str], assets: dict[str, str], expected: list[str]) -> None:
    named = Named({}, {}, {}, {})
    problems = collisions(named, [], [File(path) for path in files], assets)
    assert sorted(problem.path for problem in problems) == expected
    assert {problem.code for problem in problems} <= {"P001"}


def test_images_that_differ_only_in_case_would_be_in_one_place() -> None:
    images = [File(f"media/{name}", source=f"content/media/{name}") for name in ("Quay.png", "quay.png")]
    named = Named({}, {}, {}, {})
    assert [problem.path for problem in collisions(named, [], images, {})] == ["content/media/quay.png"]


def test_pages_that_would_be_in_one_place_are_never_written(tmp_path: Path) -> None:
    """No content leads to them; a fault of the plan's own would."""
    library, _ = link(read_content(small_site(tmp_path)))
    named = Named(library.claims, library.articles, library.stories, library.pages)
    assert [problem.code for problem in collisions(named, ["/tags/a/", "/tags/a/"], [], {})] == ["P001"]


def test_a_sites_own_stylesheet_takes_the_place_of_the_one_that_comes_with_parallax(tmp_path: Path) -> None:
    small_site(tmp_path, {"templates/assets/site.css": "a {}", "templates/assets/mine.css": "a {}"})
    assert found(tmp_path) == []


def test_all_collisions_come_out_together(tmp_path: Path) -> None:
    more = "aliases: [landing, landing2]\ntags: ['***', '!!!']\n"
    small_site(tmp_path, {"content/claims/b.yaml": claim(more=more), "content/pages/tags.md": PAGE})
    assert [code for _, _, _, code in found(tmp_path)] == ["P001"] * 4


@pytest.mark.parametrize(
    ("markdown", "dead"),
    [
        ("[a](/claims/landing/)", False),
        ("[a](../claims/landing/#quote-1)", False),
        ("[a](/articles/gazette/)", False),
        ("[a](/sitemap.xml)", False),
        ("[a](/404.html)", False),
        ("[a](/claims/landing)", True),
        ("[a](/claims/draft/)", True),
        ("[a](/claims/nothing/)", True),
        ("[a](gazette.html)", True),
        ("![a](media/nothing.png)", True),
        pytest.param("[a](/assets/nothing.css)", True),
    ],
)
def test_a_dead_link_is_an_error_where_it_stands(tmp_path: Path, markdown: str, dead: bool) -> None:
    draft = "claim: Not yet.\nstatus: draft\n"
    page = f"---\ntitle: A page\n---\n\nSee {markdown}.\n"
    small_site(tmp_path, {"content/pages/a.md": page, "content/claims/draft.yaml": draft})
    column = 5 + markdown.index("](") + 2
    assert found(tmp_path) == ([("content/pages/a.md", 5, column, "M001")] if dead else [])


def test_a_link_to_a_page_whose_file_is_broken_is_not_dead(tmp_path: Path) -> None:
    page = "---\ntitle: A page\n---\n\nSee [it](/claims/broken/).\n"
    small_site(tmp_path, {"content/pages/a.md": page, "content/claims/broken.yaml": "claim: [\n"})
    assert [code for _, _, _, code in found(tmp_path)] == ["Y001"]
