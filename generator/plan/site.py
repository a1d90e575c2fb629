"""The whole site: every page and file, with its address, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.dates import date_key
from generator.languages import direction
from generator.link.library import Library
from generator.link.nearest import nearest_name
from generator.plan import addresses
from generator.plan.articles import article_page
from generator.plan.assets import keeps_its_name
from generator.plan.claim_values import EmbedPage
from generator.plan.claims import claim_page, embed_page
from generator.plan.collisions import Named, collisions
from generator.plan.dates import date_text
from generator.plan.files import files_of_claim, has_card, standing_files
from generator.plan.frame import Counts, Frame, count_names, spelling
from generator.plan.list_values import (
    ArticleItem,
    ClaimItem,
    CorrectionsPage,
    HomePage,
    ListedClaim,
    NamedItem,
    NotFoundPage,
    RedirectPage,
    SearchPage,
    TextPageView,
)
from generator.plan.lists import (
    Entry,
    Listing,
    ListPart,
    list_header,
    list_parts,
    lists_of_article,
    lists_of_claim,
    named_lists,
    named_parts,
    standing_lists,
)
from generator.plan.markdown import Context
from generator.plan.pages import File, Page
from generator.plan.sitemap import last_change, robots_file, sitemap_files
from generator.plan.standards import METHODOLOGY, exceptions_told
from generator.plan.stories import story_pages
from generator.plan.titles import page_of
from generator.plan.turned_off import turned_off
from generator.plan.values import CodeView, CorrectionView, Imprint, Link, Site
from generator.plan.views import Views, corrections_told
from generator.problems import Problem
from generator.records import Article, Claim, Settings, Story, TextPage
from generator.words import Words

NEWEST_ON_HOME = 12
SEARCH = "/search/"
_CORRECTIONS_POLICY = "corrections-policy"
_CONTACT = "contact"


class Plan(Struct, frozen=True):
    """Every page and file of the site, and what all pages share.

    Feeds and data files are only named: what is in them comes of all claims' finished pages.
    """

    site: Site
    pages: tuple[Page, ...]
    files: tuple[File, ...]


class Entries(Protocol):
    """What makes claims and articles into entries of lists: fragments of pages."""

    def claim_entry(self, claim: ClaimItem) -> Markup: ...

    def article_entry(self, article: ArticleItem) -> Markup: ...


class _NoEntries:
    """For a plan that is looked at and never rendered."""

    def claim_entry(self, claim: ClaimItem) -> Markup:
        return Markup("")

    def article_entry(self, article: ArticleItem) -> Markup:
        return Markup("")


def frame_of(library: Library, words: Words) -> Frame:
    """The frame of a whole library's pages, in the site's own language."""
    counts: Counts = {}
    for article in library.articles.values():
        count_names(counts, [article.publisher], [])
    for claim in library.claims.values():
        if claim.listed:
            count_names(counts, [], claim.tags)
    names = {address: spelling(found) for address, found in counts.items()}
    return Frame(library.settings, names, words)


def plan(
    library: Library,
    frame: Frame,
    drafts: bool = False,
    assets: Mapping[str, str] = MappingProxyType({}),
    entries: Entries | None = None,
) -> tuple[Plan, list[Problem]]:
    """The site's pages and what is wrong with their addresses and links. `library` must be free of errors.

    With `drafts`, drafts have pages. `assets` are the paths that templates' own files are asked for by, each with its
    path in the site; with none where it comes with Parallax. Without `entries`, lists come without them.
    """
    views = Views(library, frame, drafts)
    pages = sorted(_pages(views, entries or _NoEntries()), key=lambda page: page.address)
    files = media_files(library.media)
    changed = {addresses.claim_address(claim.id): last_change(claim) for claim in library.claims.values()}
    found = {page.address: changed.get(page.address, "") for page in pages if _is_found(page)}
    files += [robots_file(library.settings), *sitemap_files(library.settings, found)]
    made = {file.path for file in files}
    files += [File(path) for path in sorted(standing_files(library.settings) - made)]
    files += [
        File(path) for claim in library.claims.values() for path in sorted(files_of_claim(claim, library.settings))
    ]
    named = Named(library.claims, library.articles, library.stories, library.pages)
    own = [page.address for page in pages if not isinstance(page.value, RedirectPage)]
    problems = views.problems + collisions(named, own, files, assets)
    copied = [*filter(keeps_its_name, assets), *(file.path for file in files)]
    there = {page.address for page in pages} | {f"/{path}" for path in copied}
    problems += _dead_links(views, there)
    return Plan(site_of(views.frame, library.pages.values(), there), tuple(pages), tuple(files)), problems


def _dead_links(views: Views, there: set[str]) -> Iterator[Problem]:
    """A problem for each internal link that leads nowhere, with the nearest address that there is."""
    reached = there | _unread(views.library)
    unsure = _unsure(views.library)
    for link in views.links:
        if link.address in reached or link.address.startswith(unsure):
            continue
        near = nearest_name(link.address, reached)
        help = f"write {near}" if near else "link to an address that the preview shows"
        problem = link.problem()
        yield replace(problem, help=problem.help or help)


def _unread(library: Library) -> set[str]:
    """The addresses of files that could not be read: a link to one is not dead because of that."""
    known = library.known
    return {
        *map(addresses.claim_address, known["claims"] - library.claims.keys()),
        *map(addresses.article_address, known["articles"] - library.articles.keys()),
        *map(addresses.story_address, known["stories"] - library.stories.keys()),
        *map(addresses.page_address, known["pages"] - library.pages.keys()),
    }


def _unsure(library: Library) -> tuple[str, ...]:
    """The beginnings of addresses that a file which could not be read may give: its tags, earlier ids, people."""
    found: list[str] = []
    if not library.known["claims"] <= library.claims.keys():
        found += ["/claims/", "/tags/"]
    if not library.known["articles"] <= library.articles.keys():
        found += ["/articles/", "/publishers/"]
    if not library.known["stories"] <= library.stories.keys():
        found += ["/stories/"]
    if not library.settings.title:  # site.toml could not be read, or lacks what a site needs
        found += ["/verdicts/", "/people/"]
    return tuple(found)


# --- pages ------------------------------------------------------------------------------------------------------------


def _pages(views: Views, entries: Entries) -> Iterator[Page]:
    library = views.library
    for claim in library.claims.values():
        pages = pages_of_claim(views, claim)  # of a draft that is not built too: its problems are wanted
        if views.has_page(claim):
            yield from pages
    for article in library.articles.values():
        yield from pages_of_article(views, article)
    for story in library.stories.values():
        yield from pages_of_story(views, story)
    for page in library.pages.values():
        yield page_of_text(views, page)
    yield from _lists(views, entries)
    yield corrections_page(
        [
            view
            for records in (library.articles, library.claims, library.stories, library.pages)
            for record in records.values()
            for view in corrected(record, views.frame.words)
        ],
        views.frame,
    )
    yield not_found_page(views.frame.words)
    if library.settings.search.enabled:
        yield search_page(views.frame)


def pages_of_claim(views: Views, claim: Claim) -> list[Page]:
    """A claim's page, and those that lead to it from its earlier addresses."""
    target = addresses.claim_address(claim.id)
    pages = [Page(target, "claim.html", claim_page(views, claim))]
    if has_card(claim, views.library.settings):
        pages.append(Page(addresses.embed_address(claim.id), "embed.html", embed_page(views, claim)))
    return [*pages, *_redirects(claim, claim.headline, target)]


