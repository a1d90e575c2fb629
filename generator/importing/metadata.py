"""Metadata: an article's title, publisher, date, author, address and language as its page names them.

Looked at are JSON-LD, OpenGraph, Dublin Core, other `meta` elements, `time`, `link` and the `html` element, in an order
of how seldom they are wrong. Nothing is guessed: what the page does not name is left out.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from generator.importing.dates import page_date
from generator.importing.found import Choice, Finding, chosen, chosen_address, chosen_date, chosen_title, same_address
from generator.importing.jsonld import LinkedData
from generator.read.kinds import TEXT_FAULTS, safe_address
from generator.records import Kind

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_SAVED_AT = re.compile(r"saved date:\s*[A-Za-z]{3} ([A-Za-z]{3}) (\d\d) (\d{4})", re.IGNORECASE)
_ARCHIVED = re.compile(r"(https?://web\.archive\.org/web/\d{4,14})(?:[a-z]{2}_)?/(https?://.+|https?:/[^/].+)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title", "title")
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "dc.date",
    "dcterms.date",
    "date",
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language")


class Metadata(Struct, frozen=True):
    """What a page says of its article, by field of the article's file; and what stands there and is of no use."""

    title: Choice
    publisher: Choice
    published: Choice
    author: Choice
    url: Choice
    language: Choice
    archived: str = ""
    saved: str = ""
    modified: str = ""
    body: str = ""
    """The article's text as JSON-LD has it, which few pages do."""
    unusable: tuple[str, ...] = ()


def page_metadata(soup: Any, saved_from: str = "") -> Metadata:
    """The metadata of the page `soup` (Beautiful Soup's). `saved_from` is the address that the file itself names."""
    return _Page(soup, saved_from).metadata()


