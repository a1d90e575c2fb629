"""Claims against those of a revision: what was published stays, or changes with a correction."""

from __future__ import annotations

from collections.abc import Iterator

from generator.against.renamed import Renamed, renamed
from generator.against.values import NOWHERE, Findings, Side
from generator.against.wording import correction_help, has_new, list_told, others_told, same, shown, value
from generator.records import Claim, Correction, Settings, Verdict

_LISTS = {
    "quotes": "quote",
    "sources": "source",
    "parts": "part",
    "corrections": "correction",
    "claimant": "claimant",
    "contacted": "contact",
    "exceptions": "exception",
}
_OTHERS = (
    "title",
    "story",
    "tags",
    "why",
    "by",
    "edited",
    "made",
    "checked",
    "silent",
    "analysis",
    "related",
    "aliases",
)
_RETRACTED = "This check is retracted, since ..."
_NOUNS = {"verdict": "the verdict", "claim": "the claim", "summary": "the finding", "compare": "the value found"}


def compare_claims(then: Side, now: Side, found: Findings) -> None:
    """Hold every claim of `then` against what it is `now`."""
    names = renamed(now)
    followed = set()
    for id, before in sorted(then.claims.items()):
        if id in now.known["claims"]:
            after = now.claims.get(id)
            if after is None:
                found.tell("claim", id, "not compared, since it cannot be read now")
                continue
        else:
            after = now.claims.get(names.claims.get(id, ""))
            if after is None:
                _gone(before, then, now, found)
                continue
            followed.add(after.id)
        if before is not after and (before.source != after.source or before.id != after.id):
            _changed(before, after, names, then, now, found)
    for id, after in now.claims.items():
        if id not in then.known["claims"] and id not in followed:
            found.tell("claim", id, f"added, {_standing(after, now.settings)}")


def _gone(before: Claim, then: Side, now: Side, found: Findings) -> None:
    if before.status != "published":
        was = "the draft" if before.status == "draft" else "it was retracted before"
        found.tell("claim", before.id, f"removed ({was})")
        return
    found.tell("claim", before.id, f"removed ({_standing(before, then.settings)})")
    heir = _heir(before, then, now)
    message = f"this claim was published at {found.commit}, and is gone without being retracted"
    if heir is not None:
        help = f"if it was renamed, write in {heir.path}:\naliases: [{', '.join((*heir.aliases, before.id))}]"
    else:
        lead = "bring it back with the first line, and retract it with the others"
        lines = f"{found.restore(before.path)}\nstatus: retracted"
        correction = correction_help(before, "", _RETRACTED).partition("\n")[2]
        more = " and one more correction" if before.corrections else ""
        help = f"{lead}{more}:\n{lines}" + ("" if before.corrections else f"\n{correction}")
    found.report(before.path, NOWHERE, "G003", message, help)


def _heir(before: Claim, then: Side, now: Side) -> Claim | None:
    """A claim that came and has the same words: what somebody renamed without an alias."""
    for id, claim in now.claims.items():
        if id not in then.known["claims"] and same(claim.claim, before.claim):
            return claim
    return None


def _changed(before: Claim, after: Claim, names: Renamed, then: Side, now: Side, found: Findings) -> None:
    told = [f"renamed {after.id}"] if before.id != after.id else []
    if before.status != after.status:
        told.append("retracted" if after.status == "retracted" else f"{before.status} -> {after.status}")
    if _verdict_changed(before, after, then, now):
        told.append(f"verdict {_label(before, then.settings)} -> {_label(after, now.settings)}")
    told += [
        "claim reworded" if not same(before.claim, after.claim) else "",
        "finding changed" if not same(before.summary, after.summary) else "",
        "comparison changed" if before.compare != after.compare else "",
    ]
    moved = names.claim(before)
    for field, noun in _LISTS.items():
        old, new = getattr(moved, field), getattr(after, field)
        told.append(list_told(noun, old or (), new or ()) or (f"{field} changed" if old != new else ""))
    found.tell("claim", before.id, *told, others_told(moved, after, _OTHERS))
    if before.status != "draft":
        _check(before, after, then, now, found)


