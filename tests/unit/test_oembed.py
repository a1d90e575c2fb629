"""oEmbed: another site gets a frame of a claim's card, and nothing that runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from formats import oembed_faults
from lxml import html
from support import SMALL, build_site, claim, shown_claim, small_site, tree

from generator.data.oembed import embed_code, oembed


def test_a_claims_card(tmp_path: Path) -> None:
    views, _, page = shown_claim(small_site(tmp_path))
    data = oembed(views.frame, page)
    assert data is not None
    assert oembed_faults(data) == []
    found = json.loads(data)
    assert found.pop("html") == embed_code(views.frame, page)
    assert found == {
        "version": "1.0",
        "type": "rich",
        "title": "The ship landed at noon.",
        "author_name": "The Small Desk",
        "author_url": "https://small.example/",
        "provider_name": "The Small Desk",
        "provider_url": "https://small.example/",
        "url": "https://small.example/claims/landing/",
        "width": 600,
        "height": 320,
    }


def test_its_frame_leads_to_the_card_and_runs_nothing(tmp_path: Path) -> None:
    text = claim('\\"><script>alert(1)</script>&')
    views, _, page = shown_claim(small_site(tmp_path, {"content/claims/landing.yaml": text}))
    [frame] = html.fragments_fromstring(embed_code(views.frame, page))
    assert (frame.tag, frame.get("src")) == ("iframe", "https://small.example/claims/landing/embed/")
    assert frame.get("title") == '"><script>alert(1)</script>&'
    assert "allow-scripts" not in frame.get("sandbox").split()
    assert len(frame) == 0


def test_its_image_is_its_thumbnail(tmp_path: Path) -> None:
    settings = SMALL["site.toml"] + "\n[share_images]\nenabled = true\n"
    views, _, page = shown_claim(small_site(tmp_path, {"site.toml": settings}))
    data = oembed(views.frame, page)
    assert data is not None
    assert oembed_faults(data) == []
    found = json.loads(data)
    assert found["thumbnail_url"] == "https://small.example/claims/landing/share.png"
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)


def test_a_retracted_claim_says_so(tmp_path: Path) -> None:
    more = "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n"
    views, _, page = shown_claim(small_site(tmp_path, {"content/claims/landing.yaml": claim(more=more)}))
    data = oembed(views.frame, page)
    assert data is not None
    found = json.loads(data)
    assert found["title"] == "Retracted: The ship landed at noon."
    assert 'title="Retracted: The ship landed at noon."' in found["html"]


def test_a_draft_has_none(tmp_path: Path) -> None:
    root = small_site(tmp_path, {"content/claims/landing.yaml": claim(more="status: draft\n")})
    views, _, page = shown_claim(root, drafts=True)
    assert oembed(views.frame, page) is None


@pytest.mark.parametrize(
    "change",
    [{"version": 1}, {"type": "link"}, {"width": "600"}, {"html": "<script></script>"}, {"thumbnail_url": "x"}],
)
def test_the_check_of_the_rules_finds_faults(tmp_path: Path, change: dict[str, object]) -> None:
    views, _, page = shown_claim(small_site(tmp_path))
    data = oembed(views.frame, page)
    assert data is not None
    assert oembed_faults(json.dumps({**json.loads(data), **change}).encode())


def test_a_site_may_do_without_cards(tmp_path: Path) -> None:
    settings = SMALL["site.toml"] + "\n[embeds]\nenabled = false\n"
    root = small_site(tmp_path, {"site.toml": settings})
    views, _, page = shown_claim(root)
    assert page.embed_code == ""
    assert oembed(views.frame, page) is None
    build_site(root)
    assert not [path for path in tree(root / "build") if "embed" in path]
