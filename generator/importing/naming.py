"""Naming: an id for an article that has none yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

_LONGEST = 40  # characters: an id is typed in every quote
_LEAST = 4  # letters: what is left of a title in another script is no name
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WRITTEN = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


def id_for(
    title: str, publisher: str, published: str, url: str, file: str, taken: Iterable[str], language: str = ""
) -> str:
    """An id that is not `taken`: the title's words, else publisher's and title's; or an empty string.

    A title in another script than Latin gives none: there the publisher or the address's host and the day do, or the
    file's own name.
    """
    if language.lower().split("-")[0] == "de":
        title, publisher = (text.casefold().translate(_GERMAN) for text in (title, publisher))
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    maker = _slug(publisher) or _slug(host)
    words = _slug(title)
    day = published[:10]
    if len(words.replace("-", "")) >= _LEAST and _mostly_latin(title):
        wanted = [words, _joined(maker, words), _joined(maker, words, day)]
    else:
        wanted = [_joined(maker, day) if maker and day else "", _slug(file), _joined(_slug(file), day)]
    known = set(taken)
    return next((id for id in map(_cut, wanted) if id and id not in known), "")


def _slug(text: str) -> str:
    """`text` in a to z, digits and hyphens; letters without their marks, those of other scripts left out."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WRITTEN))
    plain = re.sub(r"['’]", "", plain)
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _mostly_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) > len(letters) / 2


def _joined(*parts: str) -> str:
    return "-".join(part for part in parts if part)


def _cut(id: str) -> str:
    """`id` at most so long, cut between two words."""
    if len(id) <= _LONGEST:
        return id
    return id[: _LONGEST + 1].rpartition("-")[0] or id[:_LONGEST]
