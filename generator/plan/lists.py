"""Lists: fifty entries a page, on numbered pages that a new claim does not move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.dates import date_key
from generator.link.origins import Origins
from generator.plan import addresses
from generator.plan.frame import Frame
from generator.plan.list_values import ListPage, NamedItem, Paging
from generator.plan.spreads import counted_verdict, spread_of, spread_of_publisher
from generator.plan.stances import article_stance
from generator.plan.values import ArticleStance, Link
from generator.plan.views import corrections_told
from generator.plan.voices import SILENT, Voice, voice_of
from generator.records import Article, Claim, Quote
from generator.words import Words

PER_PAGE = 50


class Entry(NamedTuple):
    """A claim's or an article's place in a list: entries sort by time, then by id."""

    time: str
    id: str
    stance: str = ""
    """In a publisher's list of claims: what its articles do with the claim, if they agree."""
    verdict: str = ""
    """What the claim counts for in a spread of verdicts."""
    voice: Voice = SILENT
    """In a publisher's list of claims: how it asserts the claim itself."""


class Listing(Struct):
    """The entries of one list, the oldest first."""

    claims: list[Entry] = []
    articles: list[Entry] = []


class ListPart(NamedTuple):
    """One page of a list: `page` lacks its entries, which are `claims` and `articles`, the newest first."""

    address: str
    page: ListPage
    claims: tuple[Entry, ...]
    articles: tuple[Entry, ...]


# --- which lists ------------------------------------------------------------------------------------------------------


def lists_of_claim(claim: Claim, publishers: Mapping[str, str], origins: Origins) -> dict[str, Entry]:
    """The addresses of the lists that a claim stands in, with its entry in each.

    `publishers` and `origins` have names and origins by article: of the quoted ones, of those that these rest on, and
    so on.
    """
    if not claim.listed:
        return {}
    entry = Entry(date_key(claim.checked), claim.id, verdict=counted_verdict(claim))
    found = {"/claims/": entry}
    if claim.verdict:
        found[addresses.verdict_address(claim.verdict)] = entry
    for tag in claim.tags:
        if addresses.slug(tag):  # else it is reported
            found[addresses.tag_address(tag)] = entry
    for id in (*claim.by, *claim.edited):
        found[addresses.person_address(id)] = entry
    for address, quotes in _quotes_by_publisher(claim, publishers).items():
        voice = voice_of(quotes, address, publishers, origins)
        found[address] = entry._replace(stance=_stance(quotes), voice=voice)
    return found


def _quotes_by_publisher(claim: Claim, publishers: Mapping[str, str]) -> dict[str, list[Quote]]:
    """By the address of each publisher that has a page: the claim's quotes from its articles."""
    found: dict[str, list[Quote]] = {}
    for quote in claim.quotes:
        name = publishers.get(quote.article, "")
        if addresses.slug(name):
            found.setdefault(addresses.publisher_address(name), []).append(quote)
    return found


def _stance(quotes: Sequence[Quote]) -> str:
    """What a publisher's articles do with a claim; an empty text where they do not agree."""
    by_article: dict[str, list[str]] = {}
    for quote in quotes:
        by_article.setdefault(quote.article, []).append(quote.stance)
    stances: set[ArticleStance] = {article_stance(found) for found in by_article.values()}
    return next(iter(stances)) if len(stances) == 1 else ""


def lists_of_article(article: Article) -> dict[str, Entry]:
    """The addresses of the lists that an article stands in, with its entry in each."""
    entry = Entry(date_key(article.published), article.id)
    found = {"/articles/": entry}
    if addresses.slug(article.publisher):
        found[addresses.publisher_address(article.publisher)] = entry
    return found


def list_header(frame: Frame, address: str, claims: Sequence[Entry]) -> ListPage:
    """What stands above the entries of the list at `address`: a list of claims, articles or both.

    `claims` are all its claims: their verdicts are told where what they have in common is a topic or a publisher.
    """
    words = frame.words
    if address == "/claims/":
        return ListPage("claims", words("Claims"), words("Every claim checked here, the newest first."))
    if address == "/articles/":
        return ListPage("articles", words("Articles"), words("The articles that were read as evidence."))
    folder, name = address.split("/")[1:3]
    if folder == "verdicts":
        tag = frame.verdicts[name]
        title = words("Verdict: {label}", label=tag.label)
        changes = next(verdict.corrections for verdict in frame.settings.verdicts if verdict.id == name)
        corrections = corrections_told(changes, words)
        return ListPage("verdict", title, tag.meaning, verdict=tag, text=tag.meaning, corrections=corrections)
    if folder == "people":
        person = frame.settings.people[name]
        description = words("Claims that {name} wrote or edited.", name=person.name)
        return ListPage("person", person.name, description, url=person.url, role=person.role, text=person.bio)
    title = frame.names[address]
    if folder == "tags":
        spread = spread_of(frame, (entry.verdict for entry in claims))
        return ListPage("tag", title, words("Claims about {topic}.", topic=title), spread=spread)
    told = frame.publisher(title)
    description = words("Articles by {publisher} that were read here, and the claims that quote them.", publisher=title)
    spread = spread_of_publisher(frame, ((entry.verdict, entry.voice) for entry in claims))
    return ListPage("publisher", title, description, url=told.url, text=told.interest, spread=spread)


