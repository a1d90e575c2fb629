"""Answers: what an address gave when it was asked, in terms of what an editor can do about it."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

Status = Literal["ok", "moved", "dead", "unknown"]


NO_HOST = "there is no such host"


class Answer(Struct, frozen=True):
    """What is known of an address: `why` in words; `to` is where it leads for good; `at` when it was asked, in UTC."""

    status: Status
    why: str = ""
    to: str = ""
    at: str = ""


_PHRASES = {
    400: "Bad Request",
    401: "it asks for a password",
    403: "it refuses programs, or everybody",
    405: "it refuses programs",
    408: "it took too long",
    410: "Gone",
    404: "Not Found",
    429: "it has been asked too often",
    451: "it is withheld for legal reasons",
}


def answer_of(code: int, address: str, final: str, permanent: str) -> Answer:
    """The answer of status `code` that `address` led to at `final`; `permanent` is where it moved to for good.

    Only 404 and 410 say that a page is gone. Sites answer programs with 403, 429, 503 and others whose pages are well.
    """
    if 200 <= code < 300:
        if _is_front(final) and not _is_front(address):
            return Answer("unknown", "it leads to a front page, which often means that the page is gone")
        if permanent and not _same(address, permanent):
            return Answer("moved", "it has moved for good", permanent)
        return Answer("ok")
    words = (
        f"{code}, {_PHRASES[code]}"
        if code in _PHRASES
        else f"{code}, an error of the site’s"
        if code >= 500
        else str(code)
    )
    if code in (404, 410):
        return Answer("dead", words)
    return Answer("unknown", words)


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _same(left: str, right: str) -> bool:
    return left.rstrip("/") == right.rstrip("/")
