"""A claim's page."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote as quoted

from markupsafe import Markup
from msgspec.structs import replace

from generator.data.citation import citation
from generator.data.claimreview import as_script, claim_review
from generator.data.oembed import embed_code
from generator.history.values import ClaimHistory, Commit
from generator.link.fold import fold, visible
from generator.link.library import Proved
from generator.link.proof import LONG_OMISSION, Evidence
from generator.plan.addresses import (
    article_address,
    claim_address,
    commit_address,
    history_address,
    host_of,
    passage_id,
    quote_id,
    share_image_address,
)
from generator.plan.changes import change_view, short
from generator.plan.claim_values import (
    ArticleRow,
    ClaimantView,
    ClaimPage,
    ClaimRun,
    CommitView,
    ContactView,
    EmbedPage,
    NotedMark,
    PartView,
    QuoteView,
    RelatedClaim,
    SourceView,
    StanceCount,
    TextDigest,
)
from generator.plan.dates import date_text
from generator.plan.files import has_card
from generator.plan.fragments import fragment_address
from generator.plan.markdown import Context
from generator.plan.passages import left_out, quote_runs
from generator.plan.share_images import share_image_text
from generator.plan.stances import article_stance, same_as_claim
from generator.plan.standards import exceptions_told
from generator.plan.values import ARTICLE_STANCES, ArticleStance, OriginalLink, VerdictTag
from generator.plan.views import Views, outward
from generator.plan.wording import compared, drift, in_whose_words
from generator.read.texts import Text
from generator.records import Claim, Quote, Source

_NO_HISTORY = ClaimHistory()


def claim_page(views: Views, claim: Claim) -> ClaimPage:
    """A claim's page, with what other programs and those who cite it need of it."""
    page = _page(views, claim)
    if page.status == "draft":
        return page
    review = claim_review(views.library.settings, page)
    return replace(
        page,
        review=as_script(review) if review else Markup(""),
        citation=citation(views.frame, page),
        embed_code=embed_code(views.frame, page) if has_card(claim, views.library.settings) else "",
    )


def _page(views: Views, claim: Claim) -> ClaimPage:
    library = views.library
    history = views.histories.get(claim.id, _NO_HISTORY)
    rows = _rows(views, claim)
    quoted = [row.article.id for row in rows]
    not_quoted = [
        id for id in library.articles_of_story.get(claim.story, ()) if id not in quoted and id not in claim.silent
    ]
    counts: dict[ArticleStance, int] = {"silent": len(claim.silent), "not quoted": len(not_quoted)}
    for row in rows:
        counts[row.stance] = counts.get(row.stance, 0) + 1
    verdict = views.verdict(claim)
    has_image = views.has_image(claim)
    return ClaimPage(
        id=claim.id,
        title=claim.headline,
        description=claim.summary or claim.claim,
        status=claim.status,
        lacking=tuple(name for name in claim.required_when_published if not getattr(claim, name)),
        claim=_claim_runs(claim),
        wording=claim.claim,
        words_of=in_whose_words(claim, rows),
        verdict=verdict,
        scale=_scale(views, verdict),
        summary=claim.summary,
        parts=tuple(PartView(part.words, views.frame.verdicts[part.verdict], part.note) for part in claim.parts),
        compare=views.compare(claim),
        rows=rows,
        silent=tuple(views.head(id) for id in claim.silent),
        not_quoted=tuple(views.head(id) for id in not_quoted),
        stances=tuple(StanceCount(stance, counts[stance]) for stance in ARTICLE_STANCES if counts.get(stance)),
        independence=views.independence(quoted, claim),
        drift=drift(views, claim, rows),
        sources=tuple(_source(views, claim, number) for number in range(len(claim.sources))),
        analysis=views.markdown(
            claim.analysis,
            Context(
                claim.path,
                partial(claim.place, "analysis"),
                claim_address(claim.id),
                {source.id: number for number, source in enumerate(claim.sources, 1)},
                top=3,
            ),
        ),
        claimants=_claimants(views, claim),
        made=date_text(claim.made, views.frame.words),
        checked=date_text(claim.checked, views.frame.words),
        why=claim.why,
        story=views.story_link(claim.story),
        tags=tuple(views.frame.tag_link(tag) for tag in claim.tags),
        by=tuple(views.frame.person_link(id) for id in claim.by),
        edited=tuple(views.frame.person_link(id) for id in claim.edited),
        contacted=_contacts(views, claim),
        exceptions=exceptions_told(claim.exceptions, views.frame.words),
        corrections=views.corrections(claim.corrections),
        related=tuple(_related(views, id) for id in claim.related if views.has_page(views.library.claims[id])),
        history=history_address(library.settings.repository, claim.path),
        texts=tuple(TextDigest(views.article_link(id), library.sha256[id]) for id in quoted),
        report=_report(views, claim),
        share_image=share_image_address(claim.id) if has_image else "",
        share_image_text=share_image_text(views.frame.words, claim, verdict) if has_image else "",
        changes=tuple(change_view(views, change) for change in history.changes),
        changes_left_out=history.changes_left_out,
        versions_unread=history.unread,
        commits=tuple(_commit(views, commit) for commit in history.commits),
        commits_left_out=history.left_out,
        committed=history.committed,
        uncommitted=history.uncommitted,
    )


