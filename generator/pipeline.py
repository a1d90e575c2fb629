"""The way through: read, link, check, plan, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from jinja2 import TemplateNotFound
from msgspec import Struct
from msgspec.structs import replace

from generator.build.builder import Builder, Options
from generator.build.doubts import Irregular, StartOver
from generator.build.progress import Progress
from generator.build.workers import Workers
from generator.check.rules import check, without_silenced
from generator.link.library import Library, link
from generator.link.sound import sound
from generator.plan.site import Plan, article_item, frame_of, plan
from generator.plan.views import Views
from generator.problems import ContentError, FaultError, Problem, errors
from generator.publish.lock import locked
from generator.publish.output import Published, opened
from generator.read.content import Content, read_content, require_site
from generator.read.templates import assets, template_sources
from generator.render.pages import Renderer

WORKSPACE = ".parallax"
PATIENCE = 10.0
"""How many seconds a build waits for another of the same site to end."""


class Prepared(Struct, frozen=True):
    """A site up to its plan, which has no page for what is broken. `problems` are sorted."""

    content: Content
    library: Library
    plan: Plan
    problems: tuple[Problem, ...]


class Built(Struct, frozen=True):
    """What a build did. `warnings` is how many there are."""

    claims: int
    articles: int
    quotes: int
    pages: int
    published: Published
    warnings: int


def prepare(root: Path, drafts: bool = False) -> Prepared:
    """Everything short of rendering: the plan of the site in `root`, and every problem of its content."""
    content = read_content(root)
    library, found = link(content)
    problems = [*content.problems, *found, *check(library)]
    whole = sound(library) if errors(problems) else library
    planned, found = plan(whole, drafts, {path: asset.source for path, asset in assets(root).items()})
    problems += found
    return Prepared(content, whole, planned, tuple(_once(without_silenced(problems, content.settings))))


def examine(root: Path) -> tuple[Problem, ...]:
    """Every problem of the site in `root`, its templates' included, in the order of files and lines."""
    prepared = prepare(root)
    return tuple(sorted([*prepared.problems, *_of_templates(root, prepared)]))


def build(
    root: Path,
    output: Path,
    options: Options = Options(),  # noqa: B008 — frozen
    adopt: bool = False,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the site in `root` into `output`.

    Raises ContentError with every problem where the content or its templates have errors, and FaultError for a fault
    outside them; the output is untouched by both.
    """
    require_site(root)
    if not options.preview:
        _refuse_output(root, output)
    workspace = root / WORKSPACE
    own = Workers(1) if workers is None else workers
    with locked(workspace, PATIENCE):
        for again in (options, replace(options, clean=True)):
            with opened(output, workspace, adopt) as out:
                try:
                    builder = Builder(root, out, workspace, again, own, progress or Progress())
                    published = builder.build()
                except StartOver:
                    continue
                except Irregular:
                    _raise_problems(root, again)
                    continue
                tally = builder.state.tally
                return Built(tally.claims, tally.articles, tally.quotes, tally.pages, published, tally.warnings)
    raise FaultError("files changed while the site was built from them: build again")


def _raise_problems(root: Path, options: Options) -> None:
    """Raises ContentError with every problem of the site, if it has errors."""
    prepared = prepare(root, options.drafts)
    found = _of_templates(root, prepared)
    if errors([*prepared.problems, *found]):
        raise ContentError([*prepared.problems, *found])


def _of_templates(root: Path, prepared: Prepared) -> list[Problem]:
    """The templates' problems, one a cause.

    Where a field or a reference is wrong, pages have gaps that templates need not be ready for: then none are rendered.
    """
    sources, unreadable = template_sources(root)
    failed: dict[tuple[str, int], Problem] = {}
    gaps = prepared.content.settings is None or any(problem.code[0] in "RL" for problem in errors(prepared.problems))
    for make in () if gaps else _fragments_and_pages(Renderer(sources, prepared.plan.site), prepared):
        try:
            make()
        except ContentError as error:
            if not (unreadable and isinstance(error.__cause__, TemplateNotFound)):
                for problem in error.problems:  # a template that fails on many pages is one cause
                    failed.setdefault((problem.path, problem.line), problem)
    return [*unreadable, *failed.values()]


def _fragments_and_pages(renderer: Renderer, prepared: Prepared) -> Iterator[Callable[[], object]]:
    """Everything that templates make of a site."""
    views = Views(prepared.library, frame_of(prepared.library))
    for claim in prepared.library.claims.values():
        yield partial(renderer.claim_entry, views.item(claim))
    for id in prepared.library.articles:
        yield partial(renderer.article_entry, article_item(views, id))
    for page in prepared.plan.pages:
        yield partial(renderer.render, page)


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
