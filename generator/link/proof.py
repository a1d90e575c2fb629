"""Proof: a quote's words are found in the article's text, in one place, on whole words, or refused with the reason.

The rules are DESIGN's ("Proof"). Nothing is guessed: no place and more than one place are both refusals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from copy import copy
from itertools import pairwise

from msgspec import Struct

from generator.link.fold import Folded, fold, is_word
from generator.link.nearest import nearest_passage
from generator.read.texts import BREAK, Text

OMISSION = re.compile(r"\[(?:…|\.\.\.)\]")
MOST_OMISSIONS = 8
LONG_OMISSION = 300  # characters

Span = tuple[int, int]
"""Offsets of a passage's first character and of the one after its last, in `Text.whole`."""

_JOINERS = frozenset("-'.,:/_@")
_NUMBER_SPACES = frozenset("\u00a0\u202f\u2009")
_SIGNS = frozenset("-+±.")  # a point that no digit stands before begins a number too
_UNITS = frozenset("%‰°")
_WORD = re.compile(r"[^\W_]")
_WORDS = re.compile(r"[^\W_]+(?:['.,:/-][^\W_]+)*")


class Anchor(Struct, frozen=True):
    """Where a proved quote stands: a span a part, in the article's order."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def omissions(self) -> tuple[Span, ...]:
        """The passages that `[…]` stands for."""
        return tuple((left[1], right[0]) for left, right in pairwise(self.spans))


class Refusal(Struct, frozen=True):
    """Why a quote is not proved: a problem's code, message and help."""

    code: str
    message: str
    help: str = ""


