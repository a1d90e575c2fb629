"""Files: what the site has besides pages, assets and media, and where it stands."""

from __future__ import annotations

from generator.plan.addresses import claim_address, file_of
from generator.records import Claim, Settings

_STANDING = (
    "_headers",
    "_redirects",
    "corrections/feed.xml",
    "feed.json",
    "feed.xml",
    "robots.txt",
    "sitemap.xml",
)
_DATA = ("claimreview.json", "claims.csv", "claims.json")


def standing_files(settings: Settings) -> frozenset[str]:
    """The paths of the files that every site with these settings has."""
    return frozenset((*_STANDING, *(_DATA if settings.data.enabled else ())))


def oembed_address(id: str) -> str:
    return f"{claim_address(id)}oembed.json"


def has_card(claim: Claim, settings: Settings) -> bool:
    """Whether there is a card of the claim for other sites."""
    return claim.listed and settings.embeds.enabled


def files_of_claim(claim: Claim, settings: Settings) -> frozenset[str]:
    """The paths of the files that a claim has besides its pages."""
    return frozenset((file_of(oembed_address(claim.id)),) if has_card(claim, settings) else ())
