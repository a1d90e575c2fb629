"""Articles' texts: what the original's reader saw, in order, as paragraphs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from msgspec import Struct

from generator.problems import Problem

# Elements whose content is no text of the article: not seen, not prose, or the site's navigation.
_UNSEEN = frozenset(
    "head title script style template noscript nav menu iframe object embed applet canvas svg math audio video "
    "picture map select datalist textarea input button progress meter dialog frameset noframes".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol optgroup option p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WHITE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_DEEPEST = 200  # libxml2 gives up at 256 and would lose the rest


class Text(Struct, frozen=True):
    """An article's text: paragraphs in order. Offsets everywhere count characters of `whole`."""

    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> str:
        return BREAK.join(self.paragraphs)


BREAK = "\n\n"


def read_text(path: str, decoded: str) -> Text | Problem:
    """The text of the file at `path`, by its ending: .txt, .md or .html."""
    if path.endswith(".txt"):
        return Text(tuple(_plain(decoded)))
    html = _from_markdown(decoded) if path.endswith(".md") else decoded
    return _from_html(path, html)


def _plain(decoded: str) -> Iterator[str]:
    """Paragraphs end at a blank line; in a text without any, at each line's end."""
    body = decoded.strip()
    pieces = _BLANK_LINES.split(body) if _BLANK_LINES.search(body) else body.split("\n")
    return (piece.strip() for piece in pieces if piece.strip())


def _from_markdown(decoded: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(decoded))


def _from_html(path: str, html: str) -> Text | Problem:
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what looks like an address, a file's name or XML
        soup = BeautifulSoup(_CONTROLS.sub("", html), "lxml")
    pieces: list[str | None] = []  # None ends a paragraph
    # Depth first without recursion: an iterator a level.
    levels: list[tuple[Any, Iterator[Any]]] = [(soup, iter(soup.contents))]
    while levels:
        element, children = levels[-1]
        child = next(children, None)
        if child is None:
            levels.pop()
            if element.name in _BLOCKS:
                pieces.append(None)
        elif type(child).__name__ == "NavigableString":
            pieces.append(_WHITE.sub(" ", str(child)))
        elif child.name is not None and not _unseen(child):
            if len(levels) > _DEEPEST:
                return Problem(
                    path,
                    1,
                    1,
                    "Y008",
                    f"elements stand over {_DEEPEST} deep in this page",
                    "save the article's text as .txt",
                )
            if child.name in _BLOCKS:
                pieces.append(None)
            if child.name in ("br", "wbr"):
                pieces.append("\n" if child.name == "br" else "\u200b")
            levels.append((child, iter(child.contents)))
    joined = ("".join(run) for ends, run in groupby(pieces, lambda piece: piece is None) if not ends)  # type: ignore[arg-type]
    paragraphs = (re.sub(r" *\n[ \n]*", "\n", re.sub(r" {2,}", " ", text)).strip() for text in joined)
    return Text(tuple(text for text in paragraphs if text))


def _unseen(element: Any) -> bool:
    attributes = element.attrs
    return (
        element.name in _UNSEEN
        or "hidden" in attributes
        or str(attributes.get("role", "")).lower() in ("navigation", "menu", "menubar")
        or bool(_HIDDEN_STYLE.search(str(attributes.get("style", ""))))
    )
