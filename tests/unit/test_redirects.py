"""_redirects: a line for each address that a claim, an article or a story once had."""

from __future__ import annotations

from msgspec.structs import replace

from generator.data.redirects import redirects
from generator.records import Settings

SITE = Settings(id="site", path="site.toml", title="t", url="https://e.org/", verdicts=())


def test_the_page_the_card_and_its_description_of_each_earlier_id() -> None:
    assert redirects(SITE, [("claims", "old", "new"), ("claims", "a-1", "new")]).decode() == (
        "/claims/a-1/ /claims/new/ 301\n"
        "/claims/a-1/embed/ /claims/new/embed/ 301\n"
        "/claims/a-1/oembed.json /claims/new/oembed.json 301\n"
        "/claims/old/ /claims/new/ 301\n"
        "/claims/old/embed/ /claims/new/embed/ 301\n"
        "/claims/old/oembed.json /claims/new/oembed.json 301\n"
    )


def test_articles_and_stories_have_their_pages_alone() -> None:
    assert redirects(SITE, [("stories", "old", "new"), ("articles", "old", "new")]).decode() == (
        "/articles/old/ /articles/new/ 301\n/stories/old/ /stories/new/ 301\n"
    )


def test_the_order_of_claims_is_nothing_to_it() -> None:
    pairs = [("claims", "c", "d"), ("stories", "a", "b"), ("claims", "e", "b"), ("articles", "a", "b")]
    assert redirects(SITE, pairs) == redirects(SITE, pairs[::-1])


def test_without_earlier_ids_there_is_nothing() -> None:
    assert redirects(SITE, []) == b""


def test_a_site_in_a_folder_names_it() -> None:
    site = replace(SITE, url="https://e.org/our checks/é%20/")
    lines = redirects(site, [("claims", "old", "new")]).decode().splitlines()
    assert lines[0] == "/our%20checks/%C3%A9%20/claims/old/ /our%20checks/%C3%A9%20/claims/new/ 301"


def test_no_character_has_a_meaning_of_its_own() -> None:
    lines = redirects(SITE, [("claims", "#old *:splat\n/x 200", "new")]).decode().splitlines()
    assert len(lines) == 3
    assert all(len(line.split(" ")) == 3 and not set("#*:?") & set(line) for line in lines)
