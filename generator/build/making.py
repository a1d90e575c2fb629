"""Making: claims, articles, stories and texts made into pages, and what that changes in others found out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from generator.build.doubts import Irregular
from generator.build.jobs import DataParts, Done, Made
from generator.build.packages import Packages, ready_pages
from generator.build.reach import Reach
from generator.build.rows import ArticleRow, ClaimRow, PageRow, StoryRow, articles_of, shown_of
from generator.build.state import Row, State
from generator.build.workers import Job
from generator.plan.addresses import file_of, share_image_address
from generator.plan.pages import Page

Run = Callable[[str, str, Iterable[Job[Any]], int], Iterator[tuple[Any, Done]]]
"""Does jobs: the stage that they are, their kind, the jobs, and how many things are made in all."""
Stage = Callable[[str, bytes], None]


class Making:
    """Makes what a change reaches. `old` has the rows of the last build for what changed.

    Afterwards `claims` and `articles` have those whose entries in lists changed, and `links` the site's own addresses
    that what was made leads to and did not before.
    """

    def __init__(self, state: State, packages: Packages, run: Run, stage: Stage) -> None:
        self.state = state
        self.packages = packages
        self.run = run
        self.stage = stage
        self.claims: set[str] = set()
        self.articles: set[str] = set()
        self.links: set[str] = set()
        self.data_changed = False
        """Whether any claim is another in the site's data files."""
        self.data_changed = False
        """Whether any claim is another in the site's data files."""
        self.had_pages: dict[str, int] = {}
        """Of each story that was made: how many pages it had."""

    def make(self, reach: Reach, old: Mapping[str, Row | None], first: bool) -> None:
        """Raises Irregular where anything has an error."""
        for unit, made in self._made("Claims", "claims", "c", self.packages.claims(reach.claims), len(reach.claims)):
            row = self.state.claims[unit[2:]]
            before = old.get(unit, row)
            self._keep_data(unit[2:], made.data)
            new = replace(
                row,
                entry=made.entry,
                spans=made.spans,
                links=made.links,
                warnings=made.warnings,
                image=made.image,
            )
            self._keep(unit, row, new)
            self._compare(reach, before, new, first)  # type: ignore[arg-type]
        reach.articles = {id for id in reach.articles if self.state.articles.get(id)}
        jobs = self.packages.articles(reach.articles)
        for unit, made in self._made("Articles", "articles", "a", jobs, len(reach.articles)):
            article = self.state.articles[unit[2:]]
            before = old.get(unit, article)
            if not isinstance(before, ArticleRow) or before.entry != made.entry:
                self.articles.add(unit[2:])
            self._keep(unit, article, replace(article, entry=made.entry, warnings=made.warnings))
        reach.stories = {id for id in reach.stories if self.state.stories.get(id)}
        jobs = self.packages.stories(reach.stories)
        for unit, made in self._made("Stories", "stories", "s", jobs, len(reach.stories)):
            self._keep_text(unit, made)
        for unit, made in self._made("Pages", "texts", "p", self.packages.pages(reach.pages), len(reach.pages)):
            self._keep_text(unit, made)

    def images_gone(self, old: Mapping[str, Row | None]) -> Iterator[str]:
        """The paths of share images that are no more, of claims that are gone or are drafts now."""
        for unit, row in old.items():
            if isinstance(row, ClaimRow) and row.image:
                now = self.state.claims.get(unit[2:])
                if now is None or not now.image:
                    yield file_of(share_image_address(unit[2:]))

    def render(self, pages: Iterable[Page], count: int) -> None:
        """Render pages whose values are ready. Raises Irregular where a template fails."""
        for _, done in self.run("Lists", "pages", ready_pages(pages), count):
            for made in done.made:
                self._stage(made)

    def _made(
        self, stage: str, kind: str, letter: str, jobs: Iterable[Job[Sequence[str]]], count: int
    ) -> Iterator[tuple[str, Made]]:
        if not count:
            return
        for ids, done in self.run(stage, kind, jobs, count):
            for id, made in zip(ids, done.made, strict=True):
                self._stage(made)
                yield f"{letter}:{id}", made

    def _stage(self, made: Made) -> None:
        if made.failed:
            raise Irregular
        for path, data in made.files:
            self.stage(path, data)

    def _compare(self, reach: Reach, before: ClaimRow | None, new: ClaimRow, first: bool) -> None:
        """Find what a claim that was made changes elsewhere."""
        id = new.claim.id
        if before is None or before.entry != new.entry:
            self.claims.add(id)
        self.links.update(new.links)
        if before is not None:
            self.links.difference_update(before.links)
        if not first:
            articles = {*articles_of(new.claim), *(articles_of(before.claim) if before else ())}
            reach.articles.update(
                article for article in articles if before is None or shown_of(before, article) != shown_of(new, article)
            )

    def _keep(self, unit: str, row: Row, new: Row) -> None:
        self.state.tally.warnings += new.warnings - row.warnings
        if new != row:
            self.state.put(unit, new)

    def _keep_data(self, id: str, data: DataParts | None) -> None:
        if data != self.state.data.get(id):
            self.state.data.put(id, data)
            self.data_changed = True

    def _keep_text(self, unit: str, made: Made) -> None:
        row = self.state.get(unit)
        assert isinstance(row, StoryRow | PageRow)
        self.links.update(made.links)
        new = replace(row, links=made.links, warnings=made.warnings)
        if isinstance(new, StoryRow):
            self.had_pages[new.story.id] = new.pages
            # Each of its pages has one beside it for each earlier id, which leads to it.
            new = replace(new, pages=len(made.files) // (1 + len(new.story.aliases)))
        self._keep(unit, row, new)
