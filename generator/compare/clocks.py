"""Times of day in a passage: “04:36 GMT”, “4.35 p.m.”, “16 Uhr 35”."""

from __future__ import annotations

import re

from generator.compare.amounts import DAY, Amount
from generator.compare.lexicon import Phrases
from generator.compare.passage import Passage, phrase
from generator.compare.tokens import Span, Tokens

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?$")
_CLOCK_POINT = re.compile(r"([01]?\d|2[0-3])[.]([0-5]\d)$")


def time_of_day(passage: Passage, at: int) -> Amount | None:
    """The time of day that begins at `at`."""
    tokens, keys, lexicon = passage.tokens, passage.keys, passage.lexicon
    raw = keys[at]
    last = at
    match = _CLOCK.match(raw)
    pointed = None if match else _CLOCK_POINT.match(raw)
    hour = minute = -1
    sure = bool(match)
    if match or pointed:
        found = match or pointed
        assert found
        hour, minute = int(found[1]), int(found[2])
    elif raw.isdecimal() and len(raw) <= 2 and int(raw) <= 24:
        hour = int(raw)
        if at + 2 < len(keys) and keys[at + 1] in lexicon.hours and _is_minutes(keys[at + 2]):
            close = passage.gap(at + 1).strip() == "" and passage.gap(at + 2).strip() == ""
            if close and not passage.counts(at + 3):
                minute, last, sure = int(keys[at + 2]), at + 2, True
    elif raw.isdecimal() and len(raw) == 4 and int(raw[:2]) < 24 and int(raw[2:]) < 60:
        hour, minute = int(raw[:2]), int(raw[2:])
    if hour < 0:
        return None
    if last == at and last + 1 < len(keys) and keys[last + 1] == "uhr" and tokens.spaced(last + 1):
        last, sure = last + 1, True
        if minute < 0 and tokens.spaced(last + 1) and _is_minutes(keys[last + 1]) and not passage.counts(last + 2):
            last += 1
            minute = int(keys[last])
    half = _dotted_phrase(tokens, lexicon.forenoon, last + 1)
    if half and not (len(raw) == 4 and raw.isdecimal()):
        last, sure = half[1], True
    zone = (
        phrase(tokens, lexicon.zones, last + 1) if tokens.spaced(last + 1) else _zone_after_point(passage, last, half)
    )
    if zone and (sure or minute >= 0):
        last, sure = zone[1], True
    if not sure or (raw.isdecimal() and len(raw) == 4 and not zone):
        return None
    ambiguous = not half and not lexicon.day_of_24 and 1 <= hour <= 12 and raw[0] != "0" and len(raw) < 5
    if len(raw) == 4 and raw.isdecimal():
        ambiguous = False
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "pm" else 0)
    return Amount(
        "time",
        at,
        last,
        _with_point(passage, tokens.span(at, last), half),
        minutes=(hour * 60 + max(minute, 0)) % DAY,
        round=minute < 0,
        half=ambiguous and not (zone and zone[0] == "utc"),
        zone=zone[0] if zone else "",
        hedge=_date_hedge(passage.hedge(at)),
    )


def _zone_after_point(passage: Passage, last: int, half: tuple[str, int] | None) -> tuple[str, int] | None:
    """The zone after “p.m.”, whose last point stands between."""
    if half and last + 1 < len(passage.keys) and passage.gap(last + 1) == ". ":
        return phrase(passage.tokens, passage.lexicon.zones, last + 1)
    return None


def _with_point(passage: Passage, span: Span, half: tuple[str, int] | None) -> Span:
    """“4:35 p.m” with its last point."""
    start, end = span
    text = passage.tokens.text
    return (start, end + 1) if half and text[end - 2 : end + 1] in (".m.", " m.") else span


def _is_minutes(key: str) -> bool:
    return len(key) == 2 and key.isdecimal() and int(key) < 60


def _date_hedge(hedge: tuple[str, int, int] | None) -> tuple[str, int, int] | None:
    """A date's or a time's hedge: “over 2020” is none."""
    return hedge if hedge and hedge[0] in ("about", "nearly") else None


def _dotted_phrase(tokens: Tokens, phrases: Phrases, at: int) -> tuple[str, int] | None:
    """The same for “a.m.”, with points between."""
    if at < len(tokens) and tokens.gaps[at].strip() == "":
        for phrase, meaning in phrases.get(tokens.keys[at], ()):
            last = at + len(phrase) - 1
            if tokens.keys[at : last + 1] == list(phrase) and all(
                tokens.gaps[here].strip() in ("", ".") for here in range(at + 1, last + 1)
            ):
                return meaning, last
    return None
