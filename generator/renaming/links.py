"""Links: addresses in Markdown that lead to what is renamed.

A place where the old id stands is changed only if the text then differs in where a link leads, and in nothing else:
what stands in code, in words or in another address stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.renaming.spans import Edit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


class Move(Struct, frozen=True):
    """What is renamed: its `folder` in addresses (claims, articles, stories); `site` is the site's own address."""

    folder: str
    old: str
    new: str
    site: str = ""

    def leads(self, href: str, page: str) -> str:
        """Where `href`, on the page at the address `page`, has to lead: itself, if this is not about it."""
        path = self._path(href, page)
        if path is None:
            return href
        address, mark, fragment = href.partition("#")
        moved = address
        if re.match(rf"/{self.folder}/{re.escape(self.old)}(?:/|$)", path):
            moved = self._last(rf"(?<![A-Za-z0-9-]){re.escape(self.old)}(?![A-Za-z0-9-])", address, path)
        if self.folder == "claims" and path.startswith("/articles/"):  # a passage there is named after the claim
            fragment = re.sub(rf"^{re.escape(self.old)}(?=--[0-9]+$)", self.new, fragment)
        return moved + mark + fragment

    def _last(self, pattern: str, address: str, path: str) -> str:
        """`address` with the new id where the old one stands as a step of the path."""
        found = list(re.finditer(pattern, address))
        for match in found:
            candidate = address[: match.start()] + self.new + address[match.end() :]
            before, after = address[: match.start()], address[match.end() :]
            if (before == "" or before.endswith("/")) and (after == "" or after[0] in "/?"):
                return candidate
        return address

    def _path(self, href: str, page: str) -> str | None:
        """The path from the site's root that `href` means; None where it leads elsewhere."""
        if self.site and (href == self.site or href.startswith(self.site.rstrip("/") + "/")):
            return unquote(urlsplit(href[len(self.site.rstrip("/")) :]).path)
        if href.startswith("//") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href):
            return None
        path = unquote(href.partition("#")[0].partition("?")[0])
        joined = "/" + normpath(path if path.startswith("/") else page + path).lstrip("/")
        return joined + "/" if path.endswith("/") and joined != "/" else joined


def link_edits(text: str, start: int, end: int, page: str, move: Move, markdown_of: Callable[[str], str]) -> list[Edit]:
    """The edits in `text` from `start` to `end`, where the Markdown of the page `page` stands.

    `markdown_of` gives that Markdown of a text that is like `text`.
    """
    typed = markdown_of(text)
    if move.old not in typed or not any(move.leads(href, page) != href for href in _links(typed)):
        return []
    wanted = _shape(typed, page, move)
    edits: list[Edit] = []
    for match in re.finditer(rf"(?<![A-Za-z0-9-]){re.escape(move.old)}(?![A-Za-z0-9])", text[start:end]):
        edit = Edit(start + match.start(), start + match.end(), move.new)
        if text[edit.start - 1] not in "/(<# \n\t":
            continue
        changed = markdown_of(text[: edit.start] + edit.new + text[edit.end :])
        if changed != typed and _shape(changed, page, move) == wanted:
            edits.append(edit)
    return edits


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _links(markdown: str) -> Iterator[str]:
    for token in _parser().parse(markdown):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs.get("href", ""))


def _shape(markdown: str, page: str, move: Move) -> list[tuple[str, str, str]]:
    """Everything that a text is made of, with its links as they have to lead."""
    found = []
    for token in _parser().parse(markdown):
        found.append((token.type, token.tag, token.content if not token.children else ""))
        shown = False  # whether an address between < and > is next: its words are the address
        for child in token.children or ():
            href = str(child.attrs.get("href", ""))
            words = move.leads(child.content, page) if shown else child.content
            rest = (words, child.attrs.get("src", ""), child.attrs.get("title", ""))
            shown = child.type == "link_open" and child.markup == "autolink"
            found.append((child.type, str(rest), move.leads(href, page) if href else ""))
    return found
