"""The way through: read, link, check, plan, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.check.rules import check, without_silenced
from generator.link.library import link
from generator.link.sound import sound
from generator.plan.addresses import file_of
from generator.plan.article_values import ArticlePage, StoryPage
from generator.plan.claim_values import ClaimPage
from generator.plan.list_values import TextPageView
from generator.plan.pages import Page
from generator.plan.site import Plan, plan
from generator.problems import ContentError, FaultError, Problem, errors
from generator.publish.lock import locked
from generator.publish.output import Published, opened
from generator.read.content import Content, read_content, require_site
from generator.read.templates import assets, template_folders, unreadable_templates
from generator.render.pages import Renderer

WORKSPACE = ".parallax"
PATIENCE = 10.0
"""How many seconds a build waits for another of the same site to end."""
Say = Callable[[str], None]
"""Is told the stage that begins."""
_NEEDED = ("assets/", "media/")
"""Where files stand that pages need: they go online first."""


def _say_nothing(stage: str) -> None:
    """For callers that have nobody to tell."""


class Prepared(Struct, frozen=True):
    """A site up to its plan, which has no page for what is broken. `problems` are sorted."""

    content: Content
    plan: Plan
    problems: tuple[Problem, ...]


class Built(Struct, frozen=True):
    """What a build did."""

    claims: int
    articles: int
    quotes: int
    pages: int
    published: Published
    warnings: tuple[Problem, ...]


def prepare(root: Path, drafts: bool = False, say: Say = _say_nothing) -> Prepared:
    """Everything short of rendering: the plan of the site in `root`, and every problem of its content."""
    say("Reading")
    content = read_content(root)
    say("Proving the quotes")
    library, found = link(content)
    say("Checking")
    problems = [*content.problems, *found, *check(library)]
    whole = sound(library) if errors(problems) else library
    planned, found = plan(whole, drafts, {path: asset.source for path, asset in assets(root).items()})
    problems += found
    return Prepared(content, planned, tuple(_once(without_silenced(problems, content.settings))))


def examine(root: Path) -> tuple[Problem, ...]:
    """Every problem of the site in `root`, its templates' included, in the order of files and lines."""
    prepared = prepare(root)
    return tuple(sorted([*prepared.problems, *_of_templates(root, prepared)]))


def build(
    root: Path, output: Path, drafts: bool = False, adopt: bool = False, preview: str = "", say: Say = _say_nothing
) -> Built:
    """Build the site in `root` into `output`.

    `preview` is the address of a script for pages to load, in a preview alone.
    Raises ContentError with every problem where the content or its templates have errors, and FaultError for a fault
    outside them; the output is untouched by both.
    """
    require_site(root)
    if not preview:
        _refuse_output(root, output)
    workspace = root / WORKSPACE
    with locked(workspace, PATIENCE):
        prepared = prepare(root, drafts, say)
        say("Rendering")
        if errors(prepared.problems):
            raise ContentError([*prepared.problems, *_of_templates(root, prepared)])
        rendering = _Rendering(root, prepared.plan, preview)
        with opened(output, workspace, adopt) as out:
            for path, data in _files(root, prepared.plan, rendering):
                out.stage(path, data)
            if rendering.problems:
                raise ContentError([*prepared.problems, *rendering.problems])
            say("Publishing")
            published = out.commit()
    content = prepared.content
    return Built(
        claims=len(content.claims),
        articles=len(content.articles),
        quotes=sum(len(claim.quotes) for claim in content.claims.values()),
        pages=len(prepared.plan.pages),
        published=published,
        warnings=tuple(problem for problem in prepared.problems if problem.severity == "warning"),
    )


class _Rendering:
    """Pages' bytes, and the templates' problems: all of them, one a cause."""

    def __init__(self, root: Path, planned: Plan, preview: str = "") -> None:
        self._renderer = Renderer(template_folders(root), replace(planned.site, preview=preview))
        self._unreadable = unreadable_templates(root)
        self._failed: dict[tuple[str, int], Problem] = {}

    def render(self, page: Page) -> bytes:
        """The page's bytes; none where its template fails."""
        try:
            return self._renderer.render(page)
        except ContentError as error:
            if not (self._unreadable and isinstance(error.__cause__, UnicodeDecodeError | PermissionError)):
                for problem in error.problems:  # a template that fails on many pages is one cause
                    self._failed.setdefault((problem.path, problem.line), problem)
            return b""

    @property
    def problems(self) -> list[Problem]:
        return [*self._unreadable, *self._failed.values()]


def _of_templates(root: Path, prepared: Prepared) -> list[Problem]:
    """The templates' problems.

    Where a field or a reference is wrong, pages have gaps that templates need not be ready for: then none are rendered.
    """
    rendering = _Rendering(root, prepared.plan)
    gaps = prepared.content.settings is None or any(problem.code[0] in "RL" for problem in errors(prepared.problems))
    for page in () if gaps else prepared.plan.pages:
        rendering.render(page)
    return rendering.problems


def _files(root: Path, planned: Plan, rendering: _Rendering) -> Iterator[tuple[str, bytes]]:
    """Every file of the site in the order in which it goes online: what pages need, pages, lists, the rest."""
    for path, asset in assets(root).items():
        yield path, asset.file.read_bytes()
    pages = sorted(
        planned.pages, key=lambda page: not isinstance(page.value, ClaimPage | ArticlePage | StoryPage | TextPageView)
    )
    for file in planned.files:
        if file.path.startswith(_NEEDED):
            yield file.path, (root / file.source).read_bytes() if file.source else file.content
    for page in pages:
        yield file_of(page.address), rendering.render(page)
    for file in planned.files:
        if not file.path.startswith(_NEEDED):
            yield file.path, file.content


def _once(problems: list[Problem]) -> list[Problem]:
    """Sorted, without doubles, and without what broken YAML leads to in the same line."""
    cut = {(problem.path, problem.line) for problem in problems if problem.code[0] == "Y"}
    return sorted(
        {problem for problem in problems if problem.code[0] == "Y" or (problem.path, problem.line) not in cut}
    )


def _refuse_output(root: Path, output: Path) -> None:
    try:
        site, target = root.resolve(), output.resolve()
    except (OSError, RuntimeError) as error:  # a name that is too long, links that go round in a circle
        raise FaultError(f"{output} cannot be a folder: {getattr(error, 'strerror', error)}") from error
    if site.is_relative_to(target):
        raise FaultError(f"{output} holds the site itself: name another folder with --output")
    for name in ("content", "seeds", "templates", "generator", "tests", WORKSPACE, ".git", ".venv"):
        if target.is_relative_to(site / name):
            raise FaultError(f"{output} is part of the site's own {name}/: name another folder with --output")
