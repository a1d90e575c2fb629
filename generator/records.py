"""Records: what the site's files hold, typed and frozen.

A field's type says how the text that an editor typed is converted (`generator.read.fields`); a field without a default
is required. Every record is named as in the content format: see docs/content-format.md for what each field is for.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Struct

from generator.problems import Place
from generator.read.places import Places


class Kind(Enum):
    """What a text must look like."""

    ID = "an id: a to z, digits and hyphens, at most 100"
    DATE = "a date: YYYY, YYYY-MM, YYYY-MM-DD or 2021-10-17T04:35:00+00:00"
    ADDRESS = "an address that begins with https://, http:// or mailto:"
    SITE_ADDRESS = "the site's own address, beginning with https:// or http://"
    LANGUAGE = "a language tag such as en, es or pt-BR"
    MARKDOWN = "Markdown"
    PATH = "a path under seeds/"
    MAIL = "a mail address such as desk@gazette.example"
    SHA256 = "64 hexadecimal digits"
    COLOUR = 'a colour in quotation marks, such as "#1a7f37"'
    SHAPE = "the name of a shape"
    POSITIVE = "a whole number from 1"


Id = Annotated[str, Kind.ID]
Date = Annotated[str, Kind.DATE]
Address = Annotated[str, Kind.ADDRESS]
Language = Annotated[str, Kind.LANGUAGE]
Markdown = Annotated[str, Kind.MARKDOWN]

Stance = Literal["asserts", "contradicts", "partly", "mentions"]
Status = Literal["draft", "published", "retracted"]
Show = Literal["excerpts", "full", "none"]


class Record(Struct, frozen=True):
    """Anything read from a file. `shorthand` names the field that a plain text stands for."""

    shorthand: ClassVar[str] = ""


@lru_cache(maxsize=2)
def _text_of(source: bytes) -> str:
    return source.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=2)
def _lines_of(source: bytes) -> list[str]:
    return _text_of(source).split("\n")


class FileRecord(Record, frozen=True, kw_only=True):
    """A record that has a file of its own, whose bytes are its `source`.

    Where its values were typed is worked out from `source` when it is asked for, which takes longer than to read the
    record: ask for a place to report a problem there, and for `typed` and `wrong` last. Markdown is the exception: in
    a record that has a field `markdown`, `begins` is where that was typed.
    """

    markdown: ClassVar[str] = ""

    id: str
    path: str
    source: bytes = b""

    def place(self, *steps: str | int) -> Place:
        """Where the value at `steps` was typed, such as `("quotes", 0, "text")`; else where the one round it was."""
        return self._places.place(*steps)

    def typed(self, *steps: str | int) -> bool:
        """Whether the value at `steps` was typed at all: one that was wrong is left at its default."""
        return self._places.has(*steps)

    def wrong(self, *steps: str | int) -> bool:
        """Whether the value at `steps` was typed and could not be read, which was reported there."""
        return self._places.wrong(*steps)

    def words(self, value: str, span: tuple[int, int], *steps: str | int) -> tuple[Place, int]:
        """The place and the length of the characters `span` of `value`, which was typed at `steps`.

        Where they can't be told apart in the file: the place of the whole value, and 0.
        """
        from generator.read.within import within  # which, like all places, is for problems alone

        place = self.place(*steps)
        return within(self._text, place, value, span) or (place, 0)

    def in_brackets(self, *steps: str | int) -> bool:
        """Whether the value at `steps` stands in braces or brackets, as far as its line tells."""
        place = self.place(*steps)
        before = self.lines[place.line - 1][: place.column - 1]
        return "{" in before or "[" in before

    @property
    def lines(self) -> list[str]:
        """The file's lines, as they were typed."""
        return _lines_of(self.source)

    @property
    def _text(self) -> str:
        return _text_of(self.source)

    @property
    def _places(self) -> Places:
        from generator.read.thorough import places_of  # which itself makes records

        return places_of(type(self), self.path, self.source)


