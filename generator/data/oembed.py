"""oEmbed (oembed.com, version 1.0): /claims/ID/oembed.json, by which other sites show a claim's card.

A file cannot answer the requests `maxwidth` and `maxheight`; the card fits any width down to 280.
"""

from __future__ import annotations

from html import escape

from generator.data.common import claim_in_full, image_of, in_full, json_text, marked, organisation
from generator.plan.addresses import embed_address
from generator.plan.claim_values import ClaimPage
from generator.plan.frame import Frame

WIDTH = 600
HEIGHT = 320
# The card needs no script: what it may do is lead readers to the claim's page.
_SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"


def embed_code(frame: Frame, page: ClaimPage) -> str:
    """The HTML that shows a claim's card in another page."""
    title = marked(frame.words, page.title, page.status)
    return (
        f'<iframe src="{escape(in_full(frame.settings, embed_address(page.id)))}" title="{escape(title)}" '
        f'width="{WIDTH}" height="{HEIGHT}" frameborder="0" loading="lazy" sandbox="{_SANDBOX}"></iframe>'
    )


def oembed(frame: Frame, page: ClaimPage) -> bytes | None:
    """The content of a claim's oembed.json; None where there is no card."""
    if not page.embed_code:
        return None
    settings = frame.settings
    name, url = organisation(settings)
    found = {
        "version": "1.0",
        "type": "rich",
        "title": marked(frame.words, page.title, page.status),
        "author_name": name,
        "author_url": url,
        "provider_name": settings.title,
        "provider_url": in_full(settings, "/"),
        "url": claim_in_full(settings, page.id),
        "html": page.embed_code,
        "width": WIDTH,
        "height": HEIGHT,
    }
    thumbnail = image_of(page)
    if thumbnail:
        found["thumbnail_url"] = in_full(settings, thumbnail.address)
        found["thumbnail_width"] = thumbnail.width
        found["thumbnail_height"] = thumbnail.height
    return json_text(found).encode()
