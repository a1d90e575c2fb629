"""A claim's share image for the preview, drawn when somebody asks for it: a build of the preview draws none."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from generator.ids import is_id
from generator.languages import direction
from generator.plan.addresses import share_image_address
from generator.plan.claims import claim_page
from generator.plan.share_images import share_image
from generator.plan.site import frame_of
from generator.plan.views import Views
from generator.preview.piece import claim_at, linked
from generator.problems import errors
from generator.read.content import read_layout, read_settings
from generator.read.files import Files
from generator.words import Words

_CLAIM = re.compile(r"/claims/([^/]+)/(?:index\.html)?")
_IMAGE = re.compile(r"/claims/([^/]+)/share\.png")


def image_on(root: Path, address: str) -> str:
    """The address of the share image of the claim whose page is at `address`; empty where the site has none."""
    found = _CLAIM.fullmatch(address)
    if found is None or not is_id(found[1]) or not (root / "content" / "claims" / f"{found[1]}.yaml").is_file():
        return ""
    settings = read_settings(Files(root), [])
    return share_image_address(found[1]) if settings is not None and settings.share_images.enabled else ""


def claim_of(address: str) -> str:
    """The id of the claim whose share image stands at `address`; empty where that is another file."""
    found = _IMAGE.fullmatch(address)
    return found[1] if found is not None and is_id(found[1]) else ""


def drawn(root: Path, id: str) -> bytes | None:
    """The share image of the claim `id` as its file is now, a draft's as it will be once that is published.

    None where there is none, or where what is seen on it cannot be told: the claim has errors.
    """
    from generator.images.share import png  # with libraries that take a while, and are not always asked for
    from generator.lexicons import lexicon_of

    files = Files(root)
    settings = read_settings(files, [])
    claim = claim_at(files, id)
    if settings is None or claim is None or not settings.share_images.enabled:
        return None
    # What refers to other claims, stories and lists is on the page, and not on the image.
    claim = replace(claim, story="", related=(), tags=(), analysis="")
    linker, library = linked(files, settings, claim, read_layout(root).known)
    if errors(linker.problems):
        return None
    frame = frame_of(library, Words(lexicon_of(settings.language)))
    page = claim_page(Views(library, frame, drafts=True), claim)
    return png(share_image(frame, page, direction(settings.language)))
