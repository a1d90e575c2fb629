"""A story's page: what each of its articles says on each of its claims."""

from __future__ import annotations

from functools import partial

from generator.plan.addresses import claim_address, quote_id, story_address
from generator.plan.article_values import Cell, MatrixRow, StoryPage
from generator.plan.dates import date_text
from generator.plan.markdown import Context
from generator.plan.stances import article_stance, same_as_claim
from generator.plan.values import Link
from generator.plan.views import Views
from generator.records import Claim, Story


def story_page(views: Views, story: Story) -> StoryPage:
    library = views.library
    articles = library.articles_of_story.get(story.id, ())
    claims = [library.claims[id] for id in library.claims_of_story.get(story.id, ())]
    rows = sorted((_row(views, claim, articles) for claim in claims if claim.listed), key=_disagreement)
    return StoryPage(
        title=story.title,
        description=story.summary,
        summary=story.summary,
        date=date_text(story.date, views.frame.words),
        introduction=views.markdown(
            story.introduction,
            Context(story.path, partial(story.place, "introduction"), story_address(story.id), top=2),
        ),
        articles=tuple(views.head(id) for id in articles),
        rows=tuple(rows),
        independence=views.independence(articles),
        corrections=views.corrections(story.corrections),
    )


def _row(views: Views, claim: Claim, articles: tuple[str, ...]) -> MatrixRow:
    quotes: dict[str, list[int]] = {}
    for number, quote in enumerate(claim.quotes):
        quotes.setdefault(quote.article, []).append(number)
    return MatrixRow(
        claim=Link(claim.headline, claim_address(claim.id)),
        verdict=views.verdict(claim),
        retracted=claim.status == "retracted",
        compare=views.compare(claim),
        cells=tuple(_cell(views, claim, id, quotes.get(id, [])) for id in articles),
    )


def _disagreement(row: MatrixRow) -> tuple[bool, int, str]:
    """Puts first the claims on which articles contradict each other, then those that most articles speak to."""
    stances = {cell.stance for cell in row.cells}
    agree = "contradicts itself" not in stances and not {"asserts", "contradicts"} <= stances
    return agree, -sum(bool(cell.address) for cell in row.cells), row.claim.address


def _cell(views: Views, claim: Claim, article: str, numbers: list[int]) -> Cell:
    name = views.head(article).name
    if not numbers:
        return Cell(name, "silent" if article in claim.silent else "not quoted", (), None, "")
    quotes = [claim.quotes[number] for number in numbers]
    says = tuple(dict.fromkeys(quote.says for quote in quotes if quote.says))
    return Cell(
        article=name,
        stance=article_stance(quote.stance for quote in quotes),
        says=says,
        same=same_as_claim(claim, says),
        address=f"{claim_address(claim.id)}#{quote_id(numbers[0])}",
    )
