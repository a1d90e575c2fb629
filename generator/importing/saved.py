"""Saved files: what an editor hands over, as a page, Markdown or plain text."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import Literal

from msgspec import Struct

from generator.importing.encodings import Decoded, decoded
from generator.problems import FaultError

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php")
_ARCHIVES = (".mhtml", ".mht")
_MARKDOWN = (".md", ".markdown")
_LOOKS_LIKE_A_PAGE = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a word processor's document, an e-book or an archive",
    b"bplist": "a Safari web archive",
    b"{\\rtf": "a word processor's document",
    b"\xd0\xcf\x11\xe0": "a word processor's document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x1f\x8b": "a compressed file",
}
# SingleFile and others keep images inside the page: they are no text, and a parser gives up at ten million characters.
_DATA = re.compile(r"data:[\w.+/-]+(?:;[\w=.+-]+)*,[A-Za-z0-9+/=%._~-]{1000,}")


class Saved(Struct, frozen=True):
    """A file as it was handed over: `kind` says how it is read. `data` are the bytes that `text` was made of."""

    kind: Literal["page", "markdown", "text"]
    data: bytes
    text: str
    encoding: str
    doubt: str = ""
    address: str = ""
    saved: str = ""
    """The day on which it was saved, where the file itself knows."""


def saved_file(name: str, data: bytes, encoding: str = "") -> Saved:
    """The file `name` of these bytes. Raises FaultError where there is no text to be had from it."""
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise FaultError(f"{name} is {what}, which is not read: save the page as HTML, or its text as .txt")
    if not data.strip():
        raise FaultError(f"{name} is empty")
    lower = name.lower()
    if lower.endswith(_ARCHIVES):
        return _from_archive(name, data, encoding)
    if lower.endswith(_PAGES) or (not lower.endswith((*_MARKDOWN, ".txt")) and _LOOKS_LIKE_A_PAGE.match(data[:4096])):
        read = _decoded(data, encoding, declares=True)
        return Saved("page", data, _DATA.sub("data:,", read.text), read.encoding, read.doubt)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FaultError(f"{name} is no text: save the page as HTML, or its text as .txt")
    read = _decoded(data, encoding, declares=False)
    return Saved("markdown" if lower.endswith(_MARKDOWN) else "text", data, read.text, read.encoding, read.doubt)


def _decoded(data: bytes, encoding: str, declares: bool) -> Decoded:
    try:
        return decoded(data, encoding, declares)
    except LookupError:
        raise FaultError(f"“{encoding}” is no encoding that is known: utf-8 and windows-1251 are two") from None


def _from_archive(name: str, data: bytes, encoding: str) -> Saved:
    """The page in a web archive in one file (RFC 2557), as Chromium and Edge save them."""
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                read = _decoded(body, encoding or part.get_content_charset() or "", declares=True)
                address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
                text = _DATA.sub("data:,", read.text)
                return Saved("page", body, text, read.encoding, read.doubt, address, _day(message.get("Date")))
    raise FaultError(f"{name} holds no page: save the page again as HTML")


def _day(date: object) -> str:
    try:
        return parsedate_to_datetime(str(date)).date().isoformat() if date else ""
    except ValueError:
        return ""