def _check(before: Claim, after: Claim, then: Side, now: Side, found: Findings) -> None:
    """Report what readers of a claim that was public are not told of."""
    known: tuple[Correction, ...] = before.corrections
    if before.id != after.id and after.id in then.claims:  # it went into another claim
        known += then.claims[after.id].corrections
    corrected = has_new(known, after.corrections) or after.wrong("corrections")
    if after.status == "draft":
        message = f"this claim was published at {found.commit}; as a draft it would be gone without being retracted"
        help = "take the line out; or, with a correction that says why, write:\nstatus: retracted"
        found.report(after.path, after.place("status"), "G003", message, help)
        return
    if corrected:
        return
    if after.status == "retracted" and before.status == "published":
        message = "this claim is retracted now, and no new correction says so"
        if after.corrections:  # else it lacks one in any case, which is reported
            help = correction_help(after, "", _RETRACTED)
            found.report(after.path, after.place("status"), "G003", message, help)
        return
    changes = list(_differences(before, after, then, now))
    if changes:
        first = changes[0][0]
        words = "; ".join(f"{_NOUNS[field]} was {was} and is {now_is}" for field, was, now_is in changes)
        message = f"{words}, and no new correction tells readers"
        found.report(after.path, after.place(first), "G004", message, correction_help(after, "", _draft(changes)))


def _differences(before: Claim, after: Claim, then: Side, now: Side) -> Iterator[tuple[str, str, str]]:
    """The fields in which a claim differs that readers rely on, each with what it was and what it is.

    What is missing or wrong now is a problem of its own.
    """
    for field in ("verdict", "claim", "summary"):
        old, new = getattr(before, field), getattr(after, field)
        if not old or not new or same(old, new):
            continue
        if field != "verdict":
            yield field, *_apart(old, new)
        elif _is_on(after.verdict, now.settings) and _verdict_changed(before, after, then, now):
            yield field, shown(_label(before, then.settings)), shown(_label(after, now.settings))
    old = before.compare.found if before.compare else ""
    new = after.compare.found if after.compare else ""
    if not same(old, new) and not after.wrong("compare"):
        yield "compare", value(old), value(new)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to where they begin to differ."""
    words, others = before.split(), after.split()
    start = next((at for at, pair in enumerate(zip(words, others, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, min(start, len(words) - 1, len(others) - 1) - 2)
    lead = "… " if start else ""
    return shown(lead + " ".join(words[start:])), shown(lead + " ".join(others[start:]))


def _draft(changes: list[tuple[str, str, str]]) -> str:
    """The beginning of a correction."""
    field, was, now_is = changes[0]
    if field == "verdict":
        return f"The verdict was {was} and is {now_is}, since ..."
    return f"{_NOUNS[field].capitalize()} was changed: ..."


def _label(claim: Claim, settings: Settings | None) -> str:
    """The label of a claim's verdict on its scale; else its id."""
    found = _step(claim, settings)
    return found.label if found else claim.verdict or "none"


def _step(claim: Claim, settings: Settings | None) -> Verdict | None:
    """A claim's verdict on the scale."""
    return next((each for each in (settings.verdicts if settings else ()) if each.id == claim.verdict), None)


def _verdict_changed(before: Claim, after: Claim, then: Side, now: Side) -> bool:
    """Whether a claim has another verdict. What the scale makes of one verdict is the scale's own change.

    An id that was changed on the scale, with label, meaning and value kept, tells readers nothing else.
    """
    if before.verdict == after.verdict:
        return False
    old, new = _step(before, then.settings), _step(after, now.settings)
    if old is None or new is None:
        return True
    return (old.label, old.meaning, old.value) != (new.label, new.meaning, new.value)


def _is_on(verdict: str, settings: Settings | None) -> bool:
    return settings is None or any(each.id == verdict for each in settings.verdicts)


def _standing(claim: Claim, settings: Settings | None) -> str:
    if claim.status != "published":
        return "a draft" if claim.status == "draft" else "retracted"
    return _label(claim, settings)
