"""Setting type: a text in lines that fit a box, in the largest size that it can have; else cut at a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from generator.images.bidi import direction, levels, seen
from generator.images.fonts import EM, Face, Family, Shaped, drawable, shaped

_LONGEST = 600  # characters: more than any box has room for
_AFTER_DASH = re.compile(r"(?<=[^\W\d_][-‐–—/])(?=[^\W\d_])")
_ENDS = " ,;:.…-–—/([{«“‘"


class Box(Struct, frozen=True):
    """Where a text has to fit: pixels, and the sizes that it may have, the largest first.

    Without a `height` it has one line, as high as it is; with one, its lines are as many as fit, and one at least.
    """

    width: int
    sizes: tuple[int, ...]
    height: int = 0


class Run(Struct, frozen=True):
    """A piece of a word in one font and direction."""

    shape: Shaped
    level: int


class Word(Struct, frozen=True):
    """What no line ends within. `gap` is the space before it; `end` is where it ends in the text."""

    runs: tuple[Run, ...]
    gap: int
    level: int
    """Of the space."""
    start: int
    end: int

    @property
    def width(self) -> int:
        return sum(run.shape.width for run in self.runs)


class Line(Struct, frozen=True):
    """Shapes from left to right, each with the place where it begins."""

    shapes: tuple[tuple[int, Shaped], ...]
    width: int


class Block(Struct, frozen=True):
    """A text that was set. Lengths in its lines are thousandths of `size`; `backwards`: it begins at the right."""

    lines: tuple[Line, ...]
    size: int
    leading: int
    backwards: bool

    @property
    def line_height(self) -> int:
        return self.size * self.leading // EM

    @property
    def height(self) -> int:
        return len(self.lines) * self.line_height

    @property
    def width(self) -> int:
        """Of the longest line, in pixels."""
        return max((-(-line.width * self.size // EM) for line in self.lines), default=0)


@lru_cache(maxsize=512)
def set_type(text: str, family: Family, box: Box, language: str, backwards: bool) -> Block:
    """`text` in the largest size in which all of it fits `box`; else in the smallest, cut, with an ellipsis.

    `backwards` is the direction of a text that has none of its own.
    """
    text = drawable(text[: 2 * _LONGEST], family)
    base = direction(text, int(backwards))
    whole = text if len(text) <= _LONGEST else _cut(text, _LONGEST)
    paragraph = _Paragraph(whole, family, language, base)
    for size in box.sizes:
        lines = wrapped(paragraph.words, box.width * EM // size)
        if lines is not None and _fits(lines, size, paragraph.leading, box):
            return paragraph.block(lines, size)
    return _cut_to_fit(paragraph, box)


class _Paragraph:
    """A text as words."""

    def __init__(self, text: str, family: Family, language: str, base: int) -> None:
        self.text = text
        self.family = family
        self.language = language
        self.base = base
        self.levels = levels(text, base)
        self.faces = _faces(text, family)
        self.leading = max((face.leading for face in self.faces), default=family.faces[0].leading)
        self.words = [self._word(start, end, gap) for start, end, gap in _words(text)]

    def again(self, text: str) -> _Paragraph:
        """Another text in the same place."""
        return _Paragraph(text, self.family, self.language, self.base)

    def _word(self, start: int, end: int, gap: bool) -> Word:
        runs = []
        for first, last in self._stretches(start, end):
            level = self.levels[first]
            piece = shaped(self.text[first:last], self.faces[first], bool(level % 2), self.language)
            runs.append(Run(piece, level))
        space = shaped(" ", self.family.faces[0], False, "").width if gap else 0
        return Word(tuple(runs), space, self.levels[start - 1] if gap else 0, start, end)

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        first = start
        for at in range(start + 1, end):
            if self.levels[at] != self.levels[first] or self.faces[at] is not self.faces[first]:
                yield first, at
                first = at
        yield first, end

    def broken(self, limit: int) -> list[Word]:
        """The words, those that are too wide in pieces. No piece begins with a mark, since marks take no width."""
        return [piece for word in self.words for piece in (self._broken(word, limit) if word.width > limit else [word])]

    def _broken(self, word: Word, limit: int) -> list[Word]:
        pieces = []
        start = word.start
        for before, end in pairwise(range(word.start, word.end + 1)):
            if before > start and self._word(start, end, False).width > limit:
                pieces.append(self._word(start, before, False))
                start = before
        pieces.append(self._word(start, word.end, False))
        first = pieces[0]
        return [Word(first.runs, word.gap, word.level, first.start, first.end), *pieces[1:]]

    def block(self, lines: Sequence[Sequence[Word]], size: int) -> Block:
        return Block(tuple(map(_line, lines)), size, self.leading, bool(self.base))


def _words(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where words begin and end, and whether a space goes before them."""
    for found in re.finditer("[^ ]+", text):
        parts = [0, *(place.start() for place in _AFTER_DASH.finditer(found.group())), len(found.group())]
        for start, end in pairwise(parts):
            yield found.start() + start, found.start() + end, start == 0 and found.start() > 0