class Evidence:
    """A text ready for proofs: folded once, with the passages of it that are not the article."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.whole = text.whole
        self.folded = Folded(self.whole)
        self.apart: tuple[Span, ...] = ()

    def without(self, apart: Iterable[Span]) -> Evidence:
        """The same text, in which the passages `apart` are not the article."""
        other = copy(self)
        other.apart = tuple(apart)
        return other

    def paragraph(self, offset: int) -> int:
        """The number (from 1) of the paragraph in which `offset` lies."""
        return self.whole.count(BREAK, 0, offset) + 1

    def is_apart(self, span: Span) -> bool:
        return any(span[0] < end and start < span[1] for start, end in self.apart)

    # --- finding ------------------------------------------------------------------------------------------------------

    def occurrences(self, needle: str, low: int = 0, high: int | None = None, whole_words: bool = True) -> list[Span]:
        """Folded spans in which the folded `needle` stands between `low` and `high`."""
        found = []
        haystack = self.folded.text
        at = haystack.find(needle, low, high)
        while at >= 0:
            span = (at, at + len(needle))
            if not whole_words or not (self.cuts(span[0]) or self.cuts(span[1])):
                found.append(span)
            at = haystack.find(needle, at + 1, high)
        return found

    def cuts(self, at: int) -> bool:
        """Whether a boundary at the folded offset `at` falls inside a word or a number."""
        text = self.folded.text
        if at <= 0 or at >= len(text):
            return False
        left, right = text[at - 1], text[at]
        if is_word(left) and is_word(right):
            return True
        # Beside a joiner between two letters or digits: before it, or after it.
        if (is_word(left) and self.joins(at)) or (is_word(right) and self.joins(at - 1)):
            return True
        # After a sign or a currency that belongs to a number; before a unit or a currency that does.
        number = at + 1 if right in _SIGNS or _is_currency(right) else at
        if text[number : number + 1].isdigit() and self.belongs(at - 1):
            return True
        return left.isdigit() and (right in _UNITS or _is_currency(right))

    def joins(self, at: int) -> bool:
        """Whether the character at the folded offset `at` holds a word or a number together."""
        text = self.folded.text
        if at <= 0 or at + 1 >= len(text) or not is_word(text[at - 1]) or not is_word(text[at + 1]):
            return False
        character = text[at]
        digits = text[at - 1].isdigit() and text[at + 1].isdigit()
        if character == " ":
            return digits and self.whole[self.folded.start(at)] in _NUMBER_SPACES
        if character == "-" and self.whole[self.folded.start(at)] in "—―":
            return digits  # between words a long dash is punctuation
        return character in _JOINERS

    def belongs(self, at: int) -> bool:
        """Whether the character at the folded offset `at` is a sign or a currency of the number that follows."""
        text = self.folded.text
        if text[at] == " " and at > 0:
            return _is_currency(text[at - 1])
        if _is_currency(text[at]):
            return True
        if text[at] not in _SIGNS or self.whole[self.folded.start(at)] in "—―":
            return False
        return at == 0 or text[at - 1] in " ([\"'" or _is_currency(text[at - 1])

    def span(self, folded: Span) -> Span:
        """A folded span in the text's own offsets."""
        return self.folded.start(folded[0]), self.folded.end(folded[1])

    # --- proving ------------------------------------------------------------------------------------------------------

    def prove(self, quote: str, before: str = "", after: str = "", apart: bool = False) -> Anchor | Refusal:
        """The one place of `quote`, or why there is none. Text that is not the article counts only where `apart`."""
        parts = [fold(part) for part in OMISSION.split(quote)]
        unfit = _unfit(parts)
        if unfit:
            return unfit
        found = [self.occurrences(part) for part in parts]
        everywhere = list(found)
        if not apart:
            found = [[span for span in spans if not self.is_apart(self.span(span))] for spans in found]
        found[0] = [span for span in found[0] if self._stands_before(span[0], before)]
        found[-1] = [span for span in found[-1] if self._stands_after(span[1], after)]
        ways = _ways(self.folded.text, found)
        if len(ways) == 1:
            return Anchor(tuple(self.span(span) for span in ways[0]))
        if ways:
            return self._ambiguous(ways)
        return self._absent(parts, found, everywhere, before, after, apart)

    def _stands_before(self, at: int, words: str) -> bool:
        """Whether `words` stand just before the folded offset `at`: only white space and marks come between."""
        words = _trim_end(fold(words))
        end = len(_trim_end(self.folded.text[:at])) if words else 0
        return not words or (self.folded.text.endswith(words, 0, end) and not self.cuts(end - len(words)))

    def _stands_after(self, at: int, words: str) -> bool:
        """Whether `words` stand just after the folded offset `at`."""
        words = _trim_start(fold(words))
        start = len(self.folded.text) - len(_trim_start(self.folded.text[at:])) if words else 0
        return not words or (self.folded.text.startswith(words, start) and not self.cuts(start + len(words)))

    # --- refusing -----------------------------------------------------------------------------------------------------

    def _ambiguous(self, ways: list[tuple[Span, ...]]) -> Refusal:
        first, second = ways[0], ways[1]
        differing = next(i for i, (left, right) in enumerate(zip(first, second, strict=True)) if left != right)
        places = [self.paragraph(self.span(way[differing])[0]) for way in (first, second)]
        where = f"paragraphs {places[0]} and {places[1]}" if places[0] != places[1] else f"paragraph {places[0]}, twice"
        if len(first) > 1:
            return Refusal(
                "Q002",
                f"the parts of this quote fit in more than one way ({where})",
                "lengthen the part that stands in more than one place, or quote without […]",
            )
        hints = []
        for way in (first, second):
            start, end = self.span(way[0])
            left = " ".join(self.whole[max(0, start - 60) : start].split(BREAK)[-1].split()[-3:])
            right = " ".join(self.whole[end : end + 60].split(BREAK)[0].split()[:3])
            hint = f"before: “{left}”" if fold(left) else f"after: “{right}”"
            hints.append(hint)
        return Refusal(
            "Q002",
            f"these words stand in more than one place ({where})",
            f"quote more words, or add {hints[0]} or {hints[1]}",
        )

    def _absent(
        self,
        parts: list[str],
        found: list[list[Span]],
        everywhere: list[list[Span]],
        before: str,
        after: str,
        apart: bool,
    ) -> Refusal:
        for index, (part, spans, anywhere) in enumerate(zip(parts, found, everywhere, strict=True)):
            if spans:
                continue
            if anywhere and not apart and all(self.is_apart(self.span(place)) for place in anywhere):
                return Refusal(
                    "Q005",
                    "these words stand in the text, but the article's file lists them as not the article",
                    "add a “medium”, such as “medium: embedded post”, or quote the article itself",
                )
            if anywhere:
                given = " and ".join(f"“{name}”" for name, words in (("before", before), ("after", after)) if words)
                return Refusal(
                    "Q001",
                    f"these words stand in the article, but not next to the words given in {given}",
                    f"correct {given}",
                )
            inside = self.occurrences(part, whole_words=False)
            if inside:
                return self._cut(inside[0])
            return self._nearest(parts, index)
        return Refusal(
            "Q001",
            "each part stands in the article, but not in this order, or nothing is left out between them",
            "put the parts in the article's order; drop […] where nothing is left out",
        )

    def _cut(self, span: Span) -> Refusal:
        start, end = span
        while self.cuts(start):
            start -= 1
        while self.cuts(end):
            end += 1
        side, word = (
            ("begins", _first_word(self.folded.text, start))
            if start < span[0]
            else ("ends", _last_word(self.folded.text, end))
        )
        return Refusal("Q003", f"this quote {side} inside “{word}”", f"quote whole words: {self.words((start, end))}")

    def _nearest(self, parts: list[str], index: int) -> Refusal:
        """The refusal of a quote whose part number `index` stands nowhere."""
        near = nearest_passage(parts[index], self.folded.text)
        if near is None:
            return Refusal(
                "Q001",
                "these words do not stand in the article, and nothing near them does",
                "copy the words from the article's text",
            )
        span, difference = near
        number = self.paragraph(self.span(span)[0])
        return Refusal(
            "Q001",
            f"these words do not stand in the article; the nearest are in paragraph {number}: {difference}",
            f"the article's words: {' […] '.join([*parts[:index], self.words(span), *parts[index + 1 :]])}",
        )

    def words(self, folded: Span) -> str:
        """The article's own characters in a folded span, on one line."""
        start, end = self.span(folded)
        return " ".join(self.whole[start:end].split())


