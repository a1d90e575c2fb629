"""What the template of a claim's page is given."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from generator.plan.values import (
    ArticleHead,
    ArticleStance,
    CompareView,
    CorrectionView,
    DateText,
    ExceptionView,
    IndependenceView,
    Link,
    OriginalLink,
    PublisherCorrectionView,
    Stance,
    Value,
    VerdictTag,
)


class Run(Value, frozen=True):
    """A piece of a quote, in order. `text` and `mark` hold the article's own characters.

    `omission` stands for words left out (shown as […]); `break` is where the article begins a new paragraph.
    """

    kind: Literal["text", "mark", "omission", "break"]
    text: str = ""
    differs: bool = False
    """Whether these words differ from the claim's."""


class NotedMark(Value, frozen=True):
    """A marked word with its editor's explanation."""

    words: str
    note: str


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
    differences: tuple[str, ...]
    """How it differs from the claim in numbers, names, hedges and attributions, a sentence each."""
    passage: str
    original: OriginalLink | None
    """The original page at the quote's exact words."""
    archived: OriginalLink | None


class ArticleRow(Value, frozen=True):
    """One article in a claim's comparison, with all its quotes."""

    article: ArticleHead
    stance: ArticleStance
    says: tuple[str, ...]
    """Its values in the terms of the comparison, each once, in order."""
    same: bool | None
    quotes: tuple[QuoteView, ...]
    correction: PublisherCorrectionView | None


class StepView(Value, frozen=True):
    """An article in the order of time. `note` says what changed since those before it."""

    article: Link
    date: DateText | None
    says: tuple[str, ...]
    changed: bool
    note: str


class DriftView(Value, frozen=True):
    """A claim's articles in the order of time, and those whose date is not known."""

    steps: tuple[StepView, ...]
    undated: tuple[Link, ...]


class PartView(Value, frozen=True):
    """Words of the claim with their own verdict."""

    words: str
    verdict: VerdictTag
    note: str


class ClaimRun(Value, frozen=True):
    """A piece of the claim's wording; `part` is the number (from 1) of the part that it is, or 0."""

    text: str
    part: int


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


class RelatedClaim(Value, frozen=True):
    address: str
    headline: str
    verdict: VerdictTag | None
    retracted: bool


class TextDigest(Value, frozen=True):
    """A text that the claim quotes, as it was when its quotes were proved."""

    article: Link
    sha256: str


class StanceCount(Value, frozen=True):
    stance: ArticleStance
    count: int


class CommitView(Value, frozen=True):
    """A commit that touched the claim: `hash` is whole, `short` its beginning. What is not known is empty."""

    hash: str
    short: str
    date: DateText | None
    subject: str
    address: str


class ChangedRun(Value, frozen=True):
    """Words of a text that was changed: `kind` says whether they were taken out, put in or left."""

    text: str
    kind: Literal["same", "removed", "added"] = "same"


class ChangeView(Value, frozen=True):
    """A commit with which a published claim became another. What did not change is empty.

    `event` is "published" (for the first time), "retracted", "restored" (retracted no longer), "withdrawn" (not online
    from then on), "returned" or empty. `address` leads to the commit.
    """

    date: DateText | None
    short: str
    address: str
    event: str
    verdict: tuple[ChangedRun, ...]
    """The names of the two; the id where the scale has it no more."""
    claim: tuple[ChangedRun, ...]
    summary: tuple[ChangedRun, ...]


class ClaimPage(Value, frozen=True, tag=True):
    """`/claims/ID/`. In a draft `verdict`, `checked` and `summary` may be empty, and `lacking` names what is."""

    id: str
    title: str
    description: str
    status: Literal["draft", "published", "retracted"]
    lacking: tuple[str, ...]
    claim: tuple[ClaimRun, ...]
    wording: str
    """The claim as plain text."""
    words_of: tuple[Link, ...]
    """Whose words the claim is in, each with the way to the quote; none where they are the site's own."""
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
    drift: DriftView | None
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
    texts: tuple[TextDigest, ...]
    report: str
    """A link to write to the organisation about this page (mailto), or an empty string."""
    share_image: str
    """The address of its image, 1200 by 630 pixels, or an empty string."""
    share_image_text: str
    """What its image says, for those who cannot see it; empty without one."""
    review: Markup = Markup("")
    """Its ClaimReview, for a script element of type application/ld+json; empty where it has none."""
    citation: Citation | None = None
    embed_code: str = ""
    """HTML that shows its card in another page; empty for a draft, and where the site has no cards."""
    changes: tuple[ChangeView, ...] = ()
    """What changed since it was first published, the newest first, as git recorded it."""
    changes_left_out: int = 0
    """How many there are besides."""
    versions_unread: int = 0
    """How many versions of its file could not be compared."""
    commits: tuple[CommitView, ...] = ()
    """Those that touched the claim since it was first published, the newest first."""
    commits_left_out: int = 0
    """How many there are besides."""
    committed: bool = False
    """Whether any commit has the claim."""
    uncommitted: bool = False
    """Whether the claim's file is not as the last commit has it."""


class Citation(Value, frozen=True):
    """How to cite a claim: a line of text, and an entry for BibTeX."""

    text: str
    bibtex: str


class EmbedPage(Value, frozen=True, tag=True):
    """`/claims/ID/embed/`: a claim as a card for other sites. `target` is the address of its page."""

    title: str
    description: str
    target: str
    wording: str
    verdict: VerdictTag | None
    summary: str
    checked: DateText | None
    articles: int
    retracted: bool
    corrected: CorrectionView | None
    """The newest correction."""
