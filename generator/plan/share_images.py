"""A claim's share image: what is seen on it, taken from the claim's page."""

from __future__ import annotations

from typing import Literal

from generator.images.values import ShareImage
from generator.plan.claim_values import ClaimPage
from generator.plan.frame import Frame
from generator.plan.values import VerdictTag
from generator.records import Claim
from generator.words import Words


def share_image(frame: Frame, page: ClaimPage, direction: Literal["ltr", "rtl"]) -> ShareImage:
    """The image of a claim's page, on a site that is read in `direction`."""
    retracted = page.status == "retracted"
    colours = {verdict.id: verdict.colour for verdict in frame.settings.verdicts}
    return ShareImage(
        site=frame.settings.title,
        claim=page.wording,
        label=_label(frame.words, page.verdict, retracted),
        shape=page.verdict.shape if page.verdict else "",
        colour=colours[page.verdict.id] if page.verdict else "",
        basis=_basis(frame.words, page, retracted),
        retracted=retracted,
        language=frame.settings.language,
        direction=direction,
    )


def share_image_text(words: Words, claim: Claim, verdict: VerdictTag | None) -> str:
    """What a claim's image says, for those who cannot see it."""
    label = _label(words, verdict, claim.status == "retracted")
    return words("{verdict}: “{claim}”", verdict=label, claim=claim.claim)


def _label(words: Words, verdict: VerdictTag | None, retracted: bool) -> str:
    """A check that was retracted has no verdict to be passed on."""
    if retracted:
        return words("Retracted")
    return verdict.label if verdict else words("No verdict yet")


def _basis(words: Words, page: ClaimPage, retracted: bool) -> str:
    if retracted:
        return words("This check no longer stands.")
    return page.independence.sentence if page.independence else words("No article is quoted.")
