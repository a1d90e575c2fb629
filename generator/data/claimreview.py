"""ClaimReview: a claim's verdict as schema.org has it, for its page and for /claimreview.json.

The rules are Google's for fact checks (developers.google.com/search/docs/appearance/structured-data/factcheck), which
its Fact Check Explorer still holds sites to: one ClaimReview a page, nothing in it that the page does not show, a
rating in numbers only where the scale has one, from 1 up. Everything is taken from the page's own value, so that the
two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.data.common import claim_in_full, in_full, json_text, last_change, on_the_web, organisation
from generator.dates import date_key
from generator.plan.claim_values import ArticleRow, ClaimantView, ClaimPage
from generator.plan.values import VerdictTag
from generator.records import Settings

LOWEST = 1
"""The least that a rating may be."""
_SCHEMA = "https://schema.org"


def claim_review(settings: Settings, page: ClaimPage) -> dict[str, Any] | None:
    """The ClaimReview of a published claim's page.

    None for drafts, for retracted claims, and where the site itself is named as a claimant: a claim must have an origin
    apart from the site that reviews it.
    """
    name, url = organisation(settings)
    own = {name.casefold(), settings.title.casefold()}
    if page.status != "published" or not page.verdict or not page.checked:
        return None
    if any(claimant.name.casefold() in own for claimant in page.claimants):
        return None
    review: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "ClaimReview",
        "url": claim_in_full(settings, page.id),
        "claimReviewed": page.wording,
        "datePublished": page.checked.iso,
        "inLanguage": settings.language,
        "author": {"@type": "Organization", "name": name, "url": url},
        "itemReviewed": _claim(page),
        "reviewRating": _rating(page.verdict, page),
    }
    changed = last_change(page)
    if date_key(changed) > date_key(page.checked.iso):
        review["dateModified"] = changed
    return review


def _claim(page: ClaimPage) -> dict[str, Any]:
    """The claim: who makes it, since when, and each page that it appears on.

    Which appearance was the first is never sure: an article may have been read for it that is not the first. So there
    is no `firstAppearance`; one of the two is asked for.
    """
    claim: dict[str, Any] = {"@type": "Claim"}
    if page.claimants:
        claim["author"] = _one_or_more([_claimant(claimant) for claimant in page.claimants])
    if page.made:
        claim["datePublished"] = page.made.iso
    found = {work["url"]: work for row in page.rows if (work := _appearance(row))}
    if found:
        claim["appearance"] = _one_or_more(list(found.values()))
    return claim


def _claimant(claimant: ClaimantView) -> dict[str, Any]:
    """Who makes the claim.

    Whether that is a person, an agency or a ship's radio is not recorded, and must not be guessed of anybody: each of
    them is a Thing.
    """
    author = {"@type": "Thing", "name": claimant.name}
    if on_the_web(claimant.url):
        author["sameAs"] = claimant.url
    return author


def _appearance(row: ArticleRow) -> dict[str, Any] | None:
    """An article that asserts the claim, in one of its quotes at least, if it has a publisher and a public address."""
    article = row.article
    url = on_the_web(article.url) or on_the_web(article.archived)
    if not url or not article.publisher or not any(quote.stance == "asserts" for quote in row.quotes):
        return None
    work: dict[str, Any] = {"@type": "CreativeWork", "url": url}
    if article.headline:
        work["headline"] = article.headline
    if article.published:
        work["datePublished"] = article.published.iso
    work["publisher"] = {"@type": "Thing", "name": article.publisher.text}
    if on_the_web(article.archived) and article.archived != url:
        work["archivedAt"] = article.archived
    return work


def _rating(verdict: VerdictTag, page: ClaimPage) -> dict[str, Any]:
    """The verdict in the words of the page; in numbers too where it has one and the page's scale goes above 1."""
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.label}
    best = max((step.value for step in page.scale if step.value is not None), default=LOWEST)
    if verdict.value is not None and LOWEST <= verdict.value <= best and best > LOWEST:
        rating |= {"ratingValue": verdict.value, "bestRating": best, "worstRating": LOWEST}
    if page.summary:
        rating["ratingExplanation"] = page.summary
    return rating


def _one_or_more(values: list[dict[str, Any]]) -> dict[str, Any] | list[dict[str, Any]]:
    """A value that may be repeated: alone where there is one, which every reader of ClaimReview understands."""
    return values[0] if len(values) == 1 else values


def as_script(review: dict[str, Any]) -> Markup:
    """`review` as the content of `<script type="application/ld+json">`; no text in it can end the element."""
    return Markup(json_text(review))  # noqa: S704 — JSON without the characters that HTML knows


def claim_review_feed(settings: Settings, reviews: Iterable[tuple[str, str]]) -> bytes:
    """/claimreview.json: a DataFeed of `reviews`, each a claim's id with what `as_script` made of its ClaimReview."""
    head = {
        "@context": _SCHEMA,
        "@type": "DataFeed",
        "name": settings.title,
        "url": in_full(settings, "/claimreview.json"),
        "inLanguage": settings.language,
    }
    items = ",\n".join(
        f'{{"@type":"DataFeedItem","url":{json_text(claim_in_full(settings, id))},"item":[{review}]}}'
        for id, review in reviews
    )
    return f'{json_text(head)[:-1]},"dataFeedElement":[\n{items}\n]}}\n'.encode()
