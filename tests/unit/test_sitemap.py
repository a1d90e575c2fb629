"""sitemap.xml and robots.txt: what readers may find, with the date of each claim's last change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import build_site, claim, small_site, tree

from generator.build.options import Options
from generator.examine import prepare
from generator.pipeline import build
from generator.plan import sitemap


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(
        tmp_path / "site",
        {
            "content/claims/draft.yaml": "claim: Not yet.\nstatus: draft\n",
            "content/claims/time.yaml": claim(
                checked="2021-10-17 04:35+03:00", more="tags: [a & b, é]\naliases: [old]\n"
            ),
            "content/claims/corrected.yaml": claim(
                more="corrections:\n"
                "  - {date: 2021-10-19, kind: update, text: a}\n"
                "  - {date: 2021-10-18, kind: update, text: b}\n"
            ),
        },
    )


def test_every_page_that_readers_may_find_is_in_it_in_full(site: Path) -> None:
    build_site(site)
    output = tree(site / "build")
    listed = set(re.findall("<loc>https://small.example/(.*?)</loc>", output["sitemap.xml"].decode()))
    pages = {path.removesuffix("index.html") for path in output if path.endswith("index.html")}
    assert "claims/old/" in pages
    cards = {path for path in pages if path.endswith("/embed/")}
    assert len(cards) == 3
    assert listed == {path.replace("é", "%C3%A9") for path in pages - cards} - {"claims/old/"}


def test_drafts_are_not_in_it_even_where_they_have_pages(site: Path) -> None:
    plan = prepare(site, drafts=True).plan
    assert plan is not None
    assert "/claims/draft/" in {page.address for page in plan.pages}
    assert not [file.path for file in plan.files if b"draft" in file.content]


@pytest.mark.parametrize(
    ("id", "changed"), [("landing", "2021-10-17"), ("time", "2021-10-17T04:35+03:00"), ("corrected", "2021-10-19")]
)
def test_a_claim_has_the_date_of_its_last_change(site: Path, id: str, changed: str) -> None:
    build_site(site)
    text = (site / "build" / "sitemap.xml").read_text("utf-8")
    assert f"<loc>https://small.example/claims/{id}/</loc><lastmod>{changed}</lastmod>" in text


def test_robots_name_the_sitemap(site: Path) -> None:
    build_site(site)
    robots = (site / "build" / "robots.txt").read_text("utf-8")
    assert robots == "User-agent: *\nAllow: /\nSitemap: https://small.example/sitemap.xml\n"


def test_past_the_most_that_one_may_hold_there_are_several_and_an_index(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(site)
    whole = re.findall("<loc>(.*?)</loc>", (site / "build" / "sitemap.xml").read_text("utf-8"))
    monkeypatch.setattr(sitemap, "MOST", 5)
    build(site, site / "build", Options(clean=True))
    output = {path: data.decode() for path, data in tree(site / "build").items() if path.startswith("sitemap")}
    parts = [f"sitemap-{number}.xml" for number in range(1, -(-len(whole) // 5) + 1)]
    assert re.findall("<loc>(.*?)</loc>", output["sitemap.xml"]) == [f"https://small.example/{part}" for part in parts]
    assert [address for part in parts for address in re.findall("<loc>(.*?)</loc>", output[part])] == whole
    assert sitemap.MOST == 5
    assert all(output[part].count("<loc>") <= 5 for part in parts)


def test_parts_that_are_no_more_are_removed_by_a_build_after_an_edit(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 7)
    build_site(site)
    assert "sitemap-2.xml" in tree(site / "build")
    (site / "content/claims/corrected.yaml").unlink()  # no list or menu goes with it
    monkeypatch.setattr(sitemap, "MOST", 50)
    build_site(site)
    assert [path for path in tree(site / "build") if path.startswith("sitemap")] == ["sitemap.xml"]
