"""The feeds and sitemaps of every site are valid."""

from __future__ import annotations

import json

import pytest

from tests.web import feeds
from tests.web.sites import Site

URL = "https://small.example/"
FEED = f"{URL}feed.xml"
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>{URL}</id><title>T</title><updated>2024-01-01T00:00:00Z</updated>
<author><name>A</name></author><link rel="self" href="{FEED}"/>
<entry><id>{URL}a/</id><title>E</title><updated>2024-01-01T00:00:00Z</updated><link href="{URL}a/"/></entry></feed>"""
SITEMAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}</loc></url></urlset>'
ITEM = {"id": URL, "content_text": "x", "date_published": "2024-01-01T00:00:00Z"}
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "feed_url": URL, "items": [ITEM]}


def test_feeds_and_sitemaps(site: Site) -> None:
    assert (site.folder / "feed.xml").is_file()
    assert (site.folder / "sitemap.xml").is_file()
    assert list(feeds.problems(site.folder, site.url)) == []


def test_small_ones_without_faults() -> None:
    assert list(feeds.atom(ATOM.encode(), FEED)) == []
    assert list(feeds.sitemap(SITEMAP.encode(), URL)) == []
    assert list(feeds.json_feed(json.dumps(JSON).encode(), URL)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>T</title>", ""),
        ("<title>E</title>", "<title>E</title><title>E</title>"),
        ("<title>E</title>", "<title>E</title><b/>"),
        ("2024-01-01T00:00:00Z", "2024-01-01"),
        ("2024-01-01T00:00:00Z", "2024-13-01T00:00:00Z"),
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00"),
        ("<author><name>A</name></author>", ""),
        (f'<link href="{URL}a/"/>', ""),
        (f'rel="self" href="{FEED}"', f'rel="self" href="{URL}"'),
        (f"<id>{URL}a/</id>", "<id>a</id>"),
        ("</feed>", ATOM[ATOM.index("<entry>") :]),
    ],
)
def test_a_fault_of_an_atom_feed_is_found(old: str, new: str) -> None:
    assert list(feeds.atom(ATOM.replace(old, new).encode(), FEED)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</loc>", "</loc><lastmod>yesterday</lastmod>"),
        (f"<loc>{URL}</loc>", ""),
        (f"<loc>{URL}</loc>", "<loc>https://other.example/</loc>"),
        (f"<loc>{URL}</loc>", f"<loc>{URL}é</loc>"),
        (f"<url><loc>{URL}</loc></url>", f"<url><loc>{URL}</loc></url>" * 2),
    ],
)
def test_a_fault_of_a_sitemap_is_found(old: str, new: str) -> None:
    assert list(feeds.sitemap(SITEMAP.replace(old, new).encode(), URL)) != []


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"title": ""},
        {"feed_url": "x"},
        {"items": {}},
        {"items": [ITEM, ITEM]},
        {"items": [{**ITEM, "id": 1}]},
        {"items": [{"id": "x"}]},
        {"items": [{**ITEM, "date_published": "2024"}]},
    ],
)
def test_a_fault_of_a_json_feed_is_found(change: dict[str, object]) -> None:
    assert list(feeds.json_feed(json.dumps({**JSON, **change}).encode(), URL)) != []
