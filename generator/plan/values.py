"""What templates are given: small frozen values, never a whole record, article or library.

An address is a path from the site's root, such as `/claims/landing-time/`; templates turn it into a relative link with
the
filter `here`. A text is plain and is escaped by the template; only a `Markup` is HTML.
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

Stance = Literal["asserts", "contradicts", "partly", "mentions"]
ArticleStance = Literal["asserts", "contradicts", "partly", "mentions", "contradicts itself", "silent", "not quoted"]


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


class Site(Value, frozen=True):
    """What every page shows of the site. `url` has no slash at its end."""

    title: str
    description: str
    language: str
    direction: Literal["ltr", "rtl"]
    url: str
    organisation: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    corrections_policy: str
    """The address of the corrections policy, or an empty string."""
    preview: str = ""
    """In a preview, the address of the script that reloads the page; empty in every published page."""


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


# --- a claim's page ---------------------------------------------------------------------------------------------------


class Run(Value, frozen=True):
    """A piece of a quote, in order. `text` and `mark` hold the article's own characters.

    `omission` stands for words left out (shown as […]); `break` is where the article begins a new paragraph.
    """

    kind: Literal["text", "mark", "omission", "break"]
    text: str = ""


class NotedMark(Value, frozen=True):
    """A marked word with its editor's explanation."""

    words: str
    note: str


class OriginalLink(Value, frozen=True):
    """A link out of the site: `host` is the name of the site that it leads to."""

    address: str
    host: str


class QuoteView(Value, frozen=True):
    """A proved quote.

    `id` is its anchor on the claim's page, `passage` the address of its place in the article's page.
    """

    id: str
    stance: Stance
    attribution: str
    """Who says it: "TechTimes, from AFP, quoting Konstantin Ernst"."""
    says: str
    same: bool | None
    """Whether `says` is the claim's own value; None where there is nothing to compare."""
    medium: str
    runs: tuple[Run, ...]
    left_out: tuple[str, ...]
    """What each […] stands for, in order."""
    language: str
    translation: str
    note: str
    marks: tuple[NotedMark, ...]
    origins: tuple[str, ...]
    """Where its reporting comes from, if that is known."""
    passage: str
    original: OriginalLink | None
    """The original page at the quote's exact words."""
    archived: OriginalLink | None


class PublisherCorrectionView(Value, frozen=True):
    date: DateText
    text: str
    url: str


class ArticleRow(Value, frozen=True):
    """One article in a claim's comparison, with all its quotes."""

    article: ArticleHead
    stance: ArticleStance
    says: tuple[str, ...]
    """Its values in the terms of the comparison, each once, in order."""
    same: bool | None
    quotes: tuple[QuoteView, ...]
    correction: PublisherCorrectionView | None


class CompareView(Value, frozen=True):
    what: str
    claim: str
    found: str


class PartView(Value, frozen=True):
    """Words of the claim with their own verdict."""

    words: str
    verdict: VerdictTag
    note: str


class ClaimRun(Value, frozen=True):
    """A piece of the claim's wording; `part` is the number (from 1) of the part that it is, or 0."""

    text: str
    part: int


class OriginGroupView(Value, frozen=True):
    articles: tuple[Link, ...]
    names: tuple[str, ...]


class IndependenceView(Value, frozen=True):
    """How many independent origins the quoted articles have, as a sentence and by group."""

    sentence: str
    groups: tuple[OriginGroupView, ...]
    not_established: tuple[Link, ...]


class SourceView(Value, frozen=True):
    """A numbered source.

    `proved` is the quote's runs where it was proved against a text of the site's own; else the quote was copied by
    hand and stands in `copied`.
    """

    number: int
    id: str
    title: str
    publisher: str
    published: DateText | None
    accessed: DateText | None
    kind: str
    bears: str
    origin: str
    interest: str
    language: str
    copied: str
    proved: tuple[Run, ...]
    left_out: tuple[str, ...]
    translation: str
    link: OriginalLink | None
    archived: OriginalLink | None
    article: Link | None


class ClaimantView(Value, frozen=True):
    name: str
    url: str
    role: str
    repeats: bool


class ContactView(Value, frozen=True):
    who: str
    date: DateText
    reply: str


class ExceptionView(Value, frozen=True):
    rule: str
    why: str


