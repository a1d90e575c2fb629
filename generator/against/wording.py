"""Words for differences between two records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.link.fold import fold
from generator.read.entries import entry
from generator.records import Article, Claim, Correction, FileRecord
from generator.report import counted


def same(before: str, after: str) -> bool:
    """Whether two texts differ in nothing that a reader would be told of: kinds of quotation marks, dashes, spaces."""
    return before == after or fold(before).strip() == fold(after).strip()


def list_told(noun: str, before: Sequence[object], after: Sequence[object]) -> str:
    """How a list changed: "2 quotes changed, 1 added"; empty where it did not."""
    if tuple(before) == tuple(after):
        return ""
    kept = _common(before, after)
    gone, come = len(before) - kept, len(after) - kept
    if not gone and not come:
        return f"{noun}s in another order"
    counts = ((min(gone, come), "changed"), (come - gone, "added"), (gone - come, "removed"))
    told: list[str] = []
    for count, verb in counts:
        if count > 0:
            told.append(f"{count:,} {verb}" if told else f"{counted(count, noun)} {verb}")
    return ", ".join(told)


def _common(before: Iterable[object], after: Iterable[object]) -> int:
    """How many items two lists have in common, in any order."""
    return sum((Counter(map(repr, before)) & Counter(map(repr, after))).values())


def has_new(before: Sequence[Correction], after: Sequence[Correction]) -> bool:
    """Whether there is a correction that there was not. One that was only rewritten is not new."""
    return len(after) > len(before) and len(after) > _common(before, after)


def correction_help(record: Article | Claim, lead: str, text: str) -> str:
    """What to type so that readers are told of a change: after `lead`, a correction with `text` to paste."""
    found = entry(record, "corrections", {"date": "YYYY-MM-DD", "kind": "correction", "text": text})
    return f"{lead}add {found.where or 'these lines'}:\n{found.lines}"


def others_told(before: FileRecord, after: FileRecord, fields: Iterable[str]) -> str:
    """The fields that differ, by their names: "title, tags changed"."""
    changed = [name.rstrip("_") for name in fields if getattr(before, name) != getattr(after, name)]
    return f"{', '.join(changed)} changed" if changed else ""


def shown(text: str, length: int = 80) -> str:
    """A text in quotation marks, cut where it is long."""
    cut = " ".join(text.split())
    return f"“{cut if len(cut) <= length else cut[: length - 2].rstrip() + ' …'}”"


def value(text: str) -> str:
    """A short value, or that there is none."""
    return shown(text) if text else "nothing"
