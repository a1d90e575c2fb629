"""Numbers: the amounts, dates and times of a text, in a form in which equal ones are equal however they are written.

Two amounts are rivals if they are of one kind and cannot both be true of one thing. Whatever is not sure to be an
amount (part of a name such as “MS-18”, a range, a bare number) is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from generator.compare.lexicon import Lexicon, Phrases
from generator.compare.tokens import Span, Tokens
from generator.link.fold import DASHES

AmountKind = Literal["amount", "age", "ordinal", "date", "time"]

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_GROUPED = re.compile(r"\d{1,3}(?:([.,٬])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"\d+[.,٫]\d+$")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?$")
_CLOCK_POINT = re.compile(r"([01]?\d|2[0-3])[.]([0-5]\d)$")
_DAY = 24 * 60
_HALF_DAY = 12 * 60
_QUARTER = 15
"""All zones are whole quarters of an hour apart."""
_MOST_NOUNS = 3
_MONEY_SCALES = {"k": 1000, "m": 10**6, "b": 10**9}
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
    apart = abs(left.minutes - right.minutes) % (_HALF_DAY if left.half or right.half else _DAY)
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


# --- reading ----------------------------------------------------------------------------------------------------------


def amounts(tokens: Tokens, lexicon: Lexicon) -> tuple[Amount, ...]:
    """All amounts of a text, in order."""
    return _Reader(tokens, lexicon).read()


class _Number(Struct, frozen=True):
    """A number before it is known what it counts."""

    first: int
    last: int
    values: frozenset[Decimal]
    digits: bool


class _Reader:
    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.keys = tokens.keys
        self.lexicon = lexicon
        cues = lexicon.number_cues
        self.numbers = [at for at, key in enumerate(self.keys) if key in cues or key[0].isdecimal()]
        self.used = [False] * len(tokens)
        self.found: list[Amount] = []

    def read(self) -> tuple[Amount, ...]:
        self._iso_dates()
        if self.lexicon.months:
            self._dates()
        done = 0
        for at in self.numbers:
            if at >= done and not self.used[at]:
                done = self._amount(at)
        self.found.sort(key=lambda amount: amount.first)
        return tuple(self._merged())

    def _take(self, amount: Amount) -> int:
        for at in range(amount.first, amount.last + 1):
            self.used[at] = True
        self.found.append(amount)
        return amount.last + 1

    def _gap(self, at: int) -> str:
        return self.tokens.gaps[at]

    # --- dates --------------------------------------------------------------------------------------------------------

    def _iso_dates(self) -> None:
        for match in _ISO_DATE.finditer(self.tokens.text) if "-" in self.tokens.text else ():
            inside = [at for at, (start, _) in enumerate(self.tokens.spans) if match.start() <= start < match.end()]
            year, month, day = map(int, match.groups())
            self._take(Amount("date", inside[0], inside[-1], match.span(), date=(year, month, day, 0)))

    def _dates(self) -> None:
        keys, lexicon = self.keys, self.lexicon
        if not self.tokens.set.isdisjoint(lexicon.date_cues):
            named = [at for at, key in enumerate(keys) if key in lexicon.date_cues]
            for at in named:
                if keys[at] in lexicon.months and (self.tokens.capital(at) or lexicon.code not in ("en", "de")):
                    self._date(at)
            for at in named:
                weekday = lexicon.weekdays.get(keys[at], 0)
                if weekday and not self.used[at] and (self.tokens.capital(at) or lexicon.code != "en"):
                    self._take(Amount("date", at, at, self.tokens.span(at, at), date=(0, 0, 0, weekday)))
        for at in self.numbers:
            if at and not self.used[at] and self._is_year(at) and keys[at - 1] in lexicon.year_cues:
                self._year(at)

    def _year(self, at: int) -> None:
        if self.tokens.spaced(at) and not self._counts(at + 1) and not self._is_range(at, at):
            self._take(Amount("date", at, at, self.tokens.span(at, at), date=(int(self.keys[at]), 0, 0, 0)))

    def _counts(self, at: int) -> bool:
        """Whether what stands at `at` can be what a number before it counts: “in 2000 cities”."""
        return (
            self.tokens.close(at)
            and self.keys[at][0].isalpha()
            and self.keys[at] not in self.lexicon.stopwords
            and not self.tokens.capital(at)
        )

    def _date(self, month: int) -> None:
        """The date round the month at `month`; none where a month stands alone, which may be a name."""
        keys, lexicon = self.keys, self.lexicon
        first = last = month
        day = year = weekday = 0
        before = self._skip_back(month)
        if before is not None and self._is_day(before):
            day, first = int(keys[before]), before
        elif before is not None and keys[before] in lexicon.ordinal_endings and before and self._gap(before) == "":
            if self._is_day(before - 1):
                day, first = int(keys[before - 1]), before - 1
        elif self._is_day(month + 1) and self._gap(month + 1).strip() in ("", "."):
            day, last = int(keys[month + 1]), month + 1
            if last + 1 < len(keys) and keys[last + 1] in lexicon.ordinal_endings and self._gap(last + 1) == "":
                last += 1
        after = self._skip_on(last)
        if after is not None and self._is_year(after):
            year, last = int(keys[after]), after
        if first and keys[first - 1] in lexicon.weekdays and self._gap(first).strip() in ("", ","):
            weekday, first = lexicon.weekdays[keys[first - 1]], first - 1
        elif last + 1 < len(keys) and keys[last + 1] in lexicon.weekdays and self._gap(last + 1).strip() in ("", ","):
            weekday, last = lexicon.weekdays[keys[last + 1]], last + 1
        if day or year or (first and (self._in_date(first) or keys[first - 1] in lexicon.year_cues)):
            if self._is_range(first, last):
                for at in range(first, last + 1):
                    self.used[at] = True
                return
            date = (year, lexicon.months[keys[month]], day, weekday)
            self._take(Amount("date", first, last, self.tokens.span(first, last), date=date))

    def _in_date(self, at: int) -> bool:
        return self.keys[at - 1] in self.lexicon.date_joins

    def _skip_back(self, at: int) -> int | None:
        """The token before `at`, without a word such as “of”, if little stands between."""
        if at and self._gap(at).strip() in ("", ".") and self._gap(at):
            if self.keys[at - 1] in self.lexicon.date_joins:
                return at - 2 if at > 1 and self.tokens.spaced(at - 1) else None
            return at - 1
        return None

    def _skip_on(self, at: int) -> int | None:
        """The token after `at`, without a word such as “de”, if little stands between."""
        if at + 1 < len(self.keys) and self._gap(at + 1).strip() in ("", ",", "."):
            if self.keys[at + 1] in self.lexicon.date_joins:
                return at + 2 if self.tokens.spaced(at + 2) else None
            return at + 1
        return None

    def _is_day(self, at: int) -> bool:
        return 0 <= at < len(self.keys) and self.keys[at].isdecimal() and 1 <= int(self.keys[at]) <= 31

    def _is_year(self, at: int) -> bool:
        return len(self.keys[at]) == 4 and self.keys[at].isdecimal() and 1000 <= int(self.keys[at]) <= 2199

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _amount(self, at: int) -> int:
        """Take the amount that begins at `at`, if one does. Returns where to go on."""
        key = self.keys[at]
        digits = key[0].isdecimal()
        ordinal = 0 if digits else self.lexicon.ordinals.get(key, 0)
        if ordinal:
            return self._ordinal(at, at, ordinal)
        number = self._digits(at) if digits else self._spelt(at)
        if number is None:
            return at + 1
        after = number.last + 1
        if digits:
            clock = self._clock(at)
            if clock:
                return self._take(clock)
            if after < len(self.keys) and self._gap(after) == "" and self.keys[after] in self.lexicon.ordinal_endings:
                return self._ordinal(at, after, int(next(iter(number.values)))) if number.values else after
            if self._is_part_of_name(at) or not number.values:
                return after
        if self._is_range(number.first, number.last) or self._is_range_in_words(number):
            return after
        return self._measured(number)

    def _digits(self, at: int) -> _Number | None:
        values = _values(self.keys[at], self.lexicon)
        last = at
        if self.keys[at].isdecimal() and len(self.keys[at]) <= 3:
            # Groups of three with spaces between.
            groups = self.keys[at]
            while self._is_group(last + 1):
                last += 1
                groups += self.keys[last]
            if last > at:
                values = frozenset([Decimal(groups)])
        scale = self.lexicon.scales.get(self.keys[last + 1], 0) if last + 1 < len(self.keys) else 0
        if scale and (self.tokens.spaced(last + 1) or self._gap(last + 1) == ""):
            last += 1
            values = frozenset(value * scale for value in values)
        return _Number(at, last, values, True)

    def _is_group(self, at: int) -> bool:
        if at >= len(self.keys) or len(self.keys[at]) != 3 or not self.keys[at].isdecimal():
            return False
        return self._gap(at) in ("\u00a0", "\u202f", "\u2009") or (self._gap(at) == " " and self.lexicon.space_groups)

    def _spelt(self, at: int) -> _Number | None:
        """The number in words that begins at `at`."""
        total = current = 0
        last = at - 1
        here = at
        while here < len(self.keys) and (here == at or self.tokens.close(here)):
            key = self.keys[here]
            value = self.lexicon.numbers.get(key)
            if self._is_four_twenties(here):
                value, here = 80, here + 1
            elif value is None and key in self.lexicon.ones and self._one_counts(here, current):
                value = 1
            if value is not None:
                if not _fits(value, current, self.lexicon.code):
                    break
                current += value
            elif key in self.lexicon.scales:
                scale = self.lexicon.scales[key]
                if scale >= 1000:
                    if total and scale >= 1000 and not current:
                        break
                    total += (current or 1) * scale
                    current = 0
                elif current % 100 < 10:
                    current = (current or 1) * scale
                else:
                    break
            elif key in self.lexicon.joins and here > at and self._goes_on(here + 1, current, total):
                here += 1
                continue
            elif self.lexicon.code == "ar" and 0 < current < 10 and key[0] == "و" and key[1:] in self.lexicon.numbers:
                current += self.lexicon.numbers[key[1:]]
            else:
                break
            last = here
            here += 1
        if last < at or not total + current:
            return None
        return _Number(at, last, frozenset([Decimal(total + current)]), False)

    def _is_four_twenties(self, at: int) -> bool:
        return (
            self.lexicon.code == "fr"
            and self.keys[at] == "quatre"
            and at + 1 < len(self.keys)
            and self.keys[at + 1] in ("vingt", "vingts")
            and self.tokens.close(at + 1)
        )

    def _one_counts(self, at: int, current: int) -> bool:
        """Whether “one” is a number here: after tens, or before a hundred."""
        if current and current % 10 == 0:
            return True
        return self.tokens.close(at + 1) and (
            self.keys[at + 1] in self.lexicon.scales
            or (self.lexicon.code == "ar" and self.lexicon.numbers.get(self.keys[at + 1]) == 10)
        )

    def _goes_on(self, at: int, current: int, total: int) -> bool:
        """Whether a number that has an “and” goes on at `at`."""
        if not self.tokens.close(at):
            return False
        value = self.lexicon.numbers.get(self.keys[at], 1 if self.keys[at] in self.lexicon.ones else 0)
        if self.lexicon.code == "en":
            return bool(value) and (current >= 100 or (total > 0 and not current)) and current % 100 == 0
        return 0 < value < 12 and current % 10 == 0 and current > 0

    def _is_part_of_name(self, at: int) -> bool:
        """Whether a number belongs to a name before it, or to a word that it stands in."""
        tokens = self.tokens
        gap = self._gap(at)
        if at and (gap == "" or gap[-1] in "#@/_&.'’"):
            return True
        if at + 1 < len(tokens):
            after = self._gap(at + 1)
            money = self._gap(at).rstrip()[-1:]
            if after == "" and self.keys[at + 1] in _MONEY_SCALES and money and unicodedata.category(money) == "Sc":
                return False
            if after[:1] in ("/", "_", "@", "&") or (
                after == ""
                and self.keys[at + 1] not in self.lexicon.units
                and self.keys[at + 1] not in self.lexicon.scales
            ):
                return True
        if not tokens.close(at) or not tokens.capital(at - 1) or self.keys[at - 1] in self.lexicon.currencies:
            return False
        # “Apollo 11”, “MS-18”; but not “About 12 days”.
        previous = self.keys[at - 1]
        if not tokens.spaced(at):
            return previous not in self.lexicon.months and previous not in self.lexicon.amount_hedges
        known = (
            previous in self.lexicon.stopwords
            or previous in self.lexicon.amount_hedges
            or previous in self.lexicon.year_cues
            or previous in self.lexicon.months
            or previous in self.lexicon.weekdays
        )
        return not known

    def _is_range(self, first: int, last: int) -> bool:
        """Whether a dash or a stroke joins this number to another."""
        return self._joins_numbers(first) or self._joins_numbers(last + 1)

    def _joins_numbers(self, at: int) -> bool:
        if not 0 < at < len(self.keys):
            return False
        gap = self._gap(at).strip()
        if len(gap) != 1 or (gap not in DASHES and gap not in "/:×x"):
            return False
        return self._is_number(at - 1) and self._is_number(at)

    def _is_number(self, at: int) -> bool:
        key = self.keys[at]
        return key[0].isdecimal() or (
            (key in self.lexicon.numbers or key in self.lexicon.months or key in self.lexicon.weekdays)
            and not self._is_compound(at)
        )

    def _is_compound(self, at: int) -> bool:
        """Whether the word belongs to a number of several words, which hyphens join: “twenty-one”."""
        return self.lexicon.numbers.get(self.keys[at], 0) >= 20

    def _is_range_in_words(self, number: _Number) -> bool:
        """“ten to twelve”, “between 10 and 12”, “10 or 12”: neither end is what the text says."""
        for join, other in ((number.first - 1, number.first - 2), (number.last + 1, number.last + 2)):
            if 0 <= other < len(self.keys) and len(self.keys[join]) <= 3 and self.keys[join] in self.lexicon.stopwords:
                near = self.keys[other]
                alone = near[0].isdecimal() or near in self.lexicon.numbers
                steps = (number.last + 1, number.last + 2) if join > number.last else (number.first, number.first - 1)
                if alone and all(map(self.tokens.close, steps)):
                    return True
        return False

    # --- what a number counts -----------------------------------------------------------------------------------------

    def _ordinal(self, first: int, last: int, value: int) -> int:
        nouns = self._nouns(last + 1)
        if not nouns:
            return last + 1
        return self._take(
            Amount("ordinal", first, last, self.tokens.span(first, last), frozenset([Decimal(value)]), nouns=nouns)
        )

    def _measured(self, number: _Number) -> int:
        """Take the amount that `number` is with what stands beside it; a bare number is none, unless it is an age."""
        lexicon, keys, tokens = self.lexicon, self.keys, self.tokens
        first, last = number.first, number.last
        start, end = tokens.span(first, last)
        after = last + 1
        sign = self._gap(after).strip()
        before = self._gap(first).rstrip()
        hedge = self._hedge(first)
        if sign[:1] in ("%", "٪", "％"):
            span = (start, tokens.text.index(sign[0], end) + 1)
            return self._take(Amount("amount", first, last, span, number.values, "%", hedge=hedge))
        if before and unicodedata.category(before[-1]) == "Sc":
            begin = tokens.text.rindex(before[-1], 0, start)
            values = number.values
            if after < len(keys) and self._gap(after) == "" and keys[after] in _MONEY_SCALES:
                values = frozenset(value * _MONEY_SCALES[keys[after]] for value in values)
                last = after
            span = (begin, tokens.spans[last][1])
            return self._take(Amount("amount", first, last, span, values, before[-1], hedge=hedge))
        if sign and unicodedata.category(sign[0]) == "Sc" and not _before_digit(tokens.text, end, sign[0]):
            span = (start, tokens.text.index(sign[0], end) + 1)
            return self._take(Amount("amount", first, last, span, number.values, sign[0], hedge=hedge))
        if first and keys[first - 1] in lexicon.aged and tokens.spaced(first):
            return self._take(Amount("age", first, last, (start, end), number.values))
        if number.digits and self._is_age(first):
            return self._take(Amount("age", first, last, (start, end), number.values))
        if after >= len(keys) or not (tokens.close(after) or self._gap(after) == ""):
            return after
        percent = _phrase(tokens, lexicon.percents, after)
        if percent:
            return self._finish("amount", number, percent[1], "%", hedge)
        if keys[after] in lexicon.currencies:
            return self._finish("amount", number, after, lexicon.currencies[keys[after]], hedge)
        if keys[after] in lexicon.units:
            unit, size = lexicon.units[keys[after]]
            if unit == "months" and size == 12 and tokens.close(after + 1) and keys[after + 1] in lexicon.old:
                return self._take(Amount("age", first, after + 1, tokens.span(first, after + 1), number.values))
            values = frozenset(value * size for value in number.values)
            measured = _Number(number.first, number.last, values, number.digits)
            return self._finish("amount", measured, after, unit, hedge)
        nouns = self._nouns(after)
        if not nouns or (number.digits and self._is_year(first) and last == first):
            return after
        return self._finish("amount", number, last, "", hedge, nouns)

    def _finish(
        self,
        kind: AmountKind,
        number: _Number,
        last: int,
        unit: str,
        hedge: tuple[str, int, int] | None,
        nouns: tuple[str, ...] = (),
    ) -> int:
        span = self.tokens.span(number.first, last)
        return self._take(Amount(kind, number.first, last, span, number.values, unit, nouns, hedge=hedge))

    def _is_age(self, at: int) -> bool:
        """“Shkaplerov, 49,” or “Shkaplerov (49)”."""
        text = self.tokens.text
        before, (_, end) = self._gap(at), self.tokens.spans[at]
        if not at or before not in (", ", " (") or not self.tokens.capital(at - 1) or len(self.keys[at]) > 3:
            return False
        if self.keys[at - 1] in self.lexicon.months or self.keys[at - 1] in self.lexicon.weekdays:
            return False
        following = text[end : end + 2]
        return following[:1] == ")" if before == " (" else following in (",", ", ", ".", "", ". ")

    def _nouns(self, at: int) -> tuple[str, ...]:
        """The stems of the words from `at` on that can be what is counted."""
        nouns: list[str] = []
        while at < len(self.keys) and len(nouns) < _MOST_NOUNS and self.tokens.close(at):
            key = self.keys[at]
            if not key[0].isalpha() or key in self.lexicon.stopwords:
                break
            nouns.append(self.lexicon.stem(key))
            at += 1
        return tuple(nouns)

    def _hedge(self, at: int) -> tuple[str, int, int] | None:
        """What stands before the amount at `at` and makes it less sure."""
        for first in range(max(0, at - 4), at):
            found = _phrase(self.tokens, self.lexicon.amount_hedges, first)
            if found and found[1] == at - 1 and self._follows(at):
                return found[0], first, at - 1
        return None

    def _follows(self, at: int) -> bool:
        """Whether nothing but white space and a currency stands before the amount at `at`."""
        return all(
            character.isspace() or unicodedata.category(character) == "Sc" for character in self._gap(at)
        ) and bool(self._gap(at))

    # --- times --------------------------------------------------------------------------------------------------------

    def _clock(self, at: int) -> Amount | None:
        """The time of day that begins at `at`."""
        tokens, keys, lexicon = self.tokens, self.keys, self.lexicon
        raw = keys[at]
        last = at
        match = _CLOCK.match(raw)
        pointed = None if match else _CLOCK_POINT.match(raw)
        hour = minute = -1
        sure = bool(match)
        if match or pointed:
            found = match or pointed
            assert found
            hour, minute = int(found[1]), int(found[2])
        elif raw.isdecimal() and len(raw) <= 2 and int(raw) <= 24:
            hour = int(raw)
            if at + 2 < len(keys) and keys[at + 1] in lexicon.hours and _is_minutes(keys[at + 2]):
                close = self._gap(at + 1).strip() == "" and self._gap(at + 2).strip() == ""
                if close and not self._counts(at + 3):
                    minute, last, sure = int(keys[at + 2]), at + 2, True
        elif raw.isdecimal() and len(raw) == 4 and int(raw[:2]) < 24 and int(raw[2:]) < 60:
            hour, minute = int(raw[:2]), int(raw[2:])
        if hour < 0:
            return None
        if last == at and last + 1 < len(keys) and keys[last + 1] == "uhr" and tokens.spaced(last + 1):
            last, sure = last + 1, True
            if minute < 0 and tokens.spaced(last + 1) and _is_minutes(keys[last + 1]) and not self._counts(last + 2):
                last += 1
                minute = int(keys[last])
        half = _dotted_phrase(tokens, lexicon.forenoon, last + 1)
        if half and not (len(raw) == 4 and raw.isdecimal()):
            last, sure = half[1], True
        zone = (
            _phrase(tokens, lexicon.zones, last + 1) if tokens.spaced(last + 1) else self._zone_after_point(last, half)
        )
        if zone and (sure or minute >= 0):
            last, sure = zone[1], True
        if not sure or (raw.isdecimal() and len(raw) == 4 and not zone):
            return None
        ambiguous = not half and not lexicon.day_of_24 and 1 <= hour <= 12 and raw[0] != "0" and len(raw) < 5
        if len(raw) == 4 and raw.isdecimal():
            ambiguous = False
        if half and hour <= 12:
            hour = hour % 12 + (12 if half[0] == "pm" else 0)
        return Amount(
            "time",
            at,
            last,
            self._with_point(tokens.span(at, last), half),
            minutes=(hour * 60 + max(minute, 0)) % _DAY,
            round=minute < 0,
            half=ambiguous and not (zone and zone[0] == "utc"),
            zone=zone[0] if zone else "",
            hedge=_date_hedge(self._hedge(at)),
        )

    def _zone_after_point(self, last: int, half: tuple[str, int] | None) -> tuple[str, int] | None:
        """The zone after “p.m.”, whose last point stands between."""
        if half and last + 1 < len(self.keys) and self._gap(last + 1) == ". ":
            return _phrase(self.tokens, self.lexicon.zones, last + 1)
        return None

    def _with_point(self, span: Span, half: tuple[str, int] | None) -> Span:
        """“4:35 p.m” with its last point."""
        start, end = span
        text = self.tokens.text
        return (start, end + 1) if half and text[end - 2 : end + 1] in (".m.", " m.") else span

    # --- amounts of several parts -------------------------------------------------------------------------------------

    def _merged(self) -> list[Amount]:
        """“11 days, 12 hours and 52 minutes” is one amount."""
        merged: list[Amount] = []
        smallest = Decimal(0)
        for amount in self.found:
            size = self._size(amount)
            previous = merged[-1] if merged else None
            if (
                previous
                and size
                and smallest > size
                and previous.unit == amount.unit
                and self._continues(previous, amount)
            ):
                values = frozenset(a + b for a in previous.values for b in amount.values)
                span = (previous.span[0], amount.span[1])
                merged[-1] = Amount(
                    "amount", previous.first, amount.last, span, values, amount.unit, hedge=previous.hedge
                )
            else:
                merged.append(amount)
            smallest = size
        return merged

    def _size(self, amount: Amount) -> Decimal:
        """The size of an amount's last unit, if it is one of time or length."""
        unit = self.lexicon.units.get(self.keys[amount.last]) if amount.kind == "amount" else None
        return Decimal(unit[1]) if unit else Decimal(0)

    def _continues(self, previous: Amount, amount: Amount) -> bool:
        between = range(previous.last + 1, amount.first)
        gaps = {self._gap(at).strip() for at in range(previous.last + 1, amount.first + 1)}
        return (
            gaps <= {"", ","} and all(self.keys[at] in self.lexicon.stopwords for at in between) and len(between) <= 1
        )


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


