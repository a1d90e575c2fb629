"""Links to a page at exact words: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from generator.link.fold import visible
from generator.link.proof import Anchor, Span
from generator.read.texts import BREAK

_LONG = 120  # characters: a longer part is named by its first and last words
_WORDS_AT_EACH_END = 5
_PREFIX_WORDS = 4
_NOT_PLAIN = re.compile("[^A-Za-z0-9_.~ ][^A-Za-z0-9_.~ ]*")  # found sooner than with `+`


def fragment_address(url: str, whole: str, anchor: Anchor) -> str:
    """`url` with a directive for each of the quote's parts.

    A part that crosses paragraphs, or is long, is given by its beginning and end, since a single text must stand within
    one block. A part whose words stand in the text before it as well gets a prefix, since a browser takes the first
    match.
    """
    directives = "&".join("text=" + _directive(whole, span) for span in anchor.spans)
    return f"{url}{'' if '#' in url else '#'}:~:{directives}"


def _directive(whole: str, span: Span) -> str:
    words = visible(whole[span[0] : span[1]])
    pieces = words.split(BREAK)
    first, last = pieces[0].split(), pieces[-1].split()
    end: list[str] = []
    if len(pieces) > 1 or (len(words) > _LONG and len(first) > 2 * _WORDS_AT_EACH_END):
        first, end = first[:_WORDS_AT_EACH_END], last[-_WORDS_AT_EACH_END:]
    before = visible(whole[: span[0]])
    terms = [_encoded(first), _encoded(end)] if end else [_encoded(first)]
    if _stand_in(before, first):
        blocks = [block for block in before.split(BREAK) if block.strip()]
        prefix = blocks[-1].split()[-_PREFIX_WORDS:] if blocks else []  # it may end the block before
        if prefix:
            terms.insert(0, f"{_encoded(prefix)}-")
    return ",".join(terms)


def _stand_in(text: str, words: Sequence[str]) -> bool:
    """Whether a browser finds `words` in `text`: it takes no notice of case or of the length of white space."""
    folded, sought = text.casefold(), " ".join(words).casefold()
    # Mostly one of the words (a long one, most likely) does not stand there at all.
    if not all(word in folded for word in sorted(sought.split(), key=len, reverse=True)):
        return False
    return sought in " ".join(folded.split())


def _encoded(words: Sequence[str]) -> str:
    """Words as a directive's term: `-`, `,` and `&` mean something there, and `quote` leaves the hyphen alone."""
    # `quote` leaves all others as they are, and is slow.
    return _NOT_PLAIN.sub(_percent, " ".join(words)).replace(" ", "%20")


def _percent(characters: re.Match[str]) -> str:
    return quote(characters.group(), safe="").replace("-", "%2D")
