"""Timelines: what was published, said and corrected in a story, in the order in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.dates import date_key
from generator.plan.addresses import claim_address, story_address
from generator.plan.dates import date_text
from generator.plan.picture_values import EventKind, TimelineDay, TimelineGroup, TimelineItem, TimelineView
from generator.plan.values import Link
from generator.plan.views import Views
from generator.records import Claim, Story

MOST = 60
"""Entries of a timeline; what comes later is only counted."""

_DAY = len("2021-10-17")


class _Event(NamedTuple):
    """Something of a kind at a date as it was typed; sorts by time, and within one date by kind and address."""

    time: str
    date: str
    rank: int
    address: str
    number: int
    kind: EventKind
    item: TimelineItem


_RANKS: tuple[EventKind, ...] = (
    "event",
    "article",
    "made",
    "publisher correction",
    "correction",
    "clarification",
    "update",
)
_UNDATED = "~"
"""Stands for a date that is not known: it sorts behind all others."""


def timeline(views: Views, story: Story, articles: Iterable[str], claims: Iterable[Claim]) -> TimelineView | None:
    """The timeline of a story with the articles and listed claims that belong to it; None for fewer than two dates."""
    events = [*_of_story(views, story), *_of_articles(views, articles)]
    for claim in claims:
        events += _of_claim(views, claim)
    if len({event.date for event in events if event.date}) < 2:
        return None
    events.sort(key=lambda event: event[:5])
    shown, rest = events[:MOST], events[MOST:]
    days = tuple(_day(views, date, list(found)) for date, found in groupby(shown, lambda event: event.date))
    more_articles = sum(event.kind in ("article", "publisher correction") for event in rest)
    return TimelineView(
        days=days,
        inexact=any(day.date is not None and not day.exact for day in days),
        more_articles=more_articles,
        more_claims=len(rest) - more_articles,
    )


def _day(views: Views, date: str, events: list[_Event]) -> TimelineDay:
    return TimelineDay(
        date=date_text(date, views.frame.words),
        exact=len(date) >= _DAY,
        groups=tuple(
            TimelineGroup(kind, tuple(event.item for event in found))
            for kind, found in groupby(events, lambda event: event.kind)
        ),
    )


def _event(date: str, kind: EventKind, item: TimelineItem, number: int = 0) -> _Event:
    address = item.link.address if item.link else ""
    return _Event(date_key(date) if date else _UNDATED, date, _RANKS.index(kind), address, number, kind, item)


def _of_story(views: Views, story: Story) -> Iterator[_Event]:
    if story.date:
        yield _event(story.date, "event", TimelineItem(None, "", "", None, False))
    link = Link(story.title, f"{story_address(story.id)}#corrections")
    for number, correction in enumerate(story.corrections):
        if correction.kind:  # one that could not be read was reported
            yield _event(correction.date, correction.kind, TimelineItem(link, "", "", None, False), number)


def _of_articles(views: Views, articles: Iterable[str]) -> Iterator[_Event]:
    for id in articles:
        article = views.library.articles[id]
        head = views.head(id)
        link = Link(head.name, head.address)
        item = TimelineItem(link, head.headline, head.language, None, False)
        yield _event(article.published, "article", item)
        if article.publisher_correction:
            yield _event(article.publisher_correction.date, "publisher correction", item)


def _of_claim(views: Views, claim: Claim) -> Iterator[_Event]:
    if not claim.made and not claim.corrections:
        return
    link = Link(claim.headline, claim_address(claim.id))
    retracted = claim.status == "retracted"
    item = TimelineItem(link, "", "", None if retracted else views.verdict(claim), retracted)
    if claim.made:
        yield _event(claim.made, "made", item)
    for number, correction in enumerate(claim.corrections):
        if correction.kind:
            yield _event(correction.date, correction.kind, item, number)
