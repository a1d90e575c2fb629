"""A claim in /claims.json and /claims.csv: the shapes, which are also the schema, and how a claim is put into them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from generator.data.common import claim_in_full, in_full, last_change
from generator.dates import date_key
from generator.link.library import Library
from generator.plan.addresses import quote_id, story_address
from generator.plan.claim_values import ClaimPage, QuoteView, Run, SourceView
from generator.plan.dates import moment_of
from generator.plan.values import ArticleStance, Stance
from generator.records import Claim, Quote, Source

Text = Annotated[str, Meta(min_length=1)]
_DATE = r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?$"
Date = Annotated[str, Meta(pattern=_DATE, description="As far as it is known: a year, a month, a day, a time.")]
Url = Annotated[str, Meta(pattern=r"^(https?://|mailto:)")]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,100}$")]


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """Every field is always there: what is not known is null, what there is none of is an empty list."""


class Item(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One of many: fields with a default are left out where nothing is known, and where there is none of them."""


class VerdictData(Shape, frozen=True):
    """A step of the site's scale."""

    id: Id
    label: Text
    value: Annotated[int | None, Meta(description="From 1; higher is truer. Null: the label has no number.")]


class StoryData(Shape, frozen=True):
    """The event that a claim is about."""

    id: Id
    title: Text
    address: Url


class CompareData(Shape, frozen=True):
    """What is compared, the claim's own value and the one that was found."""

    what: Text
    claim: Text
    found: Text


class ClaimantData(Item, frozen=True):
    """Who makes a claim."""

    name: Text
    url: Url | None = None
    role: Text | None = None
    repeats: Annotated[bool, Meta(description="Whether they only repeat what somebody else said.")] = False


class PartData(Item, frozen=True):
    """Words of the claim that have a verdict of their own."""

    words: Text
    verdict: Annotated[Id, Meta(description="The id of a verdict.")]
    note: Text | None = None


class QuoteData(Item, frozen=True):
    """Words of an article, proved against the site's copy of it."""

    text: Annotated[str, Meta(description="The article's own characters; […] stands for words left out.")]
    stance: Stance
    says: Annotated[str | None, Meta(description="The article's value in the terms of `compare`.")] = None
    speaker: Annotated[
        tuple[str, ...], Meta(description="Those to whom the article gives these words, the outermost first.")
    ] = ()
    medium: Text | None = None
    language: Annotated[str | None, Meta(description="Where it is not the site's own.")] = None
    translation: Text | None = None


class ArticleData(Item, frozen=True):
    """An article that a claim quotes; its page here is /articles/ID/."""

    id: Id
    stance: Annotated[ArticleStance, Meta(description="What its quotes together do with the claim.")]
    quotes: list[QuoteData]
    title: Text | None = None
    publisher: Text | None = None
    published: Date | None = None
    url: Annotated[Url | None, Meta(description="The original.")] = None
    archived: Url | None = None
    says: Annotated[tuple[str, ...], Meta(description="Its quotes' values, each once.")] = ()


class SourceData(Item, frozen=True):
    """What the verdict rests on."""

    id: Id
    title: Text
    publisher: Text | None = None
    url: Url | None = None
    archived: Url | None = None
    published: Date | None = None
    accessed: Date | None = None
    kind: Literal["primary", "secondary"] | None = None
    bears: Literal["supports", "undermines", "context"] | None = None
    origin: Text | None = None
    interest: Text | None = None
    article: Annotated[Id | None, Meta(description="An article of the site.")] = None
    language: Annotated[str | None, Meta(description="Where it is not the site's own.")] = None
    quote: Text | None = None
    proved: Annotated[bool, Meta(description="Whether the quote was proved; else it was copied by hand.")] = False
    translation: Text | None = None


class CorrectionData(Shape, frozen=True):
    """A dated change that readers are told of."""

    date: Date
    kind: Literal["correction", "clarification", "update"]
    text: Text


