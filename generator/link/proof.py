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

from generator.link.edges import cuts
from generator.link.fold import Folded, fold, is_word
from generator.link.meant import meant
from generator.link.nearest import first_difference, nearest_passage
from generator.read.quoting import quoted
from generator.read.texts import BREAK, Text

OMISSION = re.compile(r"\[(?:…|\.\.\.)\]")
MOST_OMISSIONS = 8
LONG_OMISSION = 300  # characters
COPY_THE_WORDS = "copy the words from the article's text"
"""The help where nothing like a quote stands in the article."""

Span = tuple[int, int]
"""Offsets of a passage's first character and of the one after its last, in `Text.whole`."""

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
    """Why a quote is not proved: a problem's code, message and help.

    `typed` are the offsets of the words in question in the quote, where they are not all of it. `words` is the quote
    as it would be proved, where that is known.
    """

    code: str
    message: str
    help: str = ""
    typed: Span | None = None
    words: str = ""


_MIXED = Refusal(
    "Q005",
    "some of these words are the article's, and some its file lists as not the article",
    "make it two quotes: quote the article itself in one, and add a “medium” to the other",
)


class Evidence:
    """A text ready for proofs: folded once, with the passages of it that are not the article."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.whole = text.whole
        self.folded = Folded(self.whole)
        self.apart: tuple[Span, ...] = ()  # in order, what overlaps or touches as one

    def without(self, apart: Iterable[Span]) -> Evidence:
        """The same text, in which the passages `apart` are not the article."""
        stretches: list[Span] = []
        for start, end in sorted(apart):
            if stretches and not self.whole[stretches[-1][1] : start].strip():
                start, end = stretches[-1][0], max(stretches.pop()[1], end)
            stretches.append((start, end))
        other = copy(self)
        other.apart = tuple(stretches)
        return other

    def paragraph(self, offset: int) -> int:
        """The number (from 1) of the paragraph in which `offset` lies."""
        return self.whole.count(BREAK, 0, offset) + 1

    def is_article(self, folded: Span) -> bool:
        """Whether a folded span is wholly the article's."""
        low, high = self.span(folded)
        return not any(low < end and start < high for start, end in self.apart)

    def is_apart(self, folded: Span) -> bool:
        """Whether a folded span is wholly something that is not the article."""
        low, high = self.span(folded)
        return any(start <= low and high <= end for start, end in self.apart)

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
        return cuts(self.folded, at)

    def span(self, folded: Span) -> Span:
        """A folded span in the text's own offsets."""
        return self.folded.start(folded[0]), self.folded.end(folded[1])

    # --- proving ------------------------------------------------------------------------------------------------------

    def prove(self, quote: str, before: str = "", after: str = "", apart: bool = False) -> Anchor | Refusal:
        """The one place of `quote`, or why there is none.

        Text that is not the article counts only where `apart`, and never together with the article's own.
        """
        found = self.prove_as_typed(quote, before, after, apart)
        if isinstance(found, Refusal) and found.code == "Q001":
            for guess in meant(quote):
                proved = self.prove_as_typed(guess.quote, before, after, apart, why=False)
                if isinstance(proved, Anchor):
                    words = " […] ".join(" ".join(self.whole[start:end].split()) for start, end in proved.spans)
                    return Refusal("Q001", guess.message, f"write: {words}", guess.typed, words)
        return found

    def prove_as_typed(
        self, quote: str, before: str = "", after: str = "", apart: bool = False, why: bool = True
    ) -> Anchor | Refusal:
        """What `prove` gives, without a guess at what was meant; where the reason does not matter, without that too."""
        parts = [fold(part) for part in OMISSION.split(quote)]
        unfit = _unfit(quote, parts)
        if unfit:
            return unfit
        everywhere = [self.occurrences(part) for part in parts]
        found = list(everywhere)
        if before:
            found[0] = [span for span in found[0] if self._stands_before(span[0], before)]
        if after:
            found[-1] = [span for span in found[-1] if self._stands_after(span[1], after)]
        ways = [way for side in self._sides(found, apart) for way in _ways(self.folded.text, side)]
        if len(ways) == 1:
            return Anchor(tuple(map(self.span, ways[0])))
        if ways:
            return self._ambiguous(ways)
        if not why:
            return Refusal("Q001", "these words do not stand in the article")
        return self._absent(quote, parts, found, everywhere, before, after, apart)

    def _sides(self, found: list[list[Span]], apart: bool) -> list[list[list[Span]]]:
        """What was `found` in the article and, where `apart`, what was found in that which is not the article."""
        if not self.apart:
            return [found]
        sides = (self.is_article, self.is_apart) if apart else (self.is_article,)
        return [[list(filter(side, spans)) for spans in found] for side in sides]

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
        hints = [self._words_beside(self.span(way[0])) for way in (first, second)]
        help = f"quote more words, or add one of these lines:\n{hints[0]}\n{hints[1]}"
        if hints[0] == hints[1]:
            help = "quote more words, so that they stand in one place"
        return Refusal("Q002", f"these words stand in more than one place ({where})", help)

    def _words_beside(self, span: Span) -> str:
        """The line of YAML that names the words next to a passage."""
        start, end = span
        left = " ".join(self.whole[max(0, start - 60) : start].split(BREAK)[-1].split()[-3:])
        right = " ".join(self.whole[end : end + 60].split(BREAK)[0].split()[:3])
        return f"before: {quoted(left)}" if _WORD.search(left) else f"after: {quoted(right)}"

    def _absent(
        self,
        quote: str,
        parts: list[str],
        found: list[list[Span]],
        everywhere: list[list[Span]],
        before: str,
        after: str,
        apart: bool,
    ) -> Refusal:
        for index, (part, spans, anywhere) in enumerate(zip(parts, found, everywhere, strict=True)):
            if any(self.is_article(span) or (apart and self.is_apart(span)) for span in spans):
                continue
            if any(self.is_article(span) or (apart and self.is_apart(span)) for span in anywhere):
                given = " and ".join(f"“{name}”" for name, words in (("before", before), ("after", after)) if words)
                return Refusal(
                    "Q001",
                    f"these words stand in the article, but not next to the words given in {given}",
                    f"correct {given}",
                )
            if any(self.is_apart(span) for span in anywhere):
                return Refusal(
                    "Q005",
                    "these words stand in the text, but the article's file lists them as not the article",
                    "quote the article itself, or add a line that says what this is, such as:\nmedium: advertisement",
                )
            if anywhere:
                return _MIXED
            inside = self.occurrences(part, whole_words=False)
            if inside:
                return self._cut(quote, parts, index, inside[0])
            return self._nearest(quote, parts, index)
        if _ways(self.folded.text, found):
            return _MIXED
        return Refusal(
            "Q001",
            "each part stands in the article, but not in this order, or nothing is left out between them",
            "put the parts in the article's order; drop […] where nothing is left out",
        )

    def _cut(self, quote: str, parts: list[str], index: int, span: Span) -> Refusal:
        """The refusal of a quote whose part number `index` stands at `span`, and cuts a word there."""
        start, end = span
        while self.cuts(start):
            start -= 1
        while self.cuts(end):
            end += 1
        text = self.folded.text
        if start < span[0]:
            first = _first_word(text, span[0])
            side, word = "begins", text[start : text.index(first, span[0]) + len(first)]
            cut = (0, len(first))
        else:
            last = _last_word(text, span[1])
            begins = max(span[0], text.rindex(last, 0, span[1]))
            side, word = "ends", text[begins:end]
            cut = (begins - span[0], span[1] - span[0])
        words = self._with_part(parts, index, (start, end))
        message = f"this quote {side} inside “{word}”"
        return Refusal("Q003", message, f"quote whole words: {words}", _typed(quote, index, cut), words)

    def _nearest(self, quote: str, parts: list[str], index: int) -> Refusal:
        """The refusal of a quote whose part number `index` stands nowhere."""
        near = nearest_passage(parts[index], self.folded.text, self.words)
        if near is None:
            return Refusal(
                "Q001",
                "these words do not stand in the article, and nothing near them does",
                COPY_THE_WORDS,
                _typed(quote, index, (0, len(parts[index]))) if len(parts) > 1 else None,
            )
        span, difference = near
        number = self.paragraph(self.span(span)[0])
        words = self._with_part(parts, index, span)
        wrong = first_difference(parts[index], self.folded.text[slice(*span)])
        return Refusal(
            "Q001",
            f"these words do not stand in the article; the nearest are in paragraph {number}: {difference}",
            f"the article's words: {words}",
            _typed(quote, index, wrong),
            words,
        )

    def _with_part(self, parts: list[str], index: int, span: Span) -> str:
        """The quote with the article's words at `span` in place of its part number `index`."""
        return " […] ".join([*parts[:index], self.words(span), *parts[index + 1 :]])

    def words(self, folded: Span) -> str:
        """The article's own characters in a folded span, on one line."""
        start, end = self.span(folded)
        return " ".join(self.whole[start:end].split())


