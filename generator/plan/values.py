"""What templates are given: small frozen values, never a whole record, article or library.

An address is a path from the site's root, such as `/claims/landing-time/`; templates turn it into a relative link with
the filter `here`. A text is plain and is escaped by the template; only a `Markup` is HTML.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Stance = Literal["asserts", "contradicts", "partly", "mentions"]


ArticleStance = Literal["asserts", "contradicts", "partly", "mentions", "contradicts itself", "silent", "not quoted"]
ARTICLE_STANCES: tuple[ArticleStance, ...] = (
    "asserts",
    "contradicts",
    "contradicts itself",
    "partly",
    "mentions",
    "silent",
    "not quoted",
)
"""In the order in which pages show them."""


class Value(Struct, frozen=True):
    """Anything that a template is given."""


class Link(Value, frozen=True):
    text: str
    address: str


class DateText(Value, frozen=True):
    """A date for `<time datetime="iso">text</time>`."""

    iso: str
    text: str


class VerdictTag(Value, frozen=True):
    """A verdict as it is shown: `shape` names a picture of it, `value` is its number on the scale or None."""

    id: str
    label: str
    meaning: str
    shape: str
    value: int | None
    address: str
    retired: bool


class CodeView(Value, frozen=True):
    """A code of principles that the organisation has signed."""

    name: str
    url: str
    complaints: str


class Imprint(Value, frozen=True):
    """Who publishes the site. What is not known is empty."""

    name: str
    url: str
    email: str
    legal: str
    funding: str
    address: str
    codes: tuple[CodeView, ...]


class Site(Value, frozen=True):
    """What every page shows of the site. `url` has no slash at its end."""

    title: str
    description: str
    language: str
    direction: Literal["ltr", "rtl"]
    url: str
    imprint: Imprint
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    corrections_policy: str
    """The address of the corrections policy, or an empty string."""
    contact: str
    """The address of the page that says how to reach the organisation, or an empty string."""
    search: bool = False
    """Whether readers can search the site."""
    data: bool = False
    """Whether there are claims.json, claims.csv and claimreview.json."""


class ArticleHead(Value, frozen=True):
    """An article as it is named elsewhere. What is not known is empty."""

    id: str
    address: str
    name: str
    """The publisher, or "Unknown publisher" where there is none."""
    headline: str
    publisher: Link | None
    published: DateText | None
    language: str
    url: str
    archived: str


class OriginalLink(Value, frozen=True):
    """A link out of the site: `host` is the name of the site that it leads to."""

    address: str
    host: str


class PublisherCorrectionView(Value, frozen=True):
    date: DateText
    text: str
    url: str


class CompareView(Value, frozen=True):
    what: str
    claim: str
    found: str


class OriginGroupView(Value, frozen=True):
    articles: tuple[Link, ...]
    names: tuple[str, ...]


class IndependenceView(Value, frozen=True):
    """How many independent origins the quoted articles have, as a sentence and by group."""

    sentence: str
    groups: tuple[OriginGroupView, ...]
    not_established: tuple[Link, ...]


class ExceptionView(Value, frozen=True):
    """A standard that is not met: its code, what it asks for, and why it can't be had."""

    rule: str
    standard: str
    why: str


class CorrectionView(Value, frozen=True):
    """A dated change. `page` leads to what was corrected, in lists of several pages' corrections."""

    date: DateText
    kind: str
    text: str
    page: Link | None = None
    anchor: str = ""
    """Its id on the page that was corrected."""
