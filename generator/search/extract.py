"""Extract: the part of a finished page that search reads."""

from __future__ import annotations

import re

BODY, IGNORED = b"data-pagefind-body", b"data-pagefind-ignore"
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_LANGUAGE = re.compile(rb'<html[^<>]*?\slang="([^"<>]*)"')
_VOID = frozenset((b"area", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"wbr"))


def searched(page: bytes) -> bytes:
    """The elements of a page that are marked with `data-pagefind-body`, without what is marked to be ignored in them.

    Empty for a page that is not searched. What is ignored is left out already here, so that a page whose ignored parts
    alone change is not indexed again; where a template is not well formed it stays, and Pagefind leaves it out.
    """
    if BODY not in page:
        return b""
    found = b"".join(page[start:end] for start, end in _marked(page, BODY))
    if IGNORED not in found:
        return found
    kept, at = [], 0
    for start, end in _marked(found, IGNORED):
        kept.append(found[at:start])
        at = end
    return b"".join((*kept, found[at:]))


def document(part: bytes, language: str) -> bytes:
    """A page that holds nothing but what is searched."""
    return b'<!doctype html><html lang="%s"><body>%s</body></html>' % (language.encode(), part)


def _marked(page: bytes, mark: bytes) -> list[tuple[int, int]]:
    """Where the outermost elements with an attribute begin and end; those that are never closed are left out."""
    found: list[tuple[int, int]] = []
    at = 0
    while (at := page.find(mark, at)) >= 0:
        start = page.rfind(b"<", 0, at)
        end = _end(page, start) if start >= 0 else 0
        if end > at:
            found.append((start, end))
            at = end
        else:
            at += len(mark)
    return found


def _end(page: bytes, start: int) -> int:
    """Where the element that begins at `start` ends; 0 where nothing does."""
    tag = _TAG.match(page, start)
    if tag is None or tag.group(1) or tag.group(2) in _VOID:
        return 0
    name, depth = tag.group(2), 1
    for tag in re.compile(rb"<(/?)%s(?=[\s/>])" % re.escape(name)).finditer(page, tag.end()):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            return page.find(b">", tag.end()) + 1
    return 0
