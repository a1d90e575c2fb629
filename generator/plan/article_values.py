"""What the templates of an article's and a story's page are given."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

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


class StoryPage(Value, frozen=True, tag=True):
    """`/stories/ID/`: a table of claims by articles; each row has a cell for each of `articles`, in their order.

    The claims on which articles contradict each other come first, then those that most articles speak to.
    """

    title: str
    description: str
    summary: str
    date: DateText | None
    introduction: Markup
    articles: tuple[ArticleHead, ...]
    rows: tuple[MatrixRow, ...]
    independence: IndependenceView | None
    corrections: tuple[CorrectionView, ...]
