"""Choices: the ids and names that a site has already, for its schemas to offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.link.origins import OWN
from generator.records import Article, Claim, FileRecord, Settings, Story

_LONGEST = 100

Choices = dict[str, str]
"""Ids in their order, each with what it stands for."""


class Site(Struct, frozen=True):
    """What fields of a site's files can refer to; `origins` and on are names that were used, as suggestions."""

    verdicts: Choices = {}
    people: Choices = {}
    articles: Choices = {}
    stories: Choices = {}
    claims: Choices = {}
    origins: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def site_choices(
    settings: Settings | None, records: Mapping[str, Mapping[str, FileRecord]], known: Mapping[str, Iterable[str]]
) -> Site:
    """What there is to choose from. `records` and `known` are by folder of content/; ids in `known` alone are of files
    that could not be read, which other files may name all the same."""
    articles = [record for record in records["articles"].values() if isinstance(record, Article)]
    claims = [record for record in records["claims"].values() if isinstance(record, Claim)]
    agencies = {name for article in articles for name in article.origin or ()} - set(known["articles"]) - {OWN}
    named = {article.publisher for article in articles} | set(settings.publishers if settings else ())
    return Site(
        verdicts={verdict.id: _verdict(verdict) for verdict in settings.verdicts} if settings else {},
        people={id: _joined(person.name, person.role) for id, person in settings.people.items()} if settings else {},
        articles=_choices(known["articles"], records["articles"]),
        stories=_choices(known["stories"], records["stories"]),
        claims=_choices(known["claims"], records["claims"]),
        origins=(OWN, *sorted(agencies), *sorted(known["articles"])),
        publishers=tuple(sorted(filter(None, named))),
        tags=tuple(sorted({tag for claim in claims for tag in claim.tags if tag})),
    )


def _verdict(verdict: object) -> str:
    label, meaning = getattr(verdict, "label", ""), getattr(verdict, "meaning", "")
    retired = " (no longer given)" if getattr(verdict, "retired", False) else ""
    return f"{label}{retired}: {meaning}" if meaning else f"{label}{retired}"


def _choices(ids: Iterable[str], records: Mapping[str, FileRecord]) -> Choices:
    return {id: _described(records.get(id)) for id in sorted(ids)}


def _described(record: FileRecord | None) -> str:
    """What a record is, in a line."""
    if isinstance(record, Claim):
        return _shortened(record.headline)
    if isinstance(record, Article):
        return _shortened(_joined(record.title, record.publisher, record.published[:10]) or record.text)
    return _shortened(record.title) if isinstance(record, Story) else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
