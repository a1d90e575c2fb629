"""Work: jobs done, in this process or in another. Pure: the same bytes in give the same bytes out."""

from __future__ import annotations

import hashlib
import marshal
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from types import CodeType, MappingProxyType

from jinja2 import TemplateError
from msgspec.structs import replace

from generator.build.jobs import (
    ARTICLE,
    CLAIM,
    PAGE,
    STORY,
    ArticlesWork,
    ClaimsWork,
    Common,
    CompressWork,
    DataParts,
    Done,
    FileRead,
    FileWork,
    Made,
    PagesWork,
    StoryWork,
    TextPart,
    TextRead,
    TextsWork,
    TextWork,
    Unpacker,
    packed,
)
from generator.build.rows import slim_article, slim_claim, slim_page, slim_story
from generator.check.rules import check_article, check_claim, without_silenced
from generator.check.standards import unexplained
from generator.data.claim_data import claim_data
from generator.data.claims_csv import claim_row
from generator.data.claims_json import claim_json
from generator.data.oembed import oembed
from generator.history.values import ClaimHistory
from generator.link.library import Library, Linker, Proved
from generator.link.proof import Anchor
from generator.plan.addresses import file_of
from generator.plan.claim_values import ClaimPage
from generator.plan.files import oembed_address
from generator.plan.frame import Frame
from generator.plan.markdown import InternalLink
from generator.plan.pages import Page
from generator.plan.site import article_item, page_of_text, pages_of_article, pages_of_claim, pages_of_story
from generator.plan.views import Views
from generator.problems import ContentError, Problem, errors
from generator.read.content import TYPES, Content, SourceText, decoded_text, parse_record
from generator.read.texts import Text
from generator.records import Article, Claim, FileRecord, Settings, Story, TextPage
from generator.render.pages import CompiledTemplates, Renderer
from generator.words import Words

_SLIM: dict[str, Callable[..., FileRecord]] = {
    "claims": slim_claim,
    "articles": slim_article,
    "stories": slim_story,
    "pages": slim_page,
}
_FILES, _TEXTS = Unpacker(list[FileWork]), Unpacker(list[TextWork])
_TEXT, _COMMON = Unpacker(Text), Unpacker(Common)


def work(kind: str, common: bytes, job: bytes) -> bytes:
    """Do a job of a kind that `WORK` names; `common` is packed, empty where the kind does not need it."""
    return packed(WORK[kind](common, job))


# --- reading ----------------------------------------------------------------------------------------------------------


def _read_files(common: bytes, job: bytes) -> Done:
    files = [_read_file(file) for file in _FILES(job)]
    return Done(files=files, count=len(files))


def _read_file(file: FileWork) -> FileRead:
    record, problems = parse_record(TYPES[file.kind], file.id, file.path, file.data)
    if record is None or errors(problems):
        return FileRead(None, b"")
    # A record without errors has no use for its source here: places of warnings are asked for by `check` alone.
    return FileRead(packed(replace(record, source=b"")), packed(_SLIM[file.kind](record)))


def _read_texts(common: bytes, job: bytes) -> Done:
    texts = [decoded_text(file.path, file.data, file.encoding) for file in _TEXTS(job)]
    read = [TextRead(packed(text) if isinstance(text, Text) else None) for text in texts]
    return Done(texts=read, count=len(read))


# --- making pages -----------------------------------------------------------------------------------------------------


