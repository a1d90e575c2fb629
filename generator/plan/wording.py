"""Wording: where quotes differ from the claim, whose words the claim is in, and how what is said changed in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.compare.differences import comparable, differences, told
from generator.compare.drift import Change, Dated, Step, in_time
from generator.compare.wording import whose_words
from generator.plan.claim_values import ArticleRow, DriftView, QuoteView, Run, StepView
from generator.plan.dates import date_text
from generator.plan.values import Link
from generator.plan.views import Views
from generator.records import Claim, Quote

_COMPARED = frozenset(("asserts", "contradicts", "partly"))
"""A quote that only mentions the matter need not have the claim's numbers and names."""
_MOST_CHANGES = 3
"""Changes of words that are told of one step: of many more, the wording is another altogether."""


class Compared(NamedTuple):
    """A quote's runs with what differs pointed out, and that in words."""

    runs: tuple[Run, ...]
    sentences: tuple[str, ...]


def compared(views: Views, claim: Claim, quote: Quote, language: str, runs: tuple[Run, ...]) -> Compared:
    """`quote`, whose words are `runs` in a `language`, beside the claim's wording."""
    if quote.stance not in _COMPARED:
        return Compared(runs, ())
    own = _text(runs)
    site = views.library.settings.language
    text, common = comparable(site, language or site, own, quote.translation)
    found = differences(claim.claim, text, common, quote.speaker)
    if not found:
        return Compared(runs, ())
    spans = [difference.span for difference in found if difference.span] if text == own else []
    return Compared(_pointed_out(runs, spans), tuple(dict.fromkeys(told(one, views.frame.words) for one in found)))


def _text(runs: Iterable[Run]) -> str:
    return "".join(_words(run) for run in runs)


def _words(run: Run) -> str:
    """A run as it is compared: what is left out parts words, and a paragraph's end parts sentences."""
    return {"omission": " […] ", "break": "\n"}.get(run.kind, run.text)


def _pointed_out(runs: tuple[Run, ...], spans: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """`runs` cut at the ends of `spans`, which are of their text together; the pieces within them differ."""
    if not spans:
        return runs
    found = []
    start = 0
    for run in runs:
        end = start + len(_words(run))
        if run.kind not in ("text", "mark"):
            found.append(run)
        else:
            inside = [(max(low, start) - start, min(high, end) - start) for low, high in spans]
            cuts = sorted({0, end - start, *(at for low, high in inside if low < high for at in (low, high))})
            for low, high in pairwise(cuts):
                differs = any(first <= low and high <= last for first, last in inside if first < last)
                found.append(Run(run.kind, run.text[low:high], differs))
        start = end
    return tuple(found)


def in_whose_words(claim: Claim, rows: Iterable[ArticleRow]) -> tuple[Link, ...]:
    """The asserting quotes in which the claim's whole wording stands: whose they are, and where they are."""
    quotes: list[QuoteView] = [quote for row in rows for quote in row.quotes]
    found = whose_words(claim.claim, [(at, quote.stance, _text(quote.runs)) for at, quote in enumerate(quotes)])
    return tuple({quotes[at].attribution: Link(quotes[at].attribution, f"#{quotes[at].id}") for at in found}.values())


# --- in time ----------------------------------------------------------------------------------------------------------


def drift(views: Views, claim: Claim, rows: Iterable[ArticleRow]) -> DriftView | None:
    """A claim's articles in the order of time; None where no date is known to be before another."""
    names = {row.article.id: Link(row.article.name, f"#{row.quotes[0].id}") for row in rows}
    dated = [
        Dated(
            row.article.id,
            views.library.articles[row.article.id].published,
            row.says,
            _text(row.quotes[0].runs) if len(row.quotes) == 1 and not claim.compare else "",
        )
        for row in rows
    ]
    found = in_time(dated)
    if found is None:
        return None
    steps = tuple(_step(views, step, names) for step in found.steps)
    return DriftView(steps, tuple(names[id] for id in found.undated))


def _step(views: Views, step: Step, names: dict[str, Link]) -> StepView:
    words = views.frame.words
    note = ""
    if step.changed and step.before:
        sources = words(", ").join(names[id].text for id in step.since)
        note = words("Changed: {articles} said {value}.", articles=sources, value=words("; ").join(step.before))
    elif step.words and len(step.words) <= _MOST_CHANGES:
        note = " ".join(_change(views, change) for change in step.words)
    elif step.order == "unclear":
        note = words("The order to the one before is not known.")
    return StepView(
        article=names[step.article],
        date=date_text(step.published, words),
        says=step.says,
        changed=step.changed,
        note=note,
    )


def _change(views: Views, change: Change) -> str:
    words = views.frame.words
    if not change.before:
        return words("Added: “{words}”.", words=change.after)
    if not change.after:
        return words("Left out: “{words}”.", words=change.before)
    return words("“{before}” became “{after}”.", before=change.before, after=change.after)
