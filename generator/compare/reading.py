"""Readings: a text with what is found in it, each part worked out only when it is asked for."""

from __future__ import annotations

import re

from generator.compare.amounts import Amount
from generator.compare.attributions import Attribution, attributions
from generator.compare.hedges import Hedge, hedges
from generator.compare.lexicon import Lexicon
from generator.compare.names import Name, names
from generator.compare.numbers import amounts
from generator.compare.tokens import Tokens

_DIGIT = re.compile(r"\d")


class Reading:
    """A wording as it is compared."""

    __slots__ = ("_amounts", "_attributions", "_content", "_hedges", "_names", "lexicon", "text", "tokens")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = Tokens(text)
        self._amounts: tuple[Amount, ...] | None = None
        self._attributions: tuple[Attribution, ...] | None = None
        self._content: frozenset[str] | None = None
        self._hedges: tuple[Hedge, ...] | None = None
        self._names: tuple[Name, ...] | None = None

    @property
    def amounts(self) -> tuple[Amount, ...]:
        if self._amounts is None:
            cues, date_cues = self.lexicon.number_cues, self.lexicon.date_cues
            there = not self.tokens.set.isdisjoint(cues) or not self.tokens.set.isdisjoint(date_cues)
            self._amounts = amounts(self.tokens, self.lexicon) if there or _DIGIT.search(self.text) else ()
        return self._amounts

    @property
    def names(self) -> tuple[Name, ...]:
        if self._names is None:
            self._names = names(self.tokens, self.lexicon) if self.lexicon.names else ()
        return self._names

    @property
    def hedges(self) -> tuple[Hedge, ...]:
        if self._hedges is None:
            none = self.tokens.set.isdisjoint(self.lexicon.hedge_cues)
            self._hedges = () if none else hedges(self.tokens, self.lexicon)
        return self._hedges

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        if self._attributions is None:
            none = self.tokens.set.isdisjoint(self.lexicon.attribution_cues)
            self._attributions = () if none else attributions(self.tokens, self.lexicon)
        return self._attributions

    @property
    def content(self) -> frozenset[str]:
        """The stems of all words that are neither function words nor numbers."""
        if self._content is None:
            self._content = self.content_of(0, len(self.tokens))
        return self._content

    def content_of(self, first: int, end: int, but: tuple[int, int] = (0, -1)) -> frozenset[str]:
        """The stems of such words from `first` to before `end`, without those from but[0] to but[1]."""
        lexicon, keys = self.lexicon, self.tokens.keys
        return frozenset(
            lexicon.stem(keys[at])
            for at in range(max(0, first), min(end, len(keys)))
            if not but[0] <= at <= but[1] and is_content(keys[at], lexicon)
        )


def is_content(key: str, lexicon: Lexicon) -> bool:
    """Whether a word says what a text is about: neither a function word nor a number."""
    return (
        len(key) > 2
        and key[0].isalpha()
        and key not in lexicon.stopwords
        and key not in lexicon.numbers
        and key not in lexicon.units
        and key not in lexicon.ordinals
        and key not in lexicon.months
        and key not in lexicon.weekdays
    )
