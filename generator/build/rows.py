"""Rows: what a build keeps of each file for the next one, and what other pages need of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.ids import is_id
from generator.link.proof import Span
from generator.records import Article, Claim, Quote, Source, Story, TextPage

Spans = tuple[Span, ...]


class ClaimRow(Struct, frozen=True):
    """A claim without its long texts, and what came of it."""

    digest: str
    claim: Claim
    spans: tuple[Spans, ...] = ()
    """Where each of its quotes stands in its article."""
    entry: str = ""
    """It in lists."""
    links: tuple[str, ...] = ()
    """The site's own addresses that its Markdown leads to."""
    warnings: int = 0
    image: str = ""
    """A digest of what its share image in the output was drawn from."""


class ArticleRow(Struct, frozen=True):
    digest: str
    article: Article
    entry: str = ""
    warnings: int = 0


class StoryRow(Struct, frozen=True):
    digest: str
    story: Story
    pages: int = 1
    """How many it has."""
    links: tuple[str, ...] = ()
    warnings: int = 0


class PageRow(Struct, frozen=True):
    digest: str
    page: TextPage
    links: tuple[str, ...] = ()
    warnings: int = 0


def slim_claim(claim: Claim) -> Claim:
    """What other pages need of a claim: lists, its story, articles, related claims, the feed."""
    return replace(
        claim,
        source=b"",
        quotes=tuple(map(_slim_quote, claim.quotes)),
        sources=tuple(
            Source("", "", article=source.article, text=source.text)
            for source in claim.sources
            if source.article or source.text
        ),
        analysis="",
        why="",
        parts=(),
        claimant=None,
        contacted=None,
        exceptions=(),
    )


def _slim_quote(quote: Quote) -> Quote:
    return Quote(
        quote.article,
        "",
        quote.stance,
        quote.says,
        speaker=quote.speaker,
        medium=quote.medium,
        origin=quote.origin,
    )


def slim_article(article: Article) -> Article:
    """All but what only the article's own page needs."""
    return replace(article, source=b"")


def slim_story(story: Story) -> Story:
    return replace(story, source=b"", introduction="")


def slim_page(page: TextPage) -> TextPage:
    return replace(page, source=b"", body="")


# --- what uses what: a change of the one reaches the other ------------------------------------------------------------


def used_by_claim(claim: Claim, links: tuple[str, ...]) -> set[str]:
    """What a claim's pages are made from besides its own file: "a:ID" of an article, "s:", "c:", "l:ADDRESS".

    "h:ID" is the history of an earlier id.
    """
    found = {f"a:{id}" for id in articles_of(claim)}
    for quote in claim.quotes:
        found.update(f"a:{name}" for name in quote.origin or () if is_id(name))
    if claim.story:
        found.add(f"s:{claim.story}")
    found.update(f"c:{id}" for id in claim.related)
    found.update(f"h:{alias}" for alias in claim.aliases)
    found.update(f"l:{address}" for address in links)
    found.update(f"t:{source.text}" for source in claim.sources if source.text)
    return found


def used_by_article(article: Article) -> set[str]:
    return {
        f"t:{article.text}",
        *(f"s:{id}" for id in article.story),
        *(f"a:{name}" for name in article.origin or () if is_id(name)),
    }


def used_by_text(links: tuple[str, ...]) -> set[str]:
    return {f"l:{address}" for address in links}


def articles_of(claim: Claim) -> Iterator[str]:
    """The articles that a claim quotes, lists as silent or rests on."""
    yield from (quote.article for quote in claim.quotes)
    yield from claim.silent
    yield from (source.article for source in claim.sources if source.article)


def shown_of(row: ClaimRow, article: str) -> tuple[object, ...]:
    """What the page of an article shows of a claim: nothing where it does not quote it."""
    claim = row.claim
    quoted = tuple(
        (number, quote.stance, row.spans[number] if row.spans else ())
        for number, quote in enumerate(claim.quotes)
        if quote.article == article
    )
    listed = article in claim.silent
    return (claim.headline, claim.verdict, claim.status, quoted, listed) if quoted or listed else ()


def head_of(claim: Claim) -> tuple[object, ...]:
    """What a related claim's page shows of it."""
    return claim.headline, claim.verdict, claim.status


def matrix_of(claim: Claim) -> tuple[object, ...]:
    """What a story's page shows of a claim: its row, and when it was made and corrected."""
    quotes = tuple((quote.article, quote.stance, quote.says) for quote in claim.quotes)
    return (*head_of(claim), claim.story, claim.compare, quotes, claim.silent, claim.made, claim.corrections)
