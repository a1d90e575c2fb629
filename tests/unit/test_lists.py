"""Lists: fifty entries a page, the newest first; numbered pages count from the oldest."""

from __future__ import annotations

import pytest

from generator.dates import date_key
from generator.lexicons import lexicon_of
from generator.plan.list_values import ListPage, NamedItem
from generator.plan.lists import Entry, Listing, ListPart, list_parts, named_parts
from generator.plan.site import newest_stories
from generator.plan.values import Link
from generator.records import Story
from generator.words import Words

WORDS = Words(lexicon_of("en"))


def pages(count: int) -> dict[str, ListPart]:
    """A list of `count` entries, numbered from the oldest (1) on."""
    listing = Listing([Entry(f"{number:04}", str(number)) for number in range(1, count + 1)])
    return {part.address: part for part in list_parts("/tags/", ListPage("tag", "Topic", ""), listing, WORDS)}


def numbers(part: ListPart) -> list[int]:
    return [int(entry.id) for entry in part.claims]


@pytest.mark.parametrize("count", [0, 1, 50])
def test_up_to_fifty_are_one_page_without_numbers(count: int) -> None:
    (address, page), *rest = pages(count).items()
    assert (address, numbers(page), page.page.paging, rest) == ("/tags/", list(range(count, 0, -1)), None, [])


@pytest.mark.parametrize(("count", "last"), [(51, [51]), (100, list(range(100, 50, -1))), (101, [101])])
def test_beyond_fifty_pages_are_numbered_from_the_oldest(count: int, last: list[int]) -> None:
    found = pages(count)
    numbered = [f"/tags/page/{number}/" for number in range(1, (count + 49) // 50 + 1)]
    assert list(found) == ["/tags/", *numbered]
    assert numbers(found["/tags/"]) == list(range(count, count - 50, -1))
    assert numbers(found["/tags/page/1/"]) == list(range(50, 0, -1))
    assert numbers(found[numbered[-1]]) == last


@pytest.mark.parametrize("count", [51, 99, 100, 101, 150, 151])
def test_going_on_to_older_pages_meets_every_entry(count: int) -> None:
    found = pages(count)
    address, seen = "/tags/", set()
    while address:
        seen.update(numbers(found[address]))
        paging = found[address].page.paging
        address = paging.older if paging else ""
    assert seen == set(range(1, count + 1))


def test_newer_and_older_lead_there_and_back() -> None:
    found = pages(120)
    paging = {address: part.page.paging for address, part in found.items()}
    ways = {address: (entry.number, entry.newer, entry.older) for address, entry in paging.items() if entry}
    assert ways == {
        "/tags/": (0, "", "/tags/page/2/"),
        "/tags/page/1/": (1, "/tags/page/2/", ""),
        "/tags/page/2/": (2, "/tags/page/3/", "/tags/page/1/"),
        "/tags/page/3/": (3, "/tags/", "/tags/page/2/"),
    }


@pytest.mark.parametrize("count", [51, 98, 119, 148])
def test_a_new_entry_moves_no_other(count: int) -> None:
    before, after = pages(count), pages(count + 1)
    last = f"/tags/page/{(count + 50) // 50}/"
    assert {address for address in after if after[address] != before.get(address)} == {"/tags/", last}


@pytest.mark.parametrize("count", [100, 150])
def test_a_new_last_page_changes_no_page_but_its_neighbour(count: int) -> None:
    before, after = pages(count), pages(count + 1)
    changed = {address for address in after if after[address] != before.get(address)}
    assert changed <= {"/tags/", f"/tags/page/{count // 50}/", f"/tags/page/{count // 50 + 1}/"}


@pytest.mark.parametrize("count", [0, 50, 51, 100, 120])
def test_names_are_paged_as_claims_are(count: int) -> None:
    named = tuple(NamedItem(Link(str(number), f"/{number}/"), "", 0) for number in range(count, 0, -1))
    found = {
        address: ([int(item.link.text) for item in page.named], page.paging, page.title)
        for address, page in named_parts("/tags/", ListPage("tags", "Topic", "", named=named), WORDS)
    }
    assert found == {
        address: (numbers(part), part.page.paging, part.page.title) for address, part in pages(count).items()
    }


def test_a_publishers_claims_and_articles_go_on_together() -> None:
    claims, articles = ([Entry(f"{number:04}", str(number)) for number in range(count)] for count in (120, 60))
    found = list(list_parts("/p/", ListPage("publisher", "P", ""), Listing(claims, articles), WORDS))
    assert [(part.address, len(part.claims), len(part.articles)) for part in found] == [
        ("/p/", 50, 50),
        ("/p/page/1/", 50, 50),
        ("/p/page/2/", 50, 10),
        ("/p/page/3/", 20, 0),
    ]


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    dates = {"1": "", "2": "2021", "3": "2021-10-17T01:00:00+03:00", "4": "2021-10-17"}
    entries = sorted(Entry(date_key(date), id) for id, date in dates.items())
    (part,) = list_parts("/claims/", ListPage("claims", "", ""), Listing(entries), WORDS)
    assert [entry.id for entry in part.claims] == ["4", "3", "2", "1"]
    stories = [(Story(id=id, path="", title=id, summary="", date=date), 0) for id, date in dates.items()]
    assert [item.link.text for item in newest_stories(stories, WORDS)] == ["4", "3", "2", "1"]
