"""Earlier ids: an address that was published leads on, after any edit, and never in another's place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import build_site, claim, lay, run, small_site, tree

from generator.plan import stories
from generator.problems import ContentError

ARTICLE = "text: seeds/gazette.txt\npublisher: The Gazette\nstory: ship\n"
STORY = "title: The ship\nsummary: It came.\n"
CORRECTIONS = "corrections:\n  - {date: 2022, kind: correction, text: The date was given as 2020 and is 2021.}\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a story that goes on over two pages."""
    monkeypatch.setattr(stories, "ARTICLES", 1)
    files = {f"content/articles/{id}.yaml": ARTICLE for id in ("gazette", "herald")}
    return small_site(tmp_path / "site", {**files, "content/stories/ship.yaml": STORY})


def leads(root: Path, address: str) -> str:
    """Where the page at `address` leads to, from there; an empty string where there is none that does."""
    page = root / "build" / address[1:] / "index.html"
    text = page.read_text("utf-8") if page.is_file() else ""
    return text.partition('content="0; url=')[2].partition('"')[0]


def rebuilt(root: Path, files: dict[str, str | bytes | None]) -> dict[str, bytes]:
    """What is online after an edit: the same as a build from nothing gives."""
    lay(root, files)
    build_site(root)
    clean = root.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".parallax", "build"))
    build_site(clean)
    online = tree(root / "build")
    assert online == tree(clean / "build")
    return online


def test_earlier_ids_come_and_go(site: Path) -> None:
    build_site(site)
    come = {
        "content/articles/gazette.yaml": ARTICLE + "aliases: [paper, old]\n",
        "content/stories/ship.yaml": STORY + "aliases: [boat, old]\n",
    }
    online = rebuilt(site, come)
    for old in ("paper", "old"):
        assert leads(site, f"/articles/{old}/") == "../../articles/gazette/"
        assert f"/articles/{old}/ /articles/gazette/ 301\n".encode() in online["_redirects"]
    for old in ("boat", "old"):
        assert leads(site, f"/stories/{old}/") == "../../stories/ship/"
        assert leads(site, f"/stories/{old}/page/2/") == "../../../../stories/ship/page/2/"
        assert f"/stories/{old}/ /stories/ship/ 301\n".encode() in online["_redirects"]
    assert b"/boat/" not in online["sitemap.xml"]
    assert b"/paper/" not in online["sitemap.xml"]
    online = rebuilt(site, {"content/articles/herald.yaml": ARTICLE.replace("story: ship\n", "")})
    assert leads(site, "/stories/boat/") == "../../stories/ship/"
    assert "stories/boat/page/2/index.html" not in online, "the story has one page now"
    online = rebuilt(site, {"content/articles/gazette.yaml": ARTICLE, "content/stories/ship.yaml": STORY})
    assert online["_redirects"] == b""
    assert not [path for path in online if "paper" in path or "boat" in path or "/old/" in path]


def test_what_has_a_new_id_is_reached_by_its_earlier_one(site: Path) -> None:
    build_site(site)
    rebuilt(
        site,
        {
            "content/articles/herald.yaml": None,
            "content/articles/the-herald.yaml": ARTICLE + "aliases: [herald]\n",
            "content/pages/about.md": "---\ntitle: About\n---\nSee [it](/articles/herald/).\n",
        },
    )
    assert leads(site, "/articles/herald/") == "../../articles/the-herald/"
    lay(site, {"content/articles/the-herald.yaml": ARTICLE})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert [problem.code for problem in caught.value.problems if problem.severity == "error"] == ["M001"]


TAKEN = {
    "claims": {"content/claims/b.yaml": claim(more="aliases: [landing]\n")},
    "articles": {"content/articles/b.yaml": ARTICLE + "aliases: [gazette]\n"},
    "stories": {"content/stories/b.yaml": STORY + "aliases: [ship]\n"},
}


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("folder", TAKEN)
def test_no_earlier_id_takes_anothers_place(site: Path, folder: str, before: bool) -> None:
    """In a build from nothing, and in one that goes on from what was there."""
    if before:
        build_site(site)
    lay(site, TAKEN[folder])
    done = run("build", "--site", site)
    assert (done.returncode, f"content/{folder}/b.yaml" in done.stderr) == (1, True)
    assert "P001" in done.stderr
    assert before == (site / "build/index.html").is_file()


def test_one_takes_an_earlier_id_while_it_is_given_up(site: Path) -> None:
    lay(site, {"content/articles/gazette.yaml": ARTICLE + "aliases: [paper]\n"})
    build_site(site)
    rebuilt(site, {"content/articles/gazette.yaml": ARTICLE, "content/articles/paper.yaml": ARTICLE})
    assert leads(site, "/articles/paper/") == ""


def test_an_articles_corrections_stand_on_its_page_and_in_the_log(site: Path) -> None:
    build_site(site)
    online = rebuilt(site, {"content/articles/gazette.yaml": ARTICLE + CORRECTIONS})
    text = b"The date was given as 2020 and is 2021."
    for path in ("articles/gazette/index.html", "corrections/index.html", "corrections/feed.xml"):
        assert text in online[path]
    assert b'<a href="../articles/gazette/">The Gazette: article gazette</a>' in online["corrections/index.html"]
    assert b"/articles/gazette/#correction-2022" in online["corrections/feed.xml"]
    online = rebuilt(site, {"content/articles/gazette.yaml": ARTICLE})
    assert not [path for path, data in online.items() if text in data]
