"""Passages: proved quotes as runs for a claim's page, and articles' paragraphs with every quote marked in place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

from msgspec import Struct

from generator.link.fold import visible
from generator.link.library import Proved
from generator.link.proof import Span
from generator.plan.article_values import ParagraphView, Piece, QuotedBy
from generator.plan.claim_values import Run
from generator.read.texts import BREAK

_T = TypeVar("_T")

_ROUND = 300  # characters shown on each side of a quote, cut at sentences
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


def quote_runs(whole: str, proved: Proved) -> tuple[Run, ...]:
    """The quote as the article has it, with its marks, omissions and the article's own paragraph breaks."""
    runs: list[Run] = []
    for number, (start, end) in enumerate(proved.anchor.spans):
        if number:
            runs.append(Run("omission"))
        cuts = {start, end}
        for low, high in proved.marks:
            cuts.update(point for point in (low, high) if start < point < end)
        points = sorted(cuts)
        for low, high in pairwise(points):
            marked = any(first <= low and high <= last for first, last in proved.marks)
            for index, piece in enumerate(whole[low:high].split(BREAK)):
                if index:
                    runs.append(Run("break"))
                if piece:
                    runs.append(Run("mark" if marked else "text", visible(piece)))
    return tuple(runs)


def left_out(whole: str, proved: Proved) -> tuple[str, ...]:
    """What each omission of the quote stands for."""
    return tuple(visible(whole[start:end]).replace(BREAK, "\n").strip() for start, end in proved.anchor.omissions)


class Marking(Struct, frozen=True):
    """A quote to be marked in its article."""

    spans: tuple[Span, ...]
    quoted_by: QuotedBy


def paragraphs(
    whole: str, apart: Sequence[tuple[Span, str]], markings: Sequence[Marking], show: str
) -> tuple[ParagraphView, ...]:
    """The paragraphs of the article `whole` as its page shows them.

    `apart` has the passages that are not the article, in order, each with why. `show` is "full", "excerpts" (the quoted
    paragraphs, cut at sentences some 300 characters from a quote) or "none" (the quotes alone).
    """
    views: list[ParagraphView] = []
    hidden = 0
    pieces = whole.split(BREAK) if whole else []
    starts = list(accumulate((len(piece) + len(BREAK) for piece in pieces), initial=0))
    apart_in = _by_paragraph(starts, [(entry, (entry[0],)) for entry in apart])
    markings_in = _by_paragraph(starts, [(marking, marking.spans) for marking in markings])
    for number, (paragraph, start) in enumerate(zip(pieces, starts, strict=False)):
        end = start + len(paragraph)
        near, aside = markings_in.get(number, []), apart_in.get(number, [])
        if show == "full" and not near and not aside and paragraph.strip():  # the usual one, as it is
            views.append(ParagraphView("text", pieces=(Piece(visible(paragraph), False, ()),)))
            continue
        shown = _windows(paragraph, start, near, show)
        if not shown:
            hidden += 1
        elif hidden:
            views.append(ParagraphView("gap", count=hidden))
            hidden = 0
        for window in shown:
            views.extend(_window_views(whole, (start, end), window, aside, near))
    if hidden:
        views.append(ParagraphView("gap", count=hidden))
    return tuple(views)


def _by_paragraph(starts: Sequence[int], entries: Iterable[tuple[_T, Iterable[Span]]]) -> dict[int, list[_T]]:
    """By paragraph: which of the entries have a span that reaches it, in their order.

    An entry is a value and its spans; `starts` are the paragraphs' offsets and that of the text's end.
    """
    found: dict[int, list[_T]] = defaultdict(list)
    for value, spans in entries:
        reached = {
            number for low, high in spans for number in range(bisect_right(starts, low) - 1, bisect_right(starts, high))
        }
        for number in reached:
            found[number].append(value)
    return found


def _windows(paragraph: str, start: int, markings: Sequence[Marking], show: str) -> list[Span]:
    """What is shown of a paragraph that begins at `start`: spans in order, none touching the next."""
    end = start + len(paragraph)
    if show == "full":
        return [(start, end)]
    if not markings:
        return []
    inside = [
        (max(start, low), min(end, high))
        for marking in markings
        for low, high in marking.spans
        if low < end and start < high
    ]
    if show == "excerpts":
        inside = [
            (_sentence_start(paragraph, low - start) + start, _sentence_end(paragraph, high - start) + start)
            for low, high in inside
        ]
    windows: list[Span] = []
    for low, high in sorted(inside):
        if windows and low <= windows[-1][1] + 1:
            windows[-1] = (windows[-1][0], max(windows[-1][1], high))
        else:
            windows.append((low, high))
    return windows


def _sentence_start(paragraph: str, at: int) -> int:
    """Where to begin, some 300 characters before `at`: at the paragraph's or a sentence's start, else a word's."""
    least = at - _ROUND
    if least <= 0:
        return 0
    starts = [match.end() for match in _SENTENCE_END.finditer(paragraph, least, at)]
    return starts[0] if starts else paragraph.find(" ", least, at) + 1 or at


def _sentence_end(paragraph: str, at: int) -> int:
    """Where to end so that some 300 characters after `at` are shown."""
    most = at + _ROUND
    if most >= len(paragraph):
        return len(paragraph)
    ends = [match.start() + len(match.group().rstrip()) for match in _SENTENCE_END.finditer(paragraph, at, most)]
    space = paragraph.rfind(" ", at, most)
    return ends[-1] if ends else space if space > 0 else at


def _window_views(
    whole: str, paragraph: Span, window: Span, apart: Sequence[tuple[Span, str]], markings: Sequence[Marking]
) -> list[ParagraphView]:
    """A window's views: one, or several where words that are not the article stand in it."""
    views = []
    at = window[0]
    for (low, high), why in apart:
        low, high = max(low, at), min(high, window[1])  # where two overlap, the words of both stand once
        if low < high:
            views.append(((at, low), ""))
            views.append(((low, high), why))
            at = high
    views.append(((at, window[1]), ""))
    shown = [(span, why) for span, why in views if whole[span[0] : span[1]].strip()]
    return [
        ParagraphView(
            "apart" if why else "text",
            pieces=_pieces(whole, span, markings),
            why=why,
            cut_before=number == 0 and window[0] > paragraph[0],
            cut_after=number == len(shown) - 1 and window[1] < paragraph[1],
            quoted_by=tuple(
                marking.quoted_by
                for marking in markings
                if any(low < span[1] and span[0] < high for low, high in marking.spans)
            ),
        )
        for number, (span, why) in enumerate(shown)
    ]


def _pieces(whole: str, span: Span, markings: Sequence[Marking]) -> tuple[Piece, ...]:
    """The stretches of a span, each marked or not; where quotes overlap, they are cut at every quote's ends."""
    start, end = span
    spans = sorted(quoted for marking in markings for quoted in marking.spans)
    points = {start, end, *(point for quoted in spans for point in quoted if start < point < end)}
    anchors: dict[int, list[str]] = defaultdict(list)
    for marking in markings:
        anchors[marking.spans[0][0]].append(marking.quoted_by.anchor)
    pieces = []
    reach = at = 0  # how far the quotes that begin where a piece does or before it go on; how many of them there are
    for low, high in pairwise(sorted(points)):
        while at < len(spans) and spans[at][0] <= low:
            reach = max(reach, spans[at][1])
            at += 1
        pieces.append(Piece(visible(whole[low:high]), high <= reach, tuple(anchors.get(low, ()))))
    return tuple(pieces)
