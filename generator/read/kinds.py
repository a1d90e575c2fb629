"""Kinds: what a text of each kind must look like, and what is wrong with one that does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from generator.ids import ID
from generator.records import Kind

_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:Z|[+-](\d\d):?(\d\d)))?)?)?", re.ASCII
)
# The forms of most dates and addresses: one match instead of every rule. Stricter than the rules, never laxer.
_COMMON_DATE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])")
_COMMON_ADDRESS = re.compile(r"https?://(?:[a-z0-9-]{1,63}\.){1,3}[a-z0-9-]{1,63}(?:/[A-Za-z0-9/._~%?=&+,:;@-]*)?")
_TIME_ALONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MAIL = re.compile(r"[^\s@/?#&%:;,<>\"'`\\{}|^()\[\]]+@[^\s@/?#&%:;,<>\"'`\\{}|^()\[\]]+")
_MAIL_TEXT = re.compile(r"(?:(?:subject=(?:(?!%0[ad])[^&=])*|body=[^&=]*)(?:&|\Z))*", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}")
_WHITE = re.compile(r"[ \t\n]+")
SHAPES = ("circle", "half", "ring", "cross", "square", "triangle", "diamond", "question", "check", "minus")

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def one_line(text: str) -> str:
    """`text` with one space for each run of white space."""
    return _WHITE.sub(" ", text) if "  " in text or "\n" in text or "\t" in text else text


def safe_address(address: str) -> str:
    """Why `address` must not be linked to, or an empty string.

    Only http, https and mailto are safe (DESIGN, "Severities").
    """
    if _COMMON_ADDRESS.fullmatch(address):
        return ""
    if re.search(r"[\s\\<>\"`{}|^]", address) or not address.isprintable():
        return "an address cannot hold spaces, quotes, backslashes or brackets"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "this is no address"
    if parts.scheme == "mailto":
        if parts.netloc or not _MAIL.fullmatch(parts.path):
            return "this is no mail address"
        return "" if _MAIL_TEXT.fullmatch(parts.query) else "of a mail, an address gives subject and body alone"
    if parts.scheme not in ("http", "https"):
        return "an address must begin with https://, http:// or mailto:"
    if not parts.hostname or port == 0:
        return "this address names no host"
    if parts.username is not None or parts.password is not None:
        return "an address must not hold a user's name or a password"
    return _host_fault(parts.netloc)


def _host_fault(host: str) -> str:
    """Why no site can be at `host` (with its port), or an empty string.

    What is no letter, digit, hyphen or point there may look like the end of the name, or be read as another letter
    (RFC 5891; browsers map `。` to a point and `ｅ` to an e).
    """
    if re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::[0-9]*)?", host):
        return ""
    name = re.sub(r":[0-9]*\Z", "", host)
    labels = name.removesuffix(".").split(".")
    if len(name) > 254 or not all(0 < len(label) <= 63 for label in labels):
        return "this address names no host"
    if all(character.isascii() and (character.isalnum() or character in "-_.") for character in name):
        return ""
    for character in name:
        kind = unicodedata.category(character)
        fits = character in "-_." or kind[0] in "LM" or kind == "Nd"
        if not fits or unicodedata.normalize("NFKC", character) != unicodedata.normalize("NFC", character):
            return f"the name of its host has “{character}”, which no such name can have"
    return ""


def date_fault(text: str) -> str:
    if _COMMON_DATE.fullmatch(text):
        return ""
    match = _DATE.fullmatch(text)
    if match is None:
        if _TIME_ALONE.fullmatch(text):
            return "a time is followed by its distance from UTC, as in 2021-06-01T14:30+02:00 or 2021-06-01T14:30Z"
        return "a date is written 2021-06-01, 2021-06 or 2021"
    year, month, day, hour, minute, second, off_hour, off_minute = (
        int(part) if part else None for part in match.groups()
    )
    if not year:
        return "there is no year 0"
    if month is not None and not 1 <= month <= 12:
        return f"there is no month {month}"
    if day is not None:
        assert month is not None
        days = 28 if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)) else _DAYS[month - 1]
        if not 1 <= day <= days:
            return f"this month has {days} days"
    limits = ((hour, 23), (minute, 59), (second, 59), (off_hour, 23), (off_minute, 59))
    if any(part is not None and part > most for part, most in limits):
        return "there is no such time"
    return ""


def _matches(pattern: re.Pattern[str], fault: str) -> Callable[[str], str]:
    return lambda text: "" if pattern.fullmatch(text) else fault


def _site_address_fault(text: str) -> str:
    fault = safe_address(text)
    if not fault and (text.startswith("mailto:") or urlsplit(text).query or urlsplit(text).fragment):
        return "this cannot be a site's address"
    return fault


def _path_fault(text: str) -> str:
    parts = text.split("/")
    if parts[0] != "seeds" or len(parts) < 2:
        return "an article's text stands under seeds/"
    if any(part in ("", ".", "..") for part in parts) or "\\" in text:
        return "this path leads out of seeds/"
    if any(part.startswith(".") for part in parts):
        return "this path names a hidden file"
    if not text.endswith((".txt", ".md", ".html")):
        return "a text ends in .txt, .md or .html"
    return ""


TEXT_FAULTS: dict[Kind, Callable[[str], str]] = {
    Kind.ID: _matches(ID, "an id has only small letters a to z, digits and hyphens, at most 100"),
    Kind.DATE: date_fault,
    Kind.ADDRESS: safe_address,
    Kind.SITE_ADDRESS: _site_address_fault,
    Kind.LANGUAGE: _matches(_LANGUAGE, "this is no language tag"),
    Kind.PATH: _path_fault,
    Kind.MAIL: _matches(_MAIL, "this is no mail address"),
    Kind.SHA256: _matches(_SHA256, "this is no SHA-256"),
    Kind.COLOUR: _matches(_COLOUR, "a colour is a # with six digits, or letters a to f"),
    Kind.SHAPE: lambda text: "" if text in SHAPES else f"the shapes are {', '.join(SHAPES)}",
}
