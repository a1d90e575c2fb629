"""Views that several pages share: verdicts, articles and claims as they are named elsewhere, each worked out once."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.dates import date_key
from generator.link.library import Library, Proved
from generator.link.origins import independence
from generator.plan.addresses import (
    article_address,
    claim_address,
    host_of,
    person_address,
    publisher_address,
    story_address,
    tag_address,
    verdict_address,
)
from generator.plan.dates import date_text
from generator.plan.list_values import ClaimItem
from generator.plan.markdown import Context, InternalLink, render_markdown
from generator.plan.values import (
    ArticleHead,
    ArticleStance,
    CompareView,
    CorrectionView,
    IndependenceView,
    Link,
    OriginalLink,
    OriginGroupView,
    PublisherCorrectionView,
    VerdictTag,
)
from generator.problems import Problem
from generator.records import Article, Claim, Correction, Publisher

UNKNOWN_PUBLISHER = "Unknown publisher"
_UNTOLD = Publisher()


class Views:
    """A library as pages see it. With `drafts`, drafts have pages too; they are in no list either way."""

    def __init__(self, library: Library, drafts: bool = False) -> None:
        self.library = library
        self.problems: list[Problem] = []
        self.links: list[InternalLink] = []
        self.with_page = frozenset(claim.id for claim in library.claims.values() if claim.listed or drafts)
        self.listed = tuple(
            sorted(
                (claim for claim in library.claims.values() if claim.listed),
                key=lambda claim: (date_key(claim.checked), claim.id),
            )
        )
        """Claims that stand in lists, the one checked longest ago first."""
        self.order = {claim.id: number for number, claim in enumerate(self.listed)}
        self.verdicts = {
            verdict.id: VerdictTag(
                id=verdict.id,
                label=verdict.label,
                meaning=verdict.meaning,
                shape=verdict.shape,
                value=verdict.value,
                address=verdict_address(verdict.id),
                retired=verdict.retired,
            )
            for verdict in library.settings.verdicts
        }
        numbered = [tag for tag in self.verdicts.values() if tag.value is not None]
        self.scale = tuple(sorted(numbered, key=lambda tag: -(tag.value or 0)))
        self._names = _spellings(
            [article.publisher for article in library.articles.values()],
            [tag for claim in self.listed for tag in claim.tags],
        )
        self._publishers: dict[str, Publisher] = {}
        for name, publisher in library.settings.publishers.items():
            self._publishers.setdefault(publisher_address(name), publisher)
        self._origins = {article.id: article.origin for article in library.articles.values()}
        self._heads = {article.id: self._head(article) for article in library.articles.values()}
        self._items: dict[str, ClaimItem] = {}

    # --- names --------------------------------------------------------------------------------------------------------

    def publisher_link(self, name: str) -> Link | None:
        return Link(self._names[publisher_address(name)], publisher_address(name)) if name else None

    def tag_link(self, name: str) -> Link:
        return Link(self._names.get(tag_address(name), name), tag_address(name))

    def person_link(self, id: str) -> Link:
        return Link(self.library.settings.people[id].name, person_address(id))

    def story_link(self, id: str) -> Link | None:
        return Link(self.library.stories[id].title, story_address(id)) if id else None

    def article_link(self, id: str) -> Link:
        head = self.head(id)
        return Link(head.name, head.address)

    def publisher(self, name: str) -> Publisher:
        """What site.toml says of a publisher, in whatever spelling; of spellings that share a page, the first."""
        return self._publishers.get(publisher_address(name), _UNTOLD) if name else _UNTOLD

    def interest(self, publisher: str) -> str:
        """What a publisher has to do with the matter, where site.toml says so."""
        return self.publisher(publisher).interest

    # --- articles -----------------------------------------------------------------------------------------------------

    def head(self, id: str) -> ArticleHead:
        return self._heads[id]

    def _head(self, article: Article) -> ArticleHead:
        return ArticleHead(
            id=article.id,
            address=article_address(article.id),
            name=self._names[publisher_address(article.publisher)] if article.publisher else UNKNOWN_PUBLISHER,
            headline=article.title,
            publisher=self.publisher_link(article.publisher),
            published=date_text(article.published),
            language=self.language(article.language),
            url=article.url,
            archived=article.archived,
        )

    def language(self, language: str) -> str:
        """A text's language where it is not the site's own, else an empty string."""
        own = self.library.settings.language
        return language if language and language.lower() != own.lower() else ""

    def publisher_correction(self, article: Article) -> PublisherCorrectionView | None:
        correction = article.publisher_correction
        date = date_text(correction.date) if correction else None
        return PublisherCorrectionView(date, correction.text, correction.url) if correction and date else None

    def whole(self, article: str) -> str:
        return self.library.texts[article].whole

    def independence(self, articles: Iterable[str], claim: Claim | None = None) -> IndependenceView | None:
        """How many origins `articles` have; a claim's quotes may name other origins than their articles do."""
        of_quotes: dict[str, list[str]] = {}
        for quote in claim.quotes if claim else ():
            own = quote.origin if quote.origin is not None else self._origins.get(quote.article)
            of_quotes.setdefault(quote.article, []).extend(own or ())
        named = {id: tuple(dict.fromkeys(names)) or None for id, names in of_quotes.items()}
        origins = ChainMap(named, self._origins)
        chosen = sorted(set(articles))
        if not chosen:
            return None
        found = independence(chosen, origins)
        unknown = len(found.not_established)
        sentence = f"{len(chosen)} {'article' if len(chosen) == 1 else 'articles'}: "
        if found.groups:
            count = len(found.groups)
            sentence += (
                f"{'at most ' if len(chosen) > 1 else ''}{count} independent {'origin' if count == 1 else 'origins'}"
            )
            sentence += f", {unknown} not established" if unknown else ""
        else:
            sentence += "origin not established"
        return IndependenceView(
            sentence=sentence,
            groups=tuple(
                OriginGroupView(
                    tuple(self.article_link(id) for id in group.articles),
                    tuple(self._origin_name(name) for name in group.names),
                )
                for group in found.groups
            ),
            not_established=tuple(self.article_link(id) for id in found.not_established),
        )

    def _origin_name(self, name: str) -> str:
        return self.head(name).name if name in self._heads else name

    # --- claims -------------------------------------------------------------------------------------------------------

    def verdict(self, claim: Claim) -> VerdictTag | None:
        return self.verdicts.get(claim.verdict)

    def item(self, claim: Claim) -> ClaimItem:
        """The claim as lists show it."""
        if claim.id not in self._items:
            self._items[claim.id] = ClaimItem(
                address=claim_address(claim.id),
                headline=claim.headline,
                wording=claim.claim,
                verdict=self.verdict(claim),
                summary=claim.summary,
                checked=date_text(claim.checked),
                story=self.story_link(claim.story),
                articles=len({quote.article for quote in claim.quotes}),
                retracted=claim.status == "retracted",
            )
        return self._items[claim.id]

    def compare(self, claim: Claim) -> CompareView | None:
        return CompareView(claim.compare.what, claim.compare.claim, claim.compare.found) if claim.compare else None

    def corrections(self, corrections: Sequence[Correction], page: Link | None = None) -> tuple[CorrectionView, ...]:
        """Corrections, the newest first."""
        views = []
        for correction in sorted(corrections, key=lambda correction: date_key(correction.date), reverse=True):
            date = date_text(correction.date)
            if date:
                views.append(CorrectionView(date, correction.kind, correction.text, page))
        return tuple(views)

    def proved(self, claim: Claim, number: int) -> Proved:
        """A quote's place; every quote has one once the library is free of errors."""
        proved = self.library.quotes[claim.id][number]
        if proved is None:
            raise ValueError(f"quote {number + 1} of {claim.id} is not proved")
        return proved

    # --- Markdown -----------------------------------------------------------------------------------------------------

    def markdown(self, text: str, context: Context) -> Markup:
        rendered = render_markdown(text, context)
        self.problems.extend(rendered.problems)
        self.links.extend(rendered.links)
        return rendered.html


