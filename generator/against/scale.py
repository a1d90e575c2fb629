"""The scale, and what else site.toml says, against a revision."""

from __future__ import annotations

from generator.against.values import Findings, Side
from generator.against.wording import has_new, others_told, same, value
from generator.read.entries import toml_entry
from generator.records import Verdict

_FIELDS = ("label", "meaning", "value")
_OTHERS = (
    *("title", "url", "description", "language", "repository", "organisation", "people", "publishers", "articles"),
    *("search", "share_images", "history", "feeds", "data", "embeds", "check", "exceptions"),
)


def compare_scale(then: Side, now: Side, found: Findings) -> None:
    """Hold every step of the scale against what it is now: verdicts that were given rest on it."""
    old, new = then.settings, now.settings
    if old is None or new is None or old is new:
        return
    after = {verdict.id: (number, verdict) for number, verdict in enumerate(new.verdicts)}
    for verdict in old.verdicts:
        if verdict.id not in after:
            found.tell("scale", verdict.id, "removed")
            continue
        number, current = after.pop(verdict.id)
        changed = [field for field in _FIELDS if _text(verdict, field) != _text(current, field)]
        retired = "" if verdict.retired == current.retired else ("retired" if current.retired else "no more retired")
        told = [f"{field} {_told(verdict, field)} -> {_told(current, field)}" for field in changed]
        found.tell("scale", verdict.id, *told, retired)
        changed = [
            field
            for field in changed
            if not same(_text(verdict, field), _text(current, field)) and not new.wrong("verdicts", number, field)
        ]
        if changed and not has_new(verdict.corrections, current.corrections):
            words = "; ".join(
                f"the {field} was {_told(verdict, field)} and is {_told(current, field)}" for field in changed
            )
            field = changed[0]
            text = f"The {field} was {_told(verdict, field)}, since ..."
            entry = toml_entry({"date": "YYYY-MM-DD", "kind": "correction", "text": text})
            lines = f", {entry}" if current.corrections else f"corrections = [{entry}]"
            where = " behind the last one in “corrections”" if current.corrections else ""
            found.report(
                new.path,
                new.place("verdicts", number, field),
                "G006",
                f"{words}: verdicts that were given mean something else, and no new correction says so",
                f"put it back, or add to this verdict{where}:\n{lines}",
            )
    for id in after:
        found.tell("scale", id, "added")
    found.tell("file", new.path, others_told(old, new, _OTHERS))


def _text(verdict: Verdict, field: str) -> str:
    found = getattr(verdict, field)
    return "" if found is None else str(found)


def _told(verdict: Verdict, field: str) -> str:
    text = _text(verdict, field)
    return (text or "none") if field == "value" else value(text)