class _Bench:
    """What a worker needs for all jobs of one build, kept from job to job."""

    def __init__(self, packed_common: bytes) -> None:
        common: Common = _COMMON(packed_common)
        self.settings = common.settings
        self.site = common.site
        self.drafts = common.drafts
        self.preview = common.preview
        self.templates = tuple(common.templates)
        words = Words(common.lexicon)
        self.frame = Frame(common.settings, common.names, words)
        self.times: dict[str, tuple[float, int]] = {}
        self.new: dict[str, bytes] = {}
        """Templates that were compiled here."""
        self._known = common.compiled
        self.renderer = Renderer(
            common.templates, common.site, words, CompiledTemplates(self._load, self._save), common.assets
        )

    def _load(self, key: str) -> CodeType | None:
        code = self._known.get(key)
        return marshal.loads(code) if code is not None else None  # noqa: S302 — from the sealed store alone

    def _save(self, key: str, code: CodeType) -> None:
        self.new[key] = marshal.dumps(code)

    def files(self, pages: Iterable[Page]) -> list[tuple[str, bytes]]:
        """The pages' files with their bytes. Raises ContentError where a template fails."""
        found = []
        for page in pages:
            began = time.perf_counter()
            data = self.renderer.render(page)
            self._timed(page.template, began)
            found.append((file_of(page.address), data))
        return found

    def _timed(self, template: str, began: float) -> None:
        seconds, count = self.times.get(template, (0.0, 0))
        self.times[template] = (seconds + time.perf_counter() - began, count + 1)

    def image(self, page: ClaimPage, known: str) -> tuple[str, list[tuple[str, bytes]]]:
        """A digest of what a claim's share image is drawn from, and its file, if that is not as `known`."""
        from generator.plan.share_images import share_image

        image = share_image(self.frame, page, self.site.direction)
        digest = hashlib.sha256(packed(image)).hexdigest()
        if digest == known:
            return digest, []
        from generator.images.share import png

        began = time.perf_counter()
        data = png(image)
        self._timed("share image", began)
        return digest, [(file_of(page.share_image), data)]

    def views(self, library: Library, histories: Mapping[str, ClaimHistory] = MappingProxyType({})) -> Views:
        return Views(library, self.frame, self.drafts, histories)

    def made(self, views: Views, pages: Callable[[], Iterable[Page]], problems: list[Problem]) -> Made:
        """The files of one claim, article, story or text, if it has no errors."""
        views.links, views.problems = [], []
        try:
            files = self.files(pages())
        except ContentError:
            return Made([], failed=True)
        problems = without_silenced([*problems, *views.problems], self.settings)
        return Made(files, links=_addresses(views.links), warnings=len(problems), failed=bool(errors(problems)))

    def done(self, made: list[Made], count: int = 0) -> Done:
        times, self.times = self.times, {}
        new, self.new = self.new, {}
        return Done(made=made, count=count or len(made), times=times, compiled=new)


def prepare(common: bytes) -> None:
    """Make ready what jobs with this `common` need."""
    bench = _bench(common)
    for name in bench.templates:
        with suppress(TemplateError):  # which the page that needs it reports
            bench.renderer.environment.get_template(name)


@lru_cache(maxsize=1)
def _bench(common: bytes) -> _Bench:
    return _Bench(common)


def _addresses(links: Iterable[InternalLink]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.address for link in links))


class _Texts(dict[str, SourceText]):
    """Texts by path, unpacked."""

    def __init__(self, parts: dict[str, TextPart]) -> None:
        super().__init__({path: SourceText(_TEXT(part.text), part.sha256) for path, part in parts.items()})


def _by_id(records: Iterable[FileRecord]) -> dict[str, FileRecord]:
    return {record.id: record for record in sorted(records, key=lambda record: record.id)}


def _content(
    settings: Settings,
    articles: Iterable[Article] = (),
    claims: Iterable[Claim] = (),
    stories: Iterable[Story] = (),
    texts: dict[str, SourceText] | None = None,
) -> Content:
    """A piece of a site's content: all that the claims or articles in hand refer to, and nothing else."""
    found = {"articles": _by_id(articles), "claims": _by_id(claims), "stories": _by_id(stories)}
    return Content(
        settings=settings,
        articles=found["articles"],  # type: ignore[arg-type]
        claims=found["claims"],  # type: ignore[arg-type]
        stories=found["stories"],  # type: ignore[arg-type]
        pages={},
        texts=texts or {},
        media=frozenset(),
        known={**{folder: frozenset(records) for folder, records in found.items()}, "pages": frozenset()},
        problems=(),
    )


_CLAIMS = Unpacker(ClaimsWork)


def _make_claims(common: bytes, job: bytes) -> Done:
    bench = _bench(common)
    pieces: ClaimsWork = _CLAIMS(job)
    own: list[Claim] = [CLAIM(packed_claim) for packed_claim in pieces.claims]
    names = {claim.id for claim in own}
    others = [claim for claim in pieces.related if claim.id not in names]
    texts = _Texts(pieces.texts)
    linker = Linker(_content(bench.settings, pieces.articles, [*own, *others], pieces.stories, texts))
    for article in linker.content.articles.values():
        if article.text in texts:
            linker.article(article)  # what is wrong with it is its own page's problem
    found: dict[str, list[Problem]] = {}
    for claim in own:
        linker.problems = found[claim.id] = []
        linker.claim(claim, bench.settings)
    library = replace(
        linker.library(bench.settings),
        articles_of_story={story: tuple(ids) for story, ids in pieces.members.items()},
    )
    views = bench.views(library, pieces.histories)
    return bench.done(
        [_make_claim(bench, views, claim, found[claim.id], pieces.images.get(claim.id, "")) for claim in own]
    )