def _is_minutes(key: str) -> bool:
    return len(key) == 2 and key.isdecimal() and int(key) < 60


def _before_digit(text: str, end: int, sign: str) -> bool:
    """Whether the currency after a number is the next number's: “in 2021 $5 million”."""
    at = text.index(sign, end) + 1
    return text[at : at + 1].isdecimal() or text[at : at + 1] == ""


def _date_hedge(hedge: tuple[str, int, int] | None) -> tuple[str, int, int] | None:
    """A date's or a time's hedge: “over 2020” is none."""
    return hedge if hedge and hedge[0] in ("about", "nearly") else None


def _phrase(tokens: Tokens, phrases: Phrases, at: int) -> tuple[str, int] | None:
    """The meaning of the longest phrase that begins at `at`, and its last token."""
    if at < len(tokens):
        for phrase, meaning in phrases.get(tokens.keys[at], ()):
            if len(phrase) == 1 or tokens.find(phrase, at):
                return meaning, at + len(phrase) - 1
    return None


def _dotted_phrase(tokens: Tokens, phrases: Phrases, at: int) -> tuple[str, int] | None:
    """The same for “a.m.”, with points between."""
    if at < len(tokens) and tokens.gaps[at].strip() == "":
        for phrase, meaning in phrases.get(tokens.keys[at], ()):
            last = at + len(phrase) - 1
            if tokens.keys[at : last + 1] == list(phrase) and all(
                tokens.gaps[here].strip() in ("", ".") for here in range(at + 1, last + 1)
            ):
                return meaning, last
    return None
