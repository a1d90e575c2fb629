"""Within: where in a file some of a value's words were typed, when the value's own place is known."""

from __future__ import annotations

import re

from generator.problems import Place

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n[ \t]*)|([^\n]))")
_ESCAPED_SPACE = "nt"


def within(text: str, place: Place, value: str, span: tuple[int, int]) -> tuple[Place, int] | None:
    """The place and the length (on its line) of the characters `span` of `value`, which was typed in `text` at `place`.

    Runs of white space in `value` may be any others in `text`. None where the two cannot be brought together.
    """
    at = _offset(text, place)
    quote = text[at : at + 1] if text[at : at + 1] in ('"', "'") and value[:1] != text[at : at + 1] else ""
    if quote:
        at += 1
    first = last = -1
    for index, character in enumerate(value):
        if character.isspace():
            at = _past_space(text, at, quote)
            continue
        if not (index and value[index - 1].isspace()):
            at = _past_joint(text, at, quote)
        end = _past(text, at, character, quote)
        if end is None:
            return None
        if index >= span[0] and first < 0:
            first = at
        if index < span[1]:
            last = end
        at = end
        if index >= span[1]:
            break
    if first < 0 or last <= first:
        return None
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", first)
    last = min(last, len(text) if line_end < 0 else line_end)
    return Place(text.count("\n", 0, first) + 1, first - line_start + 1), last - first


def _offset(text: str, place: Place) -> int:
    at = 0
    for _ in range(place.line - 1):
        at = text.find("\n", at) + 1
    return at + place.column - 1


def _past_space(text: str, at: int, quote: str) -> int:
    """The offset after any white space at `at`."""
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif quote == '"' and text[at] == "\\" and (text[at + 1 : at + 2] in _ESCAPED_SPACE or text[at + 1].isspace()):
            at += 2
        else:
            break
    return at


def _past_joint(text: str, at: int, quote: str) -> int:
    """The offset after an escaped end of a line, which stands for nothing."""
    if quote == '"' and text.startswith("\\\n", at):
        return _past_space(text, at + 2, "")
    return at


def _past(text: str, at: int, character: str, quote: str) -> int | None:
    """The offset after what was typed for `character` at `at`; None where something else was."""
    if quote == "'" and character == "'":
        return at + 2 if text.startswith("''", at) else None
    if quote == '"' and text[at : at + 1] == "\\":
        match = _ESCAPE.match(text, at)
        if match is None:
            return None
        code = next((group for group in match.groups()[:3] if group), "")
        meant = chr(int(code, 16)) if code and int(code, 16) < 0x110000 else match.group(5)
        return match.end() if meant == character else None
    return at + 1 if text.startswith(character, at) else None
