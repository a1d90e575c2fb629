"""What formats of others ask for, as far as it can be checked: each function gives the faults of one document.

Written from the formats' own texts: RFC 4287 (Atom), JSON Feed 1.1, oEmbed 1.0, Google's rules for ClaimReview.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
_RFC_3339 = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)"
)
_ISO_8601 = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def is_full_address(text: object) -> bool:
    parts = urlsplit(text) if isinstance(text, str) else None
    return bool(parts and parts.scheme in ("http", "https") and parts.netloc) and not re.search(
        r"[\s<>\"{}|\\^`]", text
    )


# --- Atom -------------------------------------------------------------------------------------------------------------

_ONCE_IN_FEED = ("generator", "icon", "logo", "rights", "subtitle")
_ONCE_IN_ENTRY = ("content", "published", "rights", "source", "summary")
_IN_FEED = {*_ONCE_IN_FEED, "id", "title", "updated", "author", "contributor", "category", "link", "entry"}
_IN_ENTRY = {*_ONCE_IN_ENTRY, "id", "title", "updated", "author", "contributor", "category", "link"}


def atom_faults(data: bytes) -> list[str]:
    """What RFC 4287 forbids in a feed, by its sections, and what it asks for and is not there."""
    try:
        feed = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    return list(_atom_feed(feed))


def _atom_feed(feed: Any) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield "2: the root is no atom:feed"
    yield from _container(feed, _IN_FEED, _ONCE_IN_FEED, "4.1.1")
    if not feed.xpath("a:link[@rel='self']", namespaces={"a": ATOM[1:-1]}):
        yield "4.1.1: a feed should have a link to itself"
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and not all(entry.find(f"{ATOM}author") is not None for entry in entries):
        yield "4.1.1: an entry without an author"
    for id, count in Counter(entry.findtext(f"{ATOM}id") for entry in entries).items():
        if count > 1:
            yield f"4.1.1: {count} entries with the id {id}"
    for entry in entries:
        yield from _container(entry, _IN_ENTRY, _ONCE_IN_ENTRY, "4.1.2")
        alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        if entry.find(f"{ATOM}content") is None and not alternate:
            yield "4.1.2: an entry with neither content nor an alternate link"


def _container(element: Any, known: set[str], once: tuple[str, ...], section: str) -> Iterator[str]:
    names = Counter(child.tag.removeprefix(ATOM) for child in element)
    for name in ("id", "title", "updated"):
        if names[name] != 1:
            yield f"{section}: {names[name]} elements {name}"
    for name in once:
        if names[name] > 1:
            yield f"{section}: {names[name]} elements {name}"
    yield from (f"{section}: an unknown element {name}" for name in names if name not in known)
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if any(count > 1 for count in alternates.values()):
        yield f"{section}: two alternate links of one type and language"
    for child in element:
        yield from _atom_child(child, child.tag.removeprefix(ATOM))


def _atom_child(child: Any, name: str) -> Iterator[str]:
    text = child.text or ""
    if name == "id" and not is_full_address(text):
        yield f"4.2.6: no IRI: {text!r}"
    if name in ("updated", "published") and not _RFC_3339.fullmatch(text):
        yield f"3.3: no date: {text!r}"
    if name in ("title", "subtitle", "summary", "rights", "content"):
        if child.get("type", "text") not in ("text", "html"):
            yield f"3.1.1: an unknown type {child.get('type')}"
        if len(child):
            yield f"3.1.1: elements in {name}"
        if child.get("type") == "html":
            yield from html_faults(text)
    if name in ("author", "contributor"):
        parts = Counter(part.tag.removeprefix(ATOM) for part in child)
        if parts["name"] != 1 or parts["uri"] > 1 or parts["email"] > 1 or parts.keys() - {"name", "uri", "email"}:
            yield f"3.2: a person with {dict(parts)}"
        uri = child.findtext(f"{ATOM}uri")
        if not child.findtext(f"{ATOM}name") or (uri is not None and not is_full_address(uri)):
            yield "3.2: a person without a name, or with an address that is none"
    if name == "category" and not child.get("term"):
        yield "4.2.2: a category without a term"
    if name == "link" and not is_full_address(child.get("href")):
        yield f"4.2.7: no address: {child.get('href')!r}"


def html_faults(text: str) -> Iterator[str]:
    """Faults in a piece of HTML that a feed carries: it has paragraphs of plain and strong text, and nothing else."""
    if not text:
        return
    tags = {element.tag for element in html.fragment_fromstring(text, create_parent="div").iter()} - {"div"}
    attributes = re.findall(r"<\w+[^>]*\s\w", text)
    if tags - {"p", "strong"} or attributes:
        yield f"markup in a feed: {tags} {attributes}"


# --- JSON Feed --------------------------------------------------------------------------------------------------------

_FEED_FIELDS = {
    **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "description", "language"), str),
    **dict.fromkeys(("user_comment", "next_url", "icon", "favicon"), str),
    **dict.fromkeys(("authors", "hubs", "items"), list),
    "expired": bool,
}
_ITEM_FIELDS = {
    **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"), str),
    **dict.fromkeys(("banner_image", "date_published", "date_modified", "language"), str),
    **dict.fromkeys(("authors", "tags", "attachments"), list),
}
_ADDRESSES = (
    "home_page_url",
    "feed_url",
    "next_url",
    "icon",
    "favicon",
    "url",
    "external_url",
    "image",
    "banner_image",
)


def json_feed_faults(data: bytes) -> list[str]:
    """What JSON Feed 1.1 forbids in a feed, and what it asks for and is not there."""
    try:
        feed = json.loads(data)
    except ValueError as error:
        return [f"no JSON: {error}"]
    return list(_json_feed(feed))


def _json_feed(feed: Any) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "an unknown version"
    if not feed.get("title") or not isinstance(feed.get("items"), list):
        yield "no title or no items"
    yield from _members(feed, _FEED_FIELDS)
    items = feed.get("items", [])
    for id, count in Counter(item.get("id") for item in items).items():
        if count > 1:
            yield f"{count} items with the id {id}"
    for item in items:
        if not item.get("id"):
            yield "an item without an id"
        if not (item.get("content_html") or item.get("content_text")):
            yield "an item without content"
        yield from _members(item, _ITEM_FIELDS)
        yield from html_faults(item.get("content_html", ""))


def _members(value: dict[str, Any], known: dict[str, type]) -> Iterator[str]:
    for name, member in value.items():
        if name not in known and not name.startswith("_"):
            yield f"an unknown member {name}"
        elif name in known and not isinstance(member, known[name]):
            yield f"{name} is a {type(member).__name__}"
        elif name in _ADDRESSES and not is_full_address(member):
            yield f"{name} is no address: {member!r}"
        elif name.startswith("date_") and not _RFC_3339.fullmatch(member):
            yield f"{name} is no date: {member!r}"
        elif name == "language" and not _LANGUAGE.fullmatch(member):
            yield f"no language: {member!r}"
        elif name == "tags" and not all(isinstance(tag, str) for tag in member):
            yield "a tag that is no text"
        elif name == "authors" and not all(author.keys() & {"name", "url", "avatar"} for author in member):
            yield "an author of whom nothing is said"


# --- ClaimReview ------------------------------------------------------------------------------------------------------


def claim_review_faults(review: dict[str, Any], page: str, host: str) -> list[str]:
    """What Google's rules forbid in the ClaimReview of the page at the address `page`, on `host`."""
    return list(_claim_review(review, page, host))


