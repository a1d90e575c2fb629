"""This repository's own site: its texts are those that were collected, and its quotes stand in them to the letter."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.link.fold import fold, is_word
from generator.link.library import Library, link
from generator.link.proof import OMISSION, Anchor, Evidence, Refusal
from generator.read.content import Content, read_content


class Quoted(NamedTuple):
    """A quote of a claim, or of one of its sources, with the evidence that it is proved by."""

    where: str
    text: str
    anchor: Anchor | None
    evidence: Evidence
    before: str = ""
    after: str = ""
    apart: bool = False

    def prove(self, text: str) -> Anchor | Refusal:
        return self.evidence.prove(text, self.before, self.after, self.apart)


@pytest.fixture(scope="module")
def content(repository: Path) -> Content:
    return read_content(repository)


@pytest.fixture(scope="module")
def quotes(content: Content) -> list[Quoted]:
    library, _ = link(content)
    assert isinstance(library, Library)
    plain = {id: Evidence(text) for id, text in library.texts.items()}
    evidence = {id: plain[id].without(span for span, _ in library.apart[id]) for id in plain}
    found = []
    for claim in library.claims.values():
        for number, quote in enumerate(claim.quotes):
            proved = library.quotes[claim.id][number]
            anchor = proved.anchor if proved else None
            where = f"{claim.path}:{claim.place('quotes', number, 'text').line}"
            more = (quote.before, quote.after, bool(quote.medium))
            found.append(Quoted(where, quote.text, anchor, evidence[quote.article], *more))
        for number, source in enumerate(claim.sources):
            if source.quote and source.article:
                proved = library.source_quotes[claim.id][number]
                anchor = proved.anchor if proved else None
                where = f"{claim.path}:{claim.place('sources', number, 'quote').line}"
                found.append(Quoted(where, source.quote, anchor, evidence[source.article]))
    return found


def test_every_text_is_byte_for_byte_the_one_that_was_collected(content: Content, repository: Path) -> None:
    assert len(content.articles) >= 5
    for article in content.articles.values():
        assert hashlib.sha256((repository / article.text).read_bytes()).hexdigest() == article.sha256, article.text


def test_every_text_is_used_and_no_other_file_stands_among_them(content: Content, repository: Path) -> None:
    there = {path.relative_to(repository).as_posix() for path in (repository / "seeds").rglob("*")}
    assert there == set(content.texts)


def test_there_are_forty_claims_or_more_and_each_published_one_is_quoted(content: Content) -> None:
    published = [claim for claim in content.claims.values() if claim.status == "published"]
    assert len(published) >= 40
    assert [claim.id for claim in published if not claim.quotes] == []


def test_every_quote_is_proved_and_leads_to_the_articles_own_words(quotes: list[Quoted]) -> None:
    for quote in quotes:
        assert quote.anchor is not None, quote.where
        parts = [fold(quote.evidence.whole[start:end]) for start, end in quote.anchor.spans]
        assert parts == [fold(part) for part in OMISSION.split(quote.text)], quote.where


def test_every_letter_of_every_quote_counts(quotes: list[Quoted]) -> None:
    """With any one letter or digit left out, a quote is proved no longer, wherever it is.

    The only letters that can go are words of their own at an end of the quote or beside an omission: “A spokesman said”
    without its “A” is a shorter quote, and true.
    """
    letters = 0
    still_proved = []
    for quote in quotes:
        tried = set()
        for at, letter in enumerate(quote.text):
            without = quote.text[:at] + quote.text[at + 1 :]
            letters += is_word(letter)
            if not is_word(letter) or without in tried:  # leaving out either letter of “ll” is the same
                continue
            tried.add(without)
            if isinstance(quote.prove(without), Anchor) and not alone_at_an_end(quote.text, at):
                still_proved.append((quote.where, without))
    assert still_proved == []
    assert letters > 10_000


def alone_at_an_end(text: str, at: int) -> bool:
    """Whether the letter at `at` is a word of its own, the first or the last one of its part of a quote."""
    before = OMISSION.split(text[:at])[-1]
    after = OMISSION.split(text[at + 1 :])[0]
    if is_word(before[-1:] or " ") or is_word(after[:1] or " "):
        return False
    return not (any(map(is_word, before)) and any(map(is_word, after)))
