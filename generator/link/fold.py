"""Folding: the form of a text in which DESIGN's equal forms are equal, and the way back to its own characters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

SINGLE_QUOTES = "'‘’‚‛′"
DOUBLE_QUOTES = '"“”„«»″'
DASHES = "-‐‑‒–—―−"

# Passed over: soft hyphen, zero-width and direction marks.
PASSED_OVER = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"

_EQUAL = str.maketrans(
    {**dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DOUBLE_QUOTES, '"'), **dict.fromkeys(DASHES, "-")}
)
_PASSED = re.compile(f"[{PASSED_OVER}{_CONTROLS}]")
_GAP = re.compile(rf"[\s{PASSED_OVER}{_CONTROLS}]")
# What may fold to anything but itself: a gap (without the single space that it may begin with), or a run that is not
# ASCII. A search for one set of characters is quick, and for one character quicker, so there are three patterns: where
# no two spaces stand together, and where nothing is odd but ends of lines.
_SPECIAL = re.compile(rf"[^ -~](?:(?<={_GAP.pattern}){_GAP.pattern}*|[^\x00-\x7f\s]*)")
_SPECIAL_OR_SPACES = re.compile(rf"  {_GAP.pattern}*|{_SPECIAL.pattern}")
_LINE_END = re.compile(rf"\n{_GAP.pattern}*")
_IN_PLAIN_LINES = bytes(range(0x20, 0x7F)) + b"\n"


class Folded:
    """A folded text. `text` is what is compared; `start` and `end` lead back to offsets in `original`."""

    __slots__ = ("_here", "_there", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        # From each folded offset in _here on, the original goes on at the same index of _there, character by character.
        self._here: list[int] = [0]
        self._there: list[int] = [0]
        pieces: list[str] = []
        length = done = 0
        for match in _pattern(original).finditer(original):
            begin, end = match.span()
            gap = _GAP.match(original, begin)
            if gap and begin > done and original[begin - 1] == " ":
                begin -= 1
            # A mark composes with the ASCII letter before it, which it is ordered after: they fold on their own.
            pieces.append(original[done:begin])
            length += begin - done
            done = end
            special = original[begin:end]
            if gap:
                if any(map(str.isspace, special)):
                    pieces.append(" ")
                    length += 1
            elif unicodedata.is_normalized("NFD", special) and not _PASSED.search(special):
                # Nothing is decomposed, set in order or passed over: each character stays one.
                pieces.append(special.translate(_EQUAL))
                length += len(special)
            else:
                for character, offset in _decompose(original, begin, end):
                    self._goes_on(length, offset)
                    pieces.append(character)
                    length += 1
            self._goes_on(length, end)
        pieces.append(original[done:])
        self.text = "".join(pieces)

    def _goes_on(self, here: int, there: int) -> None:
        """Note that the original goes on at `there` from the folded offset `here` on, if it would not anyway."""
        if there - here != self._there[-1] - self._here[-1]:
            self._here.append(here)
            self._there.append(there)

    def start(self, offset: int) -> int:
        """The original offset of the folded character at `offset`."""
        index = bisect_right(self._here, offset) - 1
        return self._there[index] + offset - self._here[index]

    def end(self, offset: int) -> int:
        """The original offset just after the folded character before `offset`."""
        return self.start(offset - 1) + 1

    def offset(self, original: int) -> int:
        """The folded offset of the first character that stands at `original` or after it."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < original:
                low = middle + 1
            else:
                high = middle
        return low


def _pattern(text: str) -> re.Pattern[str]:
    """The quickest pattern that finds all that is special in `text`."""
    if "  " in text:
        return _SPECIAL_OR_SPACES
    plain_lines = text.isascii() and not text.encode("ascii").translate(None, _IN_PLAIN_LINES)
    return _LINE_END if plain_lines else _SPECIAL


def fold(text: str) -> str:
    """`text` with equal forms made one, without white space at its ends."""
    if text.isascii() and text.isprintable() and "  " not in text:  # nothing in it is special
        return text.strip()
    return Folded(text).text.strip()


def visible(text: str) -> str:
    """`text` as pages show it: without control characters, zero-width characters and those that turn its direction.

    The joiners stay: emoji and some scripts are written with them.
    """
    if text.isascii():  # the same, a byte a character: of what is not shown, only controls are ASCII
        return text.encode("ascii").translate(None, _ASCII_CONTROLS).decode("ascii")
    return _UNSHOWN.sub("", text)


_UNSHOWN = re.compile(f"[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff{_CONTROLS}]")
_ASCII_CONTROLS = bytes(code for code in range(0x80) if _UNSHOWN.match(chr(code)))


def _decompose(text: str, begin: int, end: int) -> list[tuple[str, int]]:
    """Canonical decomposition (NFD) of a run that is not ASCII, each character with its original's offset."""
    folded: list[tuple[str, int]] = []
    for offset in range(begin, end):
        character = text[offset]
        if _PASSED.match(character):
            continue
        for part in unicodedata.normalize("NFD", character):
            folded.append((part.translate(_EQUAL), offset))
    # Canonical ordering: marks after one letter stand in the order of their combining class. The offsets stay in their
    # own order, so that a span ends after the last of the marks.
    start = 0
    while start < len(folded):
        stop = start
        while stop < len(folded) and unicodedata.combining(folded[stop][0]):
            stop += 1
        if stop - start > 1:
            marks = sorted((mark for mark, _ in folded[start:stop]), key=unicodedata.combining)
            offsets = [offset for _, offset in folded[start:stop]]
            folded[start:stop] = zip(marks, offsets, strict=True)
        start = max(stop, start + 1)
    return folded


def plain(character: str) -> str:
    """`character` in its compatibility form, with equal forms made one: the hyphen of a fullwidth or a raised one."""
    return character if character.isascii() else unicodedata.normalize("NFKC", character).translate(_EQUAL)


def is_word(character: str) -> bool:
    """Whether `character` is part of a word: a letter, a digit (any numeric character) or a mark on one."""
    return character.isalnum() or (not character.isascii() and unicodedata.category(character)[0] == "M")
