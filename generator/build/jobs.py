"""Jobs: the work that can be done anywhere. A job goes out as bytes and comes back as bytes; it touches no disk.

Each holds all that it is made from, and nothing of the site besides: texts of the articles that its claims quote, heads
of those that they name.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec
from markupsafe import Markup
from msgspec import Struct

from generator.build.rows import Spans
from generator.history.values import ClaimHistory
from generator.plan.pages import Page
from generator.plan.values import Site
from generator.records import Article, Claim, Settings, Story, TextPage
from generator.words import Lexicon


class Common(Struct, frozen=True):
    """What all jobs of one build share. `templates` has their texts by their paths."""

    settings: Settings
    site: Site
    lexicon: Lexicon
    names: dict[str, str]
    templates: dict[str, str]
    compiled: dict[str, bytes]
    """Templates' code as Python marshals it, from an earlier build here."""
    drafts: bool
    preview: bool = False
    assets: dict[str, str] = {}
    """By the address that templates ask for: where the asset is."""


# --- reading ----------------------------------------------------------------------------------------------------------


class FileWork(Struct, frozen=True):
    """A file of content/: its kind ("claims", "articles", "stories", "pages"), and its bytes."""

    kind: str
    id: str
    path: str
    data: bytes


class FileRead(Struct, frozen=True):
    """`record` is the whole record, `slim` what others need of it; both are packed. None where there are errors."""

    record: bytes | None
    slim: bytes


class TextWork(Struct, frozen=True):
    path: str
    encoding: str
    data: bytes


class TextRead(Struct, frozen=True):
    """`text` is packed; None where it cannot be read."""

    text: bytes | None


# --- making pages -----------------------------------------------------------------------------------------------------


class TextPart(Struct, frozen=True):
    """A text under seeds/ with the SHA-256 of its bytes."""

    text: bytes
    sha256: str


class ClaimsWork(Struct, frozen=True):
    """Claims to be proved and made into pages. `claims` are packed and whole."""

    claims: list[bytes]
    articles: list[Article]
    texts: dict[str, TextPart]
    """By path: of the articles that are quoted, and those that sources rest on."""
    stories: list[Story]
    members: dict[str, list[str]]
    """By story: all its articles."""
    related: list[Claim]
    images: dict[str, str] = {}
    """By claim: a digest of what its share image in the output was drawn from."""
    histories: dict[str, ClaimHistory] = {}
    """By claim; none where git is not asked."""


class ArticleWork(Struct, frozen=True):
    """`article` is packed and whole. `quoting` has the claims that quote it with their quotes' numbers."""

    article: bytes
    quoting: list[tuple[str, int]]
    used: bool
    """Whether any claim quotes it or lists it as silent."""


class ArticlesWork(Struct, frozen=True):
    articles: list[ArticleWork]
    texts: dict[str, TextPart]
    claims: list[Claim]
    spans: dict[str, tuple[Spans, ...]]
    """By claim."""
    stories: list[Story]
    origins: list[Article]


class StoryWork(Struct, frozen=True):
    """`story` is packed and whole."""

    story: bytes
    articles: list[Article]
    """Its own, and those that they name as their origins."""
    members: list[str]
    claims: list[Claim]


class TextsWork(Struct, frozen=True):
    """Pages of content/pages/, packed and whole."""

    pages: list[bytes]


class PagesWork(Struct, frozen=True):
    """Pages whose values are ready."""

    pages: list[Page]


class DataParts(Struct, frozen=True):
    """A claim in claims.json, in claims.csv and in claimreview.json; empty where it is not in it."""

    json: str = ""
    csv: str = ""
    review: str = ""


class CompressWork(Struct, frozen=True):
    """A file of the output that compressed ones are to stand beside."""

    path: str
    data: bytes


class Made(Struct, frozen=True):
    """What came of one claim, article, story or page: its files, and what is kept of it."""

    files: list[tuple[str, bytes]]
    entry: str = ""
    data: DataParts | None = None
    spans: tuple[Spans, ...] = ()
    links: tuple[str, ...] = ()
    warnings: int = 0
    image: str = ""
    """A digest of what a claim's share image is drawn from; empty where there is none."""
    failed: bool = False
    """Whether it has errors, which then are looked for in the whole site."""


class Done(Struct, frozen=True):
    """What came of a job. `times` has the seconds that each template took, and how often it was used."""

    made: list[Made] = []
    files: list[FileRead] = []
    texts: list[TextRead] = []
    count: int = 0
    """How many things were read or made."""
    times: dict[str, tuple[float, int]] = {}
    compiled: dict[str, bytes] = {}


def _plain(value: Any) -> Any:
    if isinstance(value, Markup):
        return str(value)
    raise NotImplementedError(type(value))


def _markup(type_: Any, value: Any) -> Any:
    return Markup(value) if type_ is Markup else value  # noqa: S704 — packed as Markup


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)


def packed(value: Any) -> bytes:
    """A job, or what came of it, as bytes."""
    return _ENCODER.encode(value)


class Unpacker:
    """Reads packed values of one type."""

    def __init__(self, type_: Any) -> None:
        self._type = type_

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[Any]:
        return msgspec.msgpack.Decoder(self._type, dec_hook=_markup)

    def __call__(self, data: bytes) -> Any:
        return self._decoder.decode(data)


CLAIM, ARTICLE, STORY, PAGE = Unpacker(Claim), Unpacker(Article), Unpacker(Story), Unpacker(TextPage)
DONE = Unpacker(Done)
