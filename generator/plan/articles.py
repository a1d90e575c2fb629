"""An article's page: its text with every quoted passage marked in place."""

from __future__ import annotations

from generator.plan.addresses import claim_address, passage_id, quote_id
from generator.plan.article_values import ArticlePage, QuotedBy
from generator.plan.dates import date_text
from generator.plan.passages import Marking, paragraphs
from generator.plan.titles import article_title
from generator.plan.values import Link
from generator.plan.views import Views, outward
from generator.records import Article


def article_page(views: Views, article: Article) -> ArticlePage:
    library = views.library
    words = views.frame.words
    head = views.head(article.id)
    text = library.texts[article.id]
    pairs = [
        (library.claims[id], number)
        for id, number in library.quoting.get(article.id, ())
        if views.has_page(views.library.claims[id])
    ]
    markings = tuple(
        Marking(
            views.proved(claim, number).anchor.spans,
            QuotedBy(
                address=f"{claim_address(claim.id)}#{quote_id(number)}",
                headline=claim.headline,
                stance=claim.quotes[number].stance,
                verdict=views.verdict(claim),
                retracted=claim.status == "retracted",
                anchor=passage_id(claim.id, number),
            ),
        )
        for claim, number in pairs
    )
    show = article.show or library.settings.articles.show
    return ArticlePage(
        title=article_title(article, head.name, words),
        description=words("What {publisher} wrote, with every quoted passage marked in place.", publisher=head.name),
        head=head,
        show=show,
        author=article.author,
        retrieved=date_text(article.retrieved, views.frame.words),
        note=article.note,
        interest=views.frame.interest(article.publisher),
        origins=tuple(_origin(views, name) for name in article.origin or ()),
        origin_note=article.origin_note,
        original=outward(article.url),
        archived=outward(article.archived),
        stories=tuple(link for link in map(views.story_link, article.story) if link),
        paragraphs=paragraphs(text.whole, library.apart[article.id], markings, show),
        correction=views.publisher_correction(article),
        corrections=views.corrections(article.corrections),
        sha256=article.sha256,
        words=len(text.whole.split()),
        claims=len({claim.id for claim, _ in pairs}),
    )


def _origin(views: Views, name: str) -> Link | str:
    if name == "own":
        return views.frame.words("its own reporting")
    return views.article_link(name) if name in views.library.articles else name
