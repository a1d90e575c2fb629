"""Addresses that cannot be: two pages or files at one, a page at one of the site's own, a name that leaves none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from generator.plan.addresses import (
    RESERVED,
    article_address,
    claim_address,
    file_of,
    page_address,
    slug,
    story_address,
)
from generator.plan.pages import File
from generator.problems import Problem
from generator.records import Article, Claim, FileRecord, Story, TextPage


class Named(Struct, frozen=True):
    """What gives a site its addresses, by id."""

    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    stories: Mapping[str, Story]
    pages: Mapping[str, TextPage]


def collisions(
    named: Named, addresses: Iterable[str], files: Sequence[File], assets: Mapping[str, str]
) -> list[Problem]:
    """A problem for each, at the file that can be changed.

    `addresses` are those of all pages but redirects. `assets` are the paths in the output of the templates' own files,
    each with its path in the site; with none where it comes with Parallax.
    """
    return [
        *_reserved(named),
        *_aliases(named.claims, "claim", claim_address),
        *_aliases(named.articles, "article", article_address),
        *_aliases(named.stories, "story", story_address),
        *_nameless(named),
        *_unaskable(assets),
        *_in_one_place(named, addresses, files, assets),
    ]


def _reserved(named: Named) -> Iterator[Problem]:
    for page in named.pages.values():
        if page.id in RESERVED:
            message = f"/{page.id}/ is an address of the site's own"
            yield Problem(page.path, 0, 0, "P001", message, "give the file another name")


def _aliases(
    records: Mapping[str, Claim | Article | Story], kind: str, address: Callable[[str], str]
) -> Iterator[Problem]:
    """Earlier ids that are another's id now, or its earlier id too; the first that has it keeps it."""
    taken = {id: id for id in records}
    for record in records.values():
        seen: set[str] = set()  # one that stands twice in a record was reported as that
        for number, alias in enumerate(record.aliases):
            if alias in taken and alias not in seen:
                of = f"this {kind} itself" if taken[alias] == record.id else f"the {kind} “{taken[alias]}”"
                message = f"{address(alias)} is an address of {of} already"
                place = record.place("aliases", number)
                yield Problem(record.path, *place, "P001", message, "delete this alias, or correct it")
            seen.add(alias)
        for alias in seen:
            taken.setdefault(alias, record.id)


def _nameless(named: Named) -> Iterator[Problem]:
    """Names of tags and publishers that leave nothing for an address."""
    for claim in named.claims.values():
        for number, tag in enumerate(claim.tags):
            if tag and not slug(tag):
                yield _nothing_left(claim, ("tags", number), tag)
    for article in named.articles.values():
        if article.publisher and not slug(article.publisher):
            yield _nothing_left(article, ("publisher",), article.publisher)


def _nothing_left(record: FileRecord, steps: tuple[str | int, ...], name: str) -> Problem:
    message = f"“{name}” leaves nothing for an address"
    return Problem(record.path, *record.place(*steps), "P001", message, "use a name with letters or digits")


def _unaskable(assets: Mapping[str, str]) -> Iterator[Problem]:
    for path, source in assets.items():
        if not _is_askable(path):
            message = "no browser can ask for a file of this name: it is not UTF-8, or has a backslash"
            yield Problem(source, 0, 0, "F007", message, "use a to z, digits, dots and hyphens")


def _is_askable(path: str) -> bool:
    """Whether a file in the output can have an address."""
    return "\\" not in path and not any("\ud800" <= character <= "\udfff" for character in path)


def _in_one_place(
    named: Named, addresses: Iterable[str], files: Sequence[File], assets: Mapping[str, str]
) -> Iterator[Problem]:
    """Files of the output with one path, or paths that some disks take for one; a file where another needs a folder."""
    first: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path, source in _paths(named, addresses, files, assets):
        form = _form(path)
        above = list(accumulate(form.split("/")[:-1], "{}/{}".format))
        message = ""
        if first.get(form) == path:
            message = f"/{path} is a file that Parallax writes itself"
        elif form in first:
            message = f"/{path} and /{first[form]} are one file on disks that do not tell case or accents apart"
        elif other := folders.get(form) or next((first[folder] for folder in above if folder in first), ""):
            message = f"/{path} and /{other} cannot both be: where the one is a file, the other needs a folder"
        if message:
            yield Problem(source or "site.toml", 0, 0, "P001", message, "give the file another name")
            continue
        first[form] = path
        for folder in above:
            folders.setdefault(folder, path)


def _paths(
    named: Named, addresses: Iterable[str], files: Sequence[File], assets: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Every path in the output with the file to change, those first that nobody can change.

    Without the pages that have their own rules above: those at earlier ids, those at the site's own addresses.
    """
    yield from ((path, "") for path, source in assets.items() if not source)
    reserved = {page_address(id) for id in named.pages if id in RESERVED}
    yield from ((file_of(address), "") for address in addresses if address not in reserved)
    yield from ((file.path, file.source) for file in sorted(files, key=lambda file: file.source))
    yield from ((path, source) for path, source in assets.items() if source)


def _form(path: str) -> str:
    """What is the same for paths that differ only in case or in how their letters are composed."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())
