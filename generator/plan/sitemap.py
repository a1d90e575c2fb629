"""sitemap.xml (an index past 50,000 addresses) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from generator.dates import date_key
from generator.link.library import Library
from generator.plan.addresses import claim_address
from generator.plan.claim_values import ClaimPage
from generator.plan.dates import date_text
from generator.plan.list_values import NotFoundPage, RedirectPage
from generator.plan.pages import File, Page

MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_files(library: Library, pages: Iterable[Page]) -> list[File]:
    """The sitemap of the pages that readers may find: not drafts, redirects or 404.html."""
    url = library.settings.url.rstrip("/")
    changed = {
        claim_address(claim.id): max([claim.checked, *(entry.date for entry in claim.corrections)], key=date_key)
        for claim in library.claims.values()
    }
    entries = [
        f"<url><loc>{escape(url + quote(page.address))}</loc>{_lastmod(changed.get(page.address, ''))}</url>\n"
        for page in pages
        if _is_found(page)
    ]
    robots = File("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {url}/sitemap.xml\n".encode())
    if len(entries) <= MOST:
        return [robots, File("sitemap.xml", _urlset(entries))]
    parts = [entries[start : start + MOST] for start in range(0, len(entries), MOST)]
    files = [File(f"sitemap-{number}.xml", _urlset(part)) for number, part in enumerate(parts, 1)]
    index = "".join(f"<sitemap><loc>{escape(url)}/{file.path}</loc></sitemap>\n" for file in files)
    return [robots, File("sitemap.xml", _document("sitemapindex", index)), *files]


def _is_found(page: Page) -> bool:
    if isinstance(page.value, ClaimPage):
        return page.value.status != "draft"
    return not isinstance(page.value, NotFoundPage | RedirectPage)


def _lastmod(date: str) -> str:
    """A date as the sitemap protocol takes it (W3C datetime)."""
    known = date_text(date)
    return f"<lastmod>{known.iso}</lastmod>" if known else ""


def _urlset(entries: list[str]) -> bytes:
    return _document("urlset", "".join(entries))


def _document(root: str, body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}</{root}>\n'.encode()
