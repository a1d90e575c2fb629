"""Numbers in digits and in words, before it is known what they count: “3,500”, “twenty-one”, “2 million”."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from generator.compare.lexicon import Lexicon
from generator.compare.passage import Passage

_GROUPED = re.compile(r"\d{1,3}(?:([.,٬])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"\d+[.,٫]\d+$")


class Number(Struct, frozen=True):
    """A number before it is known what it counts."""

    first: int
    last: int
    values: frozenset[Decimal]
    digits: bool


def in_digits(passage: Passage, at: int) -> Number | None:
    values = _values(passage.keys[at], passage.lexicon)
    last = at
    if passage.keys[at].isdecimal() and len(passage.keys[at]) <= 3:
        # Groups of three with spaces between.
        groups = passage.keys[at]
        while _is_group(passage, last + 1):
            last += 1
            groups += passage.keys[last]
        if last > at:
            values = frozenset([Decimal(groups)])
    scale = passage.lexicon.scales.get(passage.keys[last + 1], 0) if last + 1 < len(passage.keys) else 0
    if scale and (passage.tokens.spaced(last + 1) or passage.gap(last + 1) == ""):
        last += 1
        values = frozenset(value * scale for value in values)
    return Number(at, last, values, True)


def _is_group(passage: Passage, at: int) -> bool:
    if at >= len(passage.keys) or len(passage.keys[at]) != 3 or not passage.keys[at].isdecimal():
        return False
    return passage.gap(at) in ("\u00a0", "\u202f", "\u2009") or (
        passage.gap(at) == " " and passage.lexicon.space_groups
    )


def in_words(passage: Passage, at: int) -> Number | None:
    """The number in words that begins at `at`."""
    total = current = 0
    last = at - 1
    here = at
    while here < len(passage.keys) and (here == at or passage.tokens.close(here)):
        key = passage.keys[here]
        value = passage.lexicon.numbers.get(key)
        if _is_four_twenties(passage, here):
            value, here = 80, here + 1
        elif value is None and key in passage.lexicon.ones and _one_counts(passage, here, current):
            value = 1
        if value is not None:
            if not _fits(value, current, passage.lexicon.code):
                break
            current += value
        elif key in passage.lexicon.scales:
            scale = passage.lexicon.scales[key]
            if scale >= 1000:
                if total and scale >= 1000 and not current:
                    break
                total += (current or 1) * scale
                current = 0
            elif current % 100 < 10:
                current = (current or 1) * scale
            else:
                break
        elif key in passage.lexicon.joins and here > at and _goes_on(passage, here + 1, current, total):
            here += 1
            continue
        elif passage.lexicon.code == "ar" and 0 < current < 10 and key[0] == "و" and key[1:] in passage.lexicon.numbers:
            current += passage.lexicon.numbers[key[1:]]
        else:
            break
        last = here
        here += 1
    if last < at or not total + current:
        return None
    return Number(at, last, frozenset([Decimal(total + current)]), False)


def _is_four_twenties(passage: Passage, at: int) -> bool:
    return (
        passage.lexicon.code == "fr"
        and passage.keys[at] == "quatre"
        and at + 1 < len(passage.keys)
        and passage.keys[at + 1] in ("vingt", "vingts")
        and passage.tokens.close(at + 1)
    )


def _one_counts(passage: Passage, at: int, current: int) -> bool:
    """Whether “one” is a number here: after tens, or before a hundred."""
    if current and current % 10 == 0:
        return True
    return passage.tokens.close(at + 1) and (
        passage.keys[at + 1] in passage.lexicon.scales
        or (passage.lexicon.code == "ar" and passage.lexicon.numbers.get(passage.keys[at + 1]) == 10)
    )


def _goes_on(passage: Passage, at: int, current: int, total: int) -> bool:
    """Whether a number that has an “and” goes on at `at`."""
    if not passage.tokens.close(at):
        return False
    value = passage.lexicon.numbers.get(passage.keys[at], 1 if passage.keys[at] in passage.lexicon.ones else 0)
    if passage.lexicon.code == "en":
        return bool(value) and (current >= 100 or (total > 0 and not current)) and current % 100 == 0
    return 0 < value < 12 and current % 10 == 0 and current > 0


def _values(digits: str, lexicon: Lexicon) -> frozenset[Decimal]:
    """What digits with or without points and commas can mean."""
    if digits.isdecimal():
        return frozenset([Decimal(digits)])
    grouped = _GROUPED.match(digits)
    decimal = _DECIMAL.match(digits)
    found = []
    if grouped:
        found.append(Decimal("".join(filter(str.isdecimal, digits))))
    if decimal and not (grouped and grouped[1] == ("." if lexicon.comma_decimals else ",") and lexicon.code):
        found.append(Decimal(digits.replace(",", ".").replace("٫", ".")))
    return frozenset(found)


def _fits(value: int, current: int, language: str) -> bool:
    """Whether a number word goes on with the number so far: “twenty” with “one”, not “two” with “three”."""
    if not current:
        return True
    if language == "ar" and value == 10:
        return 0 < current % 100 < 10
    if current % 100 in (60, 80):  # soixante-dix, quatre-vingt-dix
        return value < 20
    if current % 100 == 0:
        return value < 100
    return current % 10 == 0 and current % 100 != 10 and value < 10