class ClaimData(Shape, frozen=True):
    """A claim and its verdict. A retracted claim no longer stands; it is kept, and its status says so."""

    id: Id
    address: Annotated[Url, Meta(description="Its page.")]
    status: Literal["published", "retracted"]
    title: Text
    claim: Annotated[str, Meta(description="The exact wording that the verdict is about.")]
    language: Annotated[str, Meta(description="Of all that the site itself says of the claim.")]
    verdict: VerdictData
    summary: Text
    checked: Date
    changed: Annotated[Date, Meta(description="The date of the last correction, or of the check.")]
    made: Annotated[Date | None, Meta(description="When the first claimant made it.")]
    story: StoryData | None
    tags: list[str]
    claimants: list[ClaimantData]
    compare: CompareData | None
    parts: list[PartData]
    articles: list[ArticleData]
    silent: Annotated[list[Id], Meta(description="Articles that were read for it and say nothing on it.")]
    sources: list[SourceData]
    corrections: Annotated[list[CorrectionData], Meta(description="The newest first.")]
    by: Annotated[list[str], Meta(description="Who wrote it.")]
    edited: Annotated[list[str], Meta(description="Who edited it.")]
    aliases: Annotated[list[Id], Meta(description="Earlier ids of the claim.")]


def claim_data(library: Library, claim: Claim, page: ClaimPage) -> ClaimData | None:
    """A claim that stands in lists, as `page` shows it; None for a draft. `library` has what the claim refers to."""
    if page.status == "draft" or not page.verdict or not page.checked:
        return None
    settings = library.settings
    compare = page.compare
    return ClaimData(
        id=claim.id,
        address=claim_in_full(settings, claim.id),
        status=page.status,
        title=page.title,
        claim=page.wording,
        language=settings.language,
        verdict=VerdictData(page.verdict.id, page.verdict.label, page.verdict.value),
        summary=page.summary,
        checked=page.checked.iso,
        changed=last_change(page),
        made=page.made.iso if page.made else None,
        story=StoryData(claim.story, page.story.text, in_full(settings, story_address(claim.story)))
        if page.story
        else None,
        tags=[tag.text for tag in page.tags],
        claimants=[
            ClaimantData(name=entry.name, url=entry.url or None, role=entry.role or None, repeats=entry.repeats)
            for entry in page.claimants
        ],
        compare=CompareData(compare.what, compare.claim, compare.found) if compare else None,
        parts=[PartData(words=part.words, verdict=part.verdict.id, note=part.note or None) for part in page.parts],
        articles=_articles(claim, page),
        silent=list(claim.silent),
        sources=[_source(library, source, view) for source, view in zip(claim.sources, page.sources, strict=True)],
        corrections=[
            CorrectionData(moment_of(entry.date), entry.kind, entry.text)
            for entry in sorted(claim.corrections, key=lambda entry: date_key(entry.date), reverse=True)
        ],
        by=[link.text for link in page.by],
        edited=[link.text for link in page.edited],
        aliases=list(claim.aliases),
    )


def _articles(claim: Claim, page: ClaimPage) -> list[ArticleData]:
    quotes = {quote_id(number): quote for number, quote in enumerate(claim.quotes)}
    found = []
    for row in page.rows:
        head = row.article
        found.append(
            ArticleData(
                id=head.id,
                title=head.headline or None,
                publisher=head.publisher.text if head.publisher else None,
                published=head.published.iso if head.published else None,
                url=head.url or None,
                archived=head.archived or None,
                stance=row.stance,
                says=row.says,
                quotes=[_quote(quotes[view.id], view) for view in row.quotes],
            )
        )
    return found


def _quote(quote: Quote, view: QuoteView) -> QuoteData:
    return QuoteData(
        text=_words(view.runs),
        stance=view.stance,
        says=view.says or None,
        speaker=quote.speaker,
        medium=view.medium or None,
        language=view.language or None,
        translation=view.translation or None,
    )


def _source(library: Library, source: Source, view: SourceView) -> SourceData:
    return SourceData(
        id=source.id,
        title=source.title,
        publisher=source.publisher or None,
        url=source.url or (library.articles[source.article].url if source.article else "") or None,
        archived=source.archived or None,
        published=view.published.iso if view.published else None,
        accessed=view.accessed.iso if view.accessed else None,
        kind=source.kind or None,
        bears=source.bears or None,
        origin=source.origin or None,
        interest=source.interest or None,
        article=source.article or None,
        language=view.language or None,
        quote=_words(view.proved) or view.copied or None,
        proved=bool(view.proved),
        translation=source.translation or None,
    )


def _words(runs: tuple[Run, ...]) -> str:
    """A quote as plain text: an empty line where the article begins a new paragraph."""
    return "".join([_STAND_IN.get(run.kind) or run.text for run in runs])


_STAND_IN = {"omission": " […] ", "break": "\n\n"}
