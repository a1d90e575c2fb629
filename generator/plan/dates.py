"""Dates: as they were typed (YYYY to a time with its offset), for readers."""

from __future__ import annotations

from functools import lru_cache

from generator.plan.values import DateText
from generator.words import Words


@lru_cache(maxsize=4_000)
def date_text(iso: str, words: Words) -> DateText | None:
    """The date for readers; None for an empty one. A time keeps its own offset: `17 October 2021, 04:35 (UTC)`."""
    if not iso:
        return None
    day, _, clock = iso.replace(" ", "T").partition("T")
    text = _day_text(day, words)
    if not clock:
        return DateText(iso, text)
    clock = _colon(clock)
    time, offset = (clock[:-1], "UTC") if clock.endswith("Z") else (clock[:-6], f"UTC{clock[-6:]}")
    offset = "UTC" if offset in ("UTC+00:00", "UTC-00:00") else offset
    return DateText(f"{day}T{clock}", words("{date}, {time} ({zone})", date=text, time=time[:5], zone=offset))


def moment_of(iso: str) -> str:
    """A date as the web's formats take it (W3C datetime): with a `T`, and a colon in its offset."""
    day, _, clock = iso.replace(" ", "T").partition("T")
    return f"{day}T{_colon(clock)}" if clock else iso


def _colon(clock: str) -> str:
    return clock if clock.endswith("Z") or clock[-3] == ":" else f"{clock[:-2]}:{clock[-2:]}"


def _day_text(day: str, words: Words) -> str:
    """A year, a month or a day in the language's own order and words."""
    year, *rest = day.split("-")
    if not rest:
        return year
    patterns = words.lexicon.dates if len(rest) > 1 else words.lexicon.months
    return patterns[int(rest[0]) - 1].format(day=int(rest[-1]), year=year)
