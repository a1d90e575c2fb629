"""feed.xml: the newest claims as an Atom feed (RFC 4287).

An entry's id is its claim's address. It is renewed by what readers are told of: the check itself and corrections.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from msgspec import Struct

from generator.dates import date_key
from generator.plan.addresses import claim_address
from generator.plan.pages import File
from generator.records import Settings

_EPOCH = "1970"
"""For a feed without entries: the build has no clock."""


class FeedEntry(Struct, frozen=True):
    """A claim in the feed; dates as they were typed."""

    id: str
    headline: str
    verdict: str
    summary: str
    checked: str
    changed: str


def feed_file(settings: Settings, entries: Sequence[FeedEntry]) -> File:
    """The feed of `entries`, which are the newest first."""
    url = settings.url.rstrip("/")
    labels = {verdict.id: verdict.label for verdict in settings.verdicts}
    updated = max((entry.changed for entry in entries), key=date_key, default=_EPOCH)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(settings.language)}">',
        f"<title>{escape(settings.title)}</title>",
        f"<id>{escape(url)}/</id>",
        f'<link href="{escape(url)}/"/>',
        f'<link rel="self" type="application/atom+xml" href="{escape(url)}/feed.xml"/>',
        f"<author><name>{escape(settings.organisation.name or settings.title)}</name></author>",
        f"<updated>{_moment(updated)}</updated>",
    ]
    for entry in entries:
        address = escape(url + claim_address(entry.id))
        label = labels.get(entry.verdict, "")
        lines += [
            "<entry>",
            f"<title>{escape(entry.headline)}</title>",
            f"<id>{address}</id>",
            f'<link href="{address}"/>',
            f"<published>{_moment(entry.checked)}</published>",
            f"<updated>{_moment(entry.changed)}</updated>",
            f"<summary>{escape(f'{label}: {entry.summary}' if label else entry.summary)}</summary>",
            "</entry>",
        ]
    return File("feed.xml", ("\n".join([*lines, "</feed>"]) + "\n").encode())


def _moment(date: str) -> str:
    """A date as RFC 3339 wants it; of a year, a month or a day, its first moment."""
    day, _, clock = date.replace(" ", "T").partition("T")
    day += "-01" * (2 - day.count("-"))
    if not clock:
        return f"{day}T00:00:00Z"
    time, zone = (clock[:-1], "Z") if clock.endswith("Z") else (clock[:-6], clock[-6:])
    if zone[0] not in "Z+-":  # an offset without its colon
        time, zone = clock[:-5], f"{clock[-5:-2]}:{clock[-2:]}"
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}{zone}"