def pages_of_article(views: Views, article: Article) -> list[Page]:
    """An article's page, and those that lead to it from its earlier addresses."""
    target = addresses.article_address(article.id)
    value = article_page(views, article)
    return [Page(target, "article.html", value), *_redirects(article, value.title, target)]


def pages_of_story(views: Views, story: Story) -> list[Page]:
    """A story's pages, and those that lead to each of them from its earlier addresses."""
    pages = story_pages(views, story)
    return [*pages, *(redirect for page in pages for redirect in _redirects(story, page.value.title, page.address))]


def _redirects(record: Article | Claim | Story, title: str, target: str) -> list[Page]:
    """The pages that lead to a record's page at `target` from where that was earlier."""
    value = RedirectPage(title, "", target)
    return [Page(address, "redirect.html", value) for address in addresses.former(record, target)]


def page_of_text(views: Views, page: TextPage) -> Page:
    address = addresses.page_address(page.id)
    body = views.markdown(
        page.body, Context(page.path, lambda: page.place("body")._replace(line=page.body_line), address)
    )
    off = turned_off(views.frame.settings.check.off, views.frame.words) if page.id == METHODOLOGY else ()
    excepted = views.library.settings.exceptions if page.id == METHODOLOGY else ()
    value = TextPageView(
        title=page.title,
        description=page.title,
        body=body,
        corrections=views.corrections(page.corrections),
        exceptions=exceptions_told(excepted, views.frame.words),
        turned_off=off,
    )
    return Page(address, "page.html", value)