class Correction(Record, frozen=True):
    """A dated change that readers are told of."""

    date: Date
    kind: Literal["correction", "clarification", "update"]
    text: str


# --- articles ---------------------------------------------------------------------------------------------------------


class NotArticle(Record, frozen=True):
    """Words of the file that are not the article."""

    text: str
    why: str


class PublisherCorrection(Record, frozen=True):
    date: Date
    text: str
    url: Address = ""


class Article(FileRecord, frozen=True, kw_only=True):
    """A text that was read as evidence of what was said."""

    text: Annotated[str, Kind.PATH]
    title: str = ""
    publisher: str = ""
    published: Date = ""
    url: Address = ""
    archived: Address = ""
    author: str = ""
    retrieved: Date = ""
    language: Language = ""
    encoding: str = "utf-8"
    note: str = ""
    story: Annotated[tuple[Id, ...], "one or more"] = ()
    origin: tuple[str, ...] | None = None
    origin_note: str = ""
    not_article: tuple[NotArticle, ...] = ()
    publisher_correction: PublisherCorrection | None = None
    sha256: Annotated[str, Kind.SHA256] = ""
    show: Show | Literal[""] = ""
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Id, ...] = ()


# --- claims -----------------------------------------------------------------------------------------------------------


class Claimant(Record, frozen=True):
    name: str
    url: Address = ""
    role: str = ""
    as_: Literal["maker", "repeater", ""] = msgspec.field(name="as", default="")


class Compare(Record, frozen=True):
    """What is compared, the claim's value and the finding's."""

    what: str
    claim: str
    found: str


class Part(Record, frozen=True):
    """Exact words of the claim that have a verdict of their own."""

    words: str
    verdict: str
    note: str = ""


class Mark(Record, frozen=True):
    """Words of a quote to point out."""

    shorthand: ClassVar[str] = "words"
    words: str
    note: str = ""


class Quote(Record, frozen=True):
    """An article's exact words, and what they do with the claim."""

    article: Id
    text: str
    stance: Stance
    says: str = ""
    mark: tuple[Mark, ...] = ()
    speaker: tuple[str, ...] = ()
    medium: str = ""
    origin: tuple[str, ...] | None = None
    language: Language = ""
    translation: str = ""
    note: str = ""
    before: str = ""
    after: str = ""


class Source(Record, frozen=True):
    """What a verdict rests on. One of url, article and text is there."""

    id: Id
    title: str
    publisher: str = ""
    url: Address = ""
    archived: Address = ""
    published: Date = ""
    accessed: Date = ""
    kind: Literal["primary", "secondary", ""] = ""
    bears: Literal["supports", "undermines", "context", ""] = ""
    origin: str = ""
    interest: str = ""
    language: Language = ""
    quote: str = ""
    translation: str = ""
    article: Id = ""
    text: Annotated[str, Kind.PATH] = ""


class Contact(Record, frozen=True):
    who: str
    date: Date
    reply: str = ""


class Exception_(Record, frozen=True):
    """A standard that can't be met here, and why."""

    rule: str
    why: str


class Claim(FileRecord, frozen=True, kw_only=True):
    """A checkable statement in an exact wording, and its verdict.

    `verdict`, `summary` and `checked` may lack in a draft.
    """

    markdown: ClassVar[str] = "analysis"
    required_when_published: ClassVar[tuple[str, ...]] = ("verdict", "summary", "checked")

    claim: str
    verdict: str = ""
    summary: str = ""
    checked: Date = ""
    title: str = ""
    story: Id = ""
    tags: tuple[str, ...] = ()
    why: str = ""
    by: tuple[Id, ...] = ()
    edited: tuple[Id, ...] = ()
    claimant: tuple[Claimant, ...] | None = None
    made: Date = ""
    compare: Compare | None = None
    parts: tuple[Part, ...] = ()
    quotes: tuple[Quote, ...] = ()
    silent: tuple[Id, ...] = ()
    sources: tuple[Source, ...] = ()
    analysis: Markdown = ""
    contacted: tuple[Contact, ...] | None = None
    exceptions: tuple[Exception_, ...] = ()
    corrections: tuple[Correction, ...] = ()
    related: tuple[Id, ...] = ()
    aliases: tuple[Id, ...] = ()
    status: Status = "published"
    begins: Place = Place(1, 1)

    def place(self, *steps: str | int) -> Place:
        return self.begins if steps == (self.markdown,) else super().place(*steps)

    @property
    def headline(self) -> str:
        return self.title or self.claim

    @property
    def listed(self) -> bool:
        """Whether it stands in lists: a draft does not."""
        return self.status != "draft"


