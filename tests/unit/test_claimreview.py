"""ClaimReview: each rule that its readers hold sites to, and that no text in it can end a script element."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from formats import as_list, claim_review_faults
from hypothesis import given
from hypothesis import strategies as st
from support import SITES, SMALL, claim, lay, shown_claim, small_site

from generator.data.claimreview import as_script, claim_review, claim_review_feed
from generator.examine import prepare
from generator.plan.claim_values import ClaimPage
from generator.plan.site import pages_of_claim
from generator.plan.views import Views

URL = "https://small.example/claims/landing/"


def article(more: str = "", publisher: str = "publisher: The Gazette\n") -> str:
    return f"text: seeds/gazette.txt\n{publisher}{more}"


def quote(article: str, stance: str = "asserts", text: str = "The ship landed at noon", more: str = "") -> str:
    return f"  - {{article: {article}, text: {text}, stance: {stance}{more}}}\n"


def quoted(*quotes: str, more: str = "") -> dict[str, str]:
    return {"content/claims/landing.yaml": claim(more="quotes:\n" + "".join(quotes) + more)}


def review_of(root: Path) -> dict[str, Any]:
    views, _, page = shown_claim(root)
    review = claim_review(views.library.settings, page)
    assert review is not None
    assert claim_review_faults(review, URL, "small.example") == []
    return review


def works_of(root: Path) -> list[str]:
    return [work["url"] for work in as_list(review_of(root)["itemReviewed"].get("appearance", []))]


def test_all_of_it(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {
            "site.toml": SMALL["site.toml"].replace(
                "[[", '[organisation]\nname = "The Desk"\nurl = "https://desk.example/"\n[[', 1
            ),
            "content/articles/gazette.yaml": article(
                "title: It landed\npublished: 2021-10-18\nurl: https://gazette.example/1\narchived: https://kept.example/1\n"
            ),
        },
        quoted(quote("gazette"), more="made: 2021-10\nclaimant: [{name: Ann Onym, url: https://ann.example/}]\n"),
    )
    assert review_of(root) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": URL,
        "claimReviewed": "The ship landed at noon.",
        "datePublished": "2021-10-17",
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "The Desk", "url": "https://desk.example/"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Thing", "name": "Ann Onym", "sameAs": "https://ann.example/"},
            "datePublished": "2021-10",
            "appearance": {
                "@type": "CreativeWork",
                "url": "https://gazette.example/1",
                "headline": "It landed",
                "datePublished": "2021-10-18",
                "publisher": {"@type": "Thing", "name": "The Gazette"},
                "archivedAt": "https://kept.example/1",
            },
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "True",
            "ratingValue": 2,
            "bestRating": 2,
            "worstRating": 1,
            "ratingExplanation": "It did.",
        },
    }


# --- appearances ------------------------------------------------------------------------------------------------------


def test_every_asserting_article_with_a_publisher_and_an_address_is_an_appearance_once(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {
            "content/articles/gazette.yaml": article("url: https://gazette.example/1\n"),
            "content/articles/kept.yaml": article("archived: https://kept.example/1\n"),
            "content/articles/copy.yaml": article("url: https://gazette.example/1\n", "publisher: The Copy\n"),
            "content/articles/nameless.yaml": article("url: https://nameless.example/\n", ""),
            "content/articles/nowhere.yaml": article(),
            "content/articles/mail.yaml": article("url: mailto:desk@small.example\n"),
            "content/articles/against.yaml": article("url: https://against.example/\n"),
            "content/articles/both.yaml": article("url: https://both.example/\n"),
        },
        quoted(
            *map(quote, ["nameless", "kept", "gazette", "copy", "nowhere", "mail"]),
            quote("gazette", text="Nobody was hurt."),
            quote("against", "contradicts"),
            quote("both", "contradicts"),
            quote("both", "asserts", "Nobody was hurt."),
        ),
    )
    assert works_of(root) == ["https://kept.example/1", "https://gazette.example/1", "https://both.example/"]


def test_no_appearance_where_no_article_asserts_it(tmp_path: Path) -> None:
    root = small_site(tmp_path, quoted(quote("gazette", "mentions")))
    assert review_of(root)["itemReviewed"] == {"@type": "Claim"}


def test_which_appearance_was_the_first_is_never_said(tmp_path: Path) -> None:
    root = small_site(
        tmp_path,
        {"content/articles/gazette.yaml": article("url: https://gazette.example/\npublished: 2021-10-17\n")},
        quoted(quote("gazette"), more="made: 2021-10-17\n"),
    )
    assert "firstAppearance" not in json.dumps(review_of(root))


# --- claimants --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("", ["the captain", "The Gazette"]),
        ("claimant: []\n", []),
        ("claimant: [{name: Ann}]\n", ["Ann"]),
        ("claimant: [{name: Ann, as: maker}, {name: Ben, as: repeater, url: 'mailto:b@e.org'}]\n", ["Ann", "Ben"]),
    ],
)
def test_those_who_claim_it_are_those_that_the_page_names(tmp_path: Path, more: str, names: list[str]) -> None:
    root = small_site(
        tmp_path,
        quoted(
            quote("gazette", more=", speaker: [AFP, the captain]"),
            quote("gazette", text="Nobody was hurt."),
            more=more,
        ),
    )
    _, _, page = shown_claim(root)
    authors = as_list(review_of(root)["itemReviewed"].get("author", []))
    assert authors == [{"@type": "Thing", "name": name} for name in names]
    assert names == [claimant.name for claimant in page.claimants]


@pytest.mark.parametrize("name", ["The Small Desk", "the small desk"])
def test_a_claim_of_the_sites_own_has_none(tmp_path: Path, name: str) -> None:
    root = small_site(tmp_path, quoted(quote("gazette"), more=f"claimant: [{{name: {name}}}]\n"))
    views, _, page = shown_claim(root)
    assert claim_review(views.library.settings, page) is None


# --- ratings ----------------------------------------------------------------------------------------------------------


def scale(*steps: tuple[str, int | None, bool]) -> str:
    head = 'format = 1\ntitle = "The Small Desk"\nurl = "https://small.example"\n'
    return head + "".join(
        f'[[verdicts]]\nid = "{id}"\nlabel = "Label {id}"\n'
        + (f"value = {value}\n" if value is not None else "")
        + ("retired = true\n" if retired else "")
        for id, value, retired in steps
    )


@pytest.mark.parametrize(
    ("steps", "numbers"),
    [
        ([("true", 5, False), ("false", 1, False)], (5, 5, 1)),
        ([("true", 3, False), ("false", 1, False), ("best", 4, False)], (3, 4, 1)),
        ([("true", 3, False), ("false", 1, False), ("old", 9, True)], (3, 3, 1)),
        ([("true", 9, True), ("false", 1, False), ("best", 5, False)], (9, 9, 1)),
        ([("true", None, False), ("false", 5, False)], None),
        ([("true", 1, False)], None),
        ([("true", 1, False), ("open", None, False)], None),
        ([("true", 2, False)], (2, 2, 1)),
    ],
)
def test_numbers_stand_where_the_verdict_has_one(
    tmp_path: Path, steps: list[tuple[str, int | None, bool]], numbers: tuple[int, int, int] | None
) -> None:
    rating = review_of(small_site(tmp_path, {"site.toml": scale(*steps)}))["reviewRating"]
    found = tuple(rating.get(name) for name in ("ratingValue", "bestRating", "worstRating"))
    assert found == (numbers or (None, None, None))
    assert rating["alternateName"] == "Label true"


# --- where there is none ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    ["status: draft\n", "status: retracted\ncorrections: [{date: 2021-10-18, kind: correction, text: Gone.}]\n"],
)
def test_drafts_and_retracted_claims_have_none(tmp_path: Path, more: str) -> None:
    root = small_site(tmp_path, {"content/claims/landing.yaml": claim(more=more)})
    views, _, page = shown_claim(root, drafts=True)
    assert claim_review(views.library.settings, page) is None


def test_a_draft_that_lacks_all_has_none(tmp_path: Path) -> None:
    root = small_site(tmp_path, {"content/claims/landing.yaml": "claim: Not yet.\nstatus: draft\n"})
    views, _, page = shown_claim(root, drafts=True)
    assert claim_review(views.library.settings, page) is None


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corrections", "modified"),
    [
        ("", None),
        ("corrections: [{date: 2021-10-19, kind: update, text: a}, {date: 2021-10-18, kind: update, text: b}]\n", "19"),
        ("corrections: [{date: 2021-10-16, kind: update, text: before the last check}]\n", None),
    ],
)
def test_a_correction_renews_it(tmp_path: Path, corrections: str, modified: str | None) -> None:
    review = review_of(small_site(tmp_path, {"content/claims/landing.yaml": claim(more=corrections)}))
    assert review["datePublished"] == "2021-10-17"
    assert review.get("dateModified") == (f"2021-10-{modified}" if modified else None)


# --- as text ----------------------------------------------------------------------------------------------------------


@given(st.text(st.one_of(st.sampled_from('<>&/!-"\\\u2028\u2029script'), st.characters(exclude_categories=["Cs"]))))
def test_no_text_ends_the_script_element(text: str) -> None:
    script = as_script({"claimReviewed": text, "author": {text: [text]}})
    assert not set("<>&\u2028\u2029") & set(script)
    assert json.loads(script) == {"claimReviewed": text, "author": {text: [text]}}


@pytest.mark.parametrize("character", "<>&\u2028\u2029")
def test_what_ends_a_script_or_its_line_is_escaped(character: str) -> None:
    script = as_script({"claimReviewed": character})
    assert script == f'{{"claimReviewed":"\\u{ord(character):04x}"}}'


def test_a_feed_of_them(tmp_path: Path) -> None:
    settings = prepare(small_site(tmp_path)).library.settings
    reviews = [("a", as_script({"url": "A"})), ("b", as_script({"url": "B"}))]
    feed = json.loads(claim_review_feed(settings, reviews))
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert feed["dataFeedElement"] == [
        {"@type": "DataFeedItem", "url": f"https://small.example/claims/{id}/", "item": [{"url": id.upper()}]}
        for id in "ab"
    ]
    assert json.loads(claim_review_feed(settings, []))["dataFeedElement"] == []


# --- whole sites ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["repository", "rich"])
def test_every_claim_of_a_whole_site_keeps_the_rules(repository: Path, site: str) -> None:
    prepared = prepare(repository if site == "repository" else SITES / site)
    library = prepared.library
    views = Views(library, prepared.frame)
    base = library.settings.url.rstrip("/")
    found = {}
    for record in library.claims.values():
        page = pages_of_claim(views, record)[0].value
        assert isinstance(page, ClaimPage)
        review = claim_review(library.settings, page)
        assert (review is not None) == (record.status == "published")
        if review is not None:
            found[record.id] = review
            host = base.split("/")[2]
            assert claim_review_faults(review, f"{base}/claims/{record.id}/", host) == []
            assert review["reviewRating"]["ratingExplanation"] == page.summary
            assert page.verdict is not None
            assert review["reviewRating"]["alternateName"] == page.verdict.label
    assert found
    feed = json.loads(claim_review_feed(library.settings, [(id, as_script(each)) for id, each in found.items()]))
    assert [element["item"] for element in feed["dataFeedElement"]] == [[review] for review in found.values()]


# --- the rules themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"@type": "Review"},
        {"url": "https://other.example/"},
        {"claimReviewed": ""},
        {"datePublished": "yesterday"},
        {"author": {"@type": "Organization"}},
        {"reviewRating": {"@type": "Rating"}},
        {"reviewRating": {"@type": "Rating", "alternateName": "True", "ratingValue": 1}},
        {
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "T",
                "ratingValue": 0,
                "bestRating": 2,
                "worstRating": 0,
            }
        },
        {
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "T",
                "ratingValue": 1,
                "bestRating": 1,
                "worstRating": 1,
            }
        },
        {
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "T",
                "ratingValue": 3,
                "bestRating": 2,
                "worstRating": 1,
            }
        },
        {"itemReviewed": {"@type": "Claim", "author": {"@type": "Thing"}}},
        {"itemReviewed": {"@type": "Claim", "appearance": {"@type": "CreativeWork", "url": "here"}}},
        {"itemReviewed": {"@type": "CreativeWork"}},
    ],
)
def test_the_check_of_the_rules_finds_faults(tmp_path: Path, change: dict[str, Any]) -> None:
    review = review_of(lay(small_site(tmp_path), {}))
    assert claim_review_faults({**review, **change}, URL, "small.example")
