"""Telling: what changed in a claim since it was first published, from its versions one after another.

What it was as a draft is not told. A version that cannot be read was never online, since a site with an error is not
built; unless an earlier program could read it. So it is passed over, and how many were is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from generator.history.line import State
from generator.history.values import ClaimChange, Commit, Pair, Step, Version

_NOBODY = Commit("", "", "")


class Told(Struct, frozen=True):
    """The changes, the oldest first, and the step of each; how many versions could not be read.

    `first` is the step with which the claim was first published; None where that is older than what is known.
    """

    changes: tuple[tuple[Step, ClaimChange], ...] = ()
    unread: int = 0
    first: Step | None = None
    published: bool = False
    """Whether it ever was."""


def told(states: Iterable[State], version_of: Callable[[str], Version]) -> Told:
    """What the states of a claim, the oldest first, come to. `version_of` gives what was said under git's name."""
    changes: list[tuple[Step, ClaimChange]] = []
    last: Version | None = None
    online, unread = False, 0
    first: Step | None = None
    for step, blob in states:
        now = version_of(blob) if blob else Version(status="draft")
        if not now.status:
            unread += 1
            continue
        if now.status == "draft":
            if online and step is not None:
                changes.append((step, ClaimChange(_NOBODY, "withdrawn")))
            online = False
            continue
        if last is None:
            if step is not None and not unread:
                first = step
                event = "retracted" if now.status == "retracted" else "published"
                changes.append((step, ClaimChange(_NOBODY, event)))
        elif step is not None and (change := _change(last, now, online)) != ClaimChange(_NOBODY):
            changes.append((step, change))
        last, online = now, True
    return Told(tuple(changes), unread, first, last is not None)


def _change(before: Version, after: Version, online: bool) -> ClaimChange:
    """What changed between two versions that were both published."""
    change = ClaimChange(
        _NOBODY,
        verdict=_pair(before.verdict, after.verdict),
        claim=_pair(before.claim, after.claim),
        summary=_pair(before.summary, after.summary),
    )
    if before.status != after.status:
        return replace(change, event="retracted" if after.status == "retracted" else "restored")
    return change if online else replace(change, event="returned")


def _pair(before: str, after: str) -> Pair | None:
    return (before, after) if before != after else None
