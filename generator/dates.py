"""Dates: as they were typed (YYYY to a time with its offset), in their order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def date_key(iso: str) -> str:
    """A key that sorts dates in time: a shorter one stands before the longer ones that it begins."""
    if "T" not in iso.replace(" ", "T") or iso[:4] in ("0001", "9999"):  # whose ends have no moment in UTC
        return iso
    moment = datetime.fromisoformat(iso.replace(" ", "T")).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