def not_found_page(words: Words) -> Page:
    value = NotFoundPage(words("Page not found"), words("There is no page at this address."))
    return Page("/404.html", "404.html", value)


def search_page(frame: Frame) -> Page:
    words = frame.words
    description = words("Find claims and articles by their words.")
    return Page(SEARCH, "search.html", SearchPage(words("Search"), description, frame.all_verdicts))


def home_page(frame: Frame, claims: Iterable[Markup], stories: Iterable[NamedItem], more: bool) -> Page:
    """The front page: the newest claims' entries, the newest stories; `more` says that there are more claims."""
    shown = tuple(stories)
    return Page(
        "/",
        "home.html",
        HomePage(
            title=frame.settings.title,
            description=frame.settings.description,
            claims=tuple(ListedClaim(entry) for entry in claims),
            stories=shown[:NEWEST_ON_HOME],
            scale=frame.all_verdicts,
            more="/claims/" if more else "",
            more_stories="/stories/" if len(shown) > NEWEST_ON_HOME else "",
        ),
    )


def list_page(part: ListPart, claims: Mapping[str, Markup], articles: Mapping[str, Markup]) -> Page:
    """A page of a list with the entries of its claims and articles, which are given by id."""
    value = replace(
        part.page,
        claims=tuple(ListedClaim(claims[entry.id], entry.stance) for entry in part.claims),  # type: ignore[arg-type]
        articles=tuple(articles[entry.id] for entry in part.articles),
    )
    return Page(part.address, "list.html", value)


def named_pages(
    frame: Frame, counts: Mapping[str, int], claims: Iterable[Entry], stories: Iterable[NamedItem]
) -> Iterator[Page]:
    """The pages of the lists of verdicts, stories, publishers, tags and people. `claims` are all in lists."""
    for address, page in named_lists(frame, counts, claims, tuple(stories)):
        for part_address, part in named_parts(address, page, frame.words):
            yield Page(part_address, "list.html", part)


def corrections_page(corrections: Iterable[CorrectionView], frame: Frame) -> Page:
    """The log of all corrections, the newest first; those of one day in the order of their pages' addresses.

    `corrections` are those of articles, claims, stories and pages; those of the scale are added.
    """
    words = frame.words
    by_page = sorted([*corrections, *_of_scale(frame)], key=lambda view: view.page.address if view.page else "")
    newest = sorted(by_page, key=lambda view: date_key(view.date.iso), reverse=True)
    description = words("Every correction, clarification and update, the newest first.")
    return Page("/corrections/", "corrections.html", CorrectionsPage(words("Corrections"), description, tuple(newest)))


def _of_scale(frame: Frame) -> Iterator[CorrectionView]:
    """The corrections of the scale, each with a link to its verdict's page."""
    for verdict in frame.settings.verdicts:
        link = Link(frame.words("Verdict: {label}", label=verdict.label), addresses.verdict_address(verdict.id))
        yield from corrections_told(verdict.corrections, frame.words, link)


def corrected(record: Article | Claim | Story | TextPage, words: Words) -> tuple[CorrectionView, ...]:
    """A record's corrections, each with a link to its page; none of a draft's."""
    if isinstance(record, Claim) and not record.listed:
        return ()
    return corrections_told(record.corrections, words, page_of(record, words))


def story_item(story: Story, claims: int, words: Words) -> NamedItem:
    """A story as lists show it, with the number of its claims that stand in lists."""
    link = Link(story.title, addresses.story_address(story.id))
    return NamedItem(link, story.summary, claims, date=date_text(story.date, words))


def newest_stories(items: Iterable[tuple[Story, int]], words: Words) -> tuple[NamedItem, ...]:
    """Stories as lists show them, each given with the number of its claims: the newest first, of one day by id."""
    ordered = sorted(items, key=lambda pair: pair[0].id)
    ordered.sort(key=lambda pair: date_key(pair[0].date), reverse=True)
    return tuple(story_item(story, count, words) for story, count in ordered)


