"""Numbers: the amounts, dates and times of a text.

Whatever is not sure to be an amount (part of a name such as “MS-18”, a range, a bare number) is passed over.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from generator.compare.amounts import Amount, AmountKind
from generator.compare.clocks import time_of_day
from generator.compare.counting import Number, in_digits, in_words
from generator.compare.dates import take_dates, take_iso_dates
from generator.compare.lexicon import Lexicon
from generator.compare.passage import Passage, phrase
from generator.compare.tokens import Tokens

_MONEY_SCALES = {"k": 1000, "m": 10**6, "b": 10**9}


def amounts(tokens: Tokens, lexicon: Lexicon) -> tuple[Amount, ...]:
    """All amounts of a text, in order."""
    passage = Passage(tokens, lexicon)
    take_iso_dates(passage)
    if passage.lexicon.months:
        take_dates(passage)
    done = 0
    for at in passage.numbers:
        if at >= done and not passage.used[at]:
            done = _amount(passage, at)
    passage.found.sort(key=lambda amount: amount.first)
    return tuple(_merged(passage))


def _amount(passage: Passage, at: int) -> int:
    """Take the amount that begins at `at`, if one does. Returns where to go on."""
    key = passage.keys[at]
    digits = key[0].isdecimal()
    ordinal = 0 if digits else passage.lexicon.ordinals.get(key, 0)
    if ordinal:
        return _ordinal(passage, at, at, ordinal)
    number = in_digits(passage, at) if digits else in_words(passage, at)
    if number is None:
        return at + 1
    after = number.last + 1
    if digits:
        clock = time_of_day(passage, at)
        if clock:
            return passage.take(clock)
        if (
            after < len(passage.keys)
            and passage.gap(after) == ""
            and passage.keys[after] in passage.lexicon.ordinal_endings
        ):
            return _ordinal(passage, at, after, int(next(iter(number.values)))) if number.values else after
        if _is_part_of_name(passage, at) or not number.values:
            return after
    if passage.is_range(number.first, number.last) or _is_range_in_words(passage, number):
        return after
    return _measured(passage, number)


def _is_part_of_name(passage: Passage, at: int) -> bool:
    """Whether a number belongs to a name before it, or to a word that it stands in."""
    tokens = passage.tokens
    gap = passage.gap(at)
    if at and (gap == "" or gap[-1] in "#@/_&.'’"):
        return True
    if at + 1 < len(tokens):
        after = passage.gap(at + 1)
        money = passage.gap(at).rstrip()[-1:]
        if after == "" and passage.keys[at + 1] in _MONEY_SCALES and money and unicodedata.category(money) == "Sc":
            return False
        if after[:1] in ("/", "_", "@", "&") or (
            after == ""
            and passage.keys[at + 1] not in passage.lexicon.units
            and passage.keys[at + 1] not in passage.lexicon.scales
        ):
            return True
    if not tokens.close(at) or not tokens.capital(at - 1) or passage.keys[at - 1] in passage.lexicon.currencies:
        return False
    # “Apollo 11”, “MS-18”; but not “About 12 days”.
    previous = passage.keys[at - 1]
    if not tokens.spaced(at):
        return previous not in passage.lexicon.months and previous not in passage.lexicon.amount_hedges
    known = (
        previous in passage.lexicon.stopwords
        or previous in passage.lexicon.amount_hedges
        or previous in passage.lexicon.year_cues
        or previous in passage.lexicon.months
        or previous in passage.lexicon.weekdays
    )
    return not known


def _is_range_in_words(passage: Passage, number: Number) -> bool:
    """“ten to twelve”, “between 10 and 12”, “10 or 12”: neither end is what the text says."""
    for join, other in ((number.first - 1, number.first - 2), (number.last + 1, number.last + 2)):
        if (
            0 <= other < len(passage.keys)
            and len(passage.keys[join]) <= 3
            and passage.keys[join] in passage.lexicon.stopwords
        ):
            near = passage.keys[other]
            alone = near[0].isdecimal() or near in passage.lexicon.numbers
            steps = (number.last + 1, number.last + 2) if join > number.last else (number.first, number.first - 1)
            if alone and all(map(passage.tokens.close, steps)):
                return True
    return False


def _ordinal(passage: Passage, first: int, last: int, value: int) -> int:
    nouns = passage.nouns(last + 1)
    if not nouns:
        return last + 1
    return passage.take(
        Amount("ordinal", first, last, passage.tokens.span(first, last), frozenset([Decimal(value)]), nouns=nouns)
    )


def _measured(passage: Passage, number: Number) -> int:
    """Take the amount that `number` is with what stands beside it; a bare number is none, unless it is an age."""
    lexicon, keys, tokens = passage.lexicon, passage.keys, passage.tokens
    first, last = number.first, number.last
    start, end = tokens.span(first, last)
    after = last + 1
    sign = passage.gap(after).strip()
    before = passage.gap(first).rstrip()
    hedge = passage.hedge(first)
    if sign[:1] in ("%", "٪", "％"):
        span = (start, tokens.text.index(sign[0], end) + 1)
        return passage.take(Amount("amount", first, last, span, number.values, "%", hedge=hedge))
    if before and unicodedata.category(before[-1]) == "Sc":
        begin = tokens.text.rindex(before[-1], 0, start)
        values = number.values
        if after < len(keys) and passage.gap(after) == "" and keys[after] in _MONEY_SCALES:
            values = frozenset(value * _MONEY_SCALES[keys[after]] for value in values)
            last = after
        span = (begin, tokens.spans[last][1])
        return passage.take(Amount("amount", first, last, span, values, before[-1], hedge=hedge))
    if sign and unicodedata.category(sign[0]) == "Sc" and not _before_digit(tokens.text, end, sign[0]):
        span = (start, tokens.text.index(sign[0], end) + 1)
        return passage.take(Amount("amount", first, last, span, number.values, sign[0], hedge=hedge))
    if first and keys[first - 1] in lexicon.aged and tokens.spaced(first):
        return passage.take(Amount("age", first, last, (start, end), number.values))
    if number.digits and _is_age(passage, first):
        return passage.take(Amount("age", first, last, (start, end), number.values))
    if after >= len(keys) or not (tokens.close(after) or passage.gap(after) == ""):
        return after
    percent = phrase(tokens, lexicon.percents, after)
    if percent:
        return _finish(passage, "amount", number, percent[1], "%", hedge)
    if keys[after] in lexicon.currencies:
        return _finish(passage, "amount", number, after, lexicon.currencies[keys[after]], hedge)
    if keys[after] in lexicon.units:
        unit, size = lexicon.units[keys[after]]
        if unit == "months" and size == 12 and tokens.close(after + 1) and keys[after + 1] in lexicon.old:
            return passage.take(Amount("age", first, after + 1, tokens.span(first, after + 1), number.values))
        values = frozenset(value * size for value in number.values)
        measured = Number(number.first, number.last, values, number.digits)
        return _finish(passage, "amount", measured, after, unit, hedge)
    nouns = passage.nouns(after)
    if not nouns or (number.digits and passage.is_year(first) and last == first):
        return after
    return _finish(passage, "amount", number, last, "", hedge, nouns)


def _finish(
    passage: Passage,
    kind: AmountKind,
    number: Number,
    last: int,
    unit: str,
    hedge: tuple[str, int, int] | None,
    nouns: tuple[str, ...] = (),
) -> int:
    span = passage.tokens.span(number.first, last)
    return passage.take(Amount(kind, number.first, last, span, number.values, unit, nouns, hedge=hedge))


def _is_age(passage: Passage, at: int) -> bool:
    """“Shkaplerov, 49,” or “Shkaplerov (49)”."""
    text = passage.tokens.text
    before, (_, end) = passage.gap(at), passage.tokens.spans[at]
    if not at or before not in (", ", " (") or not passage.tokens.capital(at - 1) or len(passage.keys[at]) > 3:
        return False
    if passage.keys[at - 1] in passage.lexicon.months or passage.keys[at - 1] in passage.lexicon.weekdays:
        return False
    following = text[end : end + 2]
    return following[:1] == ")" if before == " (" else following in (",", ", ", ".", "", ". ")


def _merged(passage: Passage) -> list[Amount]:
    """“11 days, 12 hours and 52 minutes” is one amount."""
    merged: list[Amount] = []
    smallest = Decimal(0)
    for amount in passage.found:
        size = _size(passage, amount)
        previous = merged[-1] if merged else None
        if (
            previous
            and size
            and smallest > size
            and previous.unit == amount.unit
            and _continues(passage, previous, amount)
        ):
            values = frozenset(a + b for a in previous.values for b in amount.values)
            span = (previous.span[0], amount.span[1])
            merged[-1] = Amount("amount", previous.first, amount.last, span, values, amount.unit, hedge=previous.hedge)
        else:
            merged.append(amount)
        smallest = size
    return merged


def _size(passage: Passage, amount: Amount) -> Decimal:
    """The size of an amount's last unit, if it is one of time or length."""
    unit = passage.lexicon.units.get(passage.keys[amount.last]) if amount.kind == "amount" else None
    return Decimal(unit[1]) if unit else Decimal(0)


def _continues(passage: Passage, previous: Amount, amount: Amount) -> bool:
    between = range(previous.last + 1, amount.first)
    gaps = {passage.gap(at).strip() for at in range(previous.last + 1, amount.first + 1)}
    return (
        gaps <= {"", ","} and all(passage.keys[at] in passage.lexicon.stopwords for at in between) and len(between) <= 1
    )


def _before_digit(text: str, end: int, sign: str) -> bool:
    """Whether the currency after a number is the next number's: “in 2021 $5 million”."""
    at = text.index(sign, end) + 1
    return text[at : at + 1].isdecimal() or text[at : at + 1] == ""
