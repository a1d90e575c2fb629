"""Prose: Markdown so simple that its blocks and its marks are certain without a parser.

What is certain is what the parser would find too. Of anything else, nothing is said here: it is the parser's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

CITATION = r"\[@(?P<citation>[A-Za-z0-9-]+)\]"


class Leaf(NamedTuple):
    """A block that holds words: a paragraph, a heading, or an item of a list. Its words are Markdown.

    `line` is where they begin, from 0; `level` is a heading's. `before` and `after` are the HTML round the
    words, which for a heading depends on its level alone.
    """

    words: str
    line: int
    before: str = "<p>"
    after: str = "</p>\n"
    level: int = 0


# How a line of words may begin: with no character that could make it the line of a list, a quotation, a heading, a
# table or code, nor underline the line before.
_BEGIN = r"""(?:[^\W_0-9]|[*_]{1,2}[^\s*_]|["'(\[“‘«„—–…$€£]|[0-9]+(?![0-9]|[.)](?:\s|\Z)))"""
_LINE = re.compile(_BEGIN)
_HEADING = re.compile(rf"(#{{1,6}}) ({_BEGIN}[^#\n]*)")
_ITEM = re.compile(rf"[*+-] {_BEGIN}")


def leaves(text: str) -> list[Leaf] | None:
    """The leaves of `text` in order, or None where its blocks are not certain."""
    # A link's words may have their address anywhere; the parser replaces two characters before it begins.
    if any(far in text for far in ("]:", "\r", "\0")):
        return None
    found: list[Leaf] = []
    line = 0
    in_list = False
    for part in text.split("\n\n"):
        block = part.strip("\n")
        if block:
            begin = line + len(part) - len(part.lstrip("\n"))
            after_list, in_list = in_list, False
            lines = block.split("\n")
            if all(map(_LINE.match, lines)):
                found.append(Leaf(block, begin))
            elif heading := _HEADING.fullmatch(block):
                found.append(Leaf(heading[2], begin, level=len(heading[1])))
            elif _is_list(lines) and not after_list:  # two lists on end may be one
                found.extend(_items(block, begin))
                in_list = True
            else:
                return None
        line += part.count("\n") + 2
    return None if any(leaf.words[-1].isspace() for leaf in found) else found


def _is_list(lines: list[str]) -> bool:
    """Whether these are the items of one list, each of one paragraph; its lines are indented from the second on."""
    bullet = lines[0][0]
    return _ITEM.match(lines[0]) is not None and all(
        line[:2] in ("  ", f"{bullet} ") and _LINE.match(line, 2) for line in lines
    )


def _items(block: str, line: int) -> Iterator[Leaf]:
    """The items of a list, which begins at `line`."""
    items = block[2:].split(f"\n{block[0]} ")
    for number, item in enumerate(items):
        before = "<ul>\n<li>" if number == 0 else "<li>"
        after = "</li>\n</ul>\n" if number == len(items) - 1 else "</li>\n"
        yield Leaf(item.replace("\n  ", "\n"), line, before, after)
        line += item.count("\n") + 1


_SPECIAL = re.compile(r"[*_~`\[\]\\<&!]")
_WORDS = r"[^\W_][^*_~`\[\]\\<&]*+"


def _pair(mark: str, name: str) -> str:
    """Words between two of `mark`, as editors mostly type them.

    The first stands after a space and before a letter; the second after a letter and before a space or a stop, or after
    a stop and before a space. So one can only open and the other only close, and no other rule of emphasis applies.
    """
    second = rf"(?<=[^\W_]){mark}(?![^ \n.,;:!?)])|(?<=[.,;:!?)]){mark}(?![^ \n])"
    return rf"(?<![^ \n(]){mark}(?P<{name}>{_WORDS})(?:{second})"


_MARK = re.compile(
    "|".join(
        (
            _pair(r"\*\*", "strong"),
            _pair(r"\*", "em"),
            CITATION,
            rf"\[(?P<words>{_WORDS})\]\((?P<link>[A-Za-z0-9:/.?=#-]+)\)",
            r"(?P<text>&(?!#?[A-Za-z0-9]+;)|!(?!\[))",
        )
    )
)


def is_unmarked(text: str) -> bool:
    """Whether nothing in `text` could be a mark: `marks` finds none in any of its leaves."""
    return not any(mark in text for mark in ("*", "_", "~", "`", "[", "]", "\\", "<", "&", "!", " \n"))


def marks(words: str) -> list[re.Match[str]] | None:
    """The marks in a leaf's words in order, or None where they are not certain.

    `lastgroup` says what a mark is: `strong`, `em`, `citation` or `link`. All round them is text.
    """
    if " \n" in words:  # white space before a line's end goes, or breaks the line
        return None
    found = []
    end = 0
    while special := _SPECIAL.search(words, end):
        mark = _MARK.match(words, special.start())
        if mark is None:
            return None
        if mark.lastgroup != "text":
            found.append(mark)
        end = mark.end()
    return found
