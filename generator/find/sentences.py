"""Sentences: where in a paragraph they begin and end."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…؟।]+[\"'”’»)\]]*\s+(?=[\"'“‘„«(\[¿¡]*[^\W_a-z])|[。！？]+[”’」』）]*")
# What a full stop stands behind that ends no sentence: an initial, letters with stops between, an abbreviation.
_ABBREVIATIONS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr prof st jr sr gen col sgt capt lt gov sen rep rev "
    "vs etc approx ca bzw usw nr mme mlle sra srta ud uds им ул гг руб млн млрд тыс"
).split()
_SHORT = re.compile(
    rf"(?:^|[\s(“‘„«\"'])(?:[^\W\d_](?:\.[^\W\d_])*|(?i:{'|'.join(_ABBREVIATIONS)}))\.\s+$",
)


def sentences(paragraph: str) -> list[Span]:
    """The spans of the sentences of `paragraph`, without the space between them. Rather too long than too short."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(paragraph):
        end = match.end()
        if _SHORT.search(paragraph, max(0, match.start() - 12), end):
            continue
        found.append((start, start + len(paragraph[start:end].rstrip())))
        start = end
    if paragraph[start:].strip():
        found.append((start, len(paragraph.rstrip())))
    return found
