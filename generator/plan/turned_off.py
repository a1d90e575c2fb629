"""Turned off: which of the checks' warnings a site does without, in words for its readers."""

from __future__ import annotations

from collections.abc import Iterable

from generator.check.standards import STANDARDS
from generator.plan.standards import asked_for
from generator.words import Words


def turned_off(codes: Iterable[str], words: Words) -> tuple[str, ...]:
    """What the warnings with these codes would tell of, each once, in the order of the codes."""
    said = _said(words)
    for code in STANDARDS:
        asked = asked_for(code, words)
        if asked != code:
            said.setdefault(code, words("a standard that is not met: {standard}", standard=asked))
    return tuple(dict.fromkeys(said[code] for code in sorted(codes) if code in said))


def _said(words: Words) -> dict[str, str]:
    """By a warning's code: what it tells of."""
    return {
        "F006": words("files that are left out of the site"),
        "R006": words("what drafts still lack"),
        "Q007": words("long omissions in quotes, and omissions across paragraphs"),
        "Q008": words("omissions that take a negation, a number or a hedge out of a quote"),
        "A002": words("articles whose text could be changed without anyone noticing"),
        "M002": words("images without a description"),
        "H001": words("claims whose history is not known"),
        "W001": words("dates that are out of order"),
        "W002": words("claims without sources"),
        "W003": words("missing pages on who we are, how we work and how we correct"),
        "W004": words("articles that no claim uses"),
        "W005": words("quotes whose value does not fit what they are said to do with the claim"),
        "W006": words("text that is shown as it was typed"),
        "W007": words("words of the site that are not translated"),
        "W008": words("names in which letters of different scripts are mixed"),
    }
