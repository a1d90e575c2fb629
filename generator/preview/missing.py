"""What is missing before a draft can be published: what `check` says of it, and would say of it once it is."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from generator.check.rules import check_claim, without_silenced
from generator.ids import is_id
from generator.preview.piece import claim_at, linked, may_be_draft
from generator.problems import Problem
from generator.read.content import read_layout, read_settings
from generator.read.files import Files
from generator.records import Claim

_CLAIM = re.compile(r"/claims/([^/]+)/(?:index\.html)?")


def draft_at(root: Path, address: str) -> Claim | None:
    """The draft whose page is at `address`; None where it is another page, or its file cannot be read."""
    found = _CLAIM.fullmatch(address)
    if found is None or not is_id(found[1]) or not may_be_draft(Files(root), found[1]):
        return None  # as most pages are, and browsers wait
    claim = claim_at(Files(root), found[1])
    return claim if claim is not None and claim.status == "draft" else None


def missing(root: Path, draft: Claim) -> tuple[Problem, ...]:
    """What is missing before `draft` can be published, in the order of lines. Only what it refers to is read."""
    files = Files(root)
    settings = read_settings(files, [])
    if settings is None:
        return ()
    linker, library = linked(files, settings, draft, read_layout(root).known)
    now = [*linker.problems, *check_claim(library, draft)]
    # What its fields lack is said once: as of a draft.
    then = [found for found in check_claim(library, replace(draft, status="published")) if found.code != "R002"]
    return tuple(sorted(set(without_silenced([*now, *then], settings))))
