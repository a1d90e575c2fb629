"""Links to a page at exact words: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from generator.link.fold import visible
from generator.link.proof import Anchor, Span
from generator.read.texts import BREAK

_LONG = 120  # characters: a longer part is named by its first and last words
_WORDS_AT_EACH_END = 5
_PREFIX_WORDS = 4


def fragment_address(url: str, whole: str, anchor: Anchor) -> str:
    """`url` with a directive for each of the quote's parts.

    A part that crosses paragraphs, or is long, is given by its beginning and end, since a single text must stand within
    one
    block. A part whose words stand in the text before it as well gets a prefix, since a browser takes the first match.
    """
    directives = "&".join("text=" + _directive(whole, span) for span in anchor.spans)
    return f"{url}{'' if '#' in url else '#'}:~:{directives}"


def _directive(whole: str, span: Span) -> str:
    words = visible(whole[span[0] : span[1]])
    pieces = [" ".join(piece.split()) for piece in words.split(BREAK)]
    first, last = pieces[0].split(), pieces[-1].split()
    if len(pieces) > 1:
        text = f"{_encoded(first[:_WORDS_AT_EACH_END])},{_encoded(last[-_WORDS_AT_EACH_END:])}"
    elif len(words) > _LONG and len(first) > 2 * _WORDS_AT_EACH_END:
        text = f"{_encoded(first[:_WORDS_AT_EACH_END])},{_encoded(first[-_WORDS_AT_EACH_END:])}"
    else:
        text = _encoded(first)
    prefix = whole[: span[0]].rpartition(BREAK)[2].split()[-_PREFIX_WORDS:]
    if prefix and whole.find(whole[span[0] : span[1]]) < span[0]:
        text = f"{_encoded(prefix)}-,{text}"
    return text


def _encoded(words: Sequence[str]) -> str:
    """Words as a directive's term: `-`, `,` and `&` mean something there, and `quote` leaves the hyphen alone."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
