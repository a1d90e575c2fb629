"""Addresses: every outside address in a site's content, with all the places at which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.problems import Place
from generator.read.content import Content
from generator.read.forms import fields_of, form_of
from generator.records import Article, FileRecord, Kind, Record, TextPage

Steps = tuple[str | int, ...]

_DATES = ("published", "accessed", "retrieved", "date", "checked")
_LEAVES = ("http://", "https://")


class Use(Struct, frozen=True):
    """One place at which an address stands.

    `field` is the field's name, empty in Markdown. `archived` is the copy that the content names beside it; `date` the
    day on which it was seen or published, as far as the content says.
    """

    path: str
    place: Place
    field: str
    archived: str = ""
    date: str = ""
    article: bool = False
    """Whether it is an article's own address, which says where its text was collected."""


def outside_addresses(content: Content) -> dict[str, list[Use]]:
    """Every address of http and https outside the site, without fragment, with its uses in the order of files."""
    own = content.settings.url.rstrip("/") if content.settings else ""
    found: dict[str, list[Use]] = {}
    records: list[FileRecord] = [*content.articles.values(), *content.claims.values(), *content.stories.values()]
    records += [*content.pages.values(), *([content.settings] if content.settings else [])]
    for record in records:
        for address, use in [*_of_record(record, record, ()), *_of_page(record)]:
            address = address.split("#")[0]
            if address.startswith(_LEAVES) and not (own and (address + "/").startswith(own + "/")):
                found.setdefault(address, []).append(use)
    for uses in found.values():
        uses.sort(key=lambda use: (use.path, use.place))
    return found


def _of_record(owner: FileRecord, record: Record, steps: Steps) -> Iterator[tuple[str, Use]]:
    for name, (attribute, hint, _) in fields_of(type(record)).items():
        yield from _of_value(owner, record, getattr(record, attribute), hint, (*steps, name))


def _of_value(owner: FileRecord, around: Record, value: Any, hint: Any, steps: Steps) -> Iterator[tuple[str, Use]]:
    if not value:
        return
    form = form_of(hint)
    if form.what == "list":
        for number, item in enumerate(value):
            yield from _of_value(owner, around, item, form.inner, (*steps, number))
    elif form.what == "named":
        for name, item in value.items():
            yield from _of_value(owner, around, item, form.inner, (*steps, name))
    elif form.what == "record":
        yield from _of_record(owner, value, steps)
    elif form.kind is Kind.ADDRESS:
        field = str(steps[-1])
        copy = getattr(around, "archived", "") if field != "archived" else ""
        date = next((found for name in _DATES if (found := getattr(around, name, "") or getattr(owner, name, ""))), "")
        own = isinstance(owner, Article) and steps == ("url",)
        yield value, Use(owner.path, owner.place(*steps), field, copy, date, own)
    elif form.kind is Kind.MARKDOWN:
        yield from _of_markdown(owner, value, owner.place(*steps))


def _of_page(record: FileRecord) -> Iterator[tuple[str, Use]]:
    if isinstance(record, TextPage):
        yield from _of_markdown(record, record.body, Place(record.body_line, 1))


def _of_markdown(owner: FileRecord, text: str, begins: Place) -> Iterator[tuple[str, Use]]:
    """The addresses that links in a Markdown text lead to, each where it was typed."""
    from markdown_it import MarkdownIt

    lines = owner.source.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    at = (begins.line - 1, 0)
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        for child in token.children or ():
            address = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if not address.startswith(_LEAVES):
                continue
            found = _next(lines, at, (address, unquote(address)))
            place = Place(found[0] + 1, found[1] + 1) if found else begins
            at = (found[0], found[1] + 1) if found else at
            yield address, Use(owner.path, place, "", date=str(getattr(owner, "checked", "")))


def _next(lines: list[str], at: tuple[int, int], forms: tuple[str, ...]) -> tuple[int, int] | None:
    """The line and column, from 0, at which one of `forms` stands next."""
    for number in range(at[0], len(lines)):
        start = at[1] if number == at[0] else 0
        columns = [column for form in forms if (column := lines[number].find(form, start)) >= 0]
        if columns:
            return number, min(columns)
    return None


def host_of(address: str) -> str:
    """Whom an address asks."""
    return (urlsplit(address).hostname or "").lower()
