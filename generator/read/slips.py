"""Slips: what a value that its field cannot have was probably meant to be, so that it can be pasted."""

from __future__ import annotations

import re

CURLY = "“”„«»‘’‚‹›"
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"({'|'.join(rf'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)}|sept)\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    (re.compile(rf"{_DAY} +(?:of +)?{_MONTH},? +(\d{{4}})", re.IGNORECASE), "dmy"),
    (re.compile(rf"{_MONTH} +{_DAY},? +(\d{{4}})", re.IGNORECASE), "mdy"),
    (re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})"), "either"),
    (re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})"), "ymd"),
    (re.compile(rf"{_MONTH},? +(\d{{4}})", re.IGNORECASE), "my"),
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_FILE = re.compile(r"[^/]*\.(?:html?|md|txt|ya?ml|pdf|png|jpe?g|gif|webp|avif|svg)", re.IGNORECASE)
_SEVERAL = re.compile(r"[\s_/.]+")

FIELDS = {
    "quote": "text",
    "link": "url",
    "href": "url",
    "address": "url",
    "website": "url",
    "rating": "verdict",
    "ruling": "verdict",
    "conclusion": "verdict",
    "headline": "title",
    "topics": "tags",
    "keywords": "tags",
    "statement": "claim",
    "position": "stance",
    "finding": "summary",
    "editor": "edited",
    "author": "by",
    "date": "checked",
}
"""Names that are often typed for a field, where there is none of that name."""

WORDS = {
    "confirms": "asserts",
    "supports": "asserts",
    "agrees": "asserts",
    "says": "asserts",
    "denies": "contradicts",
    "refutes": "contradicts",
    "disputes": "contradicts",
    "partially": "partly",
    "neutral": "mentions",
    "public": "published",
    "withdrawn": "retracted",
    "unpublished": "draft",
}
"""Words that are often typed for one of those that a field knows."""


def uncurled(text: str) -> str:
    """What stands in curly quotation marks; an empty text where `text` does not begin or end with one."""
    inner = text.strip(CURLY).strip()
    return inner if inner != text and (text[0] in CURLY or text[-1] in CURLY) else ""


def dates(text: str) -> list[str]:
    """The dates that `text` can mean, as YYYY-MM-DD or YYYY-MM: two where it is unclear, none where it is like none."""
    for pattern, order in _DATES:
        match = pattern.fullmatch(text.strip())
        if match:
            return [date for date in _read(match.groups(), order) if date]
    return []


def _read(parts: tuple[str, ...], order: str) -> list[str]:
    if order == "my":
        return [f"{parts[1]}-{_month(parts[0]):02}"]
    if order == "dmy":
        return [_date(parts[2], _month(parts[1]), int(parts[0]))]
    if order == "mdy":
        return [_date(parts[2], _month(parts[0]), int(parts[1]))]
    if order == "ymd":
        return [_date(parts[0], int(parts[1]), int(parts[2]))]
    first, second = int(parts[0]), int(parts[1])
    return list(dict.fromkeys([_date(parts[2], second, first), _date(parts[2], first, second)]))


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _date(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def in_words(date: str) -> str:
    """A date as it is spoken: "3 May"."""
    return f"{int(date[8:])} {_MONTHS[int(date[5:7]) - 1].capitalize()}"


def address(text: str) -> str:
    """An address that begins with https:// and has no spaces, where `text` lacks only these; else an empty text."""
    text = text.strip()
    if re.match(r"(?:https?|ttps?|htp|htpps):/*", text, re.IGNORECASE):
        rest = re.sub(r"^\w+:/*", "", text)
        scheme = "http" if re.match(r"http:", text, re.IGNORECASE) else "https"
        text = f"{scheme}://{rest}"
    elif _HOST.fullmatch(text.lstrip("/")) and "@" not in text and not _FILE.fullmatch(text):
        text = f"https://{text.lstrip('/')}"
    elif re.fullmatch(r"[^@\s/:]+@[^@\s/:]+\.[a-z]+", text):
        return f"mailto:{text}"
    else:
        return ""
    return text.replace(" ", "%20")


def id_of(text: str) -> str:
    """An id made of `text`: a file's name without folder and ending, a name in small letters with hyphens."""
    name = text.strip(CURLY + " ").removeprefix("content/").rpartition("/")[2]
    name = re.sub(r"\.(?:ya?ml|md|txt|html)$", "", name, flags=re.IGNORECASE)
    words = re.sub(r"[^a-z0-9]+", "-", _SEVERAL.sub("-", name.lower())).strip("-")
    return words[:100]