class _Page:
    def __init__(self, soup: Any, saved_from: str) -> None:
        self.soup = soup
        self.metas = _metas(soup)
        comment = _comment(soup, _SAVED_FROM)
        self.saved_from = saved_from or next((part for part in (comment.groups() if comment else ()) if part), "")
        self.linked = LinkedData(
            [
                script.get_text()
                for script in soup.find_all("script")
                if str(script.get("type", "")).split(";")[0].strip().lower() == "application/ld+json"
            ]
        )
        self.unusable: list[str] = []
        if self.linked.broken:
            self.unusable.append("its JSON-LD is broken, in part or as a whole, and that was passed over")
        self.archived = ""
        addresses = {finding.value for finding in self.plain_addresses()}
        headings = {_text(h1).casefold() for h1 in soup.find_all("h1")}
        self.node = self.linked.article(addresses, headings)

    def metadata(self) -> Metadata:
        url = chosen_address(self.addresses())
        saved = _comment(self.soup, _SAVED_AT)
        return Metadata(
            title=chosen_title(self.titles()),
            publisher=chosen(self.publishers()),
            published=chosen_date(self.dates()),
            author=chosen(self.authors()),
            url=url,
            language=self.language(),
            archived=self.archived,
            saved=_saved_date(saved) if saved else "",
            modified=self.modified(),
            body=self.linked.text(self.node, "articleBody") if self.node else "",
            unusable=tuple(self.unusable),
        )

    # --- fields -------------------------------------------------------------------------------------------------------

    def titles(self) -> list[Finding]:
        found = self.of_node("headline", "name") if self.node else []
        headings = [text for text in map(_text, self.soup.find_all("h1")) if text]
        if len(headings) == 1:
            found.append(Finding(headings[0], "the page's heading"))
        found += self.of_metas(_TITLES)
        if not found and len(headings) > 1:
            found.append(Finding(headings[0], "the first of the page's headings"))
        title = _text(self.soup.title) if self.soup.title else ""
        if not found and title:
            found.append(Finding(title, "the page's <title>, which may name the site too"))
        return found

    def publishers(self) -> list[Finding]:
        found = [Finding(name, "JSON-LD") for name in self.names("publisher")[:1]]
        found += self.of_metas(_SITES)
        item = self.soup.select_one("[itemprop=publisher] [itemprop=name]")
        if item is not None and _value(item):
            found.append(Finding(_value(item), "itemprop=publisher"))
        if not found:
            found = [Finding(self.linked.text(site, "name"), "JSON-LD, WebSite") for site in self.linked.sites]
        return [finding for finding in found if finding.value and not finding.value.startswith(("http", "@"))]

    def dates(self) -> list[Finding]:
        found = self.of_node("datePublished", "dateCreated")
        found += [
            Finding(self.linked.text(page, "datePublished"), "JSON-LD, WebPage")
            for page in self.linked.pages
            if not found and self.linked.text(page, "datePublished")
        ]
        found += self.of_metas(_DATES)
        for item in self.soup.select("[itemprop~=datePublished]")[:1]:
            found.append(Finding(_value(item), "itemprop=datePublished"))
        if not found:
            found += self.times()
        good = [Finding(page_date(finding.value), finding.where) for finding in found]
        for finding, read in zip(found, good, strict=True):
            if finding.value and not read.value:
                self.unusable.append(f"its date “{finding.value[:80]}” ({finding.where}) has a form of its own")
        return [finding for finding in good if finding.value]

    def times(self) -> list[Finding]:
        """The `time` elements that can be the article's date: marked as it, else the first of the article."""
        for selector in ("time[pubdate]", "article time[datetime]", "main time[datetime]", "time[datetime]"):
            for element in self.soup.select(selector):
                around = element.find_parent(["nav", "aside", "footer"])
                if around is None and "updat" not in _classes(element):
                    return [Finding(_value(element), "<time>")]
        return []

    def modified(self) -> str:
        found = [*self.of_node("dateModified"), *self.of_metas(("article:modified_time", "dcterms.modified"))]
        return next((date for date in (page_date(finding.value) for finding in found) if date), "")

    def authors(self) -> list[Finding]:
        found = [
            Finding(", ".join(names), "JSON-LD") for names in [self.names("author") or self.names("creator")] if names
        ]
        for name in _AUTHORS:
            values = [value for value in self.metas.get(name, ()) if not value.startswith(("http://", "https://"))]
            if values:
                found.append(Finding(", ".join(dict.fromkeys(values)), f"meta {name}"))
        for selector in ("[itemprop=author]", "[rel~=author]"):
            items = [
                item for item in self.soup.select(selector) if item.find_parent(["nav", "aside", "footer"]) is None
            ]
            names = [_value(item.select_one("[itemprop=name]") or item) for item in items]
            names = [name for name in dict.fromkeys(names) if name and not name.startswith("http")]
            if names and not found:
                found.append(Finding(", ".join(names), selector))
        return [finding for finding in found if finding.value]

    def language(self) -> Choice:
        root = self.soup.html
        found = [Finding(str(root.get("lang") or root.get("xml:lang") or ""), "<html lang>")] if root else []
        found += self.of_node("inLanguage") + self.of_metas(_LANGUAGES)
        good = []
        for finding in found:
            tag = finding.value.strip().split(",")[0].replace("_", "-")
            if tag and not TEXT_FAULTS[Kind.LANGUAGE](tag):
                good.append(Finding(tag, finding.where))
        if not good:
            return Choice()
        first = good[0]
        others = tuple(other for other in good[1:] if not _same_language(other.value, first.value))
        return Choice(first.value, first.where, others)

    # --- addresses ----------------------------------------------------------------------------------------------------

    def plain_addresses(self) -> list[Finding]:
        """The page's own addresses, but for what JSON-LD says."""
        found = []
        link = next((link for link in self.soup.find_all("link") if "canonical" in _rel(link)), None)
        if link is not None and link.get("href"):
            found.append(Finding(str(link["href"]).strip(), "<link rel=canonical>"))
        found += self.of_metas(("og:url",))
        if self.saved_from:
            found.append(Finding(self.saved_from, "where it was saved from"))
        return found

    def addresses(self) -> list[Finding]:
        found = self.plain_addresses()
        own = sorted(self.linked.addresses(self.node)) if self.node else []
        if own and not any(same_address(own_) == same_address(finding.value) for own_ in own for finding in found):
            found.insert(1 if found and found[0].where.startswith("<link") else 0, Finding(own[0], "JSON-LD"))
        element = self.soup.find("base", href=True)
        base = (
            self.saved_from
            or (str(element["href"]) if element else "")
            or next((f.value for f in found if f.value.startswith(("http://", "https://"))), "")
        )
        good: list[Finding] = []
        for finding in found:
            address = urljoin(base, finding.value).split("#")[0]
            archived = _ARCHIVED.fullmatch(address)
            if archived:
                address = re.sub(r"^(https?:)/(?=[^/])", r"\1//", archived.group(2))
                self.archived = self.archived or f"{archived.group(1)}/{address}"
            if finding.where == "where it was saved from" and good:
                continue  # a page is often saved from an address with more in it than its own
            if not address.startswith(("http://", "https://")) or safe_address(address):
                if finding.where != "where it was saved from":  # which may be a file of the editor's
                    self.unusable.append(f"its address “{finding.value[:120]}” ({finding.where}) leads nowhere")
            elif urlsplit(address).path in ("", "/") and finding.where == "og:url":
                continue  # the site's, not the article's
            else:
                good.append(Finding(address, finding.where))
        return good

    # --- findings -----------------------------------------------------------------------------------------------------

    def of_node(self, *names: str) -> list[Finding]:
        if self.node is None:
            return []
        return [
            Finding(value, f"JSON-LD {name}") for name in names[:1] if (value := self.linked.text(self.node, name))
        ] or [Finding(value, f"JSON-LD {name}") for name in names[1:2] if (value := self.linked.text(self.node, name))]

    def names(self, field: str) -> list[str]:
        return self.linked.names(self.node, field) if self.node else []

    def of_metas(self, names: tuple[str, ...]) -> list[Finding]:
        return [
            Finding(self.metas[name][0], name if ":" in name else f"meta {name}")
            for name in names
            if name in self.metas
        ]


