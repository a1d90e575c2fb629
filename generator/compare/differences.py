"""Differences: what a quote says otherwise than the claim, in numbers, names, hedges and attributions.

A difference that is none costs more trust than one that is missed. So numbers and names differ only where each side
has one of the same kind in the same surroundings; what a side merely leaves out is told of hedges and attributions
alone, and only where both sides speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from generator.compare.amounts import Amount, equal, rival
from generator.compare.attributions import Attribution
from generator.compare.hedges import Hedge
from generator.compare.lexicon import lexicon_of
from generator.compare.names import Name, alike, present
from generator.compare.reading import Reading, is_content
from generator.compare.tokens import Span
from generator.link.fold import visible
from generator.words import Words

DifferenceKind = Literal["number", "name", "hedge", "attribution"]

_NEAR = 8
"""How many words to either side an amount's surroundings are."""
_BESIDE = 3
"""How many words to either side are beside it."""
_SHARED = 2
"""How many words two statements must share to be of the same thing."""


class Difference(Struct, frozen=True):
    """The exact words of each side; one of them may be empty. The spans are theirs, in each side's text."""

    kind: DifferenceKind
    claim: str
    quote: str
    claim_span: Span | None
    span: Span | None


def differences(
    claim_words: str, quote_words: str, language: str, speakers: Sequence[str] = ()
) -> tuple[Difference, ...]:
    """How `quote_words` differ from `claim_words`, in the order of the quote; what only the claim has stands last.

    `language` is that of both. Where they are not of one language it is empty, and only digits are compared.
    `speakers` are those to whom the quote is known to be given, though it may not say so itself.
    """
    claim = _claim(claim_words, language)
    quote = Reading(quote_words, claim.lexicon)
    found = [*_numbers(claim, quote), *_hedges(claim, quote), *_attributions(claim, quote, speakers)]
    found += [name for name in _names(claim, quote) if not any(_overlap(name.span, other.span) for other in found)]
    return tuple(sorted(found, key=_place)) if len(found) > 1 else tuple(found)


def comparable(claim_language: str, quote_language: str, text: str, translation: str) -> tuple[str, str]:
    """The words of a quote to compare, and the language to compare them in.

    Words are those of its own language if that is the claim's, else its translation's; without one, digits alone.
    """
    if claim_language.lower().partition("-")[0] == quote_language.lower().partition("-")[0]:
        return text, claim_language
    return (translation, claim_language) if translation else (text, "")


@lru_cache(maxsize=16)
def _claim(words: str, language: str) -> Reading:
    return Reading(words, lexicon_of(language))


def _overlap(left: Span | None, right: Span | None) -> bool:
    return left is not None and right is not None and left[0] < right[1] and right[0] < left[1]


def _place(difference: Difference) -> tuple[bool, Span, str]:
    return difference.span is None, difference.span or difference.claim_span or (0, 0), difference.kind


def _difference(
    kind: DifferenceKind, claim: Reading, quote: Reading, left: Span | None, right: Span | None
) -> Difference:
    return Difference(
        kind,
        claim.text[left[0] : left[1]] if left else "",
        quote.text[right[0] : right[1]] if right else "",
        left,
        right,
    )


# --- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(claim: Reading, quote: Reading) -> list[Difference]:
    if not claim.amounts or not quote.amounts:
        return []
    mine = [amount for amount in claim.amounts if not any(equal(amount, other) for other in quote.amounts)]
    theirs = [amount for amount in quote.amounts if not any(equal(amount, other) for other in claim.amounts)]
    if not mine or not theirs:
        return []
    found = []
    for amount in mine:
        rivals = [other for other in theirs if rival(amount, other)]
        if len(rivals) == 1 and sum(rival(other, rivals[0]) for other in mine) == 1:
            if _stands_bare(amount, claim, quote) or _stands_bare(rivals[0], quote, claim):
                continue
            if _in_same_surroundings(claim, amount, quote, rivals[0]):
                found.append(_difference("number", claim, quote, amount.span, rivals[0].span))
    return found


def _stands_bare(amount: Amount, side: Reading, other: Reading) -> bool:
    """Whether the other side has an amount's digits without what they count: “was 37 years old and … was 38”."""
    return amount.kind in ("age", "amount") and not amount.unit and side.tokens.keys[amount.first] in other.tokens.set


def _in_same_surroundings(claim: Reading, amount: Amount, quote: Reading, other: Amount) -> bool:
    if not claim.lexicon.code:
        return _only_ones(claim, amount, quote, other)
    if amount.kind == "age":
        return not _names_beside(claim, amount).isdisjoint(_names_beside(quote, other))
    near = _surroundings(claim, amount, _NEAR) & _surroundings(quote, other, _NEAR)
    if not near or len(near) >= _SHARED or amount.kind == "time" or amount.nouns:
        return bool(near)
    return not _surroundings(claim, amount, _BESIDE).isdisjoint(_surroundings(quote, other, _BESIDE))


