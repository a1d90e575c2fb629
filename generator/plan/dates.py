"""Dates: as they were typed (YYYY to a time with its offset), for readers."""

from __future__ import annotations

from generator.plan.values import DateText

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date_text(iso: str) -> DateText | None:
    """The date for readers; None for an empty one. A time keeps its own offset: `17 October 2021, 04:35 (UTC)`."""
    if not iso:
        return None
    day, _, clock = iso.replace(" ", "T").partition("T")
    parts = day.split("-")
    words = " ".join(
        [
            *([str(int(parts[2]))] if len(parts) > 2 else []),
            *([_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []),
            parts[0],
        ]
    )
    if not clock:
        return DateText(iso, words)
    clock = clock if clock.endswith("Z") or clock[-3] == ":" else f"{clock[:-2]}:{clock[-2:]}"
    time, offset = (clock[:-1], "UTC") if clock.endswith("Z") else (clock[:-6], f"UTC{clock[-6:]}")
    offset = "UTC" if offset in ("UTC+00:00", "UTC-00:00") else offset
    return DateText(f"{day}T{clock}", f"{words}, {time[:5]} ({offset})")
