"""The whole: what no single file makes. Menus, lists of names, the front page, corrections, sitemap, feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from markupsafe import Markup

from generator.build.doubts import Irregular, StartOver
from generator.build.listings import Lists
from generator.build.rows import ArticleRow, ClaimRow, PageRow, StoryRow
from generator.build.state import Changed, Row, State
from generator.data.atom import claims_feed, corrections_feed
from generator.data.claimreview import claim_review_feed
from generator.data.claims_csv import claims_csv
from generator.data.claims_json import claims_json
from generator.data.feed_entries import claim_entry, correction_entries, newest_entries, scale_entries
from generator.data.headers import headers_file
from generator.data.json_feed import json_feed
from generator.data.redirects import redirects
from generator.dates import date_key
from generator.plan import addresses
from generator.plan.addresses import slug
from generator.plan.collisions import Named, collisions
from generator.plan.files import files_of_claim, has_card, standing_files
from generator.plan.frame import Frame
from generator.plan.list_values import NamedItem
from generator.plan.pages import File, Page
from generator.plan.site import (
    NEWEST_ON_HOME,
    SEARCH,
    corrected,
    corrections_page,
    home_page,
    named_pages,
    newest_stories,
    not_found_page,
    search_page,
    site_of,
)
from generator.plan.sitemap import last_change, robots_file, sitemap_files
from generator.plan.stories import part_address
from generator.plan.values import Site
from generator.publish.output import Output
from generator.records import Article, Claim, Settings, Story, TextPage

Rows = Mapping[str, Row | None]
"""By unit; None for what is not there."""
_NAMED_LIST = re.compile(r"/(?:verdicts|stories|publishers|tags|people)/(?:page/\d+/)?")
_SITEMAP = re.compile(r"/sitemap-\d+\.xml")


class Whole:
    """The parts of a site that are made from many files: `rows` are the changed ones, `old` what they were.

    `first` says that nothing is known of the site before.
    """

    def __init__(
        self, state: State, frame: Frame, rows: Rows, old: Rows, lists: Lists, first: bool, drafts: bool
    ) -> None:
        self.state = state
        self.frame = frame
        self.rows = rows
        self.old = old
        self.lists = lists
        self.first = first
        self.drafts = drafts
        self._old_counts = state.counts
        self._counts = self._new_counts()
        self._names_changed = (
            first or self._counts != self._old_counts or lists.verdicts_changed or any(unit[0] == "s" for unit in rows)
        )
        self._stories: tuple[NamedItem, ...] | None = None

    @property
    def settings(self) -> Settings:
        return self.frame.settings

    # --- counts and menus ---------------------------------------------------------------------------------------------

    def _new_counts(self) -> dict[str, int]:
        """By the address of a list or a story: how many entries it has. Lists that are no more are not in it."""
        stories = {unit[2:] for unit in self.rows if unit[0] == "s"}
        for row in (*self.rows.values(), *self.old.values()):
            if isinstance(row, ClaimRow) and row.claim.story:
                stories.add(row.claim.story)
        found = {**self._old_counts, **self.lists.counts}
        for address in self.lists.counts:
            if self.state.listings.get(address) is None:
                del found[address]
        for id in stories:
            address = addresses.story_address(id)
            if self.state.stories.get(id) is None:
                found.pop(address, None)
                continue
            claims = self.state.claims_using(f"s:{id}")
            found[address] = sum(self.state.claim(claim).listed for claim in claims)
        return found

    def site(self) -> Site | None:
        """What all pages show of the site; None where it is as before."""
        if not self.first and not self._names_changed and not any(unit[0] == "p" for unit in self.rows):
            return None
        lists = {"/claims/", "/articles/", "/verdicts/", "/corrections/"}
        lists.update(f"/{address.split('/')[1]}/" for address in self._counts)
        if self.settings.search.enabled:
            lists.add(SEARCH)
        ids = self.state.pages.names()
        pages = [self.state.page(id) for id in ids]
        return site_of(self.frame, pages, lists | {addresses.page_address(id) for id in ids})

    # --- pages --------------------------------------------------------------------------------------------------------

    def pages(self, claims: set[str]) -> Iterator[Page]:
        """The pages to be made anew, where the entries of `claims` changed too."""
        listed = self.state.listings["/claims/"].claims
        if self._names_changed:
            self.state.counts = self._counts
            yield from named_pages(self.frame, self._counts, listed, self._all_stories())
        shown = [entry.id for entry in listed[: -NEWEST_ON_HOME - 1 : -1]]
        if self._names_changed or "/claims/" in self.lists.changed or not claims.isdisjoint(shown):
            entries = [Markup(self.state.claims[id].entry) for id in shown]  # noqa: S704 — as a template made it
            yield home_page(self.frame, entries, self._all_stories(), more=len(listed) > NEWEST_ON_HOME)
        self._corrected = self._correct()
        if self._corrected or self.first:
            words = self.frame.words
            records = [record_of(self.state.get(unit)) for unit in self.state.corrected]
            yield corrections_page([view for record in records for view in corrected(record, words)], self.frame)
        if self.first:
            yield not_found_page(self.frame.words)
            if self.settings.search.enabled:
                yield search_page(self.frame)

    def _all_stories(self) -> tuple[NamedItem, ...]:
        if self._stories is None:
            ids = [address.split("/")[2] for address in self._counts if address.startswith("/stories/")]
            self._stories = newest_stories(
                ((self.state.story(id), self._counts[addresses.story_address(id)]) for id in ids), self.frame.words
            )
        return self._stories

    def _correct(self) -> bool:
        """Bring the list of what has corrections up to date; whether their page changes."""
        has, had = (
            {unit for unit, row in rows.items() if row is not None and record_of(row).corrections}
            for rows in (self.rows, self.old)
        )
        if has or had:
            self.state.corrected = sorted((set(self.state.corrected) - had) | has)
        return bool(has or had)

    # --- addresses ----------------------------------------------------------------------------------------------------

    def refuse_taken(self) -> None:
        """Raises Irregular where what is to be made would stand at an address that is another's, such as an earlier id.

        Before anything is made: two files of one path cannot be staged.
        """
        old, new = (
            [address for row in rows.values() for address, _ in self._addresses_of(row)]
            for rows in (self.old, self.rows)
        )
        if len(set(new)) < len(new):
            raise Irregular
        come = set(new).difference(old)
        if come and not come.isdisjoint(self.state.addresses.keys() - set(old)):
            raise Irregular

    def find_addresses(
        self, pages: Iterable[Page], links: set[str], had_pages: Mapping[str, int], is_file: Callable[[str], bool]
    ) -> set[str]:
        """Bring the addresses of the site up to date; returns those that are no more.

        `pages` are those of the whole that were made anew, `links` lead from what was made anew to the site itself,
        `had_pages` says of each story that was made anew how many pages it had,
        `is_file` tells the addresses of files that need no making. Raises Irregular for what leads nowhere and for
        addresses that may collide, StartOver where only a look at all of them tells.
        """
        old: dict[str, str | None] = dict.fromkeys(self.lists.gone, "")
        new: dict[str, str | None] = dict.fromkeys(self.lists.come, "")
        for rows, found in ((self.old, old), (self.rows, new)):
            for row in rows.values():
                for address, date in self._addresses_of(row):
                    if address in found:
                        raise Irregular
                    found[address] = date
        for id, had in had_pages.items():
            if f"s:{id}" not in self.rows:
                story = self.state.story(id)
                for found, count in ((old, had), (new, self.state.stories[id].pages)):
                    found.update(pair for address in _parts(story, count) for pair in _with_former(story, address))
        before = self.state.addresses if self._names_changed else {}
        old.update((address, "") for address in before if _NAMED_LIST.fullmatch(address))
        if self._names_changed:
            new.update((page.address, "") for page in pages if _NAMED_LIST.fullmatch(page.address))
        if self.first:
            new.update({"/": "", "/corrections/": "", "/404.html": None})
            if self.settings.search.enabled:
                new[SEARCH] = None
        self._addresses_changed = old != new
        if self._addresses_changed:
            there = {address: date for address, date in self.state.addresses.items() if address not in old}
            if not there.keys().isdisjoint(new):
                raise Irregular
            if not self.first and not all(map(str.isascii, new.keys() - old.keys())):
                raise StartOver
            self.state.addresses = {**there, **new}
        gone = old.keys() - new.keys()
        self._refuse_dead_links(links, gone, is_file)
        return gone

    def _addresses_of(self, row: Row | None) -> Iterator[tuple[str, str | None]]:
        """A file's addresses, each with its date of change, where it has one; None for what no sitemap names."""
        if row is None:
            return
        for address in self._pages_of(row):
            yield from _with_former(record_of(row), address)
        if isinstance(row, ClaimRow) and has_card(row.claim, self.settings):
            yield addresses.embed_address(row.claim.id), None

    def _pages_of(self, row: Row) -> list[str]:
        """The addresses of a file's own pages."""
        if isinstance(row, ClaimRow):
            return [addresses.claim_address(row.claim.id)] if row.claim.listed or self.drafts else []
        if isinstance(row, ArticleRow):
            return [addresses.article_address(row.article.id)]
        if isinstance(row, PageRow):
            return [addresses.page_address(row.page.id)]
        known = self.state.stories.get(row.story.id)
        pages = known.pages if known is not None and row is self.rows.get(f"s:{row.story.id}") else row.pages
        return _parts(row.story, pages)

    def _refuse_dead_links(self, links: set[str], gone: Collection[str], is_file: Callable[[str], bool]) -> None:
        if any(self.state.users(f"l:{address}") for address in gone):
            raise Irregular
        own = {f"/{path}" for path in standing_files(self.settings)}
        asked = {address for address in links - own if not is_file(address) and not self._is_of_a_claim(address)}
        if asked and not all(map(_SITEMAP.fullmatch, asked - self.state.addresses.keys())):
            raise Irregular

    def refuse_collisions(self, assets: Mapping[str, str], media: Iterable[File]) -> None:
        """Raises Irregular where two things may stand at one address. Of a change, only names are looked at."""
        claims = {row.claim.id: row.claim for row in self.rows.values() if isinstance(row, ClaimRow)}
        articles = {row.article.id: row.article for row in self.rows.values() if isinstance(row, ArticleRow)}
        if not self.first:
            names = [
                *(tag for claim in claims.values() for tag in claim.tags),
                *(a.publisher for a in articles.values()),
            ]
            taken = [alias for claim in claims.values() for alias in claim.aliases if self.state.claims.get(alias)]
            if taken or not all(slug(name) for name in names if name):
                raise Irregular
            return
        pages = {row.page.id: row.page for row in self.rows.values() if isinstance(row, PageRow)}
        stories = {row.story.id: row.story for row in self.rows.values() if isinstance(row, StoryRow)}
        named = Named(claims, articles, stories, pages)
        rows = [row for row in self.rows.values() if row is not None]
        redirects = {
            old for row in rows for address in self._pages_of(row) for old in addresses.former(record_of(row), address)
        }
        own = [address for address in self.state.addresses if address not in redirects]
        files = [*media, *map(File, sorted(standing_files(self.settings)))]
        if collisions(named, own, files, assets):
            raise Irregular

    # --- files --------------------------------------------------------------------------------------------------------

    def files(self, claims: set[str], data_changed: bool) -> Iterator[File]:
        """The files to be made anew that no template makes, where the rows of `claims` changed.

        `data_changed` says whether any claim that was made anew is another in the data files.
        """
        if self.first:
            yield robots_file(self.settings)
            yield File("_headers", headers_file(self.settings))
        if self._addresses_changed:
            found = {address: date for address, date in self.state.addresses.items() if date is not None}
            yield from sitemap_files(self.settings, found)
        yield from self._feeds(claims)
        gone = any(unit[0] == "c" and row is None for unit, row in self.rows.items())
        if self.settings.data.enabled and (self.first or data_changed or gone):
            yield from self._data_files()
        aliases = self._new_aliases()
        if self.first or aliases != self.state.aliases:
            self.state.aliases = aliases
            told = [(_FOLDERS[old[0]], old[2:], new) for old, new in aliases.items()]
            yield File("_redirects", redirects(self.settings, told))

    def _feeds(self, claims: set[str]) -> Iterator[File]:
        length = self.settings.feeds.length
        newest = self._last_changed(claims)
        if self.first or newest != self.state.newest or not claims.isdisjoint(id for _, id in newest):
            entries = [claim_entry(self.frame, self.state.claim(id), self._image(id)) for _, id in newest]
            yield File("feed.xml", claims_feed(self.frame, entries))
            yield File("feed.json", json_feed(self.frame, entries))
            self.state.newest = newest
        if self._corrected or self.first:
            records = [record_of(self.state.get(unit)) for unit in self.state.corrected]
            told = [entry for record in records for entry in correction_entries(self.frame, record)]
            told += scale_entries(self.frame)
            yield File("corrections/feed.xml", corrections_feed(self.frame, newest_entries(told, length)))

    def _image(self, id: str) -> str:
        """The address of a claim's share image, or an empty string."""
        return addresses.share_image_address(id) if self.settings.share_images.enabled else ""

    def _last_changed(self, claims: set[str]) -> list[Changed]:
        """The claims that changed last, the newest first, as many as a feed has; `claims` are those whose rows changed.

        Of all claims only where one of those that were the newest may no longer be.
        """
        length = self.settings.feeds.length
        known = self.state.newest
        rows = [row for id in claims if (row := self.state.claims.get(id)) and row.claim.listed]
        stay = [entry for entry in known if entry[1] not in claims]
        found = sorted([*stay, *(_changed(row.claim) for row in rows)], reverse=True)[:length]
        if not self.first and (len(known) < length or (len(found) == length and found[-1] >= known[-1])):
            return found
        every = (self.state.claim(entry.id) for entry in self.state.listings["/claims/"].claims)
        return sorted(map(_changed, every), reverse=True)[:length]

    def _data_files(self) -> Iterator[File]:
        parts = [(id, self.state.data[id]) for id in self.state.data.names()]
        yield File("claims.json", claims_json(self.settings, (part.json for _, part in parts)))
        yield File("claims.csv", claims_csv(part.csv for _, part in parts))
        reviews = ((id, part.review) for id, part in parts if part.review)
        yield File("claimreview.json", claim_review_feed(self.settings, reviews))

    def _new_aliases(self) -> dict[str, str]:
        """Today's ids by units that there were earlier, such as "a:gazette-2", of what stands in lists."""
        changed = {unit for unit in self.rows if unit[0] in _FOLDERS}
        if not changed:
            return self.state.aliases
        found = {old: new for old, new in self.state.aliases.items() if f"{old[:2]}{new}" not in changed}
        for unit in changed:
            row = self.rows[unit]
            record = record_of(row) if row is not None else None
            hidden = isinstance(record, Claim) and not record.listed
            if isinstance(record, Article | Claim | Story) and not hidden:
                found.update((f"{unit[:2]}{alias}", record.id) for alias in record.aliases)
        return found

    def files_gone(self) -> set[str]:
        """The paths of claims' own files that there are no more."""
        had, has = (
            {
                path
                for row in rows.values()
                if isinstance(row, ClaimRow)
                for path in files_of_claim(row.claim, self.settings)
            }
            for rows in (self.old, self.rows)
        )
        return had - has

    def _is_of_a_claim(self, address: str) -> bool:
        """Whether a claim's own file stands at `address`."""
        steps = address.split("/")
        row = self.state.claims.get(steps[2]) if len(steps) == 4 and steps[1] == "claims" else None
        return row is not None and address[1:] in files_of_claim(row.claim, self.settings)

    def sitemaps_gone(self, output: Output) -> list[str]:
        """The paths of the sitemap's parts that `files` did not make anew: there are fewer addresses now."""
        if not self._addresses_changed:
            return []
        return [path for path in output.before if _SITEMAP.fullmatch(f"/{path}") and path not in output.digests]

    def needed(self, media: Iterable[File]) -> Iterator[File]:
        """The files that pages need, besides assets: all of them, the first time."""
        if self.first:
            yield from media

    # --- counts -------------------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Bring the numbers of claims, articles, quotes and pages up to date."""
        tally = self.state.tally
        for rows, by in ((self.old, -1), (self.rows, 1)):
            for row in rows.values():
                tally.claims += by * isinstance(row, ClaimRow)
                tally.articles += by * isinstance(row, ArticleRow)
                tally.quotes += by * (len(row.claim.quotes) if isinstance(row, ClaimRow) else 0)
        if self._addresses_changed:
            tally.pages = len(self.state.addresses)