def _claim_review(review: dict[str, Any], page: str, host: str) -> Iterator[str]:
    if review.get("@context") != "https://schema.org" or review.get("@type") != "ClaimReview":
        yield "no ClaimReview of schema.org"
    if review.get("url") != page or urlsplit(page).hostname != host:
        yield f"not the page's own address: {review.get('url')}"
    if not review.get("claimReviewed"):
        yield "no claimReviewed"
    if not _ISO_8601.fullmatch(review.get("datePublished", "")):
        yield f"no date: {review.get('datePublished')!r}"
    author = review.get("author", {})
    if author.get("@type") not in ("Organization", "Person") or not author.get("name"):
        yield f"no author: {author}"
    if not is_full_address(author.get("url")):
        yield f"an author's address that is none: {author}"
    yield from _rating(review.get("reviewRating", {}))
    claim = review.get("itemReviewed", {})
    if claim.get("@type") != "Claim":
        yield "no Claim"
    if "datePublished" in claim and not _ISO_8601.fullmatch(claim["datePublished"]):
        yield f"no date: {claim['datePublished']!r}"
    for claimant in as_list(claim.get("author", [])):
        if not claimant.get("name") or not is_full_address(claimant.get("sameAs", page)):
            yield f"a claimant without a name, or with an address that is none: {claimant}"
    works = as_list(claim.get("appearance", []))
    if len({work["url"] for work in works}) < len(works):
        yield "an appearance that is named twice"
    for work in works:
        if work.get("@type") != "CreativeWork" or not is_full_address(work["url"]):
            yield f"no appearance: {work}"
    if "appearance" in claim and "firstAppearance" in claim:
        yield "either of the appearances is enough"


def _rating(rating: dict[str, Any]) -> Iterator[str]:
    if rating.get("@type") != "Rating" or not rating.get("alternateName"):
        yield f"no rating in words: {rating}"
    numbers = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if all(number is None for number in numbers):
        return
    if not all(type(number) is int for number in numbers):
        yield f"numbers that lack or are none: {numbers}"
    elif not (1 <= numbers[0] <= numbers[1] <= numbers[2] and numbers[0] < numbers[2]):
        yield f"numbers out of order: {numbers}"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# --- oEmbed -----------------------------------------------------------------------------------------------------------


def oembed_faults(data: bytes) -> list[str]:
    """What oEmbed 1.0 asks for in a rich response and is not there."""
    value = json.loads(data)
    faults = [name for name, wanted in (("version", "1.0"), ("type", "rich")) if value.get(name) != wanted]
    faults += [name for name in ("width", "height") if type(value.get(name)) is not int]
    faults += [name for name in ("title", "author_name", "provider_name") if not value.get(name)]
    faults += [name for name in ("author_url", "provider_url") if not is_full_address(value.get(name))]
    thumbnail = [value.get(f"thumbnail_{name}") for name in ("url", "width", "height")]
    if any(thumbnail) and not (is_full_address(thumbnail[0]) and all(type(size) is int for size in thumbnail[1:])):
        faults.append("thumbnail")
    elements = html.fragments_fromstring(value.get("html", ""))
    if [element.tag for element in elements] != ["iframe"]:
        faults.append("html")
    return faults
