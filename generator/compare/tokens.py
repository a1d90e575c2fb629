"""Tokens: a text's words and numbers with their places, and the form in which equal words are equal."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from generator.link.fold import DASHES

Span = tuple[int, int]

# Marks that stand on letters and what is passed over inside a word: soft hyphen and zero-width joiners.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200c\u200d"
_TOKEN = re.compile(rf"(\d+(?:[.,:٫٬]\d+)*|[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*)")
_SPACES = frozenset(" \t\n\r\u00a0\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_HYPHENS = frozenset(DASHES) - frozenset("—―−")
_BREAKS = frozenset('.!?…;:()[]{}“”„«»"|؟؛。')
_EQUAL = str.maketrans(dict.fromkeys("أإآٱ", "ا") | {"ى": "ي", "ة": "ه", "ـ": None, "\u00ad": None})


def key(word: str) -> str:
    """The form in which equal words are equal: lower case, without vowel marks and soft hyphens; Arabic's alef one."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFC", word).translate(_EQUAL).lower().replace("ё", "е")
    return "".join(letter for letter in word if letter.isalnum())


class Tokens:
    """A text's tokens: words and numbers, each with its own characters, its key and its place."""

    __slots__ = ("_parts", "_spans", "gaps", "keys", "set", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = _TOKEN.split(text)
        self.words = self._parts[1::2]
        self.gaps = self._parts[::2]
        """What stands before each token, and after the last."""
        self.keys = list(map(str.lower if "".join(self.words).isascii() else key, self.words))
        self.set = frozenset(self.keys)
        self._spans: list[Span] | None = None

    def __len__(self) -> int:
        return len(self.words)

    @property
    def spans(self) -> list[Span]:
        """Each token's offsets."""
        if self._spans is None:
            ends = list(accumulate(map(len, self._parts)))
            self._spans = list(zip(ends[:-1:2], ends[1::2], strict=True))
        return self._spans

    def span(self, first: int, last: int) -> Span:
        """The offsets of the tokens from `first` to `last`."""
        return self.spans[first][0], self.spans[last][1]

    def close(self, at: int) -> bool:
        """Whether only white space or a hyphen stands before the token at `at`."""
        if not 0 < at < len(self.words):
            return False
        gap = self.gaps[at]
        return gap == " " or (bool(gap) and (_SPACES.issuperset(gap) or (len(gap) == 1 and gap in _HYPHENS)))

    def spaced(self, at: int) -> bool:
        """Whether only white space stands before the token at `at`."""
        return 0 < at < len(self.words) and bool(self.gaps[at]) and _SPACES.issuperset(self.gaps[at])

    def capital(self, at: int) -> bool:
        return self.words[at][0].isupper()

    def breaks(self, at: int) -> bool:
        """Whether a sentence, or something in brackets or quotation marks, begins or ends before the token at `at`."""
        if at <= 0 or at >= len(self.words):
            return True
        gap = self.gaps[at]
        if gap == " " or (_BREAKS.isdisjoint(gap) and gap.count("\n") < 2):
            return False
        if gap.strip() == ".":  # “Oct. 17”, “p.m. Eastern”, “Mr. Smith”
            return not (
                len(self.words[at - 1]) <= 2 or not self.capital(at) or (len(self.words[at - 1]) <= 4 and gap == ".")
            )
        return True

    def sentence(self, at: int) -> tuple[int, int]:
        """The first token of the sentence of the token at `at`, and the one after its last."""
        first, end = at, at + 1
        while not self.breaks(first):
            first -= 1
        while not self.breaks(end):
            end += 1
        return first, end

    def find(self, phrase: tuple[str, ...], at: int) -> bool:
        """Whether the keys of `phrase` stand at `at`, with nothing but white space or hyphens between."""
        if len(phrase) == 1:
            return self.keys[at] == phrase[0]
        return tuple(self.keys[at : at + len(phrase)]) == phrase and all(
            self.close(at + further) for further in range(1, len(phrase))
        )
