"""Hedges: words that make a statement less sure, and what they stand before."""

from __future__ import annotations

from msgspec import Struct

from generator.compare.lexicon import Lexicon
from generator.compare.tokens import Span, Tokens

_REACH = 16
"""How many words after a hedge it is taken to speak of."""


class Hedge(Struct, frozen=True):
    """A hedge from the token `first` to `last`; what it speaks of ends before the token `end`."""

    meaning: str
    first: int
    last: int
    end: int
    span: Span


def hedges(tokens: Tokens, lexicon: Lexicon) -> tuple[Hedge, ...]:
    """All hedges of a text but those of its amounts, in order."""
    found: list[Hedge] = []
    by_first = lexicon.hedges
    for at in [at for at, key in enumerate(tokens.keys) if key in by_first]:
        if found and at <= found[-1].last:
            continue
        for phrase, meaning in by_first[tokens.keys[at]]:
            if tokens.find(phrase, at) and not _is_month(tokens, lexicon, at):
                last = at + len(phrase) - 1
                end = min(tokens.sentence(last)[1], last + 1 + _REACH)
                found.append(Hedge(meaning, at, last, end, tokens.span(at, last)))
                break
    return tuple(found)


def _is_month(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    return tokens.keys[at] in lexicon.months and tokens.capital(at)