def _typed(quote: str, index: int, folded: Span) -> Span | None:
    """The offsets in `quote` of a span of its folded part number `index`."""
    bounds = [0, *(at for match in OMISSION.finditer(quote) for at in match.span()), len(quote)]
    begin, end = bounds[2 * index : 2 * index + 2]
    part = Folded(quote[begin:end])
    lead = len(part.text) - len(part.text.lstrip())
    low, high = folded[0] + lead, folded[1] + lead
    if not 0 <= low < high <= len(part.text):
        return None
    return begin + part.start(low), begin + part.end(high)


def _unfit(quote: str, parts: list[str]) -> Refusal | None:
    """Why a quote can't be proved whatever the article says."""
    if len(parts) - 1 > MOST_OMISSIONS:
        return Refusal(
            "Q004", f"{len(parts) - 1} omissions are too many: at most {MOST_OMISSIONS}", "make it two quotes"
        )
    for index, part in enumerate(parts):
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
                _typed(quote, index, (0, len(part))),
            )
    return None


def _ways(text: str, found: list[list[Span]]) -> list[tuple[Span, ...]]:
    """Up to two ways in which the parts stand in order, with a word left out between each and the next."""
    if len(found) == 1:
        return [(span,) for span in found[0][:2]]
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
    """`text` to the end of its last word. A mark that stands on no letter (an emoji's) is no part of one."""
    end = marked = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
        if not is_word(text[end]):
            marked = end
    return text[: marked if end else 0]


def _trim_start(text: str) -> str:
    start = 0
    while start < len(text) and not text[start].isalnum():
        start += 1
    return text[start:]
