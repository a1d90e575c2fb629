"""A corpus for benchmarks: claims, articles and stories of any number, the same in every run.

Its words are made of syllables, its people and publishers are numbered desks: nothing in it is about anybody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

ARTICLES_A_STORY = 10
VERDICTS = ("true", "mostly-true", "mixed", "mostly-false", "false")
_TAGS, _PUBLISHERS, _PEOPLE = 200, 300, 20
_QUOTES = (2, 6)  # a claim
_PARAGRAPHS = (5, 9)  # an article; each of 3 to 5 sentences
_ANALYSIS_PARAGRAPHS = 4  # of some 60 words each
_STANCES = ("asserts", "asserts", "contradicts", "partly", "mentions")
_AGENCIES = ("own", "Agency 1", "Agency 2", "Agency 3")


class Article(NamedTuple):
    id: str
    title: str
    publisher: str
    published: str
    url: str
    story: str
    origin: str
    paragraphs: tuple[str, ...]


class Quote(NamedTuple):
    article: str
    text: str
    stance: str
    says: str


class Source(NamedTuple):
    id: str
    title: str
    publisher: str
    url: str
    kind: str


class Claim(NamedTuple):
    id: str
    claim: str
    verdict: str
    summary: str
    checked: str
    story: str
    tags: tuple[str, ...]
    by: str
    what: str
    value: str
    found: str
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...]
    analysis: str


class Story(NamedTuple):
    id: str
    title: str
    summary: str


class Corpus(NamedTuple):
    claims: tuple[Claim, ...]
    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    tags: tuple[str, ...]
    publishers: tuple[str, ...]
    people: tuple[str, ...]


def corpus(claims: int, seed: int = 1) -> Corpus:
    """`claims` claims about half as many articles, some ten articles a story."""
    words = _Words(random.Random(seed))
    count = max(1, claims // 2)
    stories = max(1, count // ARTICLES_A_STORY)
    publishers = tuple(f"{words.word().capitalize()} {number}" for number in range(1, _PUBLISHERS + 1))
    tags = tuple(f"{words.word()}-{number}" for number in range(1, _TAGS + 1))
    articles = tuple(_article(words, number, stories, publishers) for number in range(count))
    by_story: dict[str, list[Article]] = {}
    for article in articles:
        by_story.setdefault(article.story, []).append(article)
    return Corpus(
        claims=tuple(_claim(words, number, by_story[f"story-{number % stories:06}"], tags) for number in range(claims)),
        articles=articles,
        stories=tuple(
            Story(f"story-{number:06}", words.sentence(4, 7), words.sentence(15, 25)) for number in range(stories)
        ),
        tags=tags,
        publishers=publishers,
        people=tuple(f"Desk {number}" for number in range(1, _PEOPLE + 1)),
    )


class _Words:
    def __init__(self, random: random.Random) -> None:
        self.random = random
        self._known = ["".join(self._syllables()) for _ in range(8000)]

    def _syllables(self) -> Iterator[str]:
        for _ in range(self.random.randint(1, 4)):
            yield self.random.choice("bcdfghklmnprstvz") + self.random.choice("aeiou")

    def word(self) -> str:
        return self.random.choice(self._known)

    def some(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(self._known, k=self.random.randint(least, most)))

    def sentence(self, least: int = 9, most: int = 18) -> str:
        return self.some(least, most).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(3, 5)))

    def date(self) -> str:
        pick = self.random.randint
        return f"{pick(2015, 2025)}-{pick(1, 12):02}-{pick(1, 28):02}"


def _article(words: _Words, number: int, stories: int, publishers: tuple[str, ...]) -> Article:
    return Article(
        id=f"article-{number:06}",
        title=words.sentence(5, 9).rstrip("."),
        publisher=words.random.choice(publishers),
        published=words.date(),
        url=f"https://news.example/{number}",
        story=f"story-{number % stories:06}",
        origin=words.random.choice(_AGENCIES),
        paragraphs=tuple(words.paragraph() for _ in range(words.random.randint(*_PARAGRAPHS))),
    )


def _claim(words: _Words, number: int, articles: list[Article], tags: tuple[str, ...]) -> Claim:
    pick = words.random
    value = str(pick.randint(1, 99))
    chosen = pick.sample(articles, min(len(articles), pick.randint(*_QUOTES)))
    sources = tuple(
        Source(f"source-{index}", words.sentence(4, 8), "Registry", f"https://archive.example/{number}/{index}", kind)
        for index, kind in enumerate(("primary", "secondary", "primary")[: pick.randint(2, 3)], 1)
    )
    return Claim(
        id=f"claim-{number:06}",
        claim=words.sentence(8, 14),
        verdict=pick.choice(VERDICTS),
        summary=words.sentence(15, 25),
        checked=words.date(),
        story=articles[0].story,
        tags=tuple(sorted(pick.sample(tags, 2))),
        by=f"desk-{pick.randint(1, _PEOPLE)}",
        what="Number of " + words.word(),
        value=value,
        found=str(pick.randint(1, 99)),
        quotes=tuple(_quote(words, article, value) for article in chosen),
        sources=sources,
        analysis=_analysis(words, sources, f"/claims/claim-{max(0, number - 1):06}/"),
    )


def _quote(words: _Words, article: Article, value: str) -> Quote:
    sentence = words.random.choice(words.random.choice(article.paragraphs).split(". ")).rstrip(".")
    stance = words.random.choice(_STANCES)
    other = str(int(value) + words.random.randint(1, 9))
    return Quote(article.id, sentence, stance, {"asserts": value, "contradicts": other}.get(stance, ""))


def _analysis(words: _Words, sources: tuple[Source, ...], other: str) -> str:
    """Some 250 words of Markdown: emphasis, citations, a list, and a link to another claim."""
    paragraphs = []
    for number in range(_ANALYSIS_PARAGRAPHS):
        source = sources[number % len(sources)]
        paragraphs.append(
            f"{words.some(20, 25).capitalize()} **{words.some(2, 3)}** {words.some(15, 20)} [@{source.id}]. "
            f"{words.sentence(12, 18)}"
        )
    paragraphs.insert(2, "\n".join(f"- {words.sentence(5, 8)}" for _ in range(3)))
    paragraphs.append(f"See also [another claim]({other}), which *{words.some(2, 3)}* {words.sentence(4, 8)}")
    return "\n\n".join(paragraphs) + "\n"
