"""sitemap.xml (an index past 50,000 addresses) and robots.txt."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from generator.dates import date_key
from generator.plan.dates import moment_of
from generator.plan.pages import File
from generator.records import Claim, Settings

MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def last_change(claim: Claim) -> str:
    """The date, as it was typed, of the last thing that readers are told was done to the claim."""
    return max([claim.checked, *(entry.date for entry in claim.corrections)], key=date_key)


def robots_file(settings: Settings) -> File:
    return File("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {settings.url.rstrip('/')}/sitemap.xml\n".encode())


def sitemap_files(settings: Settings, found: Mapping[str, str]) -> list[File]:
    """The sitemap of the pages that readers may find: their addresses, each with its date of change if it has one."""
    url = settings.url.rstrip("/")
    entries = [
        f"<url><loc>{escape(url + quote(address))}</loc>{_lastmod(date)}</url>\n"
        for address, date in sorted(found.items())
    ]
    if len(entries) <= MOST:
        return [File("sitemap.xml", _urlset(entries))]
    parts = [entries[start : start + MOST] for start in range(0, len(entries), MOST)]
    files = [File(f"sitemap-{number}.xml", _urlset(part)) for number, part in enumerate(parts, 1)]
    index = "".join(f"<sitemap><loc>{escape(url)}/{file.path}</loc></sitemap>\n" for file in files)
    return [File("sitemap.xml", _document("sitemapindex", index)), *files]


def _lastmod(date: str) -> str:
    """A date as the sitemap protocol takes it (W3C datetime)."""
    return f"<lastmod>{moment_of(date)}</lastmod>" if date else ""


def _urlset(entries: list[str]) -> bytes:
    return _document("urlset", "".join(entries))


def _document(root: str, body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}</{root}>\n'.encode()