def _metas(soup: Any) -> dict[str, list[str]]:
    """The contents of `meta` elements by their names, in lower case."""
    found: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or meta.get("itemprop")
        content = " ".join(str(meta.get("content", "")).split())
        if name and content:
            found.setdefault(" ".join(str(name).lower().split()), []).append(content)
    return found


def _comment(soup: Any, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """What `pattern` finds in the comments at the page's beginning."""
    from bs4 import Comment

    for comment in soup.find_all(string=lambda text: isinstance(text, Comment), limit=20):
        match = pattern.search(comment)
        if match:
            return match
    return None


def _saved_date(match: re.Match[str]) -> str:
    """The day that SingleFile writes as JavaScript's clock does: `Sun Oct 17 2021 …`."""
    month, day, year = match.groups()
    return page_date(f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{day}") if month.lower() in _MONTHS else ""


def _value(element: Any) -> str:
    """What an element says to programs, else to readers."""
    for name in ("datetime", "content"):
        if element.get(name):
            return " ".join(str(element[name]).split())
    return _text(element)


def _text(element: Any) -> str:
    return " ".join(element.get_text(" " if element.name == "h1" and element.find("br") else "").split())


def _classes(element: Any) -> str:
    found = element.get("class") or ()
    return " ".join(found if isinstance(found, (list, tuple)) else [found]).lower()


def _rel(link: Any) -> list[str]:
    rel = link.get("rel") or []
    return [part.lower() for part in (rel if isinstance(rel, list) else str(rel).split())]


def _same_language(left: str, right: str) -> bool:
    return left.lower().split("-")[0] == right.lower().split("-")[0]
