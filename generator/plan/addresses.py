"""Addresses: where each page stands, fixed by DESIGN, and slugs for names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from generator.link.fold import is_word
from generator.records import Article, Claim, Correction, Story, TextPage

RESERVED = frozenset(
    [
        "claims",
        "articles",
        "stories",
        "publishers",
        "tags",
        "verdicts",
        "people",
        "corrections",
        "search",
        "assets",
        "media",
        "page",
        "embed",
        "pagefind",
    ]
)
"""First steps of addresses that are the site's own: no page of content/pages/ can have them."""


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """The name in NFKC, case-folded, letters and digits of any script kept, the rest one hyphen.

    Empty where nothing is left: the marks on symbols, such as those that make an emoji of one, are no words. A very
    long name is cut, with a digest of the whole, so that no two share an address for how they begin.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    # A mark belongs to its letter: without it, words of many scripts would fall apart.
    kept = "".join(character if is_word(character) else "-" for character in folded)
    words = "-".join(word for word in kept.split("-") if any(map(str.isalnum, word)))
    data = words.encode()
    if len(data) <= _LONGEST:
        return words
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: _LONGEST - 9].decode('utf-8', 'ignore').rstrip('-')}-{digest}"


_LONGEST = 200  # bytes: a file's name may have 255


def claim_address(id: str) -> str:
    return f"/claims/{id}/"


def embed_address(id: str) -> str:
    return f"/claims/{id}/embed/"


def share_image_address(id: str) -> str:
    """Of a claim's image."""
    return f"/claims/{id}/share.png"


def article_address(id: str) -> str:
    return f"/articles/{id}/"


def story_address(id: str) -> str:
    return f"/stories/{id}/"


def former(record: Article | Claim | Story | TextPage, address: str) -> tuple[str, ...]:
    """Where the page of a record that stands at `address` stood under each of the record's earlier ids.

    Pages of content/pages/ have none.
    """
    if isinstance(record, TextPage) or not record.aliases:
        return ()
    _, folder, _, rest = address.split("/", 3)
    return tuple(f"/{folder}/{alias}/{rest}" for alias in record.aliases)


def verdict_address(id: str) -> str:
    return f"/verdicts/{id}/"


def person_address(id: str) -> str:
    return f"/people/{id}/"


def tag_address(name: str) -> str:
    return f"/tags/{slug(name)}/"


def publisher_address(name: str) -> str:
    return f"/publishers/{slug(name)}/"


def page_address(id: str) -> str:
    return f"/{id}/"


def passage_id(claim: str, number: int) -> str:
    """The anchor, in an article's page, of a claim's quote (`number` from 0)."""
    return f"{claim}--{number + 1}"


def quote_id(number: int) -> str:
    """The anchor, in a claim's page, of its quote (`number` from 0)."""
    return f"quote-{number + 1}"


def correction_ids(corrections: Iterable[Correction]) -> tuple[str, ...]:
    """An anchor for each of a page's corrections, which stays when others come: by day, then by order in the file."""
    count: dict[str, int] = {}
    found = []
    for correction in corrections:
        day = correction.date.replace(" ", "T").partition("T")[0]
        count[day] = count.get(day, 0) + 1
        found.append(f"correction-{day}" + (f"-{count[day]}" if count[day] > 1 else ""))
    return tuple(found)


def file_of(address: str) -> str:
    """The file in the output that is served at `address`."""
    return (address + "index.html" if address.endswith("/") else address)[1:]


_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|$)").match


def host_of(url: str) -> str:
    """The name of the site that `url` leads to, as readers know it; for mailto the mail address."""
    plain = _PLAIN_HOST(url)
    if plain:
        return plain.group(1).removeprefix("www.")
    parts = urlsplit(url)
    return (parts.hostname or parts.path).removeprefix("www.")


def history_address(repository: str, path: str) -> str:
    """Where the repository's host shows the history of the file at `path`; else the repository itself."""
    host = host_of(repository) if repository else ""
    if host == "github.com":
        return f"{repository.rstrip('/').removesuffix('.git')}/commits/HEAD/{path}"
    if "gitlab" in host:
        return f"{repository.rstrip('/').removesuffix('.git')}/-/commits/HEAD/{path}"
    return repository


def commit_address(repository: str, hash: str) -> str:
    """Where the repository's host shows a commit; empty where that is not known of the host."""
    host = host_of(repository) if repository else ""
    base = repository.rstrip("/").removesuffix(".git")
    if "gitlab" in host:
        return f"{base}/-/commit/{hash}"
    if host == "bitbucket.org":
        return f"{base}/commits/{hash}"
    known = host in ("github.com", "codeberg.org", "git.sr.ht") or any(name in host for name in ("gitea", "forgejo"))
    return f"{base}/commit/{hash}" if known else ""