_STRONGEST_FIRST: tuple[ArticleStance, ...] = ("asserts", "contradicts", "partly", "mentions")


def article_stance(stances: Iterable[str]) -> ArticleStance:
    """What an article does with a claim, from its quotes' stances (DESIGN, "Stances")."""
    found = set(stances)
    if {"asserts", "contradicts"} <= found:
        return "contradicts itself"
    for stance in _STRONGEST_FIRST:
        if stance in found:
            return stance
    return "not quoted"


def same_as_claim(claim: Claim, says: Sequence[str]) -> bool | None:
    """Whether an article's values are the claim's own; None where there is nothing to compare."""
    return all(value == claim.compare.claim for value in says) if claim.compare and says else None


def outward(url: str) -> OriginalLink | None:
    return OriginalLink(url, host_of(url)) if url else None


def _spellings(publishers: Iterable[str], tags: Iterable[str]) -> dict[str, str]:
    """One spelling for each page of a name: the one most often typed, the first in order among equals."""
    counts: dict[str, dict[str, int]] = {}
    for address, name in [
        *((publisher_address(name), name) for name in publishers if name),
        *((tag_address(name), name) for name in tags),
    ]:
        names = counts.setdefault(address, {})
        names[name] = names.get(name, 0) + 1
    return {address: min(names, key=lambda name: (-names[name], name)) for address, names in counts.items()}
