"""Standards as readers are told of them: what each asks for, in the interface's words."""

from __future__ import annotations

from collections.abc import Iterable

from generator.plan.values import ExceptionView
from generator.records import Exception_
from generator.words import Words

METHODOLOGY = "methodology"
"""The page on which the site's own exceptions are shown."""


def exceptions_told(exceptions: Iterable[Exception_], words: Words) -> tuple[ExceptionView, ...]:
    """Exceptions as pages show them, in the order in which they were typed."""
    return tuple(ExceptionView(entry.rule, asked_for(entry.rule, words), entry.why) for entry in exceptions)


def asked_for(rule: str, words: Words) -> str:
    """What the standard of this code asks for; the code itself where there is none of it."""
    told = {
        "S001": words("At least two independent sources"),
        "S002": words("A primary source"),
        "S003": words("An archived copy of every source"),
        "S004": words("What each source has to do with the matter"),
        "S005": words("The reason why this claim was chosen"),
        "S006": words("Sources for the claim and sources against it"),
        "S007": words("The claimant is asked for a reply"),
        "S008": words("Articles that go back to more than one origin"),
        "S009": words("Corrections that say what was wrong"),
        "S010": words("Who pays for this site"),
        "W002": words("Sources that the verdict rests on"),
        "W003": words("Pages on who is behind this site and how it works"),
    }
    return told.get(rule, rule)
