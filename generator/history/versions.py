"""Versions: what a claim's file says of its wording, its verdict and its finding, from bytes of any age and make."""

from __future__ import annotations

import re
from contextlib import suppress

from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from generator.history.values import Version
from generator.link.fold import visible
from generator.read.kinds import one_line
from generator.read.yaml import Loader

LARGEST = 1_000_000
"""How many bytes a file may have: content has no more either."""
LONGEST = 4_000
"""How many characters a wording or a finding may have to be compared."""
UNREAD = Version()
_TOP = re.compile(r"^(?:(?P<field>[a-z_]+):(?=[ \n]|\Z)|- |#|(?P<other>[^ \n]))", re.MULTILINE)
"""What begins a line that is not indented: a field, an item of a list, a comment, or something else."""
_FIELDS = frozenset(("claim", "verdict", "summary", "status"))
_DEEPEST = 100  # far beyond it the parser takes very long


def version_of(data: bytes) -> Version:
    """What a claim's file says; UNREAD where that cannot be told for sure.

    Only those four fields are looked at: what else the file has may be of another format than today's, or broken.
    """
    if not 0 < len(data) <= LARGEST:
        return UNREAD
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        for part in filter(None, (_asked_for(text), text)):
            with suppress(YAMLError, _UnsureError):
                return version(**_fields(part))
    except UnicodeDecodeError:
        pass
    return UNREAD


def version(claim: str = "", verdict: str = "", summary: str = "", status: str = "published") -> Version:
    """A version from a claim's fields; UNREAD where a site with such a claim could not have been built."""
    claim, verdict, summary = (" ".join(visible(text).split()) for text in (claim, verdict, summary))
    if not claim or (status != "draft" and not (verdict and summary)):
        return UNREAD
    if status not in ("draft", "published", "retracted") or max(len(claim), len(verdict), len(summary)) > LONGEST:
        return UNREAD
    return Version(claim, verdict, summary, status)


class _UnsureError(Exception):
    """A file that may be read in more than one way."""


def _asked_for(text: str) -> str:
    """The lines of the fields that are asked for: to parse these alone takes a tenth; empty where lines may mislead."""
    starts = list(_TOP.finditer(text))
    if any(start["other"] for start in starts):
        return ""
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return "".join(
        text[start.start() : end] for start, end in zip(starts, ends, strict=True) if start["field"] in _FIELDS
    )


def _fields(text: str) -> dict[str, str]:
    """The texts of the fields that are asked for, as they stand at the top of the file."""
    next_event = Loader(text).get_event
    next_event()  # of the stream
    next_event()  # of the document
    if type(next_event()) is not MappingStartEvent:
        raise _UnsureError
    found: dict[str, str] = {}
    while type(key := next_event()) is not MappingEndEvent:
        if type(key) is not ScalarEvent:
            raise _UnsureError
        value = next_event()
        if key.value in _FIELDS:
            if type(value) is not ScalarEvent or value.anchor or value.tag or key.value in found:
                raise _UnsureError
            found[key.value] = one_line(value.value.strip())
        depth = _opens(value)
        while depth:
            depth += _opens(next_event())
            if depth > _DEEPEST:
                raise _UnsureError
    next_event()  # the document's end
    if type(next_event()) is not StreamEndEvent:
        raise _UnsureError
    return found


def _opens(event: object) -> int:
    """1 where a list or fields begin, -1 where they end."""
    if type(event) in (MappingStartEvent, SequenceStartEvent):
        return 1
    return -1 if type(event) in (MappingEndEvent, SequenceEndEvent) else 0
