"""Dates: the forms in which pages write them, as the content format has them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?)?)?)?",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:\s.*)?", re.ASCII)
_LETTER = re.compile(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", re.ASCII)


def page_date(text: str) -> str:
    """A date that a page wrote for programs, as the content format has it; empty where it is none.

    A time without an offset could be anywhere's, so only its day is taken. `1/2/2021` is nobody's and left out.
    """
    text = " ".join(text.split())
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text) or _SLASHED.fullmatch(text)
    if match:
        parts = match.groups()
        date = _from_parts(*parts, *([None] * (7 - len(parts))))
    elif _LETTER.match(text):
        date = _from_letter(text)
    else:
        return ""
    return date if date and _plausible(date) else ""


def _from_parts(
    year: str,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
    offset: str | None,
) -> str:
    date = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    if not (hour and minute and offset):
        return date
    zone = offset.upper()
    zone = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    return f"{date}T{hour.zfill(2)}:{minute}:{second or '00'}{zone}"


def _from_letter(text: str) -> str:
    """A date as in letters and in HTTP: `Sun, 17 Oct 2021 04:36:00 GMT`."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return ""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else moment.date().isoformat()


def _plausible(date: str) -> bool:
    """Whether there is such a day and time, in a year in which there are articles."""
    full = date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
    try:
        moment = datetime.fromisoformat(full)
    except ValueError:
        return False
    return moment.year >= 1600
