"""Accepted holes: what `accepted.toml` says is known and put up with, by whom it concerns, why, and until when."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "accepted.toml"
LONGEST = timedelta(days=180)
"""How far ahead an end may be: after that somebody has to look again."""


class Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hole that is put up with: its id (or one of its other names), its package, why, and the last day of that."""

    id: str
    package: str
    why: str
    until: date


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    accepted: tuple[Accepted, ...] = ()


class Unclear(Exception):
    """The file cannot be taken as it is; says what to type."""


def read_accepted(path: Path, today: date) -> tuple[Accepted, ...]:
    """What `path` accepts; nothing where there is no such file. Raises Unclear."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).accepted
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:  # not to be read, not UTF-8, no TOML, another form
        raise Unclear(f"{path}: {error}. Each [[accepted]] has id, package, why and until = 2027-01-31") from None
    for each in found:
        if not each.id.strip() or not each.package.strip() or not each.why.strip():
            raise Unclear(f"{path}: an entry ({each.id or each.package}) has an empty field: say which hole, and why")
        if each.until > today + LONGEST:
            raise Unclear(f"{path}: {each.id} is accepted until {each.until}: name a day before {today + LONGEST}")
    return found