def standing_lists(frame: Frame) -> list[str]:
    """The addresses of the lists that a site has even where nothing stands in them."""
    return [
        "/claims/",
        "/articles/",
        *(tag.address for tag in frame.verdicts.values()),
        *(addresses.person_address(id) for id in frame.settings.people),
    ]


# --- lists of names ---------------------------------------------------------------------------------------------------


def named_lists(
    frame: Frame, counts: Mapping[str, int], claims: Iterable[Entry], stories: Sequence[NamedItem]
) -> Iterator[tuple[str, ListPage]]:
    """The lists of verdicts, stories, publishers, tags and people, each with all its entries.

    `counts` has the number of claims (of a publisher's: articles) in the list at each address. `claims` are all that
    stand in lists, `stories` are the newest first.
    """
    words = frame.words
    verdicts = tuple(
        NamedItem(Link(tag.label, tag.address), tag.meaning, counts.get(tag.address, 0), verdict=tag)
        for tag in frame.all_verdicts
    )
    description = words("What the verdicts mean, and the claims that have each.")
    spread = spread_of(frame, (entry.verdict for entry in claims))
    yield "/verdicts/", ListPage("verdicts", words("Verdicts"), description, named=verdicts, spread=spread)
    if stories:
        description = words("The events that claims and articles are about.")
        yield "/stories/", ListPage("stories", words("Stories"), description, named=tuple(stories))
    publishers = _named(frame, counts, "/publishers/")
    if publishers:
        description = words("Who published the articles.")
        yield "/publishers/", ListPage("publishers", words("Publishers"), description, named=publishers)
    tags = _named(frame, counts, "/tags/")
    if tags:
        yield "/tags/", ListPage("tags", words("Topics"), words("What the claims are about."), named=tags)
    people = tuple(
        NamedItem(frame.person_link(id), person.role, counts.get(addresses.person_address(id), 0))
        for id, person in frame.settings.people.items()
    )
    if people:
        yield "/people/", ListPage("people", words("People"), words("Who writes and edits here."), named=people)


def _named(frame: Frame, counts: Mapping[str, int], folder: str) -> tuple[NamedItem, ...]:
    """The publishers or tags that have a page, in the order of their addresses."""
    found = sorted((address, count) for address, count in counts.items() if address.startswith(folder))
    return tuple(
        NamedItem(Link(frame.names[address], address), frame.interest(frame.names[address]), count)
        if folder == "/publishers/"
        else NamedItem(Link(frame.names[address], address), "", count)
        for address, count in found
    )


# --- pages ------------------------------------------------------------------------------------------------------------


def list_parts(address: str, page: ListPage, listing: Listing, words: Words) -> Iterator[ListPart]:
    """The pages of a list of claims, articles or both: its own, with the newest fifty, and beyond fifty numbered ones.

    Numbered pages count from the oldest entries: an entry keeps its page when new ones come, and only the last pages
    and the list's own change. A publisher's claims and articles go on together.
    """
    count = max(_pages(listing.claims), _pages(listing.articles))
    if count <= 1:
        yield ListPart(address, page, tuple(listing.claims[::-1]), tuple(listing.articles[::-1]))
        return
    for number, paged in enumerate(_paged(address, page, count, words)):
        low, high = ((number - 1) * PER_PAGE, number * PER_PAGE) if number else (-PER_PAGE, None)
        yield ListPart(*paged, tuple(listing.claims[low:high][::-1]), tuple(listing.articles[low:high][::-1]))


def named_parts(address: str, page: ListPage, words: Words) -> Iterator[tuple[str, ListPage]]:
    """The pages of a list of names, numbered as those of a list of claims: from its last entries."""
    count = _pages(page.named)
    if count <= 1:
        yield address, page
        return
    last_first = page.named[::-1]
    for number, (page_address, paged) in enumerate(_paged(address, page, count, words)):
        low, high = ((number - 1) * PER_PAGE, number * PER_PAGE) if number else (-PER_PAGE, None)
        yield page_address, replace(paged, named=last_first[low:high][::-1])


def _pages(entries: Sequence[object]) -> int:
    return -(-len(entries) // PER_PAGE)


def _paged(address: str, page: ListPage, count: int, words: Words) -> Iterator[tuple[str, ListPage]]:
    """The addresses and heads of a list's pages: its own, then the numbered ones, which leave the rest to it."""
    numbered = [f"{address}page/{number}/" for number in range(1, count + 1)]
    links = tuple(Link(str(number), page_address) for number, page_address in enumerate(numbered, 1))
    yield address, replace(page, paging=Paging(0, links, "", numbered[-2]))
    for number, page_address in enumerate(numbered, 1):
        newer = numbered[number] if number < count else address
        paging = Paging(number, (), newer, numbered[number - 2] if number > 1 else "")
        yield (
            page_address,
            replace(
                page,
                paging=paging,
                title=words("{title}, page {number}", title=page.title, number=number),
                spread=None,
                corrections=(),
            ),
        )
