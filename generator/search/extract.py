"""Extract: the part of a finished page that search reads."""

from __future__ import annotations

import re

BODY, IGNORED = b"data-pagefind-body", b"data-pagefind-ignore"
EVERY = "parallaxeverypage"
"""A word that all pages have: looked for in place of none, for which Pagefind would load its whole index."""
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")
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
    """A page that holds nothing but what is searched, and `EVERY` where no reader sees it."""
    head = b'<!doctype html><html lang="%s"><body data-pagefind-body data-pagefind-meta="every:%s">'
    return b"%s%s</body></html>" % (head % (language.encode(), EVERY.encode()), part)


def _marked(page: bytes, mark: bytes) -> list[tuple[int, int]]:
    """Where the outermost elements with an attribute begin and end; those that are never closed are left out."""
    found: list[tuple[int, int]] = []
    at = 0
    while (at := page.find(mark, at)) >= 0:
        start = page.rfind(b"<", 0, at)
        tag = _TAG.match(page, start) if start >= 0 else None
        end = _end(page, tag) if tag is not None and _has(tag[0], mark) else 0
        if end > at:
            found.append((start, end))
        at = max(end, at + len(mark))
    return found


def _has(tag: bytes, name: bytes) -> bool:
    """Whether a tag has an attribute of this name: values that hold the same letters are none."""
    return re.search(rb"\s%s(?=[\s=/>])" % name, _VALUE.sub(b"", tag)) is not None


def _end(page: bytes, tag: re.Match[bytes]) -> int:
    """Where the element that begins with `tag` ends; 0 where nothing does."""
    name, depth = tag[2], 1
    if tag[1] or name in _VOID:
        return 0
    for other in re.compile(rb"<(/?)%s(?=[\s/>])" % re.escape(name)).finditer(page, tag.end()):
        depth += -1 if other[1] else 1
        if depth == 0:
            return page.find(b">", other.end()) + 1
    return 0
