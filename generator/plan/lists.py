"""Lists: fifty entries a page, on numbered pages that a new claim does not move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from generator.plan.dates import date_key
from generator.plan.values import ArticleItem, ClaimItem, ListPage, NamedItem, Page, Paging
from generator.plan.values import Link as Link_

PER_PAGE = 50

Item = TypeVar("Item", ClaimItem, ArticleItem, NamedItem)


def list_pages(address: str, page: ListPage) -> Iterator[Page]:
    """A list's own page, with its newest fifty entries, and beyond fifty its numbered pages.

    `page` holds all entries, the newest first. Numbered pages count from the oldest entries: an entry keeps its page
    when new
    ones come, and only the last page and the list's own change.
    """
    field = next((name for name in ("claims", "articles", "named") if len(getattr(page, name)) > PER_PAGE), "")
    if not field:
        yield Page(address, "list.html", page)
        return
    items: Sequence[ClaimItem] = getattr(page, field)
    count = -(-len(items) // PER_PAGE)
    addresses = [f"{address}page/{number}/" for number in range(1, count + 1)]
    links = tuple(Link_(str(number), page_address) for number, page_address in enumerate(addresses, 1))
    older = addresses[count - 2]
    yield Page(address, "list.html", replace(page, **{field: items[:PER_PAGE]}, paging=Paging(0, links, "", older)))
    oldest_first = items[::-1]
    for number, page_address in enumerate(addresses, 1):
        chunk = oldest_first[(number - 1) * PER_PAGE : number * PER_PAGE][::-1]
        paging = Paging(
            number=number,
            pages=links,
            newer=addresses[number] if number < count else address,
            older=addresses[number - 2] if number > 1 else "",
        )
        title = f"{page.title}, page {number} of {count}"
        yield Page(page_address, "list.html", replace(page, **{field: chunk}, paging=paging, title=title))


def newest_first(items: Sequence[tuple[str, Item]]) -> tuple[Item, ...]:
    """Items with their dates, the newest first; those without a date last."""
    return tuple(item for _, item in sorted(items, key=lambda pair: date_key(pair[0]), reverse=True))
