"""Lexicons: a language's catalogue, and its dates and numbers as Babel has them from CLDR.

Babel takes a while to import, so a build after an edit has the lexicon from its store.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import get_group_symbol

from generator.languages import CATALOGUES, ENGLISH, spoken, with_wider
from generator.words import Lexicon

_DAY, _YEAR = 28, 3456
"""A day and a year that stand for any other in a date's pattern; no month has their digits in its name."""

_FOUR_TOGETHER = ("es", "es_ES")
"""Where four digits stand together, and five do not: CLDR's minimumGroupingDigits, which Babel leaves out."""


@lru_cache(maxsize=8)
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a BCP 47 language; where there is no catalogue its messages are English, and so are its dates."""
    locale = _locale(language) if spoken(language) else Locale(ENGLISH)
    catalogue = _catalogue(language)
    singles, forms = _messages(catalogue) if catalogue else ({}, {})
    plural = catalogue.plural_expr if catalogue else "n != 1"
    return Lexicon(
        language=language,
        dates=tuple(_pattern(format_date(_in(month), "long", locale)) for month in range(1, 13)),
        months=tuple(_pattern(format_skeleton("yMMMM", _in(month), locale=locale)) for month in range(1, 13)),
        group=get_group_symbol(locale),
        grouped_from=10_000 if str(locale) in _FOUR_TOGETHER else 1_000,
        plural=plural,
        messages=singles,
        forms=forms,
    )


def _catalogue(language: str) -> Catalog | None:
    name = spoken(language)
    if name in ("", ENGLISH):
        return None
    with (CATALOGUES / f"{name}.po").open("rb") as lines:
        return read_po(lines, name.replace("-", "_"))


def _messages(catalogue: Catalog) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The messages that are translated; those with a number by the English singular."""
    singles: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.fuzzy:  # a guess that nobody has looked at
            continue
        if isinstance(message.id, str) and isinstance(message.string, str):
            singles[message.id] = message.string
        elif isinstance(message.string, tuple | list):
            forms[message.id[0]] = tuple(message.string)
    return (
        {id: text for id, text in singles.items() if id and text},
        {id: all_ for id, all_ in forms.items() if all(all_)},
    )


def _locale(language: str) -> Locale:
    for name in with_wider(language):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(ENGLISH)


def _in(month: int) -> date:
    return date(_YEAR, month, _DAY)


def _pattern(text: str) -> str:
    return text.replace(str(_YEAR), "{year}").replace(str(_DAY), "{day}")
