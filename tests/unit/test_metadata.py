"""What a page's head tells other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SITES, SMALL, claim, small_site

from generator.data.metadata import Head, Meta, locale, page_head
from generator.examine import prepare


def heads(root: Path, drafts: bool = False) -> dict[str, Head]:
    prepared = prepare(root, drafts)
    site, words = prepared.plan.site, prepared.frame.words
    return {page.address: page_head(site, words, page) for page in prepared.plan.pages}


def pairs(head: Head) -> list[tuple[str, str]]:
    return [(meta.key, meta.content) for meta in head.metas]


def test_a_claim(tmp_path: Path) -> None:
    more = (
        "title: Did it land?\nstory: ship\ntags: [ships, sea]\n"
        "corrections: [{date: 2021-10-18, kind: update, text: a}]\n"
    )
    root = small_site(
        tmp_path,
        {
            "content/stories/ship.yaml": "title: The ship\nsummary: It came.\n",
            "content/claims/landing.yaml": claim(more=more),
        },
    )
    head = heads(root)["/claims/landing/"]
    assert head.canonical == "https://small.example/claims/landing/"
    assert pairs(head) == [
        ("og:type", "article"),
        ("og:title", "Did it land?"),
        ("og:description", "It did."),
        ("og:url", "https://small.example/claims/landing/"),
        ("og:site_name", "The Small Desk"),
        ("og:locale", "en_US"),
        ("article:published_time", "2021-10-17"),
        ("article:modified_time", "2021-10-18"),
        ("article:section", "The ship"),
        ("article:tag", "ships"),
        ("article:tag", "sea"),
        ("twitter:card", "summary"),
    ]
    assert [meta.attribute for meta in head.metas] == ["property"] * 11 + ["name"]
    assert [(link.type, link.address) for link in head.links] == [
        ("application/atom+xml", "https://small.example/feed.xml"),
        ("application/feed+json", "https://small.example/feed.json"),
        ("application/atom+xml", "https://small.example/corrections/feed.xml"),
        ("application/json+oembed", "https://small.example/claims/landing/oembed.json"),
    ]


def test_a_claim_without_corrections_was_not_modified(tmp_path: Path) -> None:
    assert "article:modified_time" not in dict(pairs(heads(small_site(tmp_path))["/claims/landing/"]))


def test_an_image(tmp_path: Path) -> None:
    root = small_site(tmp_path, {"site.toml": SMALL["site.toml"] + "\n[share_images]\nenabled = true\n"})
    head = heads(root)["/claims/landing/"]
    assert dict(pairs(head)) | {
        "og:image": "https://small.example/claims/landing/share.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "True: “The ship landed at noon.”",
        "twitter:card": "summary_large_image",
    } == dict(pairs(head))


def test_a_retracted_claim_says_so(tmp_path: Path) -> None:
    more = "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n"
    head = heads(small_site(tmp_path, {"content/claims/landing.yaml": claim(more=more)}))["/claims/landing/"]
    assert dict(pairs(head))["og:title"] == "Retracted: The ship landed at noon."
    assert head.links[-1].title == "Retracted: The ship landed at noon."


def test_what_is_not_to_be_found_has_none(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {
            "content/claims/landing.yaml": claim(more="aliases: [old]\n"),
            "content/claims/draft.yaml": "claim: Not yet.\nstatus: draft\n",
        },
    )
    found = heads(root, drafts=True)
    assert found["/404.html"] == Head("", (), ())
    assert found["/claims/old/"] == Head("https://small.example/claims/landing/", (), ())
    assert found["/claims/landing/embed/"] == Head("https://small.example/claims/landing/", (), ())
    assert found["/claims/draft/"] == Head("https://small.example/claims/draft/", (), ())


def test_every_other_page_has_all_that_is_asked_for(tmp_path: Path) -> None:
    for address, head in heads(SITES / "rich").items():
        keys = [meta.key for meta in head.metas]
        assert len(keys) - keys.count("article:tag") == len(set(keys) - {"article:tag"})
        assert all(meta.content for meta in head.metas)
        if head.metas:
            assert head.canonical.startswith("https://harbour.example/checks/")
            assert {"og:type", "og:title", "og:url", "og:site_name", "og:locale", "twitter:card"} <= set(keys)
            assert Meta("property", "og:url", head.canonical) in head.metas
        else:
            earlier = ("/articles/tide-bridge/", "/stories/bridge-closing/")
            assert address in ("/404.html", *earlier) or "/claims/" in address


def test_an_address_is_encoded(tmp_path: Path) -> None:
    root = small_site(tmp_path, {"content/claims/landing.yaml": claim(more="tags: [é]\n")})
    assert heads(root)["/tags/é/"].canonical == "https://small.example/tags/%C3%A9/"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "en_US"), ("pt-BR", "pt_BR"), ("zh-hant-tw", "zh_TW"), ("ar", "ar_AR"), ("sw", ""), ("en-gb", "en_GB")],
)
def test_a_language_as_opengraph_has_it(language: str, expected: str) -> None:
    assert locale(language) == expected
