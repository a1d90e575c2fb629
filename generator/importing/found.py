"""Findings: what a page says of itself, with where it says so, and the choice between what does not agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from generator.link.fold import fold


class Finding(Struct, frozen=True):
    """One value, and where it stands in the page, in words for an editor."""

    value: str
    where: str


class Choice(Struct, frozen=True):
    """The value that was taken; `others` are those that do not agree with it."""

    value: str = ""
    where: str = ""
    others: tuple[Finding, ...] = ()


def chosen(findings: list[Finding]) -> Choice:
    """The first of `findings`, and the others that say something else."""
    if not findings:
        return Choice()
    first = findings[0]
    return Choice(first.value, first.where, _different(first, findings[1:], _same_words))


def chosen_title(findings: list[Finding]) -> Choice:
    """The first of `findings`, or the one that a cut one is the beginning of. A site's name after it is no other."""
    if not findings:
        return Choice()
    first = findings[0]
    stem = first.value.rstrip(".… ")
    if stem != first.value and first.value.endswith(("…", "...")):
        first = next(
            (one for one in findings if len(one.value) > len(first.value) and one.value.startswith(stem)), first
        )
    return Choice(first.value, first.where, _different(first, findings, _same_title))


def chosen_date(findings: list[Finding]) -> Choice:
    """The most specific of `findings`: one with a time before a day, a day before a month. Of equals the first."""
    if not findings:
        return Choice()
    first = max(findings, key=lambda finding: _specific(finding.value))  # max takes the first of equals
    return Choice(first.value, first.where, _different(first, findings, _same_date))


def chosen_address(findings: list[Finding]) -> Choice:
    """The first of `findings`, all of them addresses."""
    if not findings:
        return Choice()
    first = findings[0]
    same = _different(first, findings[1:], lambda a, b: same_address(a) == same_address(b))
    return Choice(first.value, first.where, same)


def same_address(address: str) -> str:
    """`address` in a form that is equal for what leads to one page: without scheme, fragment and last slash."""
    rest = address.split("#")[0]
    scheme, mark, rest = rest.partition("://")
    host, slash, path = (rest if mark else scheme).partition("/")
    return (host.lower() + slash + path).rstrip("/")


def _different(first: Finding, rest: list[Finding], same: Callable[[str, str], bool]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for finding in rest:
        known = [first.value, *(other.value for other in found)]
        if not any(same(finding.value, value) for value in known):
            found.append(finding)
    return tuple(found)


def _same_words(left: str, right: str) -> bool:
    return fold(left).casefold() == fold(right).casefold()


def _same_title(left: str, right: str) -> bool:
    left, right = (fold(title).casefold().rstrip(".… ") for title in (left, right))
    return left.startswith(right) or right.startswith(left)


def _specific(date: str) -> int:
    return min(len(date), 11)


def _same_date(left: str, right: str) -> bool:
    """Whether two dates can be one: the same moment, or the one a part of the other as it is written."""
    if left.startswith(right) or right.startswith(left):
        return True
    if "T" in left and "T" in right:
        return datetime.fromisoformat(left) == datetime.fromisoformat(right)
    return False
