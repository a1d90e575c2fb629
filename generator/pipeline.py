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
from generator.plan.site import Plan, plan
from generator.plan.values import ArticlePage, ClaimPage, StoryPage, TextPageView
from generator.problems import ContentError, FaultError, Problem, errors
from generator.publish.lock import locked
from generator.publish.output import Published, opened
from generator.read.content import Content, read_content, require_site
from generator.render.pages import DEFAULT_TEMPLATES, Renderer

WORKSPACE = ".parallax"
PATIENCE = 10.0
"""How many seconds a build waits for another of the same site to end."""
Say = Callable[[str], None]
"""Is told the stage that begins."""


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
    planned, found = plan(whole, drafts, frozenset(assets(root)))
    problems += found
    return Prepared(content, planned, tuple(_once(without_silenced(problems, content.settings))))


def examine(root: Path) -> tuple[Problem, ...]:
    """Every problem of the site in `root`, its templates' included, in the order of files and lines."""
    prepared = prepare(root)
    problems = list(prepared.problems)
    if not errors(problems):
        renderer = _renderer(root, prepared.plan)
        failed: dict[tuple[str, int], Problem] = {}
        for page in prepared.plan.pages:
            try:
                renderer.render(page)
            except ContentError as error:
                for problem in error.problems:  # a template that fails on many pages is one cause
                    failed.setdefault((problem.path, problem.line), problem)
        problems += failed.values()
    return tuple(sorted(problems))


def build(
    root: Path, output: Path, drafts: bool = False, adopt: bool = False, preview: str = "", say: Say = _say_nothing
) -> Built:
    """Build the site in `root` into `output`.

    `preview` is the address of a script for pages to load, in a preview alone.
    Raises ContentError with every problem where the content has errors, and FaultError for a fault outside it; the
    output is
    untouched by both.
    """
    require_site(root)
    if not preview:
        _refuse_output(root, output)
    workspace = root / WORKSPACE
    with locked(workspace, PATIENCE):
        prepared = prepare(root, drafts, say)
        if errors(prepared.problems):
            raise ContentError(prepared.problems)
        say("Rendering")
        renderer = _renderer(root, prepared.plan, preview)
        with opened(output, workspace, adopt) as out:
            for path, data in _files(root, prepared.plan, renderer):
                out.stage(path, data)
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


def _files(root: Path, planned: Plan, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """Every file of the site in the order in which it goes online: what pages need, pages, lists, the rest."""
    for path, source in assets(root).items():
        yield path, source.read_bytes()
    pages = sorted(
        planned.pages, key=lambda page: not isinstance(page.value, ClaimPage | ArticlePage | StoryPage | TextPageView)
    )
    later = [file for file in planned.files if not file.path.startswith(("assets/", "media/"))]
    for file in planned.files:
        if file not in later:
            yield file.path, (root / file.source).read_bytes() if file.source else file.content
    for page in pages:
        yield file_of(page.address), renderer.render(page)
    for file in later:
        yield file.path, file.content


def assets(root: Path) -> dict[str, Path]:
    """The files under templates/assets/ by their path in the output: the site's own before those of Parallax."""
    found: dict[str, Path] = {}
    for folder in (DEFAULT_TEMPLATES / "assets", root / "templates" / "assets"):
        for path in folder.rglob("*") if folder.is_dir() else ():
            relative = path.relative_to(folder)
            if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in relative.parts):
                found[f"assets/{relative.as_posix()}"] = path
    return dict(sorted(found.items()))


def _renderer(root: Path, planned: Plan, preview: str = "") -> Renderer:
    return Renderer((root / "templates", DEFAULT_TEMPLATES), replace(planned.site, preview=preview))


def _once(problems: list[Problem]) -> list[Problem]:
    """Sorted, without doubles, and without what a value that YAML cut or split leads to in the same line."""
    cut = {(problem.path, problem.line) for problem in problems if problem.code in ("Y006", "Y007")}
    return sorted(
        {problem for problem in problems if problem.code[0] == "Y" or (problem.path, problem.line) not in cut}
    )


def _refuse_output(root: Path, output: Path) -> None:
    site, target = root.resolve(), output.resolve()
    if site.is_relative_to(target):
        raise FaultError(f"{output} holds the site itself: name another folder with --output")
    for name in ("content", "seeds", "templates", "generator", "tests", WORKSPACE, ".git", ".venv"):
        if target.is_relative_to(site / name):
            raise FaultError(f"{output} is part of the site's own {name}/: name another folder with --output")