def _only_ones(claim: Reading, amount: Amount, quote: Reading, other: Amount) -> bool:
    """Between languages: whether each is the only one of its kind, and of a kind that digits alone tell."""
    if amount.kind == "date" or (amount.kind == "amount" and not amount.unit):
        return False
    kinds = [[a for a in side.amounts if (a.kind, a.unit) == (amount.kind, amount.unit)] for side in (claim, quote)]
    shared = {key for key in claim.tokens.set & quote.tokens.set if len(key) > 2 and key[0].isalpha()}
    return all(len(kind) == 1 for kind in kinds) and bool(shared)


def _surroundings(side: Reading, amount: Amount, near: int) -> frozenset[str]:
    """The words near an amount that say what it is about. A name is not enough: of one person there are many dates."""
    first, end = side.tokens.sentence(amount.first)
    return _plain_words(
        side, max(first, amount.first - near), min(end, amount.last + 1 + near), (amount.first, amount.last)
    )


def _names_beside(side: Reading, amount: Amount) -> frozenset[str]:
    """The capitalised words beside an amount."""
    first, end = max(0, amount.first - _BESIDE), min(len(side.tokens), amount.last + 1 + _BESIDE)
    return frozenset(
        side.tokens.keys[at]
        for at in range(first, end)
        if side.tokens.capital(at) and is_content(side.tokens.keys[at], side.lexicon)
    )


# --- names ------------------------------------------------------------------------------------------------------------


def _names(claim: Reading, quote: Reading) -> list[Difference]:
    mine = [
        name
        for name in claim.names
        if _can_have_place(claim, name, quote) and not present(claim.tokens, name, quote.tokens)
    ]
    if not mine:
        return []
    theirs = [name for name in quote.names if not present(quote.tokens, name, claim.tokens)]
    found = []
    for name in mine:
        rivals = [other for other in theirs if _in_same_place(claim, name, quote, other)]
        if len(rivals) == 1:
            found.append(_difference("name", claim, quote, name.span, rivals[0].span))
    return found


def _can_have_place(claim: Reading, name: Name, quote: Reading) -> bool:
    """Whether enough words beside a name stand anywhere in the quote: a quick look, which spares most others."""
    keys, there = claim.tokens.keys, quote.tokens.set
    before = keys[max(0, name.first - _SHARED) : name.first]
    after = keys[name.last + 1 : name.last + 1 + _SHARED]
    return (
        (len(before) == _SHARED and there.issuperset(before))
        or (len(after) == _SHARED and there.issuperset(after))
        or (bool(before and after) and before[-1] in there and after[0] in there)
    )


def _in_same_place(claim: Reading, name: Name, quote: Reading, other: Name) -> bool:
    """Whether the same words stand beside both names, two of them at least, one of which says what is spoken of."""
    left = _shared(claim, name.first - 1, quote, other.first - 1, -1)
    right = _shared(claim, name.last + 1, quote, other.last + 1, 1)
    beside = left + right
    if len(beside) < _SHARED or not any(_says_what(claim, at) for at in beside):
        return False
    if any(claim.tokens.keys[at] in claim.lexicon.lists for at in (name.first - 1, name.last + 1) if at in beside):
        return False  # of “Musk and Bezos” neither stands for one of “Branson and Bezos”
    mine = claim.content_of(*claim.tokens.sentence(name.first), (name.first, name.last))
    theirs = quote.content_of(*quote.tokens.sentence(other.first), (other.first, other.last))
    return len(mine & theirs) >= _SHARED and 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _says_what(side: Reading, at: int) -> bool:
    return _is_plain(side, at) or side.tokens.keys[at] in side.lexicon.attribution_cues


def _shared(claim: Reading, at: int, quote: Reading, there: int, step: int) -> list[int]:
    """The claim's tokens from `at` on, step by step, that stand in the quote from `there` on too."""
    found: list[int] = []
    while 0 <= at < len(claim.tokens) and 0 <= there < len(quote.tokens):
        edges = (at + (step < 0), there + (step < 0))
        if not claim.tokens.spaced(edges[0]) or not quote.tokens.spaced(edges[1]):
            break
        if claim.tokens.keys[at] != quote.tokens.keys[there]:
            break
        found.append(at)
        at, there = at + step, there + step
    return found


# --- hedges -----------------------------------------------------------------------------------------------------------


def _hedges(claim: Reading, quote: Reading) -> list[Difference]:
    found = _amounts_hedges(claim, quote)
    mine, theirs = claim.hedges, quote.hedges
    for hedge in theirs:
        if not _answered(hedge, mine, claim) and _speaks_of(quote, hedge, claim):
            found.append(_difference("hedge", claim, quote, None, hedge.span))
    for hedge in mine:
        if not _answered(hedge, theirs, quote) and _speaks_of(claim, hedge, quote, closely=True):
            found.append(_difference("hedge", claim, quote, hedge.span, None))
    return found