def _make_claim(bench: _Bench, views: Views, claim: Claim, problems: list[Problem], known_image: str) -> Made:
    """A claim's files, with its share image where that is not to be as `known_image` says that it is."""
    if errors(problems):
        return Made([], failed=True)
    problems = [*problems, *check_claim(views.library, claim, located=False)]
    pages: list[Page] = []

    def plan() -> list[Page]:
        pages.extend(pages_of_claim(views, claim))
        return pages

    made = bench.made(views, plan, problems)
    if made.failed:
        return made
    page = pages[0].value
    assert isinstance(page, ClaimPage)
    described = oembed(views.frame, page)
    files = [*made.files, (file_of(oembed_address(claim.id)), described)] if described else made.files
    image = ""
    if views.has_image(claim) and not bench.preview:  # which draws one when it is asked for
        image, drawn = bench.image(page, known_image)
        files = [*drawn, *files]  # what a page needs comes first
    proved = [quote for quote in views.library.quotes[claim.id] if quote is not None]
    return replace(
        made,
        files=files if views.has_page(claim) else [],
        data=_data_parts(views, claim, page) if views.library.settings.data.enabled else None,
        entry=str(bench.renderer.claim_entry(views.item(claim))) if claim.listed else "",
        spans=tuple(quote.anchor.spans for quote in proved),
        image=image,
    )


def _data_parts(views: Views, claim: Claim, page: ClaimPage) -> DataParts | None:
    """The claim in the site's data files; None for a draft."""
    data = claim_data(views.library, claim, page)
    return DataParts(claim_json(data), claim_row(data), str(page.review)) if data else None


_ARTICLES = Unpacker(ArticlesWork)


def _make_articles(common: bytes, job: bytes) -> Done:
    bench = _bench(common)
    pieces: ArticlesWork = _ARTICLES(job)
    own = [(ARTICLE(piece.article), piece) for piece in pieces.articles]
    names = {article.id for article, _ in own}
    others = [article for article in pieces.origins if article.id not in names]
    texts = _Texts(pieces.texts)
    content = _content(
        bench.settings, [*(article for article, _ in own), *others], pieces.claims, pieces.stories, texts
    )
    linker = Linker(content)
    found: dict[str, list[Problem]] = {}
    for article, _ in own:
        linker.problems = found[article.id] = []
        linker.article(article)
    library = replace(
        linker.library(bench.settings),
        quotes={claim: tuple(Proved(Anchor(quote)) for quote in quotes) for claim, quotes in pieces.spans.items()},
        quoting={article.id: tuple(piece.quoting) for article, piece in own},
    )
    views = bench.views(library)
    made = []
    for article, piece in own:
        problems = [
            *found[article.id],
            *check_article(article, not piece.used, library.sha256.get(article.id, ""), library.settings),
        ]
        if errors(problems) or article.id not in library.texts:
            made.append(Made([], failed=True))
            continue
        one = bench.made(views, partial(pages_of_article, views, article), problems)
        made.append(replace(one, entry=str(bench.renderer.article_entry(article_item(views, article.id)))))
    return bench.done(made)


_STORIES = Unpacker(list[StoryWork])


def _make_stories(common: bytes, job: bytes) -> Done:
    bench = _bench(common)
    made = []
    for piece in _STORIES(job):
        story = STORY(piece.story)
        content = _content(bench.settings, piece.articles, piece.claims, [story])
        linker = Linker(content)
        linker.story(story)
        problems = [*linker.problems, *unexplained(story, bench.settings)]
        library = replace(
            linker.library(bench.settings),
            articles_of_story={story.id: tuple(piece.members)},
            claims_of_story={story.id: tuple(claim.id for claim in piece.claims)},
        )
        views = bench.views(library)
        made.append(bench.made(views, partial(pages_of_story, views, story), problems))
    return bench.done(made)


_PAGE_TEXTS = Unpacker(TextsWork)


def _make_texts(common: bytes, job: bytes) -> Done:
    bench = _bench(common)
    pages: list[TextPage] = [PAGE(packed_page) for packed_page in _PAGE_TEXTS(job).pages]
    views = bench.views(Linker(_content(bench.settings)).library(bench.settings))
    made = []
    for page in pages:
        problems = unexplained(page, bench.settings)
        made.append(bench.made(views, lambda page=page: [page_of_text(views, page)], problems))  # type: ignore[misc]
    return bench.done(made)


_PAGES = Unpacker(PagesWork)


def _make_pages(common: bytes, job: bytes) -> Done:
    bench = _bench(common)
    try:
        pages = _PAGES(job).pages
        return bench.done([Made(bench.files(pages))], len(pages))
    except ContentError:
        return bench.done([Made([], failed=True)])


_COMPRESS = Unpacker(list[CompressWork])


def _compress(common: bytes, job: bytes) -> Done:
    from generator.build.compress import compressed

    return Done(made=[Made(list(compressed(file.path, file.data))) for file in _COMPRESS(job)])


WORK: dict[str, Callable[[bytes, bytes], Done]] = {
    "read files": _read_files,
    "read texts": _read_texts,
    "claims": _make_claims,
    "articles": _make_articles,
    "stories": _make_stories,
    "texts": _make_texts,
    "pages": _make_pages,
    "compress": _compress,
}
