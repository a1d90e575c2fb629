"""Entries of feeds: a claim in /feed.xml and /feed.json, a correction in /corrections/feed.xml.

An entry's id is its address, which stays. A claim's entry is renewed by what readers are told of: the check itself and
its corrections, which are told in its text. Feeds have the entries that were renewed last, so that a correction of an
old claim comes to those who follow the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from msgspec import Struct

from generator.data.common import claim_in_full, in_full, kind_of_correction, latest, marked, moment
from generator.dates import date_key
from generator.plan.addresses import correction_ids, person_address, verdict_address
from generator.plan.dates import date_text
from generator.plan.frame import Frame
from generator.plan.titles import page_of
from generator.records import Article, Claim, Correction, Story, TextPage


class Author(Struct, frozen=True):
    name: str
    url: str


class FeedEntry(Struct, frozen=True):
    """An entry. `published` and `updated` are moments as RFC 3339 has them; `html` is a piece of HTML."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: str
    updated: str
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""


# --- claims -----------------------------------------------------------------------------------------------------------


def newest_claims(changed: Mapping[str, str], length: int) -> list[str]:
    """The ids of the `length` claims that changed last, the newest first; `changed` has the date of each, by id."""
    ordered = sorted(changed.items(), key=lambda pair: (date_key(pair[1]), pair[0]), reverse=True)
    return [id for id, _ in ordered[:length]]


def claim_entry(frame: Frame, claim: Claim, image: str = "") -> FeedEntry:
    """A claim that stands in lists; of the whole record only short texts are asked for. `image` is an address here."""
    words, settings = frame.words, frame.settings
    address = claim_in_full(settings, claim.id)
    verdict = frame.verdicts.get(claim.verdict)
    label = verdict.label if verdict else ""
    retracted = words("Retracted. This check no longer stands.") if claim.status == "retracted" else ""
    told = [_told(frame, correction) for correction in _newest(claim.corrections)]
    the_claim = words("The claim: {claim}", claim=claim.claim)
    finding = words("{verdict}: {summary}", verdict=label, summary=claim.summary)
    return FeedEntry(
        id=address,
        url=address,
        title=marked(words, claim.headline, claim.status),
        summary=" ".join(filter(None, (retracted, *(f"{head} {text}" for head, text in told), finding))),
        html="".join(
            (
                f"<p><strong>{escape(retracted)}</strong></p>" if retracted else "",
                *(f"<p><strong>{escape(head)}</strong> {escape(text)}</p>" for head, text in told),
                f"<p>{escape(the_claim)}</p>",
                f"<p><strong>{escape(label)}</strong></p>",
                f"<p>{escape(claim.summary)}</p>",
            )
        ),
        published=moment(claim.checked),
        updated=moment(latest([claim.checked, *(correction.date for correction in claim.corrections)])),
        authors=tuple(
            Author(settings.people[id].name, in_full(settings, person_address(id)))
            for id in claim.by
            if id in settings.people
        ),
        tags=tuple(frame.tag_link(tag).text for tag in claim.tags),
        image=in_full(settings, image) if image else "",
    )


def _newest(corrections: Iterable[Correction]) -> list[Correction]:
    return sorted(corrections, key=lambda correction: date_key(correction.date), reverse=True)


def _told(frame: Frame, correction: Correction) -> tuple[str, str]:
    """A correction as a heading and its text."""
    kind, date = kind_of_correction(frame.words, correction.kind), date_text(correction.date, frame.words)
    return frame.words("{kind}, {date}:", kind=kind, date=date.text if date else ""), correction.text


# --- corrections ------------------------------------------------------------------------------------------------------


def correction_entries(frame: Frame, record: Article | Claim | Story | TextPage) -> list[FeedEntry]:
    """An entry a correction of an article, a claim, a story or a page; none of a draft's."""
    page = page_of(record, frame.words)
    if not isinstance(record, Claim):
        return _entries(frame, page.text, page.address, record.corrections)
    title = marked(frame.words, page.text, record.status)
    return _entries(frame, title, page.address, record.corrections) if record.listed else []


def scale_entries(frame: Frame) -> list[FeedEntry]:
    """An entry a correction of the scale."""
    return [
        entry
        for verdict in frame.settings.verdicts
        for entry in _entries(
            frame,
            frame.words("Verdict: {label}", label=verdict.label),
            verdict_address(verdict.id),
            verdict.corrections,
        )
    ]


def _entries(frame: Frame, title: str, address: str, corrections: Sequence[Correction]) -> list[FeedEntry]:
    words = frame.words
    entries = []
    for correction, anchor in zip(corrections, correction_ids(corrections), strict=True):
        url = f"{in_full(frame.settings, address)}#{anchor}"
        date = moment(correction.date)
        kind = kind_of_correction(words, correction.kind)
        entries.append(
            FeedEntry(
                id=url,
                url=url,
                title=words("{kind}: {title}", kind=kind, title=title),
                summary=correction.text,
                html=f"<p>{escape(correction.text)}</p>",
                published=date,
                updated=date,
            )
        )
    return entries


def newest_entries(entries: Iterable[FeedEntry], length: int) -> list[FeedEntry]:
    """The `length` entries that are the newest, in that order."""
    return sorted(entries, key=lambda entry: (date_key(entry.updated), entry.id), reverse=True)[:length]