def _commit(views: Views, commit: Commit) -> CommitView:
    return CommitView(
        hash=commit.hash,
        short=short(commit),
        date=date_text(commit.date[:10], views.frame.words),
        subject=commit.subject,
        address=commit_address(views.library.settings.repository, commit.hash),
    )


def embed_page(views: Views, claim: Claim) -> EmbedPage:
    """A claim as a card for other sites."""
    corrections = views.corrections(claim.corrections)
    return EmbedPage(
        title=claim.headline,
        description=claim.summary,
        target=claim_address(claim.id),
        wording=claim.claim,
        verdict=views.verdict(claim),
        summary=claim.summary,
        checked=date_text(claim.checked, views.frame.words),
        articles=len({quote.article for quote in claim.quotes}),
        retracted=claim.status == "retracted",
        corrected=corrections[0] if corrections else None,
    )


def _report(views: Views, claim: Claim) -> str:
    """A link to a letter about the claim (RFC 6068), with its headline and address filled in."""
    settings, words = views.library.settings, views.frame.words
    email = settings.organisation.email
    if not email:
        return ""
    subject = words("Error in: {headline}", headline=claim.headline)
    body = settings.url.rstrip("/") + claim_address(claim.id)
    return f"mailto:{quoted(email, safe='@')}?subject={quoted(subject, safe='')}&body={quoted(body, safe='')}"


def _scale(views: Views, own: VerdictTag | None) -> tuple[VerdictTag, ...]:
    """The numbered verdicts in use, and the claim's own even if it has no number or is retired."""
    numbered = tuple(tag for tag in views.frame.scale if not tag.retired or tag == own)
    return numbered if own is None or own in numbered else (*numbered, own)


def _claim_runs(claim: Claim) -> tuple[ClaimRun, ...]:
    """The wording cut at its parts. Of parts that overlap, the first in the wording is pointed out."""
    evidence = Evidence(Text((claim.claim,)))
    found = []
    for number, part in enumerate(claim.parts, 1):
        spans = evidence.occurrences(fold(part.words))
        if len(spans) == 1:
            found.append((*evidence.span(spans[0]), number))
    runs = []
    at = 0
    for start, end, number in sorted(found):
        if start < at:
            continue
        if at < start:
            runs.append(ClaimRun(claim.claim[at:start], 0))
        runs.append(ClaimRun(claim.claim[start:end], number))
        at = end
    if at < len(claim.claim):
        runs.append(ClaimRun(claim.claim[at:], 0))
    return tuple(runs)


def _rows(views: Views, claim: Claim) -> tuple[ArticleRow, ...]:
    """A row an article, in the order of their first quotes."""
    by_article: dict[str, list[int]] = {}
    for number, quote in enumerate(claim.quotes):
        by_article.setdefault(quote.article, []).append(number)
    rows = []
    for id, numbers in by_article.items():
        quotes = tuple(_quote(views, claim, number) for number in numbers)
        says = tuple(dict.fromkeys(quote.says for quote in quotes if quote.says))
        rows.append(
            ArticleRow(
                article=views.head(id),
                stance=article_stance(quote.stance for quote in quotes),
                says=says,
                same=same_as_claim(claim, says),
                quotes=quotes,
                correction=views.publisher_correction(views.library.articles[id]),
            )
        )
    return tuple(rows)


