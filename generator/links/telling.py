"""Telling: what an editor can do about an address that does not answer as it should."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.links.addresses import Use
from generator.links.answers import Answer
from generator.report import printable

Told = tuple[Use, str, Answer]
_ARCHIVES = ("web.archive.org", "archive.ph", "archive.today", "archive.is")


def to_tell(uses: Mapping[str, Sequence[Use]], answers: Mapping[str, Answer]) -> list[Told]:
    """Every place of every address that does not simply answer, in the order of files."""
    found = [(use, address, answers[address]) for address in uses if address in answers for use in uses[address]]
    return sorted(
        (told for told in found if told[2].status != "ok"), key=lambda told: (told[0].path, told[0].place, told[1])
    )


def as_text(told: Sequence[Told]) -> str:
    """For people: place, what is wrong, the address, and what to do. No line begins with content."""
    return "".join(
        f"{printable(use.path)}:{use.place.line}:{use.place.column}: {answer.status}: {printable(answer.why)}\n"
        f"  {printable(address)}\n"
        + (f"  help: {printable(words)}\n" if (words := help_for(use, address, answer)) else "")
        for use, address, answer in told
    )


def as_json(told: Sequence[Told]) -> str:
    """For programs: the same, with `to` where an address moved to, and `asked` when."""
    found = [
        {
            "path": use.path,
            "line": use.place.line,
            "column": use.place.column,
            "url": address,
            "status": answer.status,
            "message": answer.why,
            "to": answer.to,
            "help": help_for(use, address, answer),
            "asked": answer.at,
        }
        for use, address, answer in told
    ]
    return json.dumps({"links": found}, indent=2) + "\n"


def help_for(use: Use, address: str, answer: Answer) -> str:
    """What to type, or where to look, for an address at one of its places."""
    if answer.status == "moved":
        if use.article:
            return f"an article keeps the address that it was collected from; it is now at {answer.to}"
        if use.field:
            return f"if the same is there: {use.field}: {answer.to}"
        return f"if the same is there: {answer.to}"
    if answer.status == "dead":
        if use.archived:
            return f"readers have the archived copy on record: {use.archived}"
        if any(f"//{host}/" in address for host in _ARCHIVES):
            return "look for another copy"
        wanted = f"look for a copy at {wayback(address, use.date)}"
        return wanted + (", and if it is the same: archived: (that copy’s address)" if use.field == "url" else "")
    return ""


def wayback(address: str, date: str) -> str:
    """Where the Wayback Machine would have a copy of `address`, the nearest to `date`. Nothing asks it here."""
    digits = date[:10].replace("-", "")
    return f"https://web.archive.org/web/{digits or '*'}/{address}"