def _unfit(parts: list[str]) -> Refusal | None:
    """Why a quote can't be proved whatever the article says."""
    if len(parts) - 1 > MOST_OMISSIONS:
        return Refusal(
            "Q004", f"{len(parts) - 1} omissions are too many: at most {MOST_OMISSIONS}", "make it two quotes"
        )
    for part in parts:
        if not part:
            return Refusal(
                "Q004", "[…] stands at the quote's end or beside another", "begin and end with the article's words"
            )
        if not _WORD.search(part):
            return Refusal("Q001", f"“{part}” has no word that could be proved", "quote the article's words")
        if len(parts) > 1 and len(_words(part)) < 2:
            return Refusal(
                "Q004",
                f"“{part}” is too little to prove: each part needs two words or more",
                "quote more words beside […]",
            )
    return None


def _ways(text: str, found: list[list[Span]]) -> list[tuple[Span, ...]]:
    """Up to two ways in which the parts stand in order, with a word left out between each and the next."""
    if not all(found):
        return []
    # From the last part back: of each occurrence, up to two ways on from it.
    onward: list[list[tuple[Span, ...]]] = [[(span,)] for span in found[-1]]
    for index in range(len(found) - 2, -1, -1):
        starts = [span[0] for span in found[index + 1]]
        # best[i]: up to two ways that begin at occurrence i or later
        best: list[list[tuple[Span, ...]]] = [[] for _ in range(len(starts) + 1)]
        for i in range(len(starts) - 1, -1, -1):
            best[i] = (onward[i] + best[i + 1])[:2]
        current: list[list[tuple[Span, ...]]] = []
        for span in found[index]:
            left_out = _WORD.search(text, span[1])
            first = bisect_left(starts, left_out.start() + 1) if left_out else len(starts)
            current.append([(span, *way) for way in best[first]])
        onward = current
    return [way for ways in onward for way in ways][:2]


def _is_currency(character: str) -> bool:
    return character in "$£€¥₽₴₹₩₪₺₸₿¢" or ("\u20a0" <= character <= "\u20cf")


def _words(text: str) -> list[str]:
    """The words of a folded text. A mark is part of its word, though not for a regular expression."""
    shape = "".join("w" if is_word(character) else character for character in text)
    return [text[match.start() : match.end()] for match in _WORDS.finditer(shape)]


def _first_word(text: str, at: int) -> str:
    found = _words(text[at : at + 200])
    return found[0] if found else text[at : at + 20]


def _last_word(text: str, end: int) -> str:
    found = _words(text[max(0, end - 200) : end])
    return found[-1] if found else text[max(0, end - 20) : end]


def _trim_end(text: str) -> str:
    end = len(text)
    while end and not is_word(text[end - 1]):
        end -= 1
    return text[:end]


def _trim_start(text: str) -> str:
    start = 0
    while start < len(text) and not is_word(text[start]):
        start += 1
    return text[start:]
