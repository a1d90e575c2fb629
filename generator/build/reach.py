"""Reach: which pages a change reaches. What is missing here would stay as it was; what is too much only costs time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.build.rows import ArticleRow, ClaimRow, StoryRow, articles_of, head_of, matrix_of
from generator.build.state import State
from generator.plan.lists import Entry, lists_of_article, lists_of_claim
from generator.records import Article, Claim


class Reach:
    """The units to be made anew, as far as changes of files alone tell. What their making changes comes after."""

    def __init__(self) -> None:
        self.claims: set[str] = set()
        self.articles: set[str] = set()
        self.stories: set[str] = set()
        self.pages: set[str] = set()

    def add(self, unit: str) -> None:
        {"c": self.claims, "a": self.articles, "s": self.stories, "p": self.pages}[unit[0]].add(unit[2:])

    def drop(self, unit: str) -> None:
        {"c": self.claims, "a": self.articles, "s": self.stories, "p": self.pages}[unit[0]].discard(unit[2:])


class Before:
    """What is asked of the state before new rows take the places of old ones."""

    def __init__(
        self, state: State, claims: Mapping[str, ClaimRow | None], articles: Mapping[str, ArticleRow | None]
    ) -> None:
        """`claims` and `articles` have the new rows of those that changed; None of those that are gone."""
        self.claims = {id: state.claims.get(id) for id in claims}
        self.articles = {id: state.articles.get(id) for id in articles}
        self.stories = _stories(self.claims.values(), self.articles.values())
        self.stories |= _stories(claims.values(), articles.values())
        self.members = {id: state.members(id) for id in self.stories}
        moved = [id for id, row in articles.items() if _told_of(row) != _told_of(self.articles[id])]
        self.listed = {*claims, *_claims_resting_on(state, moved)}
        """The claims that may stand in other lists than before, or as something else in a list's spread."""
        self.entries = {id: entries_of_claim(state, id) for id in self.listed}


def reach_of(
    state: State,
    before: Before,
    claims: dict[str, ClaimRow | None],
    articles: dict[str, ArticleRow | None],
    stories: dict[str, StoryRow | None],
    titles: Iterable[str],
) -> Reach:
    """What changed records reach, once their new rows are in the state. `titles` has stories whose title changed."""
    found = Reach()
    for id, new in claims.items():
        _of_claim(state, found, id, before.claims[id], new)
    for id, article in articles.items():
        _of_article(state, found, id, before.articles[id], article)
    for id in stories:
        found.stories.add(id)
    for id in titles:
        for unit in state.users(f"s:{id}"):
            found.add(unit)
    for story in before.stories:
        if state.members(story) != before.members[story]:
            found.stories.add(story)
            found.claims.update(state.claims_using(f"s:{story}"))
    return found


def _of_claim(state: State, found: Reach, id: str, old: ClaimRow | None, new: ClaimRow | None) -> None:
    if new is not None:
        found.claims.add(id)
    changed = _articles(old) ^ _articles(new)
    found.articles.update(changed)
    if (head_of(old.claim) if old else ()) != (head_of(new.claim) if new else ()):
        found.claims.update(state.claims_using(f"c:{id}"))
        found.articles.update(_articles(old) | _articles(new))
    if (matrix_of(old.claim) if old else ()) != (matrix_of(new.claim) if new else ()):
        found.stories.update(row.claim.story for row in (old, new) if row is not None and row.claim.story)


def _of_article(state: State, found: Reach, id: str, old: ArticleRow | None, new: ArticleRow | None) -> None:
    """An article is named on the pages of whatever uses it, and of whatever names those as its origin."""
    if new is not None:
        found.articles.add(id)
    if old is not None and new is not None and old.article == new.article:
        return
    seen: set[str] = set()
    waiting = [f"a:{id}"]
    while waiting:
        unit = waiting.pop()
        if unit in seen:
            continue
        seen.add(unit)
        for user in state.users(unit):
            found.add(user)
            if user[0] == "a":
                waiting.append(user)
        row = state.articles.get(unit[2:])
        for article in filter(None, (row, old if unit == f"a:{id}" else None)):
            for story in article.article.story:
                _all_of_story(state, found, story)
        for claim in state.claims_using(unit):
            if state.claim(claim).story:
                _all_of_story(state, found, state.claim(claim).story)


def _all_of_story(state: State, found: Reach, story: str) -> None:
    found.stories.add(story)
    found.claims.update(state.claims_using(f"s:{story}"))


def _articles(row: ClaimRow | None) -> set[str]:
    return set(articles_of(row.claim)) if row is not None else set()


def _told_of(row: ArticleRow | None) -> tuple[object, ...]:
    """What lists tell of the articles that a claim quotes, and of those that these come from."""
    return (row.article.publisher, row.article.origin) if row is not None else ()


def _claims_resting_on(state: State, articles: Iterable[str]) -> set[str]:
    """The claims that use these articles, or others that name them as their origin, and so on."""
    found: set[str] = set()
    waiting = [f"a:{id}" for id in articles]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += state.users(unit) if unit[0] == "a" else ()
    return {unit[2:] for unit in found if unit[0] == "c"}


def _stories(claims: Iterable[ClaimRow | None], articles: Iterable[ArticleRow | None]) -> set[str]:
    found = {row.claim.story for row in claims if row is not None and row.claim.story}
    return found | {story for row in articles if row is not None for story in row.article.story}


def entries_of_claim(state: State, id: str) -> dict[str, Entry]:
    """The lists that a claim stands in, with its entry in each."""
    row = state.claims.get(id)
    if row is None:
        return {}
    articles = articles_behind(state, row.claim)
    publishers = {id: article.publisher for id, article in articles.items()}
    return lists_of_claim(row.claim, publishers, {id: article.origin for id, article in articles.items()})


def articles_behind(state: State, claim: Claim) -> dict[str, Article]:
    """The articles that a claim quotes, and those that the quotes come from, by id."""
    named = {quote.article for quote in claim.quotes}
    named.update(name for quote in claim.quotes for name in quote.origin or ())
    return state.with_origins(named)


def entries_of_article(row: ArticleRow | None) -> dict[str, Entry]:
    """The lists that an article stands in, with its entry in each."""
    return lists_of_article(row.article) if row is not None else {}
