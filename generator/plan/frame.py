"""The frame of a site: what its settings give every page, and how names are spelt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.plan.addresses import person_address, publisher_address, tag_address, verdict_address
from generator.plan.values import Link, VerdictTag
from generator.records import Publisher, Settings
from generator.words import Words

Names = Mapping[str, str]
"""The spelling of a publisher or a tag, by the address of its page."""
_UNTOLD = Publisher()


class Frame:
    """A site's settings as pages see them, and its words.

    `names` has the spelling of every publisher and tag that is asked for.
    """

    def __init__(self, settings: Settings, names: Names, words: Words) -> None:
        self.settings = settings
        self.names = names
        self.words = words
        self.verdicts = {
            verdict.id: VerdictTag(
                id=verdict.id,
                label=verdict.label,
                meaning=verdict.meaning,
                shape=verdict.shape,
                value=verdict.value,
                address=verdict_address(verdict.id),
                retired=verdict.retired,
            )
            for verdict in settings.verdicts
        }
        numbered = [tag for tag in self.verdicts.values() if tag.value is not None]
        self.scale = tuple(sorted(numbered, key=lambda tag: -(tag.value or 0)))
        """The verdicts with a number, the truest first."""
        self.all_verdicts = (*self.scale, *(tag for tag in self.verdicts.values() if tag.value is None))
        self._publishers: dict[str, Publisher] = {}
        for name, publisher in settings.publishers.items():
            self._publishers.setdefault(publisher_address(name), publisher)

    def publisher_link(self, name: str) -> Link | None:
        return Link(self.names[publisher_address(name)], publisher_address(name)) if name else None

    def tag_link(self, name: str) -> Link:
        return Link(self.names.get(tag_address(name), name), tag_address(name))

    def person_link(self, id: str) -> Link:
        return Link(self.settings.people[id].name, person_address(id))

    def publisher(self, name: str) -> Publisher:
        """What site.toml says of a publisher, in whatever spelling; of spellings that share a page, the first."""
        return self._publishers.get(publisher_address(name), _UNTOLD) if name else _UNTOLD

    def interest(self, publisher: str) -> str:
        """What a publisher has to do with the matter, where site.toml says so."""
        return self.publisher(publisher).interest

    def language(self, language: str) -> str:
        """A text's language where it is not the site's own, else an empty string."""
        own = self.settings.language.lower()
        return "" if language.lower() in (own, own.split("-")[0]) else language


Counts = dict[str, dict[str, int]]
"""By address: how often each spelling of a name was typed."""


def count_names(counts: Counts, publishers: Iterable[str], tags: Iterable[str], by: int = 1) -> None:
    """Add to `counts` (with -1 for `by`: take from it) the names that a claim or an article has."""
    for address, name in (
        *((publisher_address(name), name) for name in publishers if name),
        *((tag_address(name), name) for name in tags),
    ):
        names = counts.setdefault(address, {})
        names[name] = names.get(name, 0) + by
        if not names[name]:
            del names[name]
            if not names:
                del counts[address]


def spelling(names: Mapping[str, int]) -> str:
    """One spelling for each page of a name: the one most often typed, the first in order among equals."""
    return min(names, key=lambda name: (-names[name], name))
