"""Words: what the site itself says, in its own language.

Messages are written in English where they are used, and translated in `generator/catalogues/`. In Python they are
`words("No article is quoted.")`, `words("Page {n}", n=3)`, `words.many("{count} claim", "{count} claims", 3)`.
In templates they are `_("Checked {date}", date=...)` and `many("{count} claim", "{count} claims", 3)`. They are
constants, since `make catalogues` gathers them from the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from generator.languages import direction

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""A letter that is written from right to left: Hebrew to Arabic, and their presentation forms."""
_LEFT = re.compile("(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])[^\\W\\d_]")
"""Any other letter."""


class Lexicon(Struct, frozen=True):
    """A language's messages and its ways to write dates and numbers, with nothing of a library in it.

    `dates` are patterns with `{day}` and `{year}` in them, one for each month; `months` the same without a day.
    """

    language: str
    dates: tuple[str, ...]
    months: tuple[str, ...]
    group: str
    """What stands between thousands."""
    grouped_from: int = 1_000
    """The least number in which it stands."""
    plural: str = "n != 1"
    """Which of a message's forms goes with a number, as in gettext's Plural-Forms."""
    messages: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    """The forms of messages with a number, by the English singular."""


class Words:
    """The interface's words in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, message: str, **values: object) -> str:
        """The message in the site's language, with its `{placeholders}` filled in."""
        found = self.lexicon.messages.get(message, message)
        return found.format(**values) if values else found

    def many(self, one: str, many: str, count: int, **values: object) -> str:
        """The message that goes with a number, which stands in it as `{count}`."""
        return self.form(one, many, count).format(count=self.number(count), **values)

    def form(self, one: str, many: str, count: int) -> str:
        """The form of a message that goes with a number, its placeholders still in it."""
        forms = self.lexicon.forms.get(one)
        if forms is None:  # not translated: English
            return one if count == 1 else many
        return forms[self._form_of(count)]

    def apart(self, name: str) -> str:
        """A name within a sentence: marked off where it runs the other way, lest it turn the sentence round.

        Unicode's first-strong isolate, U+2068 to U+2069.
        """
        return f"\u2068{name}\u2069" if self._other_way.search(name) else name

    def number(self, count: int) -> str:
        """A whole number as the language writes it."""
        return f"{count:,}".replace(",", self.lexicon.group) if count >= self.lexicon.grouped_from else str(count)

    @cached_property
    def _other_way(self) -> re.Pattern[str]:
        return _LEFT if direction(self.lexicon.language) == "rtl" else _RIGHT

    @cached_property
    def _form_of(self) -> Callable[[int], int]:
        from gettext import c2py

        form: Callable[[int], int] = c2py(self.lexicon.plural)
        return form
