"""The whole site: every page and file, with its address, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from generator.dates import date_key
from generator.link.library import Library
from generator.link.nearest import nearest_name
from generator.plan import addresses
from generator.plan.articles import article_page
from generator.plan.claims import claim_page
from generator.plan.collisions import collisions
from generator.plan.dates import date_text
from generator.plan.list_values import (
    ArticleItem,
    ClaimItem,
    CorrectionsPage,
    HomePage,
    ListPage,
    NamedItem,
    NotFoundPage,
    RedirectPage,
    TextPageView,
)
from generator.plan.lists import list_pages, newest_first
from generator.plan.markdown import Context
from generator.plan.pages import File, Page
from generator.plan.sitemap import sitemap_files
from generator.plan.stories import story_page
from generator.plan.values import ArticleStance, CorrectionView, Link, Site
from generator.plan.views import Views, article_stance
from generator.problems import Problem

_NEWEST_ON_HOME = 12
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_CORRECTIONS_POLICY = "corrections-policy"


class Plan(Struct, frozen=True):
    """Every page and file of the site, and what all pages share."""

    site: Site
    pages: tuple[Page, ...]
    files: tuple[File, ...]


def plan(
    library: Library, drafts: bool = False, assets: Mapping[str, str] = MappingProxyType({})
) -> tuple[Plan, list[Problem]]:
    """The site's pages and what is wrong with their addresses and links. `library` must be free of errors.

    With `drafts`, drafts have pages. `assets` are the paths in the output of the templates' own files, each with its
    path in the site; with none where it comes with Parallax.
    """
    views = Views(library, drafts)
    pages = sorted(_pages(views), key=lambda page: page.address)
    files = [*_media(library), _verdict_colours(library)]
    files += sitemap_files(library, pages)
    problems = views.problems + collisions(library, pages, files, assets)
    there = {page.address for page in pages} | {f"/{path}" for path in (*assets, *(file.path for file in files))}
    problems += _dead_links(views, there)
    return Plan(_site(views, there), tuple(pages), tuple(files)), problems


def _dead_links(views: Views, there: set[str]) -> Iterator[Problem]:
    """A problem for each internal link that leads nowhere, with the nearest address that there is."""
    reached = there | _unread(views.library)
    unsure = _unsure(views.library)
    for link in views.links:
        if link.address in reached or link.address.startswith(unsure):
            continue
        near = nearest_name(link.address, reached)
        help = f"write {near}" if near else "link to an address that the preview shows"
        yield replace(link.problem, help=link.problem.help or help)


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
        found += ["/publishers/"]
    if not library.settings.title:  # site.toml could not be read, or lacks what a site needs
        found += ["/verdicts/", "/people/"]
    return tuple(found)


def _pages(views: Views) -> Iterator[Page]:
    library = views.library
    yield Page("/", "home.html", _home(views))
    for claim in library.claims.values():
        value = claim_page(views, claim)  # of a draft that is not built too: its problems are wanted
        if claim.id not in views.with_page:
            continue
        yield Page(addresses.claim_address(claim.id), "claim.html", value)
        for alias in claim.aliases:
            target = addresses.claim_address(claim.id)
            yield Page(addresses.claim_address(alias), "redirect.html", RedirectPage(claim.headline, "", target))
    for article in library.articles.values():
        yield Page(addresses.article_address(article.id), "article.html", article_page(views, article))
    for story in library.stories.values():
        yield Page(addresses.story_address(story.id), "story.html", story_page(views, story))
    yield from _lists(views)
    for page in library.pages.values():
        body = views.markdown(
            page.body,
            Context(page.path, page.place("body")._replace(line=page.body_line), addresses.page_address(page.id)),
        )
        view = TextPageView(page.title, page.title, body, views.corrections(page.corrections))
        yield Page(addresses.page_address(page.id), "page.html", view)
    yield Page("/corrections/", "corrections.html", _corrections(views))
    yield Page("/404.html", "404.html", NotFoundPage("Page not found", "There is no page at this address."))


def _home(views: Views) -> HomePage:
    settings = views.library.settings
    newest = views.listed[::-1]
    return HomePage(
        title=settings.title,
        description=settings.description,
        claims=tuple(views.item(claim) for claim in newest[:_NEWEST_ON_HOME]),
        stories=_stories(views),
        scale=(*views.scale, *(tag for tag in views.verdicts.values() if tag.value is None)),
        more="/claims/" if len(newest) > _NEWEST_ON_HOME else "",
    )


# --- lists ------------------------------------------------------------------------------------------------------------


def _lists(views: Views) -> Iterator[Page]:
    """The lists of claims, articles, stories, publishers, tags, verdicts and people, and one for each name in them."""
    library = views.library
    newest = views.listed[::-1]
    yield from list_pages(
        "/claims/",
        ListPage("claims", "Claims", "Every claim checked here, the newest first.", tuple(map(views.item, newest))),
    )
    articles = newest_first(
        [(article.published, _article_item(views, article.id)) for article in library.articles.values()]
    )
    yield from list_pages(
        "/articles/", ListPage("articles", "Articles", "The articles that were read as evidence.", articles=articles)
    )
    yield from list_pages(
        "/verdicts/",
        ListPage(
            "verdicts", "Verdicts", "What the verdicts mean, and the claims that have each.", named=_verdicts(views)
        ),
    )
    by_verdict: dict[str, list[ClaimItem]] = defaultdict(list)
    for claim in newest:
        by_verdict[claim.verdict].append(views.item(claim))
    for tag in views.verdicts.values():
        claims = tuple(by_verdict[tag.id])
        yield from list_pages(
            tag.address,
            ListPage("verdict", f"Verdict: {tag.label}", tag.meaning, claims, verdict=tag, text=tag.meaning),
        )
    if library.stories:
        yield from list_pages(
            "/stories/",
            ListPage("stories", "Stories", "The events that claims and articles are about.", named=_stories(views)),
        )
    yield from _publishers(views)
    yield from _tags(views)
    yield from _people(views)


def _article_item(views: Views, id: str) -> ArticleItem:
    claims = {claim for claim, _ in views.library.quoting.get(id, ()) if views.library.claims[claim].listed}
    return ArticleItem(views.head(id), len(claims))


def _verdicts(views: Views) -> tuple[NamedItem, ...]:
    counts: dict[str, int] = defaultdict(int)
    for claim in views.listed:
        counts[claim.verdict] += 1
    ordered = (*views.scale, *(tag for tag in views.verdicts.values() if tag.value is None))
    return tuple(NamedItem(Link(tag.label, tag.address), tag.meaning, counts[tag.id], verdict=tag) for tag in ordered)


def _stories(views: Views) -> tuple[NamedItem, ...]:
    library = views.library
    dated = []
    for story in library.stories.values():
        count = sum(library.claims[id].listed for id in library.claims_of_story.get(story.id, ()))
        dated.append(
            (
                story.date,
                NamedItem(
                    Link(story.title, addresses.story_address(story.id)),
                    story.summary,
                    count,
                    date=date_text(story.date),
                ),
            )
        )
    return newest_first(dated)


def _publishers(views: Views) -> Iterator[Page]:
    library = views.library
    by_address: dict[str, list[str]] = defaultdict(list)
    for article in library.articles.values():
        if article.publisher:
            by_address[addresses.publisher_address(article.publisher)].append(article.id)
    if not by_address:
        return
    named = []
    for address in sorted(by_address):
        ids = by_address[address]
        link = views.publisher_link(library.articles[ids[0]].publisher)
        assert link is not None
        told = views.publisher(link.text)
        named.append(NamedItem(link, told.interest, len(ids)))
        page = ListPage(
            "publisher",
            link.text,
            f"Articles by {link.text} that were read here, and the claims that quote them.",
            claims=_publisher_claims(views, ids),
            articles=newest_first([(library.articles[id].published, _article_item(views, id)) for id in ids]),
            url=told.url,
            text=told.interest,
        )
        yield from list_pages(address, page)
    yield from list_pages(
        "/publishers/", ListPage("publishers", "Publishers", "Who published the articles.", named=tuple(named))
    )


def _publisher_claims(views: Views, articles: list[str]) -> tuple[ClaimItem, ...]:
    """The claims that quote a publisher's articles, the newest first, each with what they do with it if they agree."""
    stances: dict[str, set[ArticleStance]] = defaultdict(set)
    for article in articles:
        quotes: dict[str, list[str]] = defaultdict(list)
        for id, number in views.library.quoting.get(article, ()):
            quotes[id].append(views.library.claims[id].quotes[number].stance)
        for id, of_article in quotes.items():
            stances[id].add(article_stance(of_article))
    newest = sorted((id for id in stances if id in views.order), key=views.order.__getitem__, reverse=True)
    return tuple(
        replace(
            views.item(views.library.claims[id]), stance=next(iter(found)) if len(found := stances[id]) == 1 else ""
        )
        for id in newest
    )


