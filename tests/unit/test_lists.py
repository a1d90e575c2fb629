"""Lists: fifty entries a page, the newest first; numbered pages count from the oldest."""

from __future__ import annotations

import pytest

from generator.plan.list_values import ListPage, NamedItem
from generator.plan.lists import list_pages, newest_first
from generator.plan.pages import Page
from generator.plan.values import Link


def item(number: int) -> NamedItem:
    return NamedItem(Link(str(number), f"/{number}/"), "", 0)


def pages(count: int) -> dict[str, ListPage]:
    """A list of `count` entries, numbered from the oldest (1) on."""
    value = ListPage("tags", "Topics", "", named=tuple(map(item, range(count, 0, -1))))
    found: dict[str, ListPage] = {}
    for page in list_pages("/tags/", value):
        assert isinstance(page, Page)
        assert isinstance(page.value, ListPage)
        found[page.address] = page.value
    return found


def numbers(page: ListPage) -> list[int]:
    return [int(entry.link.text) for entry in page.named]


@pytest.mark.parametrize("count", [0, 1, 50])
def test_up_to_fifty_are_one_page_without_numbers(count: int) -> None:
    (address, page), *rest = pages(count).items()
    assert (address, numbers(page), page.paging, rest) == ("/tags/", list(range(count, 0, -1)), None, [])


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
        paging = found[address].paging
        address = paging.older if paging else ""
    assert seen == set(range(1, count + 1))


def test_newer_and_older_lead_there_and_back() -> None:
    found = pages(120)
    paging = {address: page.paging for address, page in found.items()}
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


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    dated = [("", item(1)), ("2021", item(2)), ("2021-10-17T01:00:00+03:00", item(3)), ("2021-10-17", item(4))]
    assert [entry.link.text for entry in newest_first(dated)] == ["4", "3", "2", "1"]
