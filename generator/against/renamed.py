"""Renamed: a revision's records with the ids of today, so that what only follows a renaming is no change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.against.values import Side
from generator.records import Article, Claim, Story


class Renamed(Struct, frozen=True):
    """By folder of content/: the ids of today by those that they were."""

    claims: Mapping[str, str]
    articles: Mapping[str, str]
    stories: Mapping[str, str]

    def claim(self, claim: Claim) -> Claim:
        """The claim as it was, with what it refers to under its id of today."""
        articles = self.articles
        return replace(
            claim,
            story=self.stories.get(claim.story, claim.story),
            silent=_ids(claim.silent, articles),
            related=_ids(claim.related, self.claims),
            quotes=tuple(
                replace(
                    quote,
                    article=articles.get(quote.article, quote.article),
                    origin=None if quote.origin is None else _ids(quote.origin, articles),
                )
                for quote in claim.quotes
            ),
            sources=tuple(
                replace(source, article=articles.get(source.article, source.article)) for source in claim.sources
            ),
        )

    def article(self, article: Article) -> Article:
        """The article as it was, with what it refers to under its id of today."""
        origin = None if article.origin is None else _ids(article.origin, self.articles)
        return replace(article, story=_ids(article.story, self.stories), origin=origin)


def renamed(now: Side) -> Renamed:
    """What was renamed: ids that are no more, and stand among the aliases of another."""
    return Renamed(
        _heirs(now.claims.values(), now.known["claims"]),
        _heirs(now.articles.values(), now.known["articles"]),
        _heirs(now.stories.values(), now.known["stories"]),
    )


def _heirs(records: Iterable[Article | Claim | Story], known: frozenset[str]) -> dict[str, str]:
    return {alias: record.id for record in records for alias in record.aliases if alias not in known}


def _ids(ids: tuple[str, ...], today: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(today.get(id, id) for id in ids)