def _tags(views: Views) -> Iterator[Page]:
    by_address: dict[str, list[ClaimItem]] = defaultdict(list)
    links: dict[str, Link] = {}
    for claim in views.listed[::-1]:
        for tag in dict.fromkeys(map(addresses.tag_address, claim.tags)):
            by_address[tag].append(views.item(claim))
        links.update({addresses.tag_address(tag): views.tag_link(tag) for tag in claim.tags})
    if not by_address:
        return
    for address in sorted(by_address):
        link = links[address]
        yield from list_pages(
            address, ListPage("tag", link.text, f"Claims about {link.text}.", tuple(by_address[address]))
        )
    named = tuple(NamedItem(links[address], "", len(by_address[address])) for address in sorted(by_address))
    yield from list_pages("/tags/", ListPage("tags", "Topics", "What the claims are about.", named=named))


def _people(views: Views) -> Iterator[Page]:
    people = views.library.settings.people
    if not people:
        return
    written: dict[str, list[ClaimItem]] = defaultdict(list)
    for claim in views.listed[::-1]:
        for id in dict.fromkeys((*claim.by, *claim.edited)):
            written[id].append(views.item(claim))
    for id, person in people.items():
        page = ListPage(
            "person",
            person.name,
            f"Claims that {person.name} wrote or edited.",
            tuple(written[id]),
            url=person.url,
            role=person.role,
            text=person.bio,
        )
        yield from list_pages(addresses.person_address(id), page)
    named = tuple(NamedItem(views.person_link(id), person.role, len(written[id])) for id, person in people.items())
    yield from list_pages("/people/", ListPage("people", "People", "Who writes and edits here.", named=named))


