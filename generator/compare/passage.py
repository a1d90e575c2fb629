"""A passage in which amounts are looked for: its words, and which of them were taken for an amount."""

from __future__ import annotations

import unicodedata

from generator.compare.amounts import Amount
from generator.compare.lexicon import Lexicon, Phrases
from generator.compare.tokens import Tokens
from generator.link.fold import DASHES

_MOST_NOUNS = 3


class Passage:
    """A text's words. At `numbers` amounts may begin; `found` has those that were taken, `used` says of which words."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.keys = tokens.keys
        self.lexicon = lexicon
        cues = lexicon.number_cues
        self.numbers = [at for at, key in enumerate(self.keys) if key in cues or key[0].isdecimal()]
        self.used = [False] * len(tokens)
        self.found: list[Amount] = []

    def take(self, amount: Amount) -> int:
        """Keep an amount. Returns where to go on."""
        for at in range(amount.first, amount.last + 1):
            self.used[at] = True
        self.found.append(amount)
        return amount.last + 1

    def gap(self, at: int) -> str:
        """What stands between the word before `at` and that one."""
        return self.tokens.gaps[at]

    def counts(self, at: int) -> bool:
        """Whether what stands at `at` can be what a number before it counts: “in 2000 cities”."""
        return (
            self.tokens.close(at)
            and self.keys[at][0].isalpha()
            and self.keys[at] not in self.lexicon.stopwords
            and not self.tokens.capital(at)
        )

    def is_day(self, at: int) -> bool:
        return 0 <= at < len(self.keys) and self.keys[at].isdecimal() and 1 <= int(self.keys[at]) <= 31

    def is_year(self, at: int) -> bool:
        return len(self.keys[at]) == 4 and self.keys[at].isdecimal() and 1000 <= int(self.keys[at]) <= 2199

    def is_range(self, first: int, last: int) -> bool:
        """Whether a dash or a stroke joins this number to another."""
        return self._joins_numbers(first) or self._joins_numbers(last + 1)

    def _joins_numbers(self, at: int) -> bool:
        if not 0 < at < len(self.keys):
            return False
        gap = self.gap(at).strip()
        if len(gap) != 1 or (gap not in DASHES and gap not in "/:×x"):
            return False
        return self._is_number(at - 1) and self._is_number(at)

    def _is_number(self, at: int) -> bool:
        key = self.keys[at]
        return key[0].isdecimal() or (
            (key in self.lexicon.numbers or key in self.lexicon.months or key in self.lexicon.weekdays)
            and not self._is_compound(at)
        )

    def _is_compound(self, at: int) -> bool:
        """Whether the word belongs to a number of several words, which hyphens join: “twenty-one”."""
        return self.lexicon.numbers.get(self.keys[at], 0) >= 20

    def nouns(self, at: int) -> tuple[str, ...]:
        """The stems of the words from `at` on that can be what is counted."""
        nouns: list[str] = []
        while at < len(self.keys) and len(nouns) < _MOST_NOUNS and self.tokens.close(at):
            key = self.keys[at]
            if not key[0].isalpha() or key in self.lexicon.stopwords:
                break
            nouns.append(self.lexicon.stem(key))
            at += 1
        return tuple(nouns)

    def hedge(self, at: int) -> tuple[str, int, int] | None:
        """What stands before the amount at `at` and makes it less sure."""
        for first in range(max(0, at - 4), at):
            found = phrase(self.tokens, self.lexicon.amount_hedges, first)
            if found and found[1] == at - 1 and self._follows(at):
                return found[0], first, at - 1
        return None

    def _follows(self, at: int) -> bool:
        """Whether nothing but white space and a currency stands before the amount at `at`."""
        return all(
            character.isspace() or unicodedata.category(character) == "Sc" for character in self.gap(at)
        ) and bool(self.gap(at))


def phrase(tokens: Tokens, phrases: Phrases, at: int) -> tuple[str, int] | None:
    """The meaning of the longest phrase that begins at `at`, and its last token."""
    if at < len(tokens):
        for phrase, meaning in phrases.get(tokens.keys[at], ()):
            if len(phrase) == 1 or tokens.find(phrase, at):
                return meaning, at + len(phrase) - 1
    return None
