"""Stances: what an article does with a claim, from its quotes' (DESIGN, "Stances")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.plan.values import ArticleStance
from generator.records import Claim

_STRONGEST_FIRST: tuple[ArticleStance, ...] = ("asserts", "contradicts", "partly", "mentions")


def article_stance(stances: Iterable[str]) -> ArticleStance:
    """What an article does with a claim, from its quotes' stances."""
    found = set(stances)
    if {"asserts", "contradicts"} <= found:
        return "contradicts itself"
    for stance in _STRONGEST_FIRST:
        if stance in found:
            return stance
    return "not quoted"


def same_as_claim(claim: Claim, says: Sequence[str]) -> bool | None:
    """Whether an article's values are the claim's own; None where there is nothing to compare."""
    return all(value == claim.compare.claim for value in says) if claim.compare and says else None