def _lists(views: Views, entries: Entries) -> Iterator[Page]:
    """The front page and all lists."""
    library, frame = views.library, views.frame
    listings: dict[str, Listing] = {address: Listing() for address in standing_lists(frame)}
    publishers = {article.id: article.publisher for article in library.articles.values()}
    origins = {article.id: article.origin for article in library.articles.values()}
    for claim in library.claims.values():
        for address, entry in lists_of_claim(claim, publishers, origins).items():
            listings.setdefault(address, Listing()).claims.append(entry)
    for article in library.articles.values():
        for address, entry in lists_of_article(article).items():
            listings.setdefault(address, Listing()).articles.append(entry)
    claims = {claim.id: entries.claim_entry(views.item(claim)) for claim in library.claims.values() if claim.listed}
    articles = {id: entries.article_entry(article_item(views, id)) for id in library.articles}
    for address, listing in listings.items():
        listing.claims.sort()
        listing.articles.sort()
        for part in list_parts(address, list_header(frame, address, listing.claims), listing, frame.words):
            yield list_page(part, claims, articles)
    stories = newest_stories(
        (
            (story, sum(library.claims[id].listed for id in library.claims_of_story.get(story.id, ())))
            for story in library.stories.values()
        ),
        frame.words,
    )
    yield from named_pages(frame, list_counts(listings), listings["/claims/"].claims, stories)
    newest: list[Entry] = listings["/claims/"].claims[::-1]
    shown = [claims[entry.id] for entry in newest[:NEWEST_ON_HOME]]
    yield home_page(frame, shown, stories, more=len(newest) > NEWEST_ON_HOME)


def article_item(views: Views, id: str) -> ArticleItem:
    """An article as lists show it."""
    claims = {claim for claim, _ in views.library.quoting.get(id, ()) if views.library.claims[claim].listed}
    return ArticleItem(views.head(id), len(claims))


def list_counts(listings: Mapping[str, Listing]) -> dict[str, int]:
    """How many entries a list is said to have: articles where it is a publisher's, else claims."""
    return {
        address: len(listing.articles if address.startswith("/publishers/") else listing.claims)
        for address, listing in listings.items()
    }


def _is_found(page: Page) -> bool:
    """Whether the sitemap names the page: no draft, redirect or 404.html."""
    return (
        not isinstance(page.value, NotFoundPage | RedirectPage | EmbedPage | SearchPage)
        and getattr(page.value, "status", "") != "draft"
    )


# --- what all pages share ---------------------------------------------------------------------------------------------


def site_of(frame: Frame, pages: Iterable[TextPage], known: set[str]) -> Site:
    """What every page shows of the site; menus lead only to the addresses in `known`."""
    settings, words = frame.settings, frame.words
    texts = {page.id: page for page in pages}
    lists = (
        (words("Claims"), "/claims/"),
        (words("Stories"), "/stories/"),
        (words("Articles"), "/articles/"),
        (words("Publishers"), "/publishers/"),
        (words("Topics"), "/tags/"),
        (words("Search"), SEARCH),
    )
    footer = [
        (words("Verdicts"), "/verdicts/"),
        (words("Corrections"), "/corrections/"),
        (words("People"), "/people/"),
    ]
    footer += [(page.title, addresses.page_address(page.id)) for page in texts.values()]
    return Site(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        direction=direction(settings.language),
        url=settings.url.rstrip("/"),
        imprint=imprint_of(settings),
        navigation=tuple(Link(text, address) for text, address in lists if address in known),
        footer=tuple(Link(text, address) for text, address in footer if address in known),
        corrections_policy=addresses.page_address(_CORRECTIONS_POLICY) if _CORRECTIONS_POLICY in texts else "",
        contact=addresses.page_address(_CONTACT) if _CONTACT in texts else "",
        search=settings.search.enabled,
        data=settings.data.enabled,
    )


def imprint_of(settings: Settings) -> Imprint:
    """Who publishes the site."""
    told = settings.organisation
    codes = tuple(CodeView(code.name, code.url, code.complaints) for code in told.codes)
    return Imprint(told.name, told.url, told.email, told.legal, told.funding, told.address, codes)


def media_files(media: Iterable[str]) -> list[File]:
    return [File(f"media/{name}", source=f"content/media/{name}") for name in sorted(media)]


def verdict_colours(settings: Settings) -> bytes:
    """The scale's colours as rules for the stylesheet, since pages have no style attributes."""
    rules = [
        f".verdict-{verdict.id} {{ --verdict: {verdict.colour}; }}\n" for verdict in settings.verdicts if verdict.colour
    ]
    return "".join(rules).encode()
