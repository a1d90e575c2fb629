"""Packages: jobs put together from the state, each with all that its pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from generator.build.jobs import (
    ArticlesWork,
    ArticleWork,
    ClaimsWork,
    PagesWork,
    StoryWork,
    TextPart,
    TextsWork,
    packed,
)
from generator.build.rows import Spans, articles_of
from generator.build.state import State
from generator.build.workers import Job
from generator.history.values import ClaimHistory
from generator.ids import is_id
from generator.plan.pages import Page
from generator.records import Claim

CLAIMS_A_JOB = 80
ARTICLES_A_JOB = 80
STORIES_A_JOB = 8
PAGES_A_JOB = 60
FILES_A_JOB = 150

T = TypeVar("T")
Record = Callable[[str], bytes]
"""The whole record of a unit such as "c:landing-time", packed."""
TextOf = Callable[[str, str], TextPart]
"""The text at a path, in an encoding."""
HistoryOf = Callable[[Claim], ClaimHistory]
"""The history of a claim whose record was asked for."""


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


class Packages:
    """Puts jobs together. Claims and articles of one story go together: what they share is packed once."""

    def __init__(self, state: State, record: Record, text: TextOf, history: HistoryOf | None = None) -> None:
        self.state = state
        self.record = record
        self.text = text
        self.history = history

    def claims(self, ids: Iterable[str]) -> Iterator[Job[Sequence[str]]]:
        """Jobs for claims, each with the ids that it is about."""
        ordered = sorted(ids, key=lambda id: (self.state.claim(id).story, id))
        return ((chunk, self._claims(chunk)) for chunk in chunks(ordered, CLAIMS_A_JOB))

    def _claims(self, ids: Sequence[str]) -> bytes:
        state = self.state
        own = [state.claim(id) for id in ids]
        stories = {claim.story for claim in own if claim.story}
        members = {story: state.members(story) for story in stories if state.stories.get(story)}
        named = {id for story in members.values() for id in story}
        for claim in own:
            named.update(articles_of(claim))
            named.update(name for quote in claim.quotes for name in quote.origin or () if is_id(name))
        articles = state.with_origins(named)
        texts: dict[str, TextPart] = {}
        for claim in own:
            for id in {quote.article for quote in claim.quotes} | {source.article for source in claim.sources}:
                if id in articles:
                    self._add_text(texts, articles[id].text, articles[id].encoding)
            for source in claim.sources:
                if source.text:
                    self._add_text(texts, source.text, "utf-8")
        records = [self.record(f"c:{id}") for id in ids]
        related = {id for claim in own for id in claim.related} - set(ids)
        return packed(
            ClaimsWork(
                claims=records,
                articles=list(articles.values()),
                texts=texts,
                stories=[state.story(story) for story in members],
                members=members,
                related=[row.claim for id in sorted(related) if (row := state.claims.get(id))],
                images={id: image for id in ids if (image := state.claims[id].image)},
                histories={claim.id: self.history(claim) for claim in own} if self.history else {},
            )
        )

    def _add_text(self, texts: dict[str, TextPart], path: str, encoding: str) -> None:
        if path not in texts:
            texts[path] = self.text(path, encoding)

    def articles(self, ids: Iterable[str]) -> Iterator[Job[Sequence[str]]]:
        ordered = sorted(ids, key=lambda id: (self.state.article(id).story, id))
        return ((chunk, self._articles(chunk)) for chunk in chunks(ordered, ARTICLES_A_JOB))

    def _articles(self, ids: Sequence[str]) -> bytes:
        state = self.state
        own = [state.article(id) for id in ids]
        claims: dict[str, Claim] = {}
        spans: dict[str, tuple[Spans, ...]] = {}
        work = []
        texts: dict[str, TextPart] = {}
        for article in own:
            pairs: list[tuple[str, int]] = []
            used = False
            for id in state.claims_using(f"a:{article.id}"):
                row = state.claims[id]
                numbers = [number for number, quote in enumerate(row.claim.quotes) if quote.article == article.id]
                pairs += [(id, number) for number in numbers]
                used = used or bool(numbers) or article.id in row.claim.silent
                if numbers:
                    claims[id], spans[id] = row.claim, row.spans
            work.append(ArticleWork(self.record(f"a:{article.id}"), pairs, used))
            self._add_text(texts, article.text, article.encoding)
        stories = {story for article in own for story in article.story}
        return packed(
            ArticlesWork(
                articles=work,
                texts=texts,
                claims=list(claims.values()),
                spans=spans,
                stories=[state.story(id) for id in sorted(stories) if state.stories.get(id)],
                origins=list(state.with_origins(ids).values()),
            )
        )

    def stories(self, ids: Iterable[str]) -> Iterator[Job[Sequence[str]]]:
        ordered = sorted(ids)
        return ((chunk, packed([self._story(id) for id in chunk])) for chunk in chunks(ordered, STORIES_A_JOB))

    def _story(self, id: str) -> StoryWork:
        members = self.state.members(id)
        return StoryWork(
            story=self.record(f"s:{id}"),
            articles=list(self.state.with_origins(members).values()),
            members=members,
            claims=[self.state.claim(claim) for claim in self.state.claims_using(f"s:{id}")],
        )

    def pages(self, ids: Iterable[str]) -> Iterator[Job[Sequence[str]]]:
        """Jobs for the Markdown pages."""
        found = chunks(sorted(ids), PAGES_A_JOB)
        return ((chunk, packed(TextsWork([self.record(f"p:{id}") for id in chunk]))) for chunk in found)


def ready_pages(pages: Iterable[Page]) -> Iterator[Job[None]]:
    """Jobs for pages whose values are ready."""
    left = iter(pages)
    while chunk := list(islice(left, PAGES_A_JOB)):
        yield None, packed(PagesWork(chunk))
