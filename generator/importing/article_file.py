"""An article's file: YAML that says what the page said, and what is left to an editor."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from generator.importing.main_text import Hint
from generator.read.quoting import quoted
from generator.records import Article
from generator.schema.files import pointer

WIDTH = 120
_PLAIN = re.compile(r"[^\W_](?:[\w .()/+%&’“”„«»…–—-]|,(?= )|:(?! |$)|'(?=\w))*", re.UNICODE)
_NO_PLAIN = re.compile(r"(?:true|false|null|yes|no|on|off|~|[-+.\d][\d_.,:eExXoO+-]*)", re.IGNORECASE)
_ASK = {
    "title": "title: not found; if the text's first line is the headline, take away “# ” from the next line",
    "publisher": "publisher: not found; its name as readers know it",
    "published": "published: not found; the day of publication as YYYY-MM-DD",
    "url": "url: not found; the article's own address",
    "author": "author: not found",
    "language": "language: not found; without it the site's own language is taken",
}
_ORDER = ("title", "publisher", "published", "author", "url", "archived", "retrieved", "language", "encoding")


def article_yaml(article: Article, comments: Sequence[str], hints: Sequence[Hint], first_line: str = "") -> str:
    """The file of `article`: its fields, a comment for each that is not known, `comments`, and `hints` set aside.

    `first_line` is the text's, where that may be the title.
    """
    lines = [pointer("article").rstrip("\n"), *(f"# {comment}" for comment in comments), field("text", article.text)]
    for name in _ORDER:
        value = getattr(article, name)
        if value and (name, value) != ("encoding", "utf-8"):
            lines.append(field(name, value))
        elif name in _ASK:
            lines.append(f"# {_ASK[name]}")
            if name == "title" and first_line:
                lines.append(f"# title: {plain_or_quoted(first_line)}")
    if article.story:
        story = article.story[0] if len(article.story) == 1 else f"[{', '.join(article.story)}]"
        lines.append(f"story: {story}")
    lines.append("# origin: [own], or the agencies and the articles' ids that it rests on, once that is known")
    lines.append(field("sha256", article.sha256))
    if hints:
        lines.append(
            "# These stand in the text and may not be the article. Where that is so, take away “# ” from the first"
        )
        lines.append("# line below and from the lines of the entry.")
        lines.append("# not_article:")
        for hint in hints:
            lines += [f"# {line}" for line in ("  - text: >-", *block(hint.text, 6), f"    why: {hint.why}")]
    return "\n".join(lines) + "\n"


def field(name: str, value: str) -> str:
    """A line of YAML that reads back as `value`; a block of lines where it would be long."""
    line = f"{name}: {plain_or_quoted(value)}"
    if len(line) <= WIDTH or " " not in value:
        return line
    return "\n".join([f"{name}: >-", *block(value, 2)])


def block(value: str, indent: int) -> list[str]:
    """`value`, which has single spaces alone, as the lines of a folded block."""
    return [" " * indent + line for line in _wrapped(value, WIDTH - indent)]


def plain_or_quoted(value: str) -> str:
    """`value` as it stands where YAML and a reader take that for a text, else in quotes."""
    if _PLAIN.fullmatch(value) and not _NO_PLAIN.fullmatch(value):
        return value
    return value if re.fullmatch(r"https?://[^\s#\"'{}\[\],&*!|>%@`]+", value) or _is_date(value) else quoted(value)


def _is_date(value: str) -> bool:
    return re.fullmatch(r"\d{4}(-\d\d(-\d\d(T[\d:]+[+-]\d\d:\d\d)?)?)?", value) is not None


def _wrapped(value: str, width: int) -> list[str]:
    """Lines that a folded block joins with single spaces again."""
    return textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)
