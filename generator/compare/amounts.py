"""Amounts: numbers, dates and times in a form in which equal ones are equal however they are written.

Two amounts are rivals if they are of one kind and cannot both be true of one thing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from generator.compare.tokens import Span

AmountKind = Literal["amount", "age", "ordinal", "date", "time"]

DAY = 24 * 60
_HALF_DAY = 12 * 60
_QUARTER = 15
"""All zones are whole quarters of an hour apart."""
_MOST_APART = 12


class Amount(Struct, frozen=True):
    """An amount as a text has it, from the token `first` to `last`."""

    kind: AmountKind
    first: int
    last: int
    span: Span
    values: frozenset[Decimal] = frozenset()
    """What the digits can mean: “3.500” is two numbers."""
    unit: str = ""
    nouns: tuple[str, ...] = ()
    """The stems of the words after it, where its unit is none that is known: “two Japanese tourists”."""
    date: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Year, month, day, weekday; 0 where the text names none."""
    minutes: int = 0
    round: bool = False
    """Whether a time has no minutes."""
    half: bool = False
    """Whether a time may be one of either half of the day."""
    zone: str = ""
    hedge: tuple[str, int, int] | None = None
    """What stands before it and makes it less sure: its meaning, first and last token."""


def equal(left: Amount, right: Amount) -> bool:
    """Whether nothing in the two differs, as far as both say it."""
    ages = {left.kind, right.kind} == {"age", "amount"}
    if left.kind != right.kind and not ages:
        return False
    if left.kind == "date":
        return all(a == b or not a or not b for a, b in zip(left.date, right.date, strict=True)) and any(
            a and b for a, b in zip(left.date, right.date, strict=True)
        )
    if left.kind == "time":
        return not _times_differ(left, right)
    if ages:
        age, amount = (left, right) if left.kind == "age" else (right, left)
        return amount.unit == "months" and any(12 * value in amount.values for value in age.values)
    return not left.values.isdisjoint(right.values) and _same_unit(left, right, loose=True)


def rival(left: Amount, right: Amount) -> bool:
    """Whether the two are of one kind and differ."""
    if left.kind != right.kind:
        return False
    if left.kind == "date":
        return _precision(left) == _precision(right) and not equal(left, right)
    if left.unit == "time" and left.unit == right.unit and not _comparable(left, right):
        return False
    if left.kind == "time":
        return _times_differ(left, right)
    return left.values.isdisjoint(right.values) and _same_unit(left, right, loose=False)


def _precision(amount: Amount) -> str:
    """How fine a date is: a month with its year is not held against a month alone."""
    year, month, day, weekday = amount.date
    if day:
        return "day"
    return "weekday" if weekday else f"month {bool(year)}" if month else "year"


def _comparable(left: Amount, right: Amount) -> bool:
    """Whether two lengths of time can be those of one thing: hours are seldom a mistake for days."""
    short, long = sorted((min(left.values), min(right.values)))
    return long <= _MOST_APART * short


def _times_differ(left: Amount, right: Amount) -> bool:
    apart = abs(left.minutes - right.minutes) % (_HALF_DAY if left.half or right.half else DAY)
    if left.round != right.round:
        return False  # “at 4” for “4:35”
    if left.zone != right.zone:
        return apart % _QUARTER != 0
    return apart != 0


def _same_unit(left: Amount, right: Amount, loose: bool) -> bool:
    if left.unit or right.unit or left.kind == "age":
        return left.unit == right.unit
    if loose:
        return not left.nouns or not right.nouns or not set(left.nouns).isdisjoint(right.nouns)
    # The head of “two Japanese tourists” is its last word, if that is where the run of words ends.
    return bool(left.nouns and right.nouns) and (left.nouns[-1] in right.nouns or right.nouns[-1] in left.nouns)
