"""Front matter: the fields above a Markdown text, under the names that editors and clipping tools give them."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.importing.dates import page_date
from generator.importing.found import Choice, Finding, chosen, chosen_address, chosen_date
from generator.importing.metadata import Metadata
from generator.read.kinds import TEXT_FAULTS, safe_address
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.yaml import parse_yaml
from generator.records import Kind

_FENCED = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*", re.DOTALL | re.MULTILINE
)
_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site", "site_name", "sitename", "publication", "website"),
    "published": ("published", "date", "pubdate", "date_published", "datepublished"),
    "author": ("author", "authors", "byline", "creator"),
    "url": ("url", "canonical", "canonical_url", "source", "link", "permalink"),
    "language": ("language", "lang", "locale"),
    "retrieved": ("retrieved", "clipped", "accessed", "created", "saved"),
}


def split_matter(text: str) -> tuple[str, str]:
    """The front matter of a Markdown `text`, and what comes after it."""
    match = _FENCED.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def matter_metadata(name: str, matter: str) -> Metadata:
    """The metadata in a front matter."""
    tree, problems = parse_yaml(name, matter, 2) if matter.strip() else (None, [])
    fields = {key.text.lower(): value for key, value in tree.fields} if isinstance(tree, Mapping) else {}
    unusable = ["its front matter cannot be understood, and was passed over"] if matter.strip() and not fields else []
    unusable += [f"its front matter: {problem.message} (line {problem.line})" for problem in problems[:3]]
    found = {field: _findings(fields, names) for field, names in _NAMES.items()}
    dates = {field: _good(found[field], page_date, unusable) for field in ("published", "retrieved")}
    addresses = _good(found["url"], _address, unusable)
    languages = _good(found["language"], _language, unusable)
    return Metadata(
        title=chosen(found["title"]),
        publisher=chosen(found["publisher"]),
        published=chosen_date(dates["published"]),
        author=chosen(found["author"]),
        url=chosen_address(addresses),
        language=chosen(languages),
        saved=dates["retrieved"][0].value[:10] if dates["retrieved"] else "",
        unusable=tuple(unusable),
    )


NOTHING = Metadata(Choice(), Choice(), Choice(), Choice(), Choice(), Choice())


def _findings(fields: dict[str, Node], names: tuple[str, ...]) -> list[Finding]:
    return [Finding(text, f"“{name}”") for name in names if name in fields and (text := _text(fields[name]))]


def _text(node: Node) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Sequence):
        return ", ".join(text for text in map(_text, node.items) if text)
    return ""


def _good(findings: list[Finding], read: Callable[[str], str], unusable: list[str]) -> list[Finding]:
    for finding in findings:
        if not read(finding.value):
            unusable.append(
                f"{finding.where} of its front matter is “{finding.value[:80]}”, which the field cannot hold"
            )
    return [Finding(read(finding.value), finding.where) for finding in findings if read(finding.value)]


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) and not safe_address(text) else ""


def _language(text: str) -> str:
    tag = text.replace("_", "-")
    return "" if TEXT_FAULTS[Kind.LANGUAGE](tag) else tag
