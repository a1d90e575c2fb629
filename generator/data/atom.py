"""Atom feeds (RFC 4287): /feed.xml and /corrections/feed.xml."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.data.common import in_full, latest, moment, organisation
from generator.data.feed_entries import FeedEntry
from generator.plan.frame import Frame
from generator.records import Settings

_NO_MOMENT = moment("1970")
"""For a feed without entries: the build has no clock."""


def claims_feed(frame: Frame, entries: Sequence[FeedEntry]) -> bytes:
    """/feed.xml: `entries` are the newest claims', the newest first."""
    settings = frame.settings
    return _feed(settings, in_full(settings, "/"), "/feed.xml", "/", settings.title, settings.description, entries)


def corrections_feed(frame: Frame, entries: Sequence[FeedEntry]) -> bytes:
    """/corrections/feed.xml: `entries` are the newest corrections', the newest first."""
    settings, words = frame.settings, frame.words
    title = words("{site}: corrections", site=settings.title)
    about = words("Every correction, clarification and update.")
    return _feed(
        settings,
        in_full(settings, "/corrections/feed.xml"),
        "/corrections/feed.xml",
        "/corrections/",
        title,
        about,
        entries,
    )


def _feed(
    settings: Settings, id: str, own: str, page: str, title: str, about: str, entries: Sequence[FeedEntry]
) -> bytes:
    name, url = organisation(settings)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(settings.language)}">',
        f"<title>{escape(title)}</title>",
        *([f"<subtitle>{escape(about)}</subtitle>"] if about else []),
        f"<id>{escape(id)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(in_full(settings, page))}"/>',
        f'<link rel="self" type="application/atom+xml" href="{escape(in_full(settings, own))}"/>',
        f"<author><name>{escape(name)}</name><uri>{escape(url)}</uri></author>",
        f"<updated>{latest(entry.updated for entry in entries) or _NO_MOMENT}</updated>",
    ]
    for entry in entries:
        lines += [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>{escape(entry.id)}</id>",
            f'<link rel="alternate" type="text/html" href="{escape(entry.url)}"/>',
            *(
                f"<author><name>{escape(author.name)}</name><uri>{escape(author.url)}</uri></author>"
                for author in entry.authors
            ),
            f"<published>{entry.published}</published>",
            f"<updated>{entry.updated}</updated>",
            *(f'<category term="{escape(tag)}"/>' for tag in entry.tags),
            f"<summary>{escape(entry.summary)}</summary>",
            f'<content type="html">{escape(entry.html)}</content>',
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()
