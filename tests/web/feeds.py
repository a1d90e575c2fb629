"""Feeds and sitemaps, held against schemas in RELAX NG (tests/web/schemas/) and against what a schema can't say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

_SCHEMAS = Path(__file__).parent / "schemas"
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MOST = 50_000
_LARGEST = 50 * 2**20


def problems(folder: Path, url: str) -> Iterator[str]:
    """What is wrong with the feeds and sitemaps of the site in `folder`, which is for the address `url`."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name == "feed.xml":
            yield from (f"{name}: {fault}" for fault in atom(path.read_bytes(), url + name))
        elif path.name == "feed.json":
            yield from (f"{name}: {fault}" for fault in json_feed(path.read_bytes(), url + name))
        elif re.fullmatch(r"sitemap(-\d+)?\.xml", name):
            yield from (f"{name}: {fault}" for fault in sitemap(path.read_bytes(), url))


def atom(data: bytes, url: str) -> Iterator[str]:
    """RFC 4287, for a feed that is served at `url`."""
    yield from _by_schema("atom", data)
    tree = etree.fromstring(data)
    entries = tree.findall(f"{_ATOM}entry")
    keys = Counter((entry.findtext(f"{_ATOM}id"), entry.findtext(f"{_ATOM}updated")) for entry in entries)
    yield from (f"4.1.1: two entries have the id and date {key}" for key, count in keys.items() if count > 1)
    if tree.find(f"{_ATOM}author") is None and any(entry.find(f"{_ATOM}author") is None for entry in entries):
        yield "4.1.1: neither the feed nor each entry has an author"
    for entry in entries:
        links = entry.findall(f"{_ATOM}link")
        if entry.find(f"{_ATOM}content") is None and not any(
            link.get("rel", "alternate") == "alternate" for link in links
        ):
            yield "4.1.2: an entry without content has no alternate link"
        kinds = Counter(
            (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
        )
        yield from ("4.1.2: two alternate links of one kind" for count in kinds.values() if count > 1)
    for element in tree.iter(f"{_ATOM}id"):
        if not urlsplit(element.text or "").scheme:
            yield f"4.2.6: no IRI: {element.text}"
    own = [link.get("href") for link in tree.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    if own != [url]:
        yield f"4.1.1: the feed names itself {own}, not {url}"


def json_feed(data: bytes, url: str) -> Iterator[str]:
    """JSON Feed 1.1, for a feed that is served at `url`."""
    feed = json.loads(data)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {feed.get('version')}"
    if not feed.get("title"):
        yield "no title"
    if feed.get("feed_url") != url:
        yield f"feed_url is {feed.get('feed_url')}, not {url}"
    items = feed.get("items")
    if not isinstance(items, list):
        yield "items is no list"
        return
    ids = Counter(str(item.get("id")) for item in items)
    yield from (f"two items have the id {id}" for id, count in ids.items() if count > 1)
    for item in items:
        if not isinstance(item.get("id"), str) or not item["id"]:
            yield f"an item's id is no text: {item.get('id')!r}"
        if not (item.get("content_html") or item.get("content_text")):
            yield f"{item.get('id')}: no content"
        for name in ("date_published", "date_modified"):
            if name in item and not _RFC3339.fullmatch(str(item[name])):
                yield f"{item.get('id')}: {name} is no date of RFC 3339: {item[name]}"


def sitemap(data: bytes, url: str) -> Iterator[str]:
    """The sitemap protocol 0.9, for a site at `url`."""
    yield from _by_schema("sitemap", data)
    addresses = [element.text or "" for element in etree.fromstring(data).iter(f"{_SITEMAP}loc")]
    if len(addresses) > _MOST or len(data) > _LARGEST:
        yield f"too large: {len(addresses)} addresses, {len(data)} bytes"
    for address, count in Counter(addresses).items():
        if count > 1:
            yield f"{address} stands there {count} times"
        if not address.startswith(url) or len(address) > 2048 or not address.isascii():
            yield f"no address of this site as it must be written: {address}"


@cache
def _schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_SCHEMAS / f"{name}.rng"))


def _by_schema(name: str, data: bytes) -> Iterator[str]:
    schema = _schema(name)
    if not schema.validate(etree.fromstring(data)):
        yield from (f"line {fault.line}: {fault.message}" for fault in schema.error_log)
