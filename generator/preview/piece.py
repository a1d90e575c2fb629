"""A piece of a site: one claim with all that it refers to, looked at without the rest, which may be large."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.build.differences import ENDINGS, KINDS, unit_of
from generator.check.rules import check_claim, without_silenced
from generator.examine import once
from generator.ids import is_id
from generator.link.library import Library, Linker
from generator.problems import Problem, errors
from generator.read.content import TYPES, Content, SourceText, decoded_text, parse_record, read_layout, read_settings
from generator.read.files import Files
from generator.records import Article, Claim, FileRecord, Settings


def errors_in(root: Path, paths: Iterable[str]) -> list[Problem]:
    """The errors of the content's files at `paths`, as far as each tells by itself and by what it refers to.

    A build finds at least these: while there are any, none is worth its time.
    """
    files = Files(root)
    settings = read_settings(files, [])
    if settings is None:
        return []
    found: list[Problem] = []
    known: Mapping[str, frozenset[str]] = {}
    for path in sorted(paths):
        unit = unit_of(path)
        if not unit or not os.path.lexists(root / path):
            continue
        kind = KINDS[unit[0]]
        record, problems = _read(files, kind, unit[2:])
        found += problems
        if isinstance(record, Claim):
            known = known or read_layout(root).known
            linker, library = linked(files, settings, record, known)
            found += [*linker.problems, *check_claim(library, record)]
    return errors(without_silenced(once(found), settings))


def linked(
    files: Files, settings: Settings, claim: Claim, known: Mapping[str, frozenset[str]]
) -> tuple[Linker, Library]:
    """A library of one claim, the articles and texts that it refers to, and the articles that these come from.

    The linker has the claim's own problems.
    """
    names = {*(quote.article for quote in claim.quotes), *claim.silent, *(source.article for source in claim.sources)}
    origins = {name for quote in claim.quotes for name in quote.origin or ()}
    articles = _articles(files, names | origins)
    texts = {}
    encodings = {source.text: "utf-8" for source in claim.sources if source.text}
    encodings.update((article.text, article.encoding) for id, article in articles.items() if id in names)
    for path, encoding in encodings.items():
        text = _text(files, path, encoding)
        if text is not None:
            texts[path] = text
    linker = Linker(Content(settings, articles, {claim.id: claim}, {}, {}, texts, frozenset(), dict(known), ()))
    for article in articles.values():
        linker.article(article)
    linker.problems = []  # what is wrong with an article is its own
    linker.claim(claim, settings)
    return linker, linker.library(settings)


def _articles(files: Files, names: Iterable[str]) -> dict[str, Article]:
    """The articles `names`, those that they name as their origins, and so on, in order."""
    found: dict[str, Article] = {}
    looked: set[str] = set()
    waiting = list(names)
    while waiting:
        id = waiting.pop()
        if id in looked or not is_id(id):
            continue
        looked.add(id)
        record = _read(files, "articles", id)[0]
        if isinstance(record, Article):
            found[id] = record
            waiting += record.origin or ()
    return dict(sorted(found.items()))


def may_be_draft(files: Files, id: str) -> bool:
    """Whether the file of the claim `id` has the word at all."""
    data = _bytes(files, f"content/claims/{id}.yaml")
    return isinstance(data, bytes) and b"draft" in data


def claim_at(files: Files, id: str) -> Claim | None:
    """The claim `id`, as far as its file can be read."""
    record = _read(files, "claims", id)[0]
    return record if isinstance(record, Claim) else None


def _read(files: Files, kind: str, id: str) -> tuple[FileRecord | None, list[Problem]]:
    path = f"content/{kind}/{id}{ENDINGS[kind]}"
    data = _bytes(files, path)
    if not isinstance(data, bytes):
        return None, [data] if data is not None else []
    return parse_record(TYPES[kind], id, path, data)


def _text(files: Files, path: str, encoding: str) -> SourceText | None:
    data = _bytes(files, path)
    text = decoded_text(path, data, encoding) if isinstance(data, bytes) else None
    return None if text is None or isinstance(text, Problem) else SourceText(text, "")


def _bytes(files: Files, path: str) -> bytes | Problem | None:
    """A file's bytes, or what is wrong with it; None where it cannot be read just now."""
    try:
        return files.read(path)
    except (OSError, ValueError):
        return None
