"""Drift: a claim's articles in the order of time, and where what they say changed.

Dates may be of a year, a month, a day or a moment. One is before another only if all of it is: what lies within, or on
the same day, has no order that is known. A day without a time is one somewhere on Earth, so a moment is before or after
it only if it is so in every zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from msgspec import Struct

from generator.compare.tokens import Tokens

_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
_ALIKE = 0.5
"""The share of words that two wordings must have in common for a comparison word by word."""


class Dated(Struct, frozen=True):
    """What an article says, and when it was published: as typed in its file, or nothing."""

    article: str
    published: str
    says: tuple[str, ...] = ()
    """Its values in the terms of the comparison."""
    wording: str = ""
    """Its quote, which is compared where there are no values."""


class Change(Struct, frozen=True):
    """Words that became others; one side may be empty."""

    before: str
    after: str


class Step(Struct, frozen=True):
    """An article in the order of time.

    `order` is that to the article shown before it: "unclear" where the two dates have no order that is known.
    """

    article: str
    published: str
    says: tuple[str, ...]
    order: Literal["first", "later", "unclear"]
    changed: bool = False
    since: tuple[str, ...] = ()
    """Where something changed: the articles last before it, of which none says the same."""
    before: tuple[str, ...] = ()
    """What those say."""
    words: tuple[Change, ...] = ()
    """Where there are no values: what changed in the wording since the one article last before it."""


class Drift(Struct, frozen=True):
    """The dated articles in the order of time, and those without a date."""

    steps: tuple[Step, ...]
    undated: tuple[str, ...]


def in_time(rows: Iterable[Dated]) -> Drift | None:
    """`rows` in the order of time; None unless one of them is known to be earlier than another."""
    dated = []
    undated = []
    for row in rows:
        if row.published:
            dated.append((_When(row.published), row))
        else:
            undated.append(row.article)
    dated.sort(key=lambda entry: (entry[0].start, entry[0].end))
    if not any(earlier.before(later) for (earlier, _), (later, _) in combinations(dated, 2)):
        return None
    steps = []
    for at, (when, row) in enumerate(dated):
        past = [(other, one) for other, one in dated[:at] if other.before(when)]
        last = [one for other, one in past if not any(other.before(between) for between, _ in past)]
        order: Literal["later", "unclear"] = "later" if at and dated[at - 1][0].before(when) else "unclear"
        steps.append(_step(row, order if at else "first", last))
    return Drift(tuple(steps), tuple(undated))


def _step(row: Dated, order: Literal["first", "later", "unclear"], last: list[Dated]) -> Step:
    said = [one for one in last if one.says]
    if row.says and said:
        if any(set(one.says) == set(row.says) for one in said):
            return Step(row.article, row.published, row.says, order)
        before = tuple(dict.fromkeys(value for one in said for value in one.says))
        return Step(row.article, row.published, row.says, order, True, tuple(one.article for one in said), before)
    if not row.says and len(last) == 1 and not last[0].says:
        words = changes(last[0].wording, row.wording)
        if words:
            return Step(row.article, row.published, (), order, True, (last[0].article,), (), words)
    return Step(row.article, row.published, row.says, order)


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The words that changed from one wording to another; none where the two are not much alike."""
    old, new = Tokens(before), Tokens(after)
    shared = len(old.set & new.set)
    if not shared or shared < _ALIKE * max(len(old.set), len(new.set)):
        return ()
    matcher = SequenceMatcher(None, old.keys, new.keys, autojunk=False)
    return tuple(
        Change(_slice(old, a, b), _slice(new, c, d)) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"
    )


def _slice(tokens: Tokens, first: int, end: int) -> str:
    if first == end:
        return ""
    start, stop = tokens.span(first, end - 1)
    return tokens.text[start:stop]


class _When:
    """The time that a date covers, from its start to before its end, in UTC; for dates of a day or more, on paper."""

    __slots__ = ("end", "moment", "start")

    def __init__(self, date: str) -> None:
        self.moment = "T" in date.replace(" ", "T")
        if self.moment:
            self.start = self.end = _utc(date.replace(" ", "T"))
            return
        year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
        self.start = datetime(year, month or 1, day or 1, tzinfo=UTC)
        if day:
            self.end = _later(self.start, timedelta(days=1))
        elif month:
            self.end = _first(year + month // 12, month % 12 + 1)
        else:
            self.end = _first(year + 1, 1)

    def before(self, other: _When) -> bool:
        """Whether all of this is before all of the other."""
        if self.moment and other.moment:
            return self.start < other.start
        if self.moment:
            return _later(self.start, _EAST) < other.start
        if other.moment:
            return _later(self.end, _WEST) <= other.start
        return self.end <= other.start


def _utc(date: str) -> datetime:
    """The moment; where UTC's calendar ends, the calendar's own end."""
    moment = datetime.fromisoformat(date)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _first(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC) if year <= 9999 else datetime.max.replace(tzinfo=UTC)


def _later(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