class CorrectionView(Value, frozen=True):
    """A dated change. `page` leads to what was corrected, in lists of several pages' corrections."""

    date: DateText
    kind: str
    text: str
    page: Link | None = None


class RelatedClaim(Value, frozen=True):
    address: str
    headline: str
    verdict: VerdictTag | None
    retracted: bool


class StanceCount(Value, frozen=True):
    stance: ArticleStance
    count: int


class ClaimPage(Value, frozen=True):
    """`/claims/ID/`. In a draft `verdict`, `checked` and `summary` may be empty, and `lacking` names what is."""

    id: str
    title: str
    description: str
    status: Literal["draft", "published", "retracted"]
    lacking: tuple[str, ...]
    claim: tuple[ClaimRun, ...]
    wording: str
    """The claim as plain text."""
    verdict: VerdictTag | None
    scale: tuple[VerdictTag, ...]
    """The verdicts with a number, truest first, and this claim's own."""
    summary: str
    parts: tuple[PartView, ...]
    compare: CompareView | None
    rows: tuple[ArticleRow, ...]
    silent: tuple[ArticleHead, ...]
    not_quoted: tuple[ArticleHead, ...]
    stances: tuple[StanceCount, ...]
    independence: IndependenceView | None
    sources: tuple[SourceView, ...]
    analysis: Markup
    claimants: tuple[ClaimantView, ...]
    made: DateText | None
    checked: DateText | None
    why: str
    story: Link | None
    tags: tuple[Link, ...]
    by: tuple[Link, ...]
    edited: tuple[Link, ...]
    contacted: tuple[ContactView, ...] | None
    exceptions: tuple[ExceptionView, ...]
    corrections: tuple[CorrectionView, ...]
    related: tuple[RelatedClaim, ...]
    history: str
    """The address of the file's history in the repository, or an empty string."""


# --- an article's page ------------------------------------------------------------------------------------------------


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


class ArticlePage(Value, frozen=True):
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


# --- a story's page ---------------------------------------------------------------------------------------------------


class Cell(Value, frozen=True):
    """What one article does with one claim; `address` leads to its quote on the claim's page."""

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


class StoryPage(Value, frozen=True):
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


# --- lists ------------------------------------------------------------------------------------------------------------


class ClaimItem(Value, frozen=True):
    """A claim in a list."""

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
    stance: ArticleStance | Literal[""] = ""
    """On a publisher's page: what that publisher's article does with it."""


class ArticleItem(Value, frozen=True):
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


class ListPage(Value, frozen=True):
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
    claims: tuple[ClaimItem, ...] = ()
    articles: tuple[ArticleItem, ...] = ()
    named: tuple[NamedItem, ...] = ()
    paging: Paging | None = None
    verdict: VerdictTag | None = None
    url: str = ""
    """A publisher's or a person's own address."""
    role: str = ""
    text: str = ""
    """A verdict's meaning, a person's biography, a publisher's interest."""


class HomePage(Value, frozen=True):
    """`/`: the newest claims, the stories, the scale."""

    title: str
    description: str
    claims: tuple[ClaimItem, ...]
    stories: tuple[NamedItem, ...]
    scale: tuple[VerdictTag, ...]
    more: str
    """The address of the list of all claims, where there are more."""


class CorrectionsPage(Value, frozen=True):
    title: str
    description: str
    corrections: tuple[CorrectionView, ...]


class TextPageView(Value, frozen=True):
    """`/PAGE/`: an editor's Markdown page."""

    title: str
    description: str
    body: Markup
    corrections: tuple[CorrectionView, ...]


class NotFoundPage(Value, frozen=True):
    """`/404.html`."""

    title: str
    description: str


class RedirectPage(Value, frozen=True):
    """An earlier address of a claim."""

    title: str
    description: str
    target: str


PageValue = (
    ClaimPage
    | ArticlePage
    | StoryPage
    | ListPage
    | HomePage
    | CorrectionsPage
    | TextPageView
    | NotFoundPage
    | RedirectPage
)


class Page(Value, frozen=True):
    """A page to be rendered: `address` from the root, `template` under templates/."""

    address: str
    template: str
    value: PageValue


class File(Value, frozen=True):
    """A file that needs no template: its path in the output and its content, or the file that it is a copy of."""

    path: str
    content: bytes = b""
    source: str = ""
