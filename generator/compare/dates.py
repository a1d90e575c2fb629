"""Dates in a passage: “17 October 2021”, “2021-10-17”, “Sunday”."""

from __future__ import annotations

import re

from generator.compare.amounts import Amount
from generator.compare.passage import Passage

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")


def take_iso_dates(passage: Passage) -> None:
    for match in _ISO_DATE.finditer(passage.tokens.text) if "-" in passage.tokens.text else ():
        inside = [at for at, (start, _) in enumerate(passage.tokens.spans) if match.start() <= start < match.end()]
        year, month, day = map(int, match.groups())
        passage.take(Amount("date", inside[0], inside[-1], match.span(), date=(year, month, day, 0)))


def take_dates(passage: Passage) -> None:
    keys, lexicon = passage.keys, passage.lexicon
    if not passage.tokens.set.isdisjoint(lexicon.date_cues):
        named = [at for at, key in enumerate(keys) if key in lexicon.date_cues]
        for at in named:
            if keys[at] in lexicon.months and (passage.tokens.capital(at) or lexicon.code not in ("en", "de")):
                _date(passage, at)
        for at in named:
            weekday = lexicon.weekdays.get(keys[at], 0)
            if weekday and not passage.used[at] and (passage.tokens.capital(at) or lexicon.code != "en"):
                passage.take(Amount("date", at, at, passage.tokens.span(at, at), date=(0, 0, 0, weekday)))
    for at in passage.numbers:
        if at and not passage.used[at] and passage.is_year(at) and keys[at - 1] in lexicon.year_cues:
            _year(passage, at)


def _year(passage: Passage, at: int) -> None:
    if passage.tokens.spaced(at) and not passage.counts(at + 1) and not passage.is_range(at, at):
        passage.take(Amount("date", at, at, passage.tokens.span(at, at), date=(int(passage.keys[at]), 0, 0, 0)))


def _date(passage: Passage, month: int) -> None:
    """The date round the month at `month`; none where a month stands alone, which may be a name."""
    keys, lexicon = passage.keys, passage.lexicon
    first = last = month
    day = year = weekday = 0
    before = _skip_back(passage, month)
    if before is not None and passage.is_day(before):
        day, first = int(keys[before]), before
    elif before is not None and keys[before] in lexicon.ordinal_endings and before and passage.gap(before) == "":
        if passage.is_day(before - 1):
            day, first = int(keys[before - 1]), before - 1
    elif passage.is_day(month + 1) and passage.gap(month + 1).strip() in ("", "."):
        day, last = int(keys[month + 1]), month + 1
        if last + 1 < len(keys) and keys[last + 1] in lexicon.ordinal_endings and passage.gap(last + 1) == "":
            last += 1
    after = _skip_on(passage, last)
    if after is not None and passage.is_year(after):
        year, last = int(keys[after]), after
    if first and keys[first - 1] in lexicon.weekdays and passage.gap(first).strip() in ("", ","):
        weekday, first = lexicon.weekdays[keys[first - 1]], first - 1
    elif last + 1 < len(keys) and keys[last + 1] in lexicon.weekdays and passage.gap(last + 1).strip() in ("", ","):
        weekday, last = lexicon.weekdays[keys[last + 1]], last + 1
    if day or year or (first and (_in_date(passage, first) or keys[first - 1] in lexicon.year_cues)):
        if passage.is_range(first, last):
            for at in range(first, last + 1):
                passage.used[at] = True
            return
        date = (year, lexicon.months[keys[month]], day, weekday)
        passage.take(Amount("date", first, last, passage.tokens.span(first, last), date=date))


def _in_date(passage: Passage, at: int) -> bool:
    return passage.keys[at - 1] in passage.lexicon.date_joins


def _skip_back(passage: Passage, at: int) -> int | None:
    """The token before `at`, without a word such as “of”, if little stands between."""
    if at and passage.gap(at).strip() in ("", ".") and passage.gap(at):
        if passage.keys[at - 1] in passage.lexicon.date_joins:
            return at - 2 if at > 1 and passage.tokens.spaced(at - 1) else None
        return at - 1
    return None


def _skip_on(passage: Passage, at: int) -> int | None:
    """The token after `at`, without a word such as “de”, if little stands between."""
    if at + 1 < len(passage.keys) and passage.gap(at + 1).strip() in ("", ",", "."):
        if passage.keys[at + 1] in passage.lexicon.date_joins:
            return at + 2 if passage.tokens.spaced(at + 2) else None
        return at + 1
    return None
