"""/feed.json: JSON Feed 1.1 (jsonfeed.org/version/1.1), with the entries of /feed.xml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from generator.data.common import in_full, json_text, organisation
from generator.data.feed_entries import Author, FeedEntry
from generator.plan.frame import Frame


def json_feed(frame: Frame, entries: Sequence[FeedEntry]) -> bytes:
    """The feed of `entries`, which are the newest first."""
    settings = frame.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "home_page_url": in_full(settings, "/"),
        "feed_url": in_full(settings, "/feed.json"),
        **({"description": settings.description} if settings.description else {}),
        "language": settings.language,
        "authors": [_author(Author(*organisation(settings)))],
        "items": [_item(entry) for entry in entries],
    }
    return msgspec.json.format(json_text(feed).encode(), indent=1) + b"\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published,
        "date_modified": entry.updated,
    }
    if entry.image:
        item["image"] = entry.image
    if entry.authors:
        item["authors"] = [_author(author) for author in entry.authors]
    if entry.tags:
        item["tags"] = list(entry.tags)
    return item


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url}
