"""Attributions: words that give a statement to somebody."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from generator.compare.lexicon import Lexicon
from generator.compare.tokens import Span, Tokens

_LONGEST_SOURCE = 10
_LONGEST_SPEAKER = 5


class Attribution(Struct, frozen=True):
    """An attribution from the token `first` to `last`.

    Of a source, the words from `named` on name it; of speech, the verb stands from `named` to `verb`.
    """

    kind: Literal["source", "speech"]
    first: int
    last: int
    named: int
    verb: int
    span: Span


def attributions(tokens: Tokens, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """All attributions of a text, in order."""
    found: list[Attribution] = []
    cues = lexicon.attribution_cues
    for at in [at for at, key in enumerate(tokens.keys) if key in cues]:
        if found and at <= found[-1].last:
            continue
        attribution = _source(tokens, lexicon, at) or _speech(tokens, lexicon, at)
        if attribution:
            found.append(attribution)
    return tuple(found)


def _source(tokens: Tokens, lexicon: Lexicon, at: int) -> Attribution | None:
    """“according to footage streamed live by the Russian space agency”: to the next comma, if that is near."""
    for phrase, _ in lexicon.sources.get(tokens.keys[at], ()):
        if not tokens.find(phrase, at):
            continue
        named = at + len(phrase)
        last = named - 1
        while last + 1 < len(tokens) and not tokens.breaks(last + 1) and "," not in tokens.gaps[last + 1]:
            last += 1
        if last - named >= _LONGEST_SOURCE:
            last = named - 1
        return Attribution("source", at, last, named, named - 1, tokens.span(at, last))
    return None


def _speech(tokens: Tokens, lexicon: Lexicon, at: int) -> Attribution | None:
    """“told AFP”, “said Rogozin”, “The agency confirmed that”."""
    key = tokens.keys[at]
    if _in_hedge(tokens, lexicon, at):
        return None
    for phrase, _ in lexicon.speech.get(key, ()):
        if tokens.find(phrase, at):
            return _with_speaker(tokens, lexicon, at, at + len(phrase) - 1)
    for phrase, _ in lexicon.reports.get(key, ()):
        if not tokens.find(phrase, at):
            continue
        last = at + len(phrase) - 1
        if _says_that(tokens, lexicon.that, last + 1):
            return _with_speaker(tokens, lexicon, at, last + 1)
        if lexicon.names and _after_comma(tokens, at) and _is_name(tokens, lexicon, last + 1):
            return _with_speaker(tokens, lexicon, at, last)
    return None


def _in_hedge(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    """Whether the word at `at` belongs to a hedge: “are said to”."""
    return any(
        first + len(phrase) > at and tokens.keys[at] in phrase and tokens.find(phrase, first)
        for first in range(max(0, at - 2), at + 1)
        for phrase, _ in lexicon.hedges.get(tokens.keys[first], ())
    )


def _says_that(tokens: Tokens, that: frozenset[str], at: int) -> bool:
    return tokens.spaced(at) and tokens.keys[at] in that


def _after_comma(tokens: Tokens, at: int) -> bool:
    return at > 0 and ("," in tokens.gaps[at] or tokens.breaks(at))


def _is_name(tokens: Tokens, lexicon: Lexicon, at: int) -> bool:
    return tokens.close(at) and tokens.capital(at) and tokens.keys[at] not in lexicon.stopwords


def _with_speaker(tokens: Tokens, lexicon: Lexicon, at: int, last: int) -> Attribution:
    """The verb from `at` to `last` with the few words beside it that say who speaks, and to whom."""
    verb = last
    if tokens.keys[at] in lexicon.told:
        verb = last = _audience(tokens, lexicon, last)
    elif lexicon.verb_first:
        last = _audience(tokens, lexicon, last)
    elif lexicon.names:
        while _is_name(tokens, lexicon, last + 1):
            last += 1
    first = at
    while first > 0 and not _parts(tokens, first) and at - first <= _LONGEST_SPEAKER:
        first -= 1
    if at - first > _LONGEST_SPEAKER:
        first = at
    return Attribution("speech", first, last, at, verb, tokens.span(first, last))


def _audience(tokens: Tokens, lexicon: Lexicon, last: int) -> int:
    """The last word of “told the Russian news agency TASS”; the verb, where what was said follows."""
    end = last
    while end + 1 < len(tokens) and not _parts(tokens, end + 1) and tokens.keys[end + 1] not in lexicon.that:
        end += 1
    return end if end - last <= _LONGEST_SPEAKER else last


def _parts(tokens: Tokens, at: int) -> bool:
    """Whether a comma or a sentence's end stands before the token at `at`."""
    return tokens.breaks(at) or "," in tokens.gaps[at]
