"""Articles' texts as their readers see them, then and now: asked for only where something about them differs."""

from __future__ import annotations

from pathlib import Path

from generator.against.values import Side
from generator.history.git import Git
from generator.problems import Problem
from generator.read.content import decoded_text
from generator.read.files import read_bytes
from generator.read.texts import Text
from generator.records import Article


class Texts:
    """The texts of articles of `then` and of now."""

    def __init__(self, git: Git, then: Side) -> None:
        self._git = git
        self._then = then

    def then(self, article: Article) -> str | None:
        """What the text of an article of the revision said; None where it could not be read."""
        return _said(article, self._git.contents(sorted(self._then.names[article.text]))[0])

    def now(self, article: Article) -> str | None:
        """What an article's text says now."""
        data = read_bytes(Path(self._git.root), article.text)
        return None if isinstance(data, Problem) else _said(article, data)


def _said(article: Article, data: bytes) -> str | None:
    text = decoded_text(article.text, data, article.encoding)
    return text.whole if isinstance(text, Text) else None
