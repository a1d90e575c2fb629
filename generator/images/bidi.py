"""Bidi: the order in which a line of text is seen where scripts run both ways.

Unicode's algorithm (UAX #9) for text without embeddings, overrides and isolates, whose characters are taken out before;
without the rule on paired brackets (N0).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from operator import le
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""What a neutral character takes a character beside it for (N1)."""


def direction(text: str, default: int) -> int:
    """The level of a paragraph, by its first strong character (P2): 0 from left to right, 1 from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
    return default


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph; odd ones run from right to left."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    if not base and not {"R", "AL", "AN"}.intersection(kinds):
        return [0] * len(kinds)
    start = "R" if base else "L"
    _resolve_weak(kinds, start)
    _resolve_neutral(kinds, start)
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _resolve_weak(kinds: list[str], start: str) -> None:
    strong, before = start, start
    for at, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):  # W1
            kinds[at] = before
        elif kind == "EN" and strong == "AL":  # W2
            kinds[at] = "AN"
        elif kind in ("L", "R", "AL"):
            strong = kind
        before = kinds[at]
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for at in range(1, len(kinds) - 1):  # W4
        beside = kinds[at - 1]
        if beside == kinds[at + 1] and (beside, kinds[at]) in (("EN", "ES"), ("EN", "CS"), ("AN", "CS")):
            kinds[at] = beside
    for at, end in _runs(kinds, lambda kind: kind == "ET"):  # W5
        if "EN" in (*kinds[max(at - 1, 0) : at], *kinds[end : end + 1]):
            kinds[at:end] = ["EN"] * (end - at)
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[at] = "L"


def _resolve_neutral(kinds: list[str], start: str) -> None:
    for at, end in _runs(kinds, lambda kind: kind not in _STRONG):  # W6, N1, N2
        before = _STRONG[kinds[at - 1]] if at else start
        after = _STRONG[kinds[end]] if end < len(kinds) else start
        kinds[at:end] = [before if before == after else start] * (end - at)


def _runs(found_in: Sequence[S], wanted: Callable[[S], bool]) -> list[tuple[int, int]]:
    """Where neighbours are of a wanted kind: their beginnings and ends."""
    found = []
    at = 0
    for is_wanted, run in groupby(found_in, wanted):
        end = at + len(list(run))
        if is_wanted:
            found.append((at, end))
        at = end
    return found


def seen(pieces: Iterable[T], level: Callable[[T], int]) -> list[T]:
    """A line's pieces from left to right, given in the order in which they are read (L2)."""
    ordered = list(pieces)
    for least in range(max(map(level, ordered), default=0), 0, -1):
        for at, end in _runs([level(piece) for piece in ordered], partial(le, least)):
            ordered[at:end] = ordered[at:end][::-1]
    return ordered
