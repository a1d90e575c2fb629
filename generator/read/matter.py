"""Matter: what an editor typed in a file, in its parts."""

from __future__ import annotations

from msgspec import Struct

from generator.problems import Problem
from generator.read.files import typed_text
from generator.records import FileRecord, TextPage


class Typed(Struct, frozen=True):
    """A file's fields as text (YAML, TOML in site.toml), the line at which they begin, and what stands below them.

    `below` has the attributes of the record that do not come from its fields: a page's Markdown.
    """

    fields: str
    first_line: int = 1
    below: dict[str, str | int] = {}


def typed_matter(type_: type[FileRecord], path: str, data: bytes) -> Typed | list[Problem]:
    """The parts of a file for a record of `type_`, from its bytes; or why they cannot be told."""
    text = typed_text(path, data)
    if not isinstance(text, str):
        return text
    if type_ is not TextPage:
        return Typed(text)
    fields, body, line = _front_matter(text)
    if fields is None:
        message = "a page begins with its title between two lines of three hyphens"
        return [Problem(path, 1, 1, "Y001", message, "---\ntitle: ...\n---")]
    return Typed(fields, 2, {"body": body, "body_line": line})


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """A page's YAML, its Markdown, and the line at which that begins."""
    if not text.startswith("---\n"):
        return None, "", 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return (text[4:-3], "", 1) if text.endswith("\n---") else (None, "", 1)
    return text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end + 5) + 1
