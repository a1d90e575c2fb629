"""The sound part of a library: without what is broken, so that later stages can look at the rest in the same run."""

from __future__ import annotations

from msgspec.structs import replace

from generator.link.library import Library
from generator.records import Claim


def sound(library: Library) -> Library:
    """`library` without references that lead nowhere, quotes that are not proved and articles without a text."""
    articles = {id: article for id, article in library.articles.items() if id in library.texts}
    kept = {
        id: tuple(number for number, quote in enumerate(quotes) if quote is not None)
        for id, quotes in library.quotes.items()
    }
    claims = {id: _claim(library, claim, kept[id], frozenset(articles)) for id, claim in library.claims.items()}
    return replace(
        library,
        articles={
            id: replace(article, story=tuple(story for story in article.story if story in library.stories))
            for id, article in articles.items()
        },
        claims=claims,
        quotes={id: tuple(library.quotes[id][number] for number in numbers) for id, numbers in kept.items()},
        quoting={
            article: tuple((id, kept[id].index(number)) for id, number in pairs if number in kept[id])
            for article, pairs in library.quoting.items()
        },
        articles_of_story={
            story: tuple(id for id in ids if id in articles) for story, ids in library.articles_of_story.items()
        },
    )


def _claim(library: Library, claim: Claim, quotes: tuple[int, ...], articles: frozenset[str]) -> Claim:
    people = library.settings.people
    verdicts = {verdict.id for verdict in library.settings.verdicts}
    return replace(
        claim,
        verdict=claim.verdict if claim.verdict in verdicts else "",
        story=claim.story if claim.story in library.stories else "",
        by=tuple(id for id in claim.by if id in people),
        edited=tuple(id for id in claim.edited if id in people),
        parts=tuple(part for part in claim.parts if part.verdict in verdicts),
        quotes=tuple(claim.quotes[number] for number in quotes),
        silent=tuple(id for id in claim.silent if id in articles),
        sources=tuple(
            source if source.article in articles else replace(source, article="") for source in claim.sources
        ),
        related=tuple(id for id in claim.related if id in library.claims),
    )