def _corrections(views: Views) -> CorrectionsPage:
    library = views.library
    found: list[CorrectionView] = []
    for claim in views.listed:
        found += views.corrections(claim.corrections, Link(claim.headline, addresses.claim_address(claim.id)))
    for story in library.stories.values():
        found += views.corrections(story.corrections, Link(story.title, addresses.story_address(story.id)))
    for page in library.pages.values():
        found += views.corrections(page.corrections, Link(page.title, addresses.page_address(page.id)))
    found.sort(key=lambda view: date_key(view.date.iso), reverse=True)
    return CorrectionsPage("Corrections", "Every correction, clarification and update, the newest first.", tuple(found))


# --- what all pages share ---------------------------------------------------------------------------------------------


def _site(views: Views, known: set[str]) -> Site:
    settings = views.library.settings
    pages = views.library.pages
    lists = (
        ("Claims", "/claims/"),
        ("Stories", "/stories/"),
        ("Articles", "/articles/"),
        ("Publishers", "/publishers/"),
        ("Topics", "/tags/"),
    )
    footer = [("Verdicts", "/verdicts/"), ("Corrections", "/corrections/"), ("People", "/people/")]
    footer += [(page.title, addresses.page_address(page.id)) for page in pages.values()]
    return Site(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        direction="rtl" if settings.language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr",
        url=settings.url.rstrip("/"),
        organisation=settings.organisation.name,
        navigation=tuple(Link(text, address) for text, address in lists if address in known),
        footer=tuple(Link(text, address) for text, address in footer if address in known),
        corrections_policy=addresses.page_address(_CORRECTIONS_POLICY) if _CORRECTIONS_POLICY in pages else "",
    )


def _media(library: Library) -> list[File]:
    return [File(f"media/{name}", source=f"content/media/{name}") for name in sorted(library.media)]


def _verdict_colours(library: Library) -> File:
    """The scale's colours as a stylesheet, since pages have no style attributes."""
    rules = [
        f".verdict-{verdict.id} {{ --verdict: {verdict.colour}; }}\n"
        for verdict in library.settings.verdicts
        if verdict.colour
    ]
    return File("assets/verdicts.css", "".join(rules).encode())
