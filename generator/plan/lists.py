"""Lists: fifty entries a page, on numbered pages that a new claim does not move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from generator.dates import date_key
from generator.plan.list_values import ArticleItem, ClaimItem, ListPage, NamedItem, Paging
from generator.plan.pages import Page
from generator.plan.values import Link

PER_PAGE = 50

Item = TypeVar("Item", ClaimItem, ArticleItem, NamedItem)


def list_pages(address: str, page: ListPage) -> Iterator[Page]:
    """A list's own page, with its newest fifty entries, and beyond fifty its numbered pages.

    `page` holds all entries, the newest first. Numbered pages count from the oldest entries: an entry keeps its page
    when new ones come, and only the last pages and the list's own change. A publisher's claims and articles go on
    together.
    """
    entries = {name: getattr(page, name) for name in ("claims", "articles", "named")}
    count = max(-(-len(items) // PER_PAGE) for items in entries.values())
    if count <= 1:
        yield Page(address, "list.html", page)
        return
    addresses = [f"{address}page/{number}/" for number in range(1, count + 1)]
    links = tuple(Link(str(number), page_address) for number, page_address in enumerate(addresses, 1))
    newest = {name: items[:PER_PAGE] for name, items in entries.items()}
    yield Page(address, "list.html", replace(page, **newest, paging=Paging(0, links, "", addresses[-2])))
    for number, page_address in enumerate(addresses, 1):
        chunks = {name: _chunk(items, number) for name, items in entries.items()}
        newer = addresses[number] if number < count else address
        paging = Paging(number, (), newer, addresses[number - 2] if number > 1 else "")
        title = f"{page.title}, page {number}"
        yield Page(page_address, "list.html", replace(page, **chunks, paging=paging, title=title))


def _chunk(items: tuple[Item, ...], number: int) -> tuple[Item, ...]:
    """The entries of the numbered page `number`, the newest first; `items` are all, the newest first."""
    end = len(items) - (number - 1) * PER_PAGE
    return items[max(0, end - PER_PAGE) : max(0, end)]


def newest_first(items: Sequence[tuple[str, Item]]) -> tuple[Item, ...]:
    """Items with their dates, the newest first; those without a date last."""
    return tuple(item for _, item in sorted(items, key=lambda pair: date_key(pair[0]), reverse=True))
