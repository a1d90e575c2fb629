"""Voices: which claims a publisher asserts itself, and where its reporting on them comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.link.origins import Origins, roots
from generator.plan.addresses import publisher_address, slug
from generator.records import Quote


class Voice(NamedTuple):
    """How a publisher's articles assert a claim in their own voice; `kind` is empty where they do not.

    Else it is "own" for own reporting, "copied" where `origins` names others that it comes from, at least in part,
    and "unknown" where its origin is not established.
    """

    kind: str = ""
    origins: tuple[str, ...] = ()
    """Agencies and publishers, in order; an empty name is a publisher that is not known."""


SILENT = Voice()


def voice_of(quotes: Iterable[Quote], publisher: str, names: Mapping[str, str], origins: Origins) -> Voice:
    """The voice of the publisher at the address `publisher` in `quotes`, which are one claim's from its articles.

    Only a quote that asserts, has no speaker and does not stand in a medium of its own (an embedded post) is the
    publisher's own voice. One quote of own reporting is enough for the claim to be its own. `names` has publishers by
    article.
    """
    found: set[str] = set()
    elsewhere: set[str] = set()
    for quote in quotes:
        if quote.stance != "asserts" or quote.speaker or quote.medium:
            continue
        own = {quote.article: quote.origin} if quote.origin is not None else {}
        told = {names.get(root, "") if root in origins else root for root in roots(quote.article, origins, own)}
        others = {name for name in told if publisher_address(name) != publisher}
        elsewhere |= others
        found.add("copied" if others else "own" if told else "unknown")
    if "own" in found:
        return Voice("own")
    if "copied" in found:
        spelt = {spelling_key(name): name for name in sorted(elsewhere, reverse=True)}  # of “AFP” and “afp” the first
        return Voice("copied", tuple(sorted(spelt.values())))
    return Voice("unknown") if found else SILENT


def spelling_key(name: str) -> str:
    """What names have in common that differ only in case, spacing or punctuation."""
    return slug(name) or name
