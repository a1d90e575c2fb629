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
        following = tokens.keys[at + 1] if at + 1 < len(tokens) else ""
        for phrase, meaning in by_first[tokens.keys[at]]:
            if len(phrase) > 1 and phrase[1] != following:
                continue
            if tokens.find(phrase, at) and not _is_month(tokens, lexicon, at):
                last = at + len(phrase) - 1
                found.append(Hedge(meaning, at, last, _end(tokens, last), tokens.span(at, last)))
                break
    return tuple(found)


def _end(tokens: Tokens, last: int) -> int:
    """Where what a hedge speaks of ends: at a comma, with the sentence, or far off."""
    end = last + 1
    while end <= last + _REACH and not tokens.breaks(end) and "," not in tokens.gaps[end]:
        end += 1
    return end


def _is_month(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    return tokens.keys[at] in lexicon.months and tokens.capital(at)
