"""Words: what the site itself says, in its own language.

Messages are written in English where they are used, and translated in `generator/catalogues/`. In Python:
`words("No article is quoted.")`, `words("Page {number}", number=3)`, `words.many("{count} claim", "{count} claims", 3)`.
In templates: `{{ _("Checked {date}", date=...) }}` and `{{ many("{count} claim", "{count} claims", 3) }}`. The messages
are constants, since `make catalogues` gathers them from the code.
"""

from __future__ import annotations


class Words:
    """The interface's words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, **values: object) -> str:
        """The message in the site's language, with its `{placeholders}` filled in."""
        return message.format(**values) if values else message

    def many(self, one: str, many: str, count: int, **values: object) -> str:
        """The message that goes with a number, which stands in it as `{count}`."""
        return (one if count == 1 else many).format(count=f"{count:,}", **values)
