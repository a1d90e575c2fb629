"""A story's pages: what each of its articles says on each of its claims.

The table has a column an article while there are few. Where there are many, most articles speak to few claims: then it
has a column a stance, with the articles that take it. It goes on over several pages, so that no page grows without end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from generator.plan.addresses import article_address, claim_address, quote_id, story_address
from generator.plan.article_values import Cell, MatrixRow, Parts, StoryPage
from generator.plan.dates import date_text
from generator.plan.markdown import Context
from generator.plan.pages import Page
from generator.plan.spreads import counted_verdict, spread_of
from generator.plan.stances import article_stance, same_as_claim
from generator.plan.timelines import timeline
from generator.plan.values import ARTICLE_STANCES, ArticleStance, Link
from generator.plan.views import Views
from generator.records import Claim, Story

_T = TypeVar("_T")

MOST_COLUMNS = 8
"""Articles up to which each has a column of its own."""
ROWS = 60
CELLS = 600
"""Of a page, not counting the first claim: that one is shown whole."""
ARTICLES = 60


def story_pages(views: Views, story: Story) -> list[Page]:
    """A story's own page, and those on which its table and its articles go on."""
    library = views.library
    articles = library.articles_of_story.get(story.id, ())
    claims = [library.claims[id] for id in library.claims_of_story.get(story.id, ())]
    listed = [claim for claim in claims if claim.listed]
    wide = len(articles) > MOST_COLUMNS
    names = _names(views, articles)
    row_of = _by_stance if wide else _by_article
    rows = sorted((row_of(views, claim, names) for claim in listed), key=_disagreement)
    tables = list(_tables(rows)) or [()]
    shelves = [articles[start : start + ARTICLES] for start in range(0, len(articles), ARTICLES)] or [()]
    count = max(len(tables), len(shelves))
    addresses = [part_address(story.id, number) for number in range(1, count + 1)]
    return [
        Page(
            addresses[number - 1],
            "story.html",
            StoryPage(
                title=story.title
                if number == 1
                else views.frame.words("{title}, page {number}", title=story.title, number=number),
                description=story.summary,
                summary=story.summary,
                date=date_text(story.date, views.frame.words),
                introduction=views.markdown(
                    story.introduction if number == 1 else "",
                    Context(story.path, partial(story.place, "introduction"), story_address(story.id), top=2),
                ),
                articles=tuple(views.head(id) for id in _item(shelves, number)),
                article_count=len(articles),
                columns=() if wide else tuple(Link(name, article_address(id)) for id, name in names.items()),
                stances=_stances(rows) if wide else (),
                rows=_item(tables, number),
                claim_count=len(rows),
                independence=views.independence(articles) if number == 1 else None,
                corrections=views.corrections(story.corrections) if number == 1 else (),
                spread=spread_of(views.frame, map(counted_verdict, listed)) if number == 1 else None,
                timeline=timeline(views, story, articles, listed) if number == 1 else None,
                parts=_parts(addresses, number),
            ),
        )
        for number in range(1, count + 1)
    ]


def part_address(story: str, number: int) -> str:
    """The address of a story's page, numbered from 1."""
    return story_address(story) if number == 1 else f"{story_address(story)}page/{number}/"


def _item(groups: Sequence[tuple[_T, ...]], number: int) -> tuple[_T, ...]:
    return groups[number - 1] if number <= len(groups) else ()


def _parts(addresses: Sequence[str], number: int) -> Parts | None:
    if len(addresses) == 1:
        return None
    links = tuple(Link(str(index), address) for index, address in enumerate(addresses, 1))
    return Parts(number, links)


def _tables(rows: Iterable[MatrixRow]) -> Iterator[tuple[MatrixRow, ...]]:
    """The rows of each page."""
    table: list[MatrixRow] = []
    cells = 0
    for row in rows:
        if table and (len(table) == ROWS or cells + len(row.cells) > CELLS):
            yield tuple(table)
            table, cells = [], 0
        table.append(row)
        cells += len(row.cells)
    if table:
        yield tuple(table)


def _stances(rows: Iterable[MatrixRow]) -> tuple[ArticleStance, ...]:
    """The stances that any article takes, in their order."""
    found = {cell.stance for row in rows for cell in row.cells}
    return tuple(stance for stance in ARTICLE_STANCES if stance in found)


def _names(views: Views, articles: Iterable[str]) -> dict[str, str]:
    """What tells a story's articles apart, by id: their publishers, with the date or the id where one has several."""
    heads = [views.head(id) for id in articles]
    often = Counter(head.name for head in heads)
    dated = Counter((head.name, head.published) for head in heads)
    names = {}
    for head in heads:
        apart = head.published.text if head.published and dated[head.name, head.published] == 1 else head.id
        names[head.id] = head.name if often[head.name] == 1 else f"{head.name} ({apart})"
    return names


def _by_article(views: Views, claim: Claim, names: Mapping[str, str]) -> MatrixRow:
    """A claim's row with a cell for each article."""
    quotes = _quotes(claim)
    return _row(views, claim, (_cell(claim, id, name, quotes.get(id, [])) for id, name in names.items()), 0)


def _by_stance(views: Views, claim: Claim, names: Mapping[str, str]) -> MatrixRow:
    """A claim's row with cells for the articles that speak to it or were read for it; of the rest only the number."""
    quotes = _quotes(claim)
    speaking = [id for id in names if id in quotes or id in claim.silent]
    cells = (_cell(claim, id, names[id], quotes.get(id, [])) for id in speaking)
    return _row(views, claim, cells, len(names) - len(speaking))


def _row(views: Views, claim: Claim, cells: Iterable[Cell], not_quoted: int) -> MatrixRow:
    return MatrixRow(
        claim=Link(claim.headline, claim_address(claim.id)),
        verdict=views.verdict(claim),
        retracted=claim.status == "retracted",
        compare=views.compare(claim),
        cells=tuple(cells),
        not_quoted=not_quoted,
    )


def _quotes(claim: Claim) -> dict[str, list[int]]:
    """The numbers of a claim's quotes, by article."""
    found: dict[str, list[int]] = {}
    for number, quote in enumerate(claim.quotes):
        found.setdefault(quote.article, []).append(number)
    return found


def _disagreement(row: MatrixRow) -> tuple[bool, int, str]:
    """Puts first the claims on which articles contradict each other, then those that most articles speak to."""
    stances = {cell.stance for cell in row.cells}
    agree = "contradicts itself" not in stances and not {"asserts", "contradicts"} <= stances
    return agree, -sum(bool(cell.address) for cell in row.cells), row.claim.address


def _cell(claim: Claim, article: str, name: str, numbers: list[int]) -> Cell:
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
