"""Names: runs of capitalised words, and when two of them are one name.

Only a text in whose language a capital tells a name has any. A word that begins a sentence may have its capital from
that, so alone it is no name.
"""

from __future__ import annotations

from msgspec import Struct

from generator.compare.lexicon import Lexicon
from generator.compare.tokens import Span, Tokens

_LIKE = 5
"""Letters that a name must have before a letter more or less counts as another spelling of it."""


class Name(Struct, frozen=True):
    first: int
    last: int
    span: Span


def names(tokens: Tokens, lexicon: Lexicon) -> tuple[Name, ...]:
    """All names of a text, in order."""
    found: list[Name] = []
    done = 0
    for at in [at for at, word in enumerate(tokens.words) if word[0].isupper()]:
        if at < done or not _is_proper(tokens, lexicon, at):
            continue
        last = at
        while tokens.close(last + 1) and _is_proper(tokens, lexicon, last + 1):
            last += 1
        # Alone at a sentence's beginning, a word may have its capital from that.
        if at < last or _all_capitals(tokens.words[at]) or not tokens.breaks(at):
            found.append(Name(at, last, tokens.span(at, last)))
        done = last + 1
    return tuple(found)


def _is_proper(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    key = tokens.keys[at]
    return (
        tokens.words[at][0].isupper()
        and len(key) > 1
        and key not in lexicon.stopwords
        and key not in lexicon.months
        and key not in lexicon.weekdays
        and key not in lexicon.numbers
    )


def _all_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def present(tokens: Tokens, name: Name, other: Tokens) -> bool:
    """Whether a name, or any word of it, stands in another text, in whatever spelling."""
    keys = tokens.keys[name.first : name.last + 1]
    if not other.set.isdisjoint(keys):
        return True
    # “ISS” and “International Space Station”
    initials = "".join(key[0] for key in keys)
    if len(initials) > 1 and initials in other.set:
        return True
    capitals = [key for key, word in zip(other.keys, other.words, strict=True) if word[0].isupper()]
    firsts = "".join(key[0] for key in capitals)
    return any(
        (len(key) > 1 and tokens.words[at].isupper() and key in firsts)
        or any(capital[0] == key[0] and alike(key, capital) for capital in capitals)
        for at, key in enumerate(keys, name.first)
    )


def alike(left: str, right: str) -> bool:
    """Whether two words are one name spelt in two ways, or a form of it: “Novitsky”, “Novitskiy”, “Russian”."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) >= 4 and long.startswith(short):
        return True
    if len(short) < _LIKE or len(long) - len(short) > 2 or left[0] != right[0]:
        return False
    if left[:_LIKE] == right[:_LIKE]:
        return True
    same = sum(1 for a, b in zip(left, right, strict=False) if a == b)
    return same >= len(long) - 2
