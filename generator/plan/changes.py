"""What changed in a claim since it was first published, as its page shows it: words that went and words that came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.history.values import ClaimChange, Commit, Pair
from generator.plan.addresses import commit_address
from generator.plan.claim_values import ChangedRun, ChangeView
from generator.plan.dates import date_text
from generator.plan.views import Views

_SHORT = 10  # letters of a hash that are shown: how many git itself would show depends on what else is in a clone
_WORD = re.compile(r"\S+\s*")
_ALIKE = 0.4
"""How much of two texts must be the same for their differences to be told word by word."""
_BRIDGE = 2
"""How many words between two differences are told with them: scattered pieces are hard to read."""


def change_view(views: Views, change: ClaimChange) -> ChangeView:
    return ChangeView(
        date=date_text(change.commit.date[:10], views.frame.words),
        short=short(change.commit),
        address=commit_address(views.library.settings.repository, change.commit.hash),
        event=change.event,
        verdict=_verdicts(views, change.verdict) if change.verdict else (),
        claim=changed_words(change.claim) if change.claim else (),
        summary=changed_words(change.summary) if change.summary else (),
    )


def short(commit: Commit) -> str:
    """The beginning of a commit's hash."""
    return commit.hash[:_SHORT]


def _verdicts(views: Views, pair: Pair) -> tuple[ChangedRun, ...]:
    before, after = (tag.label if (tag := views.frame.verdicts.get(id)) else id for id in pair)
    return ChangedRun(before, "removed"), ChangedRun(after, "added")


def changed_words(pair: Pair) -> tuple[ChangedRun, ...]:
    """A text with the words that were taken out, those that were put in, and those that were left.

    Where little was left, it is the old text and the new one.
    """
    before, after = (_WORD.findall(text) for text in pair)
    found = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False)
    if found.ratio() < _ALIKE:
        return ChangedRun(pair[0], "removed"), ChangedRun(pair[1], "added")
    return tuple(_runs(before, after, _bridged(found)))


_Piece = tuple[bool, int, int, int, int]
"""Whether words are the same, where they begin and end before, and after."""


def _bridged(found: SequenceMatcher[str]) -> list[_Piece]:
    """The pieces of two texts, of which no two that differ have only a word or two between them."""
    pieces: list[_Piece] = []
    codes = found.get_opcodes()
    for number, (code, *places) in enumerate(codes):
        first, last, start, end = places
        same = code == "equal" and (last - first > _BRIDGE or number in (0, len(codes) - 1))
        if pieces and not same and not pieces[-1][0]:
            pieces[-1] = (False, pieces[-1][1], last, pieces[-1][3], end)
        else:
            pieces.append((same, first, last, start, end))
    return pieces


def _runs(before: list[str], after: list[str], pieces: list[_Piece]) -> Iterator[ChangedRun]:
    for same, first, last, start, end in pieces:
        if same:
            yield ChangedRun("".join(after[start:end]).strip())
            continue
        if first < last:
            yield ChangedRun("".join(before[first:last]).strip(), "removed")
        if start < end:
            yield ChangedRun("".join(after[start:end]).strip(), "added")
