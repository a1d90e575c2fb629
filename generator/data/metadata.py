"""What a page's head tells other programs: canonical address, OpenGraph (ogp.me), Twitter's card, oEmbed, feeds."""

from __future__ import annotations

from msgspec import Struct

from generator.data.common import in_full, last_change, marked
from generator.data.oembed import oembed_address
from generator.plan.claim_values import ClaimPage
from generator.plan.frame import Frame
from generator.plan.list_values import NotFoundPage, RedirectPage
from generator.plan.pages import Page
from generator.plan.values import Value

_LOCALES = {"ar": "ar_AR", "de": "de_DE", "en": "en_US", "es": "es_ES", "fr": "fr_FR", "ru": "ru_RU"}
"""For a language without a region, as those who read OpenGraph know it."""


class Meta(Value, frozen=True):
    """`<meta property="key" content="content">`; Twitter's are `<meta name="key" …>`."""

    attribute: str
    key: str
    content: str


class HeadLink(Value, frozen=True):
    """`<link rel="rel" type="type" href="address" title="title">`, with the address in full."""

    rel: str
    type: str
    address: str
    title: str


class Head(Value, frozen=True):
    """`canonical` is empty where a page has none."""

    canonical: str
    metas: tuple[Meta, ...]
    links: tuple[HeadLink, ...]


class Image(Struct, frozen=True):
    """A page's picture: its address here, its size in pixels, what it shows in words."""

    address: str
    width: int
    height: int
    alt: str


def page_head(frame: Frame, page: Page, image: Image | None = None) -> Head:
    """What the head of `page` has besides its title and description.

    Nothing but the canonical address for a draft or an earlier address; nothing at all for 404.html, which is served
    everywhere.
    """
    value, settings = page.value, frame.settings
    if isinstance(value, NotFoundPage):
        return Head("", (), ())
    if isinstance(value, RedirectPage):
        return Head(in_full(settings, value.target), (), ())
    canonical = in_full(settings, page.address)
    if isinstance(value, ClaimPage) and value.status == "draft":
        return Head(canonical, (), ())
    title = marked(frame.words, value.title, value.status) if isinstance(value, ClaimPage) else value.title
    pairs = [
        ("og:type", "article" if isinstance(value, ClaimPage) else "website"),
        ("og:title", title),
        ("og:description", value.description),
        ("og:url", canonical),
        ("og:site_name", settings.title),
        ("og:locale", locale(settings.language)),
    ]
    if image:
        pairs += [
            ("og:image", in_full(settings, image.address)),
            ("og:image:width", str(image.width)),
            ("og:image:height", str(image.height)),
            ("og:image:alt", image.alt),
        ]
    if isinstance(value, ClaimPage):
        pairs += _article(value)
    metas = [Meta("property", key, content) for key, content in pairs if content]
    metas.append(Meta("name", "twitter:card", "summary_large_image" if image else "summary"))
    links = [*feed_links(frame)]
    if isinstance(value, ClaimPage):
        links.append(oembed_link(frame, value))
    return Head(canonical, tuple(metas), tuple(links))


def _article(page: ClaimPage) -> list[tuple[str, str]]:
    checked = page.checked.iso if page.checked else ""
    changed = last_change(page)
    return [
        ("article:published_time", checked),
        ("article:modified_time", changed if changed != checked else ""),
        ("article:section", page.story.text if page.story else ""),
        *(("article:tag", tag.text) for tag in page.tags),
    ]


def feed_links(frame: Frame) -> tuple[HeadLink, ...]:
    """By which programs find the feeds."""
    settings, words = frame.settings, frame.words
    return (
        HeadLink("alternate", "application/atom+xml", in_full(settings, "/feed.xml"), settings.title),
        HeadLink("alternate", "application/feed+json", in_full(settings, "/feed.json"), settings.title),
        HeadLink(
            "alternate",
            "application/atom+xml",
            in_full(settings, "/corrections/feed.xml"),
            words("{site}: corrections", site=settings.title),
        ),
    )


def oembed_link(frame: Frame, page: ClaimPage) -> HeadLink:
    """By which programs find how a claim is embedded."""
    address = in_full(frame.settings, oembed_address(page.id))
    return HeadLink("alternate", "application/json+oembed", address, marked(frame.words, page.title, page.status))


def locale(language: str) -> str:
    """A language tag as OpenGraph has it (language_TERRITORY); empty where no territory is known."""
    parts = language.replace("_", "-").split("-")
    region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return f"{parts[0].lower()}_{region.upper()}" if region else _LOCALES.get(language.lower(), "")
