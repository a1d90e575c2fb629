"""What a page's head tells other programs: canonical address, OpenGraph (ogp.me), Twitter's card, oEmbed, feeds."""

from __future__ import annotations

from generator.data.common import image_of, in_full, last_change, marked
from generator.plan.claim_values import ClaimPage, EmbedPage
from generator.plan.files import oembed_address
from generator.plan.list_values import NotFoundPage, RedirectPage
from generator.plan.pages import Page
from generator.plan.values import Site, Value
from generator.words import Words

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


def page_head(site: Site, words: Words, page: Page) -> Head:
    """What the head of `page` has besides its title and description.

    Nothing but the canonical address for a draft, a card or an earlier address; nothing at all for 404.html, which is
    served everywhere.
    """
    value = page.value
    if isinstance(value, NotFoundPage):
        return Head("", (), ())
    if isinstance(value, RedirectPage | EmbedPage):
        return Head(in_full(site, value.target), (), ())
    canonical = in_full(site, page.address)
    if isinstance(value, ClaimPage) and value.status == "draft":
        return Head(canonical, (), ())
    image = image_of(value) if isinstance(value, ClaimPage) else None
    title = marked(words, value.title, value.status) if isinstance(value, ClaimPage) else value.title
    pairs = [
        ("og:type", "article" if isinstance(value, ClaimPage) else "website"),
        ("og:title", title),
        ("og:description", value.description),
        ("og:url", canonical),
        ("og:site_name", site.title),
        ("og:locale", locale(site.language)),
    ]
    if image:
        pairs += [
            ("og:image", in_full(site, image.address)),
            ("og:image:width", str(image.width)),
            ("og:image:height", str(image.height)),
            ("og:image:alt", image.alt),
        ]
    if isinstance(value, ClaimPage):
        pairs += _article(value)
    metas = [Meta("property", key, content) for key, content in pairs if content]
    metas.append(Meta("name", "twitter:card", "summary_large_image" if image else "summary"))
    links = [*feed_links(site, words)]
    if isinstance(value, ClaimPage) and value.embed_code:
        links.append(oembed_link(site, words, value))
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


def feed_links(site: Site, words: Words) -> tuple[HeadLink, ...]:
    """By which programs find the feeds."""
    return (
        HeadLink("alternate", "application/atom+xml", in_full(site, "/feed.xml"), site.title),
        HeadLink("alternate", "application/feed+json", in_full(site, "/feed.json"), site.title),
        HeadLink(
            "alternate",
            "application/atom+xml",
            in_full(site, "/corrections/feed.xml"),
            words("{site}: corrections", site=site.title),
        ),
    )


def oembed_link(site: Site, words: Words, page: ClaimPage) -> HeadLink:
    """By which programs find how a claim is embedded."""
    address = in_full(site, oembed_address(page.id))
    return HeadLink("alternate", "application/json+oembed", address, marked(words, page.title, page.status))


def locale(language: str) -> str:
    """A language tag as OpenGraph has it (language_TERRITORY); empty where no territory is known."""
    parts = language.replace("_", "-").split("-")
    region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return f"{parts[0].lower()}_{region.upper()}" if region else _LOCALES.get(language.lower(), "")
