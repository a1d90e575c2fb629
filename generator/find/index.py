"""The index: all articles' paragraphs in SQLite's FTS5, in memory, ranked by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.find.word_forms import word_forms
from generator.problems import FaultError

_LEAST_PREFIX = 3  # letters: what begins with one or two is everything
_MOST_WORDS = 64
_MOST_ROWS = 2000


class Paragraph(Struct, frozen=True):
    """A paragraph of an article; `start` is the offset of its first character in the article's text."""

    article: str
    number: int
    start: int
    text: str


class Term(Struct, frozen=True):
    """A word that is searched for, or several that stand together; a `weight` of two counts twice."""

    words: tuple[str, ...]
    weight: int = 1

    @property
    def begins(self) -> bool:
        """Whether words that begin with it are meant too: not with a number, nor with one or two letters."""
        return len(self.words) == 1 and len(self.words[0]) >= _LEAST_PREFIX and not self.words[0].isdigit()

    @property
    def query(self) -> str:
        return f'"{" ".join(self.words)}"' + ("*" if self.begins else "")


class Hit(Struct, frozen=True):
    """A paragraph in which some of the terms stand: how many of them, and its rank, where lower is better."""

    paragraph: Paragraph
    terms: int
    rank: float


class Index:
    """An index of `paragraphs`."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.paragraphs = list(paragraphs)
        self.connection = sqlite3.connect(":memory:")
        try:
            # The words are folded before they come here, so FTS5 has only to part them at spaces.
            self.connection.execute(
                "CREATE VIRTUAL TABLE text USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')"
            )
        except sqlite3.OperationalError as error:
            raise FaultError(f"this Python's SQLite has no full-text search (FTS5): {error}") from None
        rows = ((number, " ".join(word_forms(each.text))) for number, each in enumerate(self.paragraphs))
        self.connection.executemany("INSERT INTO text (rowid, words) VALUES (?, ?)", rows)

    def close(self) -> None:
        self.connection.close()

    def search(self, terms: Sequence[Term]) -> list[Hit]:
        """The paragraphs with any of `terms`: those with most of them first, then the best ranked."""
        terms = terms[:_MOST_WORDS]
        if not terms:
            return []
        query = " OR ".join(term.query for term in terms for _ in range(term.weight))
        ranked = self.connection.execute(
            "SELECT rowid, rank FROM text WHERE text MATCH ? ORDER BY rank, rowid LIMIT ?", (query, _MOST_ROWS)
        ).fetchall()
        counts = dict.fromkeys((row for row, _ in ranked), 0)
        for term in terms:
            for (row,) in self.connection.execute("SELECT rowid FROM text WHERE text MATCH ?", (term.query,)):
                if row in counts:
                    counts[row] += 1
        hits = [Hit(self.paragraphs[row], counts[row], rank) for row, rank in ranked]
        return sorted(hits, key=lambda hit: (-hit.terms, hit.rank))

    def spread(self, term: Term) -> int:
        """In how many paragraphs a term stands."""
        query = "SELECT count(*) FROM text WHERE text MATCH ?"
        return int(self.connection.execute(query, (term.query,)).fetchone()[0])

    def vocabulary(self) -> list[str]:
        """Every word that there is."""
        self.connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, text, row)")
        return [word for (word,) in self.connection.execute("SELECT term FROM temp.vocabulary ORDER BY term")]