# --- stories and pages ------------------------------------------------------------------------------------------------


class Story(FileRecord, frozen=True, kw_only=True):
    """The event that claims and articles are about."""

    markdown: ClassVar[str] = "introduction"

    title: str
    summary: str
    date: Date = ""
    introduction: Markdown = ""
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Id, ...] = ()
    begins: Place = Place(1, 1)

    def place(self, *steps: str | int) -> Place:
        return self.begins if steps == (self.markdown,) else super().place(*steps)


class TextPage(FileRecord, frozen=True, kw_only=True):
    """A Markdown page: about, methodology, corrections policy. `body_line` is the line at which its Markdown begins."""

    title: str
    corrections: tuple[Correction, ...] = ()
    body: str = ""
    body_line: int = 1


# --- site.toml --------------------------------------------------------------------------------------------------------


class Verdict(Record, frozen=True):
    """One step of the site's scale. `value` is a whole number from 1, higher is truer; None has no number."""

    id: Id
    label: str
    meaning: str = ""
    value: Annotated[int | None, Kind.POSITIVE] = None
    colour: Annotated[str, Kind.COLOUR] = ""
    shape: Annotated[str, Kind.SHAPE] = ""
    retired: bool = False
    corrections: tuple[Correction, ...] = ()


class Code(Record, frozen=True):
    """A code of principles that the organisation has signed. `complaints` is where readers may turn to."""

    name: str
    url: Address = ""
    complaints: Address = ""


class Organisation(Record, frozen=True):
    name: str = ""
    url: Address = ""
    email: Annotated[str, Kind.MAIL] = ""
    legal: str = ""
    funding: str = ""
    address: str = ""
    logo: str = ""
    codes: tuple[Code, ...] = ()


class Person(Record, frozen=True):
    name: str
    role: str = ""
    bio: str = ""
    url: Address = ""


class Publisher(Record, frozen=True):
    url: Address = ""
    interest: str = ""


class ArticleSettings(Record, frozen=True):
    show: Show = "excerpts"


class Switch(Record, frozen=True):
    enabled: bool = False


class History(Record, frozen=True):
    enabled: bool = False
    from_: str = msgspec.field(name="from", default="")


class Feeds(Record, frozen=True):
    length: Annotated[int, Kind.POSITIVE] = 20


class CheckSettings(Record, frozen=True):
    off: tuple[str, ...] = ()


class On(Record, frozen=True):
    """What a site has unless it says otherwise."""

    enabled: bool = True


class Settings(FileRecord, frozen=True, kw_only=True):
    """site.toml."""

    title: str
    url: Annotated[str, Kind.SITE_ADDRESS]
    verdicts: tuple[Verdict, ...]
    format: Annotated[int, Kind.POSITIVE] = 1
    description: str = ""
    language: Language = "en"
    repository: Address = ""
    organisation: Organisation = Organisation()
    people: dict[str, Person] = {}
    publishers: dict[str, Publisher] = {}
    articles: ArticleSettings = ArticleSettings()
    search: Switch = Switch()
    share_images: Switch = Switch()
    history: History = History()
    feeds: Feeds = Feeds()
    data: On = On()
    embeds: On = On()
    check: CheckSettings = CheckSettings()
    exceptions: tuple[Exception_, ...] = ()
