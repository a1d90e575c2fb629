"""What the templates of an article's and a story's page are given."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from generator.plan.picture_values import SpreadView, TimelineView
from generator.plan.values import (
    ArticleHead,
    ArticleStance,
    CompareView,
    CorrectionView,
    DateText,
    IndependenceView,
    Link,
    OriginalLink,
    PublisherCorrectionView,
    Stance,
    Value,
    VerdictTag,
)


class Piece(Value, frozen=True):
    """A stretch of an article's paragraph. `anchors` are the ids of the quotes that begin here."""

    text: str
    marked: bool
    anchors: tuple[str, ...]


class QuotedBy(Value, frozen=True):
    """A claim that quotes a paragraph: a link to the quote on its page. `anchor` is the quote's id here."""

    address: str
    headline: str
    stance: Stance
    verdict: VerdictTag | None
    retracted: bool
    anchor: str


class ParagraphView(Value, frozen=True):
    """A stretch of an article's page.

    `text` is a paragraph of the article; `apart` are words of its file that are not the article, with `why`; `gap`
    stands for paragraphs that are not shown, `count` of them. `cut_before` and `cut_after` say that it goes on there.
    """

    kind: Literal["text", "apart", "gap"]
    pieces: tuple[Piece, ...] = ()
    why: str = ""
    count: int = 0
    cut_before: bool = False
    cut_after: bool = False
    quoted_by: tuple[QuotedBy, ...] = ()


class ArticlePage(Value, frozen=True, tag=True):
    """`/articles/ID/`."""

    title: str
    description: str
    head: ArticleHead
    show: Literal["excerpts", "full", "none"]
    author: str
    retrieved: DateText | None
    note: str
    interest: str
    origins: tuple[Link | str, ...]
    """Agencies' names, links to articles, or the words "its own reporting"; empty where not established."""
    origin_note: str
    original: OriginalLink | None
    archived: OriginalLink | None
    stories: tuple[Link, ...]
    paragraphs: tuple[ParagraphView, ...]
    correction: PublisherCorrectionView | None
    """Its publisher's."""
    corrections: tuple[CorrectionView, ...]
    """The site's own, of what it says of the article."""
    sha256: str
    words: int
    claims: int
    """How many claims quote it."""


class Cell(Value, frozen=True):
    """What one article does with one claim; `address` leads to its quote on the claim's page."""

    article: str
    """The article's name."""
    stance: ArticleStance
    says: tuple[str, ...]
    same: bool | None
    """Whether what it says is the claim's own value; None where there is nothing to compare."""
    address: str


class MatrixRow(Value, frozen=True):
    claim: Link
    verdict: VerdictTag | None
    retracted: bool
    compare: CompareView | None
    cells: tuple[Cell, ...]
    not_quoted: int
    """How many of the story's articles have no cell."""


class Parts(Value, frozen=True):
    """The pages on which something goes on, and which of them this is, from 1."""

    number: int
    pages: tuple[Link, ...]


class StoryPage(Value, frozen=True, tag=True):
    """`/stories/ID/`, and `/stories/ID/page/2/` and so on where there is much: a table of claims and articles.

    Each row has a cell for each of `columns`, which lead to articles. Where there are many articles, there is a column
    for each of `stances` instead, and a row has cells for those articles alone that speak to the claim or were read for
    it. The claims on which articles contradict each other come first, then those that most articles speak to.
    """

    title: str
    description: str
    summary: str
    date: DateText | None
    introduction: Markup
    articles: tuple[ArticleHead, ...]
    """Those listed on this page, of `article_count` in all."""
    article_count: int
    columns: tuple[Link, ...]
    stances: tuple[ArticleStance, ...]
    rows: tuple[MatrixRow, ...]
    """Those of this page, of `claim_count` in all."""
    claim_count: int
    independence: IndependenceView | None
    parts: Parts | None
    corrections: tuple[CorrectionView, ...]
    spread: SpreadView | None
    """The verdicts on its claims."""
    timeline: TimelineView | None