def _amounts_hedges(claim: Reading, quote: Reading) -> list[Difference]:
    """Hedges of amounts that both sides have."""
    found: list[Difference] = []
    if not claim.amounts or not any(amount.hedge for amount in (*claim.amounts, *quote.amounts)):
        return found
    for amount in claim.amounts:
        same = [other for other in quote.amounts if equal(amount, other)]
        if len(same) != 1:
            continue
        mine, theirs = amount.hedge, same[0].hedge
        if (mine[0] if mine else "") != (theirs[0] if theirs else ""):
            left = claim.tokens.span(*mine[1:]) if mine else None
            right = quote.tokens.span(*theirs[1:]) if theirs else None
            found.append(_difference("hedge", claim, quote, left, right))
    return found


def _answered(hedge: Hedge, others: tuple[Hedge, ...], other: Reading) -> bool:
    """Whether the other side says the like anywhere."""
    if any(one.meaning == hedge.meaning for one in others):
        return True
    return hedge.meaning == "hearsay" and bool(other.attributions)


def _speaks_of(side: Reading, hedge: Hedge, other: Reading, closely: bool = False) -> bool:
    """Whether the other side has what a hedge stands before: the amount, the next word, or half of all words.

    Half is not enough if `closely`.
    """
    for amount in side.amounts:
        if amount.first == hedge.last + 1:
            return any(equal(amount, one) for one in other.amounts)
    following = [at for at in range(hedge.last + 1, hedge.end) if _is_plain(side, at)]
    if not following:
        return False
    plain = _plain_words(other, 0, len(other.tokens))
    shared = [at for at in following if side.lexicon.stem(side.tokens.keys[at]) in plain]
    return bool(shared) and (shared[0] == following[0] or (not closely and 2 * len(shared) >= len(following)))


# --- attributions -----------------------------------------------------------------------------------------------------


def _attributions(claim: Reading, quote: Reading, speakers: Sequence[str]) -> list[Difference]:
    mine, theirs = claim.attributions, quote.attributions
    if mine and theirs:
        return _sources(claim, quote)
    for one in theirs:
        # Where the speaker is one of whom the claim speaks, their words need not be on what the claim says of them.
        speaker = _speaker(quote, one)
        if speaker and speaker.isdisjoint(claim.content) and _is_of_the_same(quote, one, claim):
            return [_difference("attribution", claim, quote, None, one.span)]
    if speakers:
        return []
    for one in mine:
        # Only a source is told to be missing: a quote may be cut off from the words that say who speaks.
        speaker = _speaker(claim, one)
        if one.kind == "source" and speaker.isdisjoint(quote.content) and _is_of_the_same(claim, one, quote):
            return [_difference("attribution", claim, quote, one.span, None)]
    return []


def _speaker(side: Reading, attribution: Attribution) -> frozenset[str]:
    """The words that say who speaks, without the verb; of “according to” those after it."""
    if attribution.kind == "source":
        return side.content_of(attribution.named, attribution.last + 1) or side.content_of(
            attribution.first, attribution.named
        )
    return side.content_of(attribution.first, attribution.last + 1, (attribution.named, attribution.verb))


def _is_of_the_same(side: Reading, attribution: Attribution, other: Reading) -> bool:
    first, end = side.tokens.sentence(attribution.first)
    shared = _plain_words(side, first, end, (attribution.first, attribution.last)) & other.content
    return len(shared) >= _SHARED


def _is_plain(side: Reading, at: int) -> bool:
    """Whether the token at `at` says what is spoken of, and is no name."""
    return not (side.lexicon.names and side.tokens.capital(at)) and is_content(side.tokens.keys[at], side.lexicon)


def _plain_words(side: Reading, first: int, end: int, but: tuple[int, int] = (0, -1)) -> frozenset[str]:
    """The stems of such tokens from `first` to the one before `end`, without those from but[0] to but[1]."""
    return frozenset(
        side.lexicon.stem(side.tokens.keys[at])
        for at in range(first, end)
        if not but[0] <= at <= but[1] and _is_plain(side, at)
    )


def _sources(claim: Reading, quote: Reading) -> list[Difference]:
    """“according to NASA” where the claim has “according to Roscosmos”."""
    mine = [one for one in claim.attributions if one.kind == "source"]
    theirs = [one for one in quote.attributions if one.kind == "source"]
    if len(mine) != 1 or len(theirs) != 1:
        return []
    left, right = mine[0], theirs[0]
    names = [_speaker(claim, left), _speaker(quote, right)]
    if not names[0].isdisjoint(quote.content) or not names[1].isdisjoint(claim.content):
        return []
    if any(alike(a, b) for a in names[0] for b in names[1]) or not _is_of_the_same(quote, right, claim):
        return []
    return [_difference("attribution", claim, quote, left.span, right.span)]


# --- telling ----------------------------------------------------------------------------------------------------------


def told(difference: Difference, words: Words) -> str:
    """The difference as a sentence, in the site's language."""
    claim, quote = (visible(" ".join(side.split())) for side in (difference.claim, difference.quote))
    if not quote:
        return words("The claim’s “{claim}” is not in this quote.", claim=claim)
    if not claim:
        return words("“{quote}” is not in the claim.", quote=quote)
    if difference.kind == "name":
        return words("Names {quote} where the claim names {claim}.", quote=quote, claim=claim)
    return words("Says “{quote}” where the claim says “{claim}”.", quote=quote, claim=claim)
