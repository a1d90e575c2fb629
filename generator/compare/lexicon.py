"""Lexicons: what a language's words mean for a comparison. A language's own is in `lexicons/`, one module each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from msgspec import Struct

from generator.compare.tokens import key

Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[tuple[Phrase, str], ...]]
"""By first word: phrases that begin with it, longest first, each with its meaning."""

LANGUAGES = ("ar", "de", "en", "es", "fr", "ru")

_NONE: Mapping[str, int] = MappingProxyType({})
_NO_PHRASES: Phrases = MappingProxyType({})


class Lexicon(Struct, frozen=True, kw_only=True):
    """A language's words, all as keys. An empty one knows digits alone."""

    code: str = ""
    numbers: Mapping[str, int] = _NONE
    """Number words from two on; “one” is too often a pronoun."""
    ones: frozenset[str] = frozenset()
    """Words for one, which count in “twenty-one” and “one million”."""
    scales: Mapping[str, int] = _NONE
    joins: frozenset[str] = frozenset()
    """What stands inside number words: “and”, “y”."""
    lists: frozenset[str] = frozenset()
    """What joins the members of a list."""
    ordinals: Mapping[str, int] = _NONE
    ordinal_endings: frozenset[str] = frozenset()
    months: Mapping[str, int] = _NONE
    weekdays: Mapping[str, int] = _NONE
    date_joins: frozenset[str] = frozenset()
    """What stands inside a date: “of”, “de”."""
    year_cues: frozenset[str] = frozenset()
    """What stands before a year: “in”, “since”."""
    units: Mapping[str, tuple[str, int]] = MappingProxyType({})
    """A unit's dimension and how many of its smallest it is."""
    old: frozenset[str] = frozenset()
    """“old” in “49 years old”."""
    aged: frozenset[str] = frozenset()
    """“aged” in “aged 49”."""
    percents: Phrases = _NO_PHRASES
    currencies: Mapping[str, str] = MappingProxyType({})
    forenoon: Phrases = _NO_PHRASES
    """Words for the half of the day: the meaning is “am” or “pm”."""
    zones: Phrases = _NO_PHRASES
    hours: frozenset[str] = frozenset()
    """“h”, “Uhr”: between or after the parts of a time."""
    day_of_24: bool = True
    """Whether a time without a word for the half of the day is one of 24 hours."""
    comma_decimals: bool = True
    space_groups: bool = True
    amount_hedges: Phrases = _NO_PHRASES
    """Before an amount: “about”, “at least”. What means the same is one meaning."""
    hedges: Phrases = _NO_PHRASES
    sources: Phrases = _NO_PHRASES
    """“according to”."""
    speech: Phrases = _NO_PHRASES
    """Verbs that give words to somebody wherever they stand: “said”."""
    reports: Phrases = _NO_PHRASES
    """Verbs that do so before a word of `that`, or beside a name."""
    verb_first: bool = False
    """Whether who speaks stands between the verb and what is said."""
    told: frozenset[str] = frozenset()
    """Verbs after which those who hear are named, not who speaks."""
    that: frozenset[str] = frozenset()
    stopwords: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    names: bool = False
    """Whether a capital tells a name."""
    number_cues: frozenset[str] = frozenset()
    """Words with which an amount in words may begin."""
    date_cues: frozenset[str] = frozenset()
    hedge_cues: frozenset[str] = frozenset()
    """A word of each hedge, which is not a function word where there is such a one."""
    attribution_cues: frozenset[str] = frozenset()

    def stem(self, key: str) -> str:
        """A word without its ending: equal for most forms of one word, and of no use beyond that."""
        for prefix in self.prefixes:
            if key.startswith(prefix) and len(key) - len(prefix) >= 3:
                key = key[len(prefix) :]
                break
        for ending in self.endings if key.endswith(self.endings) else ():
            if key.endswith(ending) and len(key) - len(ending) >= 3:
                return key[: -len(ending)]
        return key


NEUTRAL = Lexicon()


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon for a language tag such as `en-GB`; `NEUTRAL` where there is none."""
    code = language.lower().partition("-")[0]
    if code not in LANGUAGES:
        return NEUTRAL
    found = import_module(f"generator.compare.lexicons.{code}").LEXICON
    assert isinstance(found, Lexicon)
    return found


def lexicon(**fields: object) -> Lexicon:
    """A lexicon with the words that make a text worth a closer look."""
    plain = Lexicon(**fields)  # type: ignore[arg-type]
    return Lexicon(
        **{name: getattr(plain, name) for name in plain.__struct_fields__}
        | {
            "number_cues": frozenset({*plain.numbers, *plain.scales, *plain.ordinals, *plain.ones}),
            "date_cues": frozenset({*plain.months, *plain.weekdays}),
            "hedge_cues": _cues(plain.hedges, plain.stopwords - {"may", "might", "could"}),
            "attribution_cues": frozenset({*plain.sources, *plain.speech, *plain.reports}),
        }
    )


def _cues(phrases: Phrases, stopwords: frozenset[str]) -> frozenset[str]:
    """Of each phrase the word that is found least often: a word that is no function word, and the longest of those."""
    return frozenset(
        max(phrase, key=lambda word: (word not in stopwords, len(word)))
        for entries in phrases.values()
        for phrase, _ in entries
    )


def words(text: str) -> frozenset[str]:
    """The keys of the words of `text`."""
    return frozenset(map(key, text.split()))


def numbered(text: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """The words of `text`, counted; forms of one number are joined by `/`."""
    return {
        key(form): start + step * place for place, forms in enumerate(text.split()) for form in forms.split("/") if form
    }


def phrases(meanings: Mapping[str, str]) -> Phrases:
    """By meaning, phrases parted by commas."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for meaning, listed in meanings.items():
        for phrase in listed.split(","):
            keys = tuple(map(key, phrase.split()))
            if keys:
                found.setdefault(keys[0], []).append((keys, meaning))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in found.items()}


def units(dimensions: Mapping[str, Mapping[int, str]]) -> dict[str, tuple[str, int]]:
    """By dimension and size, the words for a unit."""
    return {
        key(word): (dimension, size)
        for dimension, sizes in dimensions.items()
        for size, listed in sizes.items()
        for word in listed.split()
    }


def each(starts: Iterable[str], rest: str) -> str:
    """Phrases that begin with each of `starts`, parted by commas."""
    return ",".join(f"{start} {end}" for start in starts for end in rest.split(","))
