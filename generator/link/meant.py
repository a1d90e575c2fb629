"""Meant: what a quote that can't be proved was probably meant to be. Each guess is proved before an editor is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.link.fold import DOUBLE_QUOTES, SINGLE_QUOTES

_DOTS = re.compile(r"\s*(?<!\[)(?<!\.)(?:…|\.{3,}|\. \. \.)(?!\])\s*")
_TWO_HYPHENS = re.compile(r"--+")
_WRONG_MARK = re.compile(r"\[(?: ?)(?:\.\.|\.{4,}|…\.+|\. \. \.)(?: ?)\]|\((?:…|\.\.\.)\)")
_MARKS = SINGLE_QUOTES + DOUBLE_QUOTES


class Meant(NamedTuple):
    """A quote as it may have been meant, what is wrong with it as it was typed, and where (offsets in the quote)."""

    quote: str
    message: str
    typed: tuple[int, int]


def meant(quote: str) -> Iterator[Meant]:
    """What may have been meant by `quote`, from the mistakes that are often made."""
    found = _WRONG_MARK.search(quote)
    if found:
        message = f"“{found.group()}” is no mark for words left out"
        yield Meant(_WRONG_MARK.sub("[…]", quote), message, found.span())
    found = _DOTS.search(quote)
    if found:
        at = found.start() + len(found.group()) - len(found.group().lstrip())
        message = "these dots do not stand in the article; words left out are marked […]"
        yield Meant(_DOTS.sub(" […] ", quote).strip(), message, (at, at + len(found.group().strip())))
    if len(quote) > 2 and quote[0] in _MARKS and quote[-1] in _MARKS:
        message = "these words stand in the article without the quotation marks round them"
        yield Meant(quote[1:-1].strip(), message, (0, 1))
    found = _TWO_HYPHENS.search(quote)
    if found:
        message = f"“{found.group()}” is no dash, and the article has one here"
        yield Meant(_TWO_HYPHENS.sub("–", quote), message, found.span())
