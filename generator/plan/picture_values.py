"""What the templates of pictures are given: how verdicts are spread, and what came when."""

from __future__ import annotations

from typing import Literal

from generator.plan.values import DateText, Link, Value, VerdictTag


class SpreadPart(Value, frozen=True):
    """The claims that have one verdict. `start` and `width` are thousandths of the bar, 0 where there is no bar."""

    verdict: VerdictTag
    count: int
    copied: int
    """Of a publisher's: for how many of them its reporting comes from elsewhere."""
    share: int | None
    """Per cent, rounded; None where there are too few claims to bear one."""
    start: int
    width: int


class OriginCount(Value, frozen=True):
    """An origin, and the number of claims that rest on it; without a name, a publisher that is not known."""

    name: str
    count: int


class VoiceView(Value, frozen=True):
    """Claims that a publisher's articles assert in their own voice, and where their reporting comes from."""

    quoted: int
    """How many claims quote its articles at all."""
    asserted: int
    copied: int
    origins: tuple[OriginCount, ...]
    """Those of the copied ones, the most frequent first. A claim may have several."""
    not_established: int
    too_few: int
    """The number of claims from which on there is a bar; 0 where there are that many."""


class SpreadView(Value, frozen=True):
    """Claims by verdict: the scale's order, the truest first, then the verdicts that stand outside it.

    `parts` has the verdicts that any claim has; retracted claims have none and are counted apart.
    """

    total: int
    parts: tuple[SpreadPart, ...]
    bar: bool
    retracted: int
    voice: VoiceView | None = None
    """On a publisher's page, where only what it asserts in its own voice is counted."""


EventKind = Literal["event", "article", "made", "publisher correction", "correction", "clarification", "update"]


class TimelineItem(Value, frozen=True):
    """One thing that happened. `link` leads to it: None for the event that the story is about."""

    link: Link | None
    text: str
    """An article's headline."""
    language: str
    verdict: VerdictTag | None
    """A claim's; None for one that is retracted."""
    retracted: bool


class TimelineGroup(Value, frozen=True):
    """What of one kind happened at one date."""

    kind: EventKind
    items: tuple[TimelineItem, ...]


class TimelineDay(Value, frozen=True):
    """`date` is as it was typed: a day, a time, a month or a year; None for articles without a date."""

    date: DateText | None
    exact: bool
    """Whether the day is known."""
    groups: tuple[TimelineGroup, ...]


class TimelineView(Value, frozen=True):
    """What happened when, the earliest first, what has no date last. What would be too much is only counted."""

    days: tuple[TimelineDay, ...]
    inexact: bool
    """Whether a date is only a month or a year."""
    more_articles: int
    more_claims: int
