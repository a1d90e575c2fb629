"""A change: files that are read anew, what they reach, and all of it made and put into an output's staging."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from generator.build.differences import ENDINGS, KINDS, Differences
from generator.build.doubts import Irregular, StartOver
from generator.build.jobs import ARTICLE, CLAIM, DONE, PAGE, STORY, Common, Done, FileWork, TextPart, TextWork, packed
from generator.build.listings import Lists
from generator.build.making import Making
from generator.build.offers import differ
from generator.build.options import Options
from generator.build.packages import FILES_A_JOB, Packages, chunks
from generator.build.progress import Progress
from generator.build.reach import Before, Reach, reach_of
from generator.build.rows import ArticleRow, ClaimRow, PageRow, StoryRow
from generator.build.state import Row, State
from generator.build.tally import Tally
from generator.build.whole import Whole, is_own_name
from generator.build.work import prepare, work
from generator.build.workers import Job, Workers
from generator.check.history import history_problems
from generator.check.rules import check_pages, check_settings, without_silenced
from generator.link.origins import cycles
from generator.plan.addresses import file_of
from generator.plan.assets import published_assets
from generator.plan.frame import Frame, count_names, spelling
from generator.plan.lists import ListPart
from generator.plan.pages import Page
from generator.plan.site import list_page, media_files, verdict_colours
from generator.plan.values import Site
from generator.problems import FaultError, Problem, errors
from generator.publish.output import Output
from generator.read.content import Layout, read_settings
from generator.read.files import Files
from generator.records import Article, Settings
from generator.words import Lexicon, Words

if TYPE_CHECKING:
    from generator.build.history import Histories

_UNPACK: dict[str, Callable[[bytes], Any]] = {"c": CLAIM, "a": ARTICLE, "s": STORY, "p": PAGE}
T = TypeVar("T")
_MANY = 300
"""Files from which on a pool of processes is worth its start."""


class Change:
    """What is to be done about `differences`.

    `sources` are the templates, `assets` their own files' paths, `contents` what those hold.

    With a `layout` nothing is known of the site before.
    """

    def __init__(
        self,
        root: Path,
        state: State,
        output: Output,
        options: Options,
        workers: Workers,
        progress: Progress,
        sources: dict[str, str],
        assets: dict[str, str],
        contents: dict[str, bytes],
        settings: Settings | None = None,
        histories: Histories | None = None,
    ) -> None:
        self.root = root
        self.store = state.store
        self.output = output
        self.options = options
        self.workers = workers
        self.progress = progress
        self.sources = sources
        self.assets = assets
        self.files = Files(root)
        self.records: dict[str, bytes] = {}
        """Whole records, packed, by unit: those that were read in this build."""
        self.texts: dict[tuple[str, str], TextPart] = {}
        self.common = b""
        self.settings = settings or self._settings()
        self.words = self._words()
        colours = verdict_colours(self.settings)
        if self.store.get("colours", "") != colours:
            self.store.put("colours", "", colours)
        self.published = published_assets(contents, colours, hashed=not options.preview)
        self.state = state
        self.histories = histories or self._histories()
        history = self.histories.of if self.histories else None
        self.packages = Packages(self.state, self._record, self._text, history)
        self.offers_differ = False
        """Whether the site's schemas for text editors would be others now."""

    def _words(self) -> Words:
        """The interface's words: those of the last build, or from the catalogues."""
        kept = self.store.get("lexicon", "")
        if kept is not None:
            return Words(msgspec.msgpack.decode(kept, type=Lexicon))
        from generator.lexicons import lexicon_of  # with a library that takes a while

        lexicon = lexicon_of(self.settings.language)
        self.store.put("lexicon", "", packed(lexicon))
        return Words(lexicon)

    def _settings(self) -> Settings:
        problems: list[Problem] = []
        settings = read_settings(self.files, problems)
        if settings is None or errors([*problems, *check_settings(settings)]):
            raise Irregular
        if not all(is_own_name(path, settings) for path in self.assets):
            raise Irregular
        return settings

    def _histories(self) -> Histories | None:
        if not self.settings.history.enabled:
            return None
        from generator.build.history import Histories

        return Histories(self.root, self.store, self.settings.history.from_)

    def make(self, differences: Differences, layout: Layout | None, ask_git: bool = True) -> None:
        """Stage all that changes. Without `ask_git`, the history is as it was.

        Raises Irregular where anything is wrong, and StartOver where what was kept is of no use; then nothing has
        changed online.
        """
        if self.store.fresh and self.histories is not None:
            with self.histories.beside():  # git takes as long as reading does
                rows = self._read_all(differences.paths)
                moved = self._moved()
        else:
            moved = self._moved() if ask_git else set()
            rows = self._read_all(differences.paths)
        rows.update((unit, None) for unit in differences.gone if self.state.get(unit) is not None)
        old = {unit: self.state.get(unit) for unit in rows}
        self.offers_differ = layout is not None or differ(rows, old)
        reach, before = self._reach(rows, differences.texts)
        if not self.store.fresh:
            self._reach_histories(reach, moved)
        if self.histories is not None:
            self.histories.read_noted()
        frame = self._frame(rows, old)
        if layout:
            self._read_texts([row.article for row in rows.values() if isinstance(row, ArticleRow)])
            self._note(layout)
        lists = Lists(self.state, frame, before)
        whole = Whole(self.state, frame, rows, old, lists, first=layout is not None, drafts=self.options.drafts)
        whole.refuse_taken()
        self.common = self._common(frame, whole.site())
        media = media_files(layout.media) if layout else []
        if layout:
            for file in self.published.values():
                self.output.stage(file.path, file.content)
        for file in whole.needed(media):
            self.output.stage(file.path, (self.root / file.source).read_bytes() if file.source else file.content)
        made = Making(self.state, self.packages, self._run, self.output.stage)
        made.make(reach, old, whole.first)
        whole_pages = list(whole.pages(made.claims))
        parts = lists.parts(made.claims, made.articles)
        made.render(chain(map(self._list_page, parts), whole_pages), len(parts) + len(whole_pages))
        gone = whole.find_addresses(whole_pages, made.links, made.had_pages, self._is_copied)
        whole.refuse_collisions(self.assets, media)
        for file in whole.files({unit[2:] for unit in rows if unit[0] == "c"}, made.data_changed):
            self.output.stage(file.path, file.content)
        images = made.images_gone(old)
        for path in (*map(file_of, gone), *whole.files_gone(), *whole.sitemaps_gone(self.output), *images):
            self.output.drop(path)
        whole.count()
        self.state.keep()

    def warm_up(self) -> None:
        """Make ready what making pages needs, where something was built before."""
        if not self.store.fresh:
            spelt = {address: spelling(found) for address, found in self.state.names.items()}
            prepare(self._common(Frame(self.settings, spelt, self.words), None))

    # --- what changed -------------------------------------------------------------------------------------------------

    def _read_all(self, paths: dict[str, str]) -> dict[str, Row | None]:
        self.progress.begin("Reading", len(paths))
        if len(paths) >= _MANY:
            self.workers.start()
        return dict(self._read(paths))

    def _read(self, paths: dict[str, str]) -> Iterator[tuple[str, Row]]:
        """The rows of files that are not as the last build found them."""
        for units, done in self._run("Reading", "read files", self._file_jobs(paths), len(paths)):
            for (unit, digest), read in zip(units, done.files, strict=True):
                if read.record is None:
                    raise Irregular
                self.records[unit] = read.record
                yield unit, _row(unit, digest, read.slim, self.state.get(unit))

    def _file_jobs(self, paths: dict[str, str]) -> Iterator[Job[list[tuple[str, str]]]]:
        """Jobs that read files, each with its units and their digests."""
        for chunk in chunks(list(paths.items()), FILES_A_JOB):
            units: list[tuple[str, str]] = []
            work: list[FileWork] = []
            for unit, path in chunk:
                data = self._bytes(path)
                digest = hashlib.sha256(data).hexdigest()
                self._note_history(unit, data)
                known = self.state.get(unit)
                if known is None or known.digest != digest:
                    units.append((unit, digest))
                    work.append(FileWork(KINDS[unit[0]], unit[2:], path, data))
            if work:
                yield units, packed(work)

    def _note_history(self, unit: str, data: bytes) -> None:
        if self.histories is not None and unit[0] == "c":
            self.histories.note(unit[2:], data)

    def _bytes(self, path: str) -> bytes:
        try:
            data = self.files.read(os.fsdecode(path.encode()))
        except (OSError, ValueError) as error:
            raise Irregular from error
        if isinstance(data, Problem):
            raise Irregular
        return data

    def _record(self, unit: str) -> bytes:
        """The whole record of a unit, which is asked for once. One that did not change is read again."""
        known = self.records.pop(unit, None)
        if known is not None:
            return known
        row = self.state.get(unit)
        kind = KINDS[unit[0]]
        path = f"content/{kind}/{unit[2:]}{ENDINGS[kind]}"
        data = self._bytes(path)
        if row is None or hashlib.sha256(data).hexdigest() != row.digest:
            raise StartOver  # it changed just now
        self._note_history(unit, data)
        (read,) = self._here("read files", packed([FileWork(kind, unit[2:], path, data)])).files
        if read.record is None:
            raise Irregular
        return read.record

    def _text(self, path: str, encoding: str) -> TextPart:
        if (path, encoding) not in self.texts:
            data = self._bytes(path)
            (read,) = self._here("read texts", packed([TextWork(path, encoding, data)])).texts
            self._keep_text(path, encoding, data, read.text)
        return self.texts[path, encoding]

    def _keep_text(self, path: str, encoding: str, data: bytes, text: bytes | None) -> None:
        if text is None:
            raise Irregular
        self.texts[path, encoding] = TextPart(text, hashlib.sha256(data).hexdigest())

    def _read_texts(self, articles: Iterable[Article]) -> None:
        """Read the articles' texts, all at once."""
        wanted: dict[str, str] = {}
        for article in articles:
            if wanted.setdefault(article.text, article.encoding) != article.encoding:
                raise Irregular
        for texts, done in self._run("Reading texts", "read texts", self._text_jobs(wanted), len(wanted)):
            for text, read in zip(texts, done.texts, strict=True):
                self._keep_text(text.path, text.encoding, text.data, read.text)

    def _text_jobs(self, encodings: dict[str, str]) -> Iterator[Job[list[TextWork]]]:
        """Jobs that read texts, which are given by path with their encodings."""
        for chunk in chunks(sorted(encodings.items()), FILES_A_JOB):
            work = [TextWork(path, encoding, self._bytes(path)) for path, encoding in chunk]
            yield work, packed(work)

    def _reach(self, rows: dict[str, Row | None], texts: frozenset[str]) -> tuple[Reach, Before]:
        """Put the new rows into the state; what they reach, and what was before them."""
        state = self.state
        by_kind: dict[str, dict[str, Any]] = {letter: {} for letter in KINDS}
        for unit, row in rows.items():
            by_kind[unit[0]][unit[2:]] = row
        claims, articles, stories = by_kind["c"], by_kind["a"], by_kind["s"]
        before = Before(state, claims, articles)
        titles = [id for id, row in stories.items() if _title(row) != _title(state.stories.get(id))]
        for unit, row in rows.items():
            if row is None:
                gone = state.get(unit)
                state.tally.warnings -= gone.warnings if gone is not None else 0
            state.put(unit, row)
        self._refuse_circles(articles)
        if self.store.fresh:
            reach = Reach()
            for unit in rows:
                reach.add(unit)
            return reach, before
        reach = reach_of(state, before, claims, articles, stories, titles)
        for path in texts:
            for user in state.users(f"t:{path}"):
                reach.add(user)
                if user[0] == "a":
                    self._refuse_encodings(path)
                    reach.claims.update(state.claims_using(user))
        for unit, row in rows.items():
            if row is None:
                reach.drop(unit)
            elif unit[0] == "p":
                reach.add(unit)
        return reach, before

    def _moved(self) -> set[str] | None:
        """The claims and earlier ids of claims whose history is another than before; None where that may be any."""
        if self.histories is None:
            return set()
        self.progress.begin("Asking git")
        before = self._history_warnings()
        try:
            moved = self.histories.update()
        except FaultError as error:  # site.toml names a commit that is not there
            raise Irregular from error
        self.state.tally.warnings += self._history_warnings() - before
        return moved

    def _history_warnings(self) -> int:
        """How many warnings there are of a history that git cannot tell."""
        lacking = self.histories.lacking if self.histories is not None else None
        return len(without_silenced(list(history_problems(self.settings, lacking)), self.settings))

    def _reach_histories(self, reach: Reach, moved: set[str] | None) -> None:
        for id in self.state.claims.names() if moved is None else moved:
            reach.claims.update(self.state.claims_using(f"h:{id}"))
            if self.state.claims.get(id) is not None:
                reach.claims.add(id)

    def _refuse_circles(self, articles: Iterable[str]) -> None:
        """Raises Irregular where origins go round in a circle."""
        origins = {id: article.origin for id, article in self.state.with_origins(articles).items()}
        if cycles(origins):
            raise Irregular

    def _refuse_encodings(self, path: str) -> None:
        """Raises Irregular where two articles read one text in two encodings."""
        users = [unit[2:] for unit in self.state.users(f"t:{path}", "a:")]
        if len({self.state.article(id).encoding for id in users}) > 1:
            raise Irregular

    # --- what all pages share -----------------------------------------------------------------------------------------

    def _frame(self, rows: dict[str, Row | None], old: dict[str, Row | None]) -> Frame:
        names = self.state.names
        before = {address: spelling(found) for address, found in names.items()}
        for found, by in ((rows, 1), (old, -1)):
            for row in found.values():
                if isinstance(row, ArticleRow):
                    count_names(names, [row.article.publisher], [], by)
                elif isinstance(row, ClaimRow) and row.claim.listed:
                    count_names(names, [], row.claim.tags, by)
        after = {address: spelling(found) for address, found in names.items()}
        if any(after.get(address, name) != name for address, name in before.items()):
            raise StartOver
        return Frame(self.settings, after, self.words)

    def _common(self, frame: Frame, site: Site | None) -> bytes:
        kept = self.store.get("site", "")
        if site is None:
            if kept is None:  # somebody cleaned up during a preview
                raise StartOver
            site = msgspec.msgpack.decode(kept, type=Site)
        else:
            new = packed(site)
            if kept is not None and kept != new:
                raise StartOver
            self.store.put("site", "", new)
        return packed(
            Common(
                settings=self.settings,
                site=site,
                lexicon=self.words.lexicon,
                names=dict(frame.names),
                templates=self.sources,
                compiled=dict(self.store.all("code")),
                drafts=self.options.drafts,
                preview=self.options.preview,
                assets={f"/{path}": f"/{file.path}" for path, file in self.published.items()},
            )
        )

    def _note(self, layout: Layout) -> None:
        """Begin to count what the whole site comes to."""
        problems = [
            *layout.problems,
            *check_settings(self.settings),
            *check_pages(layout.known["pages"], self.settings),
        ]
        warnings = len(without_silenced(list(set(problems)), self.settings)) + self._history_warnings()
        self.state.tally = Tally(warnings=warnings)

    def _is_copied(self, address: str) -> bool:
        """Whether a file stands at `address` that no template makes."""
        return address.startswith(("/assets/", "/media/")) and self.output.has(address[1:])

    def _list_page(self, part: ListPart) -> Page:
        claims = {entry.id: Markup(self.state.claims[entry.id].entry) for entry in part.claims}  # noqa: S704 — as a template made it
        articles = {entry.id: Markup(self.state.articles[entry.id].entry) for entry in part.articles}  # noqa: S704 — as above
        return list_page(part, claims, articles)

    # --- jobs ---------------------------------------------------------------------------------------------------------

    def _run(self, stage: str, kind: str, jobs: Iterable[Job[T]], count: int) -> Iterator[tuple[T, Done]]:
        self.progress.begin(stage, count)
        for about, done in self.workers.run(kind, self.common, jobs):
            self._keep_done(done)
            yield about, done
            self.progress.advance(done.count)

    def _here(self, kind: str, job: bytes) -> Done:
        """A job that is too small for anybody else."""
        done: Done = DONE(work(kind, self.common, job))
        return done

    def _keep_done(self, done: Done) -> None:
        self.progress.rendered(done.times)
        for key, code in done.compiled.items():
            self.store.put("code", key, code)


def _row(unit: str, digest: str, slim: bytes, old: Row | None) -> Row:
    """A new row; what came of the old one stays until it is made anew."""
    record = _UNPACK[unit[0]](slim)
    if isinstance(old, ClaimRow):
        return replace(old, digest=digest, claim=record)
    if isinstance(old, ArticleRow):
        return replace(old, digest=digest, article=record)
    if isinstance(old, StoryRow):
        return replace(old, digest=digest, story=record)
    if isinstance(old, PageRow):
        return replace(old, digest=digest, page=record)
    rows: dict[str, Callable[..., Row]] = {"c": ClaimRow, "a": ArticleRow, "s": StoryRow, "p": PageRow}
    return rows[unit[0]](digest, record)


def _title(row: Row | None) -> str:
    return row.story.title if isinstance(row, StoryRow) else ""