def _quote(views: Views, claim: Claim, number: int) -> QuoteView:
    quote = claim.quotes[number]
    article = views.library.articles[quote.article]
    proved = views.proved(claim, number)
    whole = views.whole(quote.article)
    origin = quote.origin if quote.origin is not None else article.origin
    language = quote.language or article.language
    beside = compared(views, claim, quote, language, quote_runs(whole, proved))
    return QuoteView(
        id=quote_id(number),
        stance=quote.stance,
        attribution=_attribution(views, quote),
        says=quote.says,
        same=same_as_claim(claim, (quote.says,) if quote.says else ()),
        medium=quote.medium,
        runs=beside.runs,
        left_out=_left_out(views, whole, proved, quote.article),
        language=views.frame.language(language),
        translation=quote.translation,
        note=quote.note,
        marks=tuple(
            NotedMark(visible(whole[span[0] : span[1]]), mark.note)
            for mark, span in zip(quote.mark, proved.marks, strict=True)
            if mark.note
        ),
        origins=tuple(_origin(views, quote.article, name) for name in origin or ()),
        differences=beside.sentences,
        passage=f"{article_address(quote.article)}#{passage_id(claim.id, number)}",
        original=_original(article.url, whole, proved),
        archived=outward(article.archived),
    )


def _left_out(views: Views, whole: str, proved: Proved, article: str) -> tuple[str, ...]:
    """What each omission stands for, no more of it than the article's own page would show."""
    articles = views.library.articles
    show = (articles[article].show if article else "") or views.library.settings.articles.show
    if show == "none":
        return ()
    texts = left_out(whole, proved)
    if show == "full":
        return texts
    return tuple(
        text if len(text) <= 2 * LONG_OMISSION else f"{text[:LONG_OMISSION]} […] {text[-LONG_OMISSION:]}"
        for text in texts
    )


def _attribution(views: Views, quote: Quote) -> str:
    """Who says it, outermost first: "TechTimes, from AFP, quoting Konstantin Ernst"."""
    words = views.frame.words
    told = views.head(quote.article).name
    if not quote.speaker:
        return told
    told = words.apart(told)
    *between, last = quote.speaker
    for speaker in between:
        told = words("{told}, from {speaker}", told=told, speaker=words.apart(speaker))
    return words("{told}, quoting {speaker}", told=told, speaker=words.apart(last))


def _origin(views: Views, article: str, name: str) -> str:
    if name == "own":
        return views.frame.words("{name}’s own reporting", name=views.head(article).name)
    return views.head(name).name if name in views.library.articles else name


def _original(url: str, whole: str, proved: Proved) -> OriginalLink | None:
    if not url:
        return None
    return OriginalLink(fragment_address(url, whole, proved.anchor), host_of(url))


def _claimants(views: Views, claim: Claim) -> tuple[ClaimantView, ...]:
    """Those named in the file, else the innermost speakers of the asserting quotes, else their publishers."""
    if claim.claimant is not None:
        return tuple(
            ClaimantView(entry.name, entry.url, entry.role, entry.as_ == "repeater") for entry in claim.claimant
        )
    names = []
    for quote in claim.quotes:
        if quote.stance == "asserts":
            names.append(quote.speaker[-1] if quote.speaker else views.library.articles[quote.article].publisher)
    return tuple(ClaimantView(name, "", "", False) for name in dict.fromkeys(names) if name)


def _contacts(views: Views, claim: Claim) -> tuple[ContactView, ...] | None:
    if claim.contacted is None:
        return None
    dated = ((contact, date_text(contact.date, views.frame.words)) for contact in claim.contacted)
    return tuple(ContactView(contact.who, date, contact.reply) for contact, date in dated if date)


def _source(views: Views, claim: Claim, number: int) -> SourceView:
    source = claim.sources[number]
    proved = views.library.source_quotes[claim.id][number]
    whole = _source_whole(views, source) if proved else ""
    url = source.url or (views.library.articles[source.article].url if source.article else "")
    link = _original(url, whole, proved) if proved else outward(url)
    return SourceView(
        number=number + 1,
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published=date_text(source.published, views.frame.words),
        accessed=date_text(source.accessed, views.frame.words),
        kind=source.kind,
        bears=source.bears,
        origin=source.origin,
        interest=source.interest or _interest(views, source),
        language=views.frame.language(source.language),
        copied="" if proved else source.quote,
        proved=quote_runs(whole, proved) if proved else (),
        left_out=_left_out(views, whole, proved, source.article) if proved else (),
        translation=source.translation,
        link=link,
        archived=outward(source.archived),
        article=views.article_link(source.article) if source.article else None,
    )


def _interest(views: Views, source: Source) -> str:
    """What site.toml says of the source's publisher, or of where it has its words from."""
    article = views.library.articles.get(source.article)
    names = (source.publisher, source.origin, article.publisher if article else "")
    return next(filter(None, map(views.frame.interest, names)), "")


def _source_whole(views: Views, source: Source) -> str:
    return views.library.source_texts[source.text].whole if source.text else views.whole(source.article)


def _related(views: Views, id: str) -> RelatedClaim:
    other = views.library.claims[id]
    return RelatedClaim(claim_address(id), other.headline, views.verdict(other), other.status == "retracted")
