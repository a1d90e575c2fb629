"""Wording: whose words a claim is in."""

from __future__ import annotations

from collections.abc import Iterable

from generator.link.edges import cuts
from generator.link.fold import Folded, fold
from generator.records import Stance

_AROUND = " .!?…\"'"


def whose_words(claim_words: str, quotes: Iterable[tuple[int, Stance, str]]) -> tuple[int, ...]:
    """The indexes of the asserting quotes in which the claim's whole wording stands; none means "in our words".

    Quotes are (index, stance, text). Forms are equal as in proofs, and words are whole. The full stop at the claim's
    end and quotation marks round it need not be there, and a sentence's first letter is no difference.
    """
    wording = fold(claim_words).strip(_AROUND)
    if not wording:
        return ()
    rest, first = wording[1:], {wording[0].lower(), wording[0].upper()}
    return tuple(index for index, stance, text in quotes if stance == "asserts" and _stands_in(text, rest, first))


def _stands_in(text: str, rest: str, first: set[str]) -> bool:
    """Whether `rest`, with one of `first` before it, stands in a text as whole words."""
    if rest not in fold(text):  # nearly always
        return False
    folded = Folded(text)
    at = folded.text.find(rest, 1)
    while at > 0:
        if folded.text[at - 1] in first and not cuts(folded, at - 1) and not cuts(folded, at + len(rest)):
            return True
        at = folded.text.find(rest, at + 1)
    return False
