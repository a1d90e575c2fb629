"""/claims.json: every claim that stands in lists, and its schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from generator.data.claim_data import ClaimData, Shape, Text, Url, VerdictData
from generator.data.common import in_full, json_text
from generator.records import Settings

FORMAT = 1
"""Grows when a field changes its meaning or goes; a new field leaves it as it is."""


class ScaleStep(VerdictData, frozen=True):
    """A verdict that the site gives or gave."""

    meaning: Text | None
    retired: Annotated[bool, Meta(description="Whether it is no longer given.")]


class SiteData(Shape, frozen=True):
    """Whose claims these are."""

    title: Text
    address: Url
    language: Text


class ClaimsFile(Shape, frozen=True):
    """The file as a whole."""

    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    site: SiteData
    verdicts: Annotated[list[ScaleStep], Meta(description="The scale, as the site's settings have it.")]
    claims: Annotated[list[ClaimData], Meta(description="By id.")]


def claim_json(claim: ClaimData) -> str:
    """A claim's part of the file."""
    return json_text(claim)


def claims_json(settings: Settings, claims: Iterable[str]) -> bytes:
    """The file: `claims` are what `claim_json` made of each, by id."""
    site = SiteData(settings.title, in_full(settings, "/"), settings.language)
    verdicts = [
        ScaleStep(verdict.id, verdict.label, verdict.value, verdict.meaning or None, verdict.retired)
        for verdict in settings.verdicts
    ]
    head = json_text({"format": FORMAT, "site": site, "verdicts": verdicts})
    return "".join((head[:-1], ',"claims":[\n', ",\n".join(claims), "\n]}\n")).encode()


def claims_schema() -> bytes:
    """The JSON Schema of the file, as docs/claims.schema.json has it."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Parallax: claims.json",
        **msgspec.json.schema(ClaimsFile),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"
