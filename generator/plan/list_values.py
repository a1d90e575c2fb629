"""What the templates of lists, of the home page and of the site's own texts are given."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from generator.plan.picture_values import SpreadView
from generator.plan.values import (
    ArticleHead,
    ArticleStance,
    CorrectionView,
    DateText,
    ExceptionView,
    Link,
    Value,
    VerdictTag,
)


class ClaimItem(Value, frozen=True):
    """A claim as its entry in lists shows it."""

    address: str
    headline: str
    wording: str
    verdict: VerdictTag | None
    summary: str
    checked: DateText | None
    story: Link | None
    articles: int
    """How many articles it quotes."""
    retracted: bool


class ListedClaim(Value, frozen=True):
    """A claim's entry, made ready for every list that it stands in."""

    entry: Markup
    stance: ArticleStance | Literal[""] = ""
    """On a publisher's page: what that publisher's articles do with it, if they agree."""


class ArticleItem(Value, frozen=True):
    """An article in a list; `claims` counts those that quote it."""

    head: ArticleHead
    claims: int


class NamedItem(Value, frozen=True):
    """An entry in a list of stories, publishers, tags, verdicts or people.

    `count` counts claims (of publishers: articles).
    """

    link: Link
    text: str
    count: int
    verdict: VerdictTag | None = None
    date: DateText | None = None


class Paging(Value, frozen=True):
    """Where a list goes on. Numbered pages run from the oldest (1)."""

    number: int
    """0 on the list's own page."""
    pages: tuple[Link, ...]
    """All numbered pages, on the list's own page alone: a new one changes no other."""
    newer: str
    older: str


class ListPage(Value, frozen=True, tag=True):
    """Any list. `kind` says what the items are, and which list this is."""

    kind: Literal[
        "claims",
        "articles",
        "stories",
        "publishers",
        "tags",
        "verdicts",
        "people",
        "tag",
        "verdict",
        "publisher",
        "person",
    ]
    title: str
    description: str
    claims: tuple[ListedClaim, ...] = ()
    articles: tuple[Markup, ...] = ()
    """Articles' entries, made ready for every list that they stand in."""
    named: tuple[NamedItem, ...] = ()
    paging: Paging | None = None
    verdict: VerdictTag | None = None
    url: str = ""
    """A publisher's or a person's own address."""
    role: str = ""
    text: str = ""
    """A verdict's meaning, a person's biography, a publisher's interest."""
    spread: SpreadView | None = None
    """On the own page of a topic, of a publisher and of the list of verdicts."""
    corrections: tuple[CorrectionView, ...] = ()
    """Changes of a verdict's label, meaning or value, on its own page."""


class HomePage(Value, frozen=True, tag=True):
    """`/`: the newest claims, the stories, the scale."""

    title: str
    description: str
    claims: tuple[ListedClaim, ...]
    stories: tuple[NamedItem, ...]
    scale: tuple[VerdictTag, ...]
    more: str
    """The address of the list of all claims, where there are more."""
    more_stories: str
    """The same of stories."""


class CorrectionsPage(Value, frozen=True, tag=True):
    title: str
    description: str
    corrections: tuple[CorrectionView, ...]


class TextPageView(Value, frozen=True, tag=True):
    """`/PAGE/`: an editor's Markdown page. `exceptions` are the site's own, on the methodology page."""

    title: str
    description: str
    body: Markup
    corrections: tuple[CorrectionView, ...]
    exceptions: tuple[ExceptionView, ...] = ()
    turned_off: tuple[str, ...] = ()
    """On the page on methodology: what the site does not let the checks warn of."""


class SearchPage(Value, frozen=True, tag=True):
    """`/search/`. `verdicts` can be chosen among; what else there is to choose from is in the index."""

    title: str
    description: str
    verdicts: tuple[VerdictTag, ...]


class NotFoundPage(Value, frozen=True, tag=True):
    """`/404.html`."""

    title: str
    description: str


class RedirectPage(Value, frozen=True, tag=True):
    """An earlier address of a claim."""

    title: str
    description: str
    target: str
