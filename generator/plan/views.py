"""Views that several pages share: verdicts, articles and claims as they are named elsewhere, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from generator.dates import date_key
from generator.history.values import ClaimHistory
from generator.link.library import Library, Proved
from generator.link.origins import independence, of_quotes
from generator.plan.addresses import article_address, claim_address, correction_ids, host_of, story_address
from generator.plan.dates import date_text
from generator.plan.frame import Frame
from generator.plan.list_values import ClaimItem
from generator.plan.markdown import Context, InternalLink, render_markdown
from generator.plan.values import (
    ArticleHead,
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
from generator.records import Article, Claim, Correction
from generator.words import Words


class Views:
    """A library as pages see it.

    With `drafts`, drafts have pages too; they are in no list either way. `histories` has what git knows of claims, by
    id; none where it was not asked.
    """

    def __init__(
        self,
        library: Library,
        frame: Frame,
        drafts: bool = False,
        histories: Mapping[str, ClaimHistory] = MappingProxyType({}),
    ) -> None:
        self.library = library
        self.histories = histories
        self.frame = frame
        self.drafts = drafts
        self.problems: list[Problem] = []
        self.links: list[InternalLink] = []
        self._origins = {article.id: article.origin for article in library.articles.values()}
        self._heads: dict[str, ArticleHead] = {}

    def has_page(self, claim: Claim) -> bool:
        return claim.listed or self.drafts

    def has_image(self, claim: Claim) -> bool:
        """Whether there is a share image of the claim."""
        return self.library.settings.share_images.enabled and claim.listed

    def story_link(self, id: str) -> Link | None:
        return Link(self.library.stories[id].title, story_address(id)) if id else None

    def article_link(self, id: str) -> Link:
        head = self.head(id)
        return Link(head.name, head.address)

    # --- articles -----------------------------------------------------------------------------------------------------

    def head(self, id: str) -> ArticleHead:
        if id not in self._heads:
            self._heads[id] = self._head(self.library.articles[id])
        return self._heads[id]

    def _head(self, article: Article) -> ArticleHead:
        publisher = self.frame.publisher_link(article.publisher)
        return ArticleHead(
            id=article.id,
            address=article_address(article.id),
            name=publisher.text if publisher else self.frame.words("Unknown publisher"),
            headline=article.title,
            publisher=publisher,
            published=date_text(article.published, self.frame.words),
            language=self.frame.language(article.language),
            url=article.url,
            archived=article.archived,
        )

    def publisher_correction(self, article: Article) -> PublisherCorrectionView | None:
        correction = article.publisher_correction
        date = date_text(correction.date, self.frame.words) if correction else None
        return PublisherCorrectionView(date, correction.text, correction.url) if correction and date else None

    def whole(self, article: str) -> str:
        return self.library.texts[article].whole

    def independence(self, articles: Iterable[str], claim: Claim | None = None) -> IndependenceView | None:
        """How many origins `articles` have; a claim's quotes may name other origins than their articles do."""
        chosen = sorted(set(articles))
        if not chosen:
            return None
        found = independence(chosen, self._origins, of_quotes(claim.quotes if claim else (), self._origins))
        return IndependenceView(
            sentence=self._independence_told(len(chosen), len(found.groups), len(found.not_established)),
            groups=tuple(
                OriginGroupView(
                    tuple(self.article_link(id) for id in group.articles),
                    tuple(self._origin_name(name) for name in group.names),
                )
                for group in found.groups
            ),
            not_established=tuple(self.article_link(id) for id in found.not_established),
        )

    def _independence_told(self, articles: int, origins: int, unknown: int) -> str:
        """The sentence that says how many origins there are: "5 articles: at most 2 independent origins, …"."""
        words = self.frame.words
        counted = words.many("{count} article", "{count} articles", articles)
        if not origins:
            return words("{articles}: origin not established", articles=counted)
        if articles == 1:
            independent = words("1 independent origin")
        else:
            independent = words.many(
                "at most {count} independent origin", "at most {count} independent origins", origins
            )
        told = words("{articles}: {origins}", articles=counted, origins=independent)
        if not unknown:
            return told
        return words("{told}, {count} not established", told=told, count=words.number(unknown))

    def _origin_name(self, name: str) -> str:
        return self.head(name).name if name in self.library.articles else name

    # --- claims -------------------------------------------------------------------------------------------------------

    def verdict(self, claim: Claim) -> VerdictTag | None:
        return self.frame.verdicts.get(claim.verdict)

    def item(self, claim: Claim) -> ClaimItem:
        """The claim as lists show it."""
        return ClaimItem(
            address=claim_address(claim.id),
            headline=claim.headline,
            wording=claim.claim,
            verdict=self.verdict(claim),
            summary=claim.summary,
            checked=date_text(claim.checked, self.frame.words),
            story=self.story_link(claim.story),
            articles=len({quote.article for quote in claim.quotes}),
            retracted=claim.status == "retracted",
        )

    def compare(self, claim: Claim) -> CompareView | None:
        return CompareView(claim.compare.what, claim.compare.claim, claim.compare.found) if claim.compare else None

    def corrections(self, corrections: Sequence[Correction]) -> tuple[CorrectionView, ...]:
        """A page's own corrections, the newest first."""
        return corrections_told(corrections, self.frame.words)

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


def corrections_told(
    corrections: Sequence[Correction], words: Words, page: Link | None = None
) -> tuple[CorrectionView, ...]:
    """Corrections, the newest first, each with a link to the `page` where they stand among others'."""
    views = []
    anchored = zip(corrections, correction_ids(corrections), strict=True)
    for correction, anchor in sorted(anchored, key=lambda pair: date_key(pair[0].date), reverse=True):
        date = date_text(correction.date, words)
        if date:
            views.append(CorrectionView(date, correction.kind, correction.text, page, anchor))
    return tuple(views)


def outward(url: str) -> OriginalLink | None:
    return OriginalLink(url, host_of(url)) if url else None
