"""Titles: what a record's own page is called wherever something leads to it."""

from __future__ import annotations

from generator.plan import addresses
from generator.plan.values import Link
from generator.records import Article, Claim, Story, TextPage
from generator.words import Words


def page_of(record: Article | Claim | Story | TextPage, words: Words) -> Link:
    """A link to a record's page, in the words of its title."""
    if isinstance(record, Claim):
        return Link(record.headline, addresses.claim_address(record.id))
    if isinstance(record, Article):
        publisher = record.publisher or words("Unknown publisher")
        return Link(article_title(record, publisher, words), addresses.article_address(record.id))
    address = addresses.story_address(record.id) if isinstance(record, Story) else addresses.page_address(record.id)
    return Link(record.title, address)


def article_title(article: Article, publisher: str, words: Words) -> str:
    """An article's headline; where that is not known, its `publisher` and its id."""
    return article.title or words("{publisher}: article {id}", publisher=publisher, id=article.id)