_FOLDERS = {"c": "claims", "a": "articles", "s": "stories"}
"""By the letters of units: the folders of content/ whose files may have had other ids."""


def _parts(story: Story, pages: int) -> list[str]:
    return [part_address(story.id, number) for number in range(1, pages + 1)]


def _with_former(record: Article | Claim | Story | TextPage, address: str) -> Iterator[tuple[str, str | None]]:
    """The address of one of a record's pages and those that it had earlier, as `State.addresses` has them."""
    date: str | None = ""
    if isinstance(record, Claim):
        date = last_change(record) if record.listed else None
    yield address, date
    yield from ((old, None) for old in addresses.former(record, address))


def _changed(claim: Claim) -> Changed:
    return date_key(last_change(claim)), claim.id


def is_own_name(path: str, settings: Settings) -> bool:
    """Whether a template's own file can stand at `path`: a name that can be written, and none of Parallax's."""
    return path.isprintable() and path not in standing_files(settings)


def record_of(row: Row | None) -> Article | Claim | Story | TextPage:
    """A row's record."""
    if isinstance(row, ClaimRow):
        return row.claim
    if isinstance(row, ArticleRow):
        return row.article
    if isinstance(row, StoryRow):
        return row.story
    assert isinstance(row, PageRow)
    return row.page
