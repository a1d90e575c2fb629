"""State: a site as the last build left it and as this one finds it, row by row, read only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.build.jobs import DataParts
from generator.build.rows import (
    ArticleRow,
    ClaimRow,
    PageRow,
    StoryRow,
    used_by_article,
    used_by_claim,
    used_by_text,
)
from generator.build.store import Store, Table
from generator.build.tally import Tally
from generator.plan.frame import Counts
from generator.plan.lists import Listing
from generator.records import Article, Claim, Story, TextPage

Changed = tuple[str, str]
"""When a claim last changed, as a key that sorts by time, and its id."""
Row = ClaimRow | ArticleRow | StoryRow | PageRow


class State:
    """Rows by id. A row that is put takes the place of the last build's at once; `before` still has that one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.claims: Table[ClaimRow] = Table(store, "claim", ClaimRow)
        self.articles: Table[ArticleRow] = Table(store, "article", ArticleRow)
        self.stories: Table[StoryRow] = Table(store, "story", StoryRow)
        self.pages: Table[PageRow] = Table(store, "page", PageRow)
        self.data: Table[DataParts] = Table(store, "data", DataParts)
        self.listings: Table[Listing] = Table(store, "list", Listing)
        self._uses: Table[list[str]] = Table(store, "use", list[str])
        self._changed_uses: dict[str, set[str]] = {}
        self._names: Table[Counts] = Table(store, "names", Counts)
        self._counts: Table[dict[str, int]] = Table(store, "counts", dict[str, int])
        self._addresses: Table[dict[str, str | None]] = Table(store, "addresses", dict[str, str | None])
        self._corrected: Table[list[str]] = Table(store, "corrected", list[str])
        self._aliases: Table[dict[str, str]] = Table(store, "aliases", dict[str, str])
        self._newest: Table[list[Changed]] = Table(store, "newest", list[Changed])
        self._tally: Table[Tally] = Table(store, "tally", Tally)
        self.names: Counts = self._names.get("") or {}
        self.tally: Tally = self._tally.get("") or Tally()

    # --- rows ---------------------------------------------------------------------------------------------------------

    def claim(self, id: str) -> Claim:
        return self.claims[id].claim

    def article(self, id: str) -> Article:
        return self.articles[id].article

    def story(self, id: str) -> Story:
        return self.stories[id].story

    def page(self, id: str) -> TextPage:
        return self.pages[id].page

    def put(self, unit: str, row: Row | None) -> None:
        """Keep the row of a unit such as "c:landing-time", and what it uses; with None: forget both."""
        old = self.get(unit)
        before = _used(old) if old is not None else set()
        after = _used(row) if row is not None else set()
        if before != after:
            for key in before - after:
                self._use(key).discard(unit)
            for key in after - before:
                self._use(key).add(unit)
        self._table(unit).put(unit[2:], row)
        if row is None and unit[0] == "c":
            self.data.put(unit[2:], None)

    def get(self, unit: str) -> Row | None:
        return self._table(unit).get(unit[2:])

    def _table(self, unit: str) -> Table[Any]:
        tables: dict[str, Table[Any]] = {"c": self.claims, "a": self.articles, "s": self.stories, "p": self.pages}
        return tables[unit[0]]

    # --- what uses what -----------------------------------------------------------------------------------------------

    def _use(self, key: str) -> set[str]:
        if key not in self._changed_uses:
            self._changed_uses[key] = set(self._uses.get(key) or ())
        return self._changed_uses[key]

    def users(self, key: str, kind: str = "") -> list[str]:
        """The units that use "a:ID", "s:ID", "c:ID", "t:PATH" or "l:ADDRESS", in order; those of one `kind` alone."""
        found = self._changed_uses.get(key)
        units = found if found is not None else self._uses.get(key) or ()
        return sorted(unit for unit in units if unit.startswith(kind))

    def claims_using(self, key: str) -> list[str]:
        """The ids of the claims that use `key`."""
        return [unit[2:] for unit in self.users(key, "c:")]

    def members(self, story: str) -> list[str]:
        """The articles of a story: those that name it, and those that its claims quote."""
        found = {unit[2:] for unit in self.users(f"s:{story}", "a:")}
        for id in self.claims_using(f"s:{story}"):
            claim = self.claim(id)
            if claim.listed:
                found.update(quote.article for quote in claim.quotes)
        return sorted(id for id in found if self.articles.get(id) is not None)

    def with_origins(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by id, and those that they name as their origins, and those as theirs."""
        found: dict[str, Article] = {}
        waiting = list(ids)
        while waiting:
            id = waiting.pop()
            row = self.articles.get(id) if id not in found else None
            if row is not None:
                found[id] = row.article
                waiting += row.article.origin or ()
        return found

    # --- the whole site -----------------------------------------------------------------------------------------------

    @property
    def counts(self) -> dict[str, int]:
        """How many entries a list is said to have, by its address."""
        return self._counts.get("") or {}

    @counts.setter
    def counts(self, counts: dict[str, int]) -> None:
        self._counts.put("", counts)

    @property
    def addresses(self) -> dict[str, str | None]:
        """Every page's address, with its date of change where it has one; None for what no sitemap names."""
        return self._addresses.get("") or {}

    @addresses.setter
    def addresses(self, addresses: dict[str, str | None]) -> None:
        self._addresses.put("", addresses)

    @property
    def corrected(self) -> list[str]:
        """The units that have corrections: articles, claims, pages and stories."""
        return self._corrected.get("") or []

    @corrected.setter
    def corrected(self, units: list[str]) -> None:
        self._corrected.put("", units)

    @property
    def aliases(self) -> dict[str, str]:
        """Units of earlier ids, such as "c:departed", of what stands in lists, with the ids of today."""
        return self._aliases.get("") or {}

    @aliases.setter
    def aliases(self, aliases: dict[str, str]) -> None:
        self._aliases.put("", aliases)

    @property
    def newest(self) -> list[Changed]:
        """The claims of the feeds, in their order."""
        return self._newest.get("") or []

    @newest.setter
    def newest(self, newest: list[Changed]) -> None:
        self._newest.put("", newest)

    def keep(self) -> None:
        """Give the store what it does not have yet; rows are there already."""
        for key, units in self._changed_uses.items():
            self._uses.put(key, sorted(units) or None)
        self._changed_uses.clear()
        self._names.put("", self.names)
        self._tally.put("", self.tally)


def _used(row: Row) -> set[str]:
    if isinstance(row, ClaimRow):
        return used_by_claim(row.claim, row.links)
    if isinstance(row, ArticleRow):
        return used_by_article(row.article)
    return used_by_text(row.links)
