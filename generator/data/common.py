"""What several formats share: addresses in full, moments, how a retracted claim and a correction are named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote

import msgspec
from msgspec import Struct

from generator.dates import date_key
from generator.plan.addresses import claim_address
from generator.plan.claim_values import ClaimPage
from generator.records import Settings
from generator.words import Words

_PLAIN = re.compile(r"[a-z0-9/.-]*").fullmatch
"""What `quote` leaves as it is, told sooner."""


SHARE_IMAGE_SIZE = (1200, 630)


_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end a script element, begin a comment in it, or end a line of a script, as JSON writes it too."""


class Addressed(Protocol):
    """Site.toml's settings, or what pages are told of the site."""

    @property
    def url(self) -> str: ...


class Image(Struct, frozen=True):
    """A page's picture: its address here, its size in pixels, what it shows in words."""

    address: str
    width: int
    height: int
    alt: str


def json_text(value: object) -> str:
    """`value` as JSON that is no markup, wherever it is put and however it is served."""
    text = msgspec.json.encode(value).decode()
    for character, escape in _ESCAPES.items():
        if character in text:
            text = text.replace(character, escape)
    return text


def image_of(page: ClaimPage) -> Image | None:
    """A claim's share image, if it has one."""
    return Image(page.share_image, *SHARE_IMAGE_SIZE, page.share_image_text) if page.share_image else None


def in_full(site: Addressed, address: str) -> str:
    """The address in full of what stands at `address` in the site; as the pages' own rel=canonical has it."""
    return site.url.rstrip("/") + (address if _PLAIN(address) else quote(address))


def claim_in_full(site: Addressed, id: str) -> str:
    return in_full(site, claim_address(id))


def organisation(settings: Settings) -> tuple[str, str]:
    """Who publishes the site, and their address: where site.toml names no organisation, the site itself."""
    own = settings.organisation
    return own.name or settings.title, on_the_web(own.url) or in_full(settings, "/")


def on_the_web(address: str) -> str:
    """`address` if a browser can open it, else an empty string: a mail address names no page."""
    return address if address.startswith(("https://", "http://")) else ""


def moment(date: str) -> str:
    """A date as RFC 3339 wants it; of a year, a month or a day, its first moment."""
    day, _, clock = date.replace(" ", "T").partition("T")
    day += "-01" * (2 - day.count("-"))
    if not clock:
        return f"{day}T00:00:00Z"
    time, zone = (clock[:-1], "Z") if clock.endswith("Z") else (clock[:-6], clock[-6:])
    if zone[0] not in "Z+-":  # an offset without its colon
        time, zone = clock[:-5], f"{clock[-5:-2]}:{clock[-2:]}"
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}{zone}"


def latest(dates: Iterable[str]) -> str:
    """The last in time of `dates`, as it was typed."""
    return max(dates, key=date_key, default="")


def last_change(page: ClaimPage) -> str:
    """The date of the last thing that readers are told was done to a claim."""
    return latest([page.checked.iso if page.checked else "", *(entry.date.iso for entry in page.corrections)])


def marked(words: Words, title: str, status: str) -> str:
    """A claim's title wherever it stands alone: a retracted one says so."""
    return words("Retracted: {title}", title=title) if status == "retracted" else title


def kind_of_correction(words: Words, kind: str) -> str:
    if kind == "correction":
        return words("Correction")
    if kind == "clarification":
        return words("Clarification")
    return words("Update")