def _faces(text: str, family: Family) -> list[Face]:
    faces: list[Face] = []
    for character in text:
        before = faces[-1] if faces else None
        face = before if before is not None and _joins(character) else family.face_of(character, before)
        faces.append(face or before or family.faces[0])
    return faces


def _joins(character: str) -> bool:
    """Whether a character belongs to the letter before it."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def wrapped(words: Iterable[Word], limit: int) -> list[list[Word]] | None:
    """The words in lines of at most `limit`; None where one is wider than that."""
    lines: list[list[Word]] = []
    left = 0
    for word in words:
        width = word.width
        if width > limit:
            return None
        if not lines or word.gap + width > left:
            lines.append([])
            left = limit + word.gap  # which no line begins with
        lines[-1].append(word)
        left -= word.gap + width
    return lines


def _fits(lines: Sequence[object], size: int, leading: int, box: Box) -> bool:
    return len(lines) <= (box.height // (size * leading // EM) if box.height else 1)


def _cut_to_fit(paragraph: _Paragraph, box: Box) -> Block:
    """As much of a text as fits in the smallest size, and an ellipsis."""
    size = box.sizes[-1]
    limit = box.width * EM // size
    lines = wrapped(paragraph.broken(limit), limit) or []
    most = max(1, box.height // (size * paragraph.leading // EM))
    if len(lines) <= most:
        return paragraph.block(lines, size)
    end = lines[most - 1][-1].end
    while end > 1:
        shorter = paragraph.again(_cut(paragraph.text, end))
        found = wrapped(shorter.broken(limit), limit) or []
        if len(found) <= most:
            return shorter.block(found, size)
        end = _earlier(paragraph.text, end)
    return paragraph.block(lines[:most], size)


def _earlier(text: str, end: int) -> int:
    """The end of the word before `end`; in a word that is wide itself, of the letter before."""
    before = text.rfind(" ", 0, end)
    return before if before > 0 and end - before < 30 else end - 1


def _cut(text: str, end: int) -> str:
    """`text` to `end`, or to the last word's end before it, and an ellipsis."""
    inside = end < len(text) and text[end] != " " and text[end - 1] != " " and not _AFTER_DASH.match(text, end)
    before = text.rfind(" ", max(0, end - 30), end) if inside else -1
    kept = text[: before if before > 0 else end]
    while kept and _joins(text[len(kept) : len(kept) + 1] or " "):
        kept = kept[:-1]
    return f"{kept.rstrip(_ENDS)}…"


def _line(words: Sequence[Word]) -> Line:
    """Words as they are seen, from left to right."""
    parts: list[tuple[int, int, Shaped | None]] = []
    for number, word in enumerate(words):
        if number and word.gap:
            parts.append((word.level, word.gap, None))
        parts += ((run.level, run.shape.width, run.shape) for run in word.runs)
    shapes = []
    x = 0
    for _, width, shape in seen(parts, lambda part: part[0]):
        if shape is not None:
            shapes.append((x, shape))
        x += width
    return Line(tuple(shapes), x)
