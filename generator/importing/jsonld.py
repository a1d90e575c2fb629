"""JSON-LD: what a page tells search engines of its article (schema.org), however it nests it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

# https://schema.org/Article and what is more specific, as news sites use it.
_ARTICLES = re.compile(r"(?:^|[/:])(?:\w*Article|\w*Report|\w*BlogPosting|LiveBlogPosting|ReportageNewsArticle)$")
_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL)
_COMMA = re.compile(r",(\s*[}\]])")
_DEEPEST = 12


class LinkedData:
    """The nodes of a page's JSON-LD, and the one that is its article."""

    def __init__(self, scripts: list[str]) -> None:
        self.broken = 0
        """How many of its scripts are no JSON."""
        self._by_id: dict[str, dict[str, Any]] = {}
        nodes: list[dict[str, Any]] = []
        for script in scripts:
            read = _read(script)
            if read is None:
                self.broken += 1
                continue
            nodes += _nodes(read)
        for node in nodes:
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self._by_id.setdefault(name, node)
        self.articles = [node for node in nodes if any(_ARTICLES.search(type_) for type_ in _types(node))]
        self.sites = [node for node in nodes if "WebSite" in _types(node)]
        self.pages = [node for node in nodes if "WebPage" in _types(node)]

    def article(self, addresses: set[str], headlines: set[str]) -> dict[str, Any] | None:
        """The node of the page's own article: the one of its address, else of its headline, else the first."""
        for node in self.articles:
            if self.addresses(node) & addresses:
                return node
        for node in self.articles:
            if self.text(node, "headline", "name").casefold() in headlines:
                return node
        return self.articles[0] if self.articles else None

    def addresses(self, node: dict[str, Any]) -> set[str]:
        """The addresses that a node names as its own."""
        found = {self.text(node, "url"), self.text(node, "@id").split("#")[0]}
        page = node.get("mainEntityOfPage")
        for value in page if isinstance(page, list) else [page]:
            if isinstance(value, str):
                found.add(value)
            elif isinstance(value, dict):
                found |= {self.text(value, "@id"), self.text(value, "url")}
        return {address for address in found if address.startswith(("http://", "https://"))}

    def text(self, node: dict[str, Any], *names: str) -> str:
        """The first of the fields `names` that has a text."""
        for name in names:
            value = node.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("@value")
            if isinstance(value, str) and value.strip():
                return " ".join(html.unescape(value).split())
        return ""

    def names(self, node: dict[str, Any], field: str) -> list[str]:
        """The names in a field that holds people or organisations, each of them a text, a node or a reference."""
        value = node.get(field)
        found: list[str] = []
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                each = self._by_id.get(str(each.get("@id")), each) if "name" not in each else each
                each = self.text(each, "name")
            if isinstance(each, str) and each.strip() and not each.startswith(("http://", "https://")):
                name = " ".join(html.unescape(each).split())
                if name not in found:
                    found.append(name)
        return found


def _read(script: str) -> Any | None:
    for text in (script, _COMMA.sub(r"\1", _unwrapped(script))):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(script: str) -> str:
    before = ""
    while before != script:
        before, script = script, _WRAPPER.sub("", script)
    return script


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """All nodes in `value`: outer ones first, so that an article comes before those that it names."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        if value:
            yield value
        for each in value.values():
            if isinstance(each, (dict, list)):
                yield from _nodes(each, depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    value = node.get("@type")
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]
