"""The whole site looked at in one piece: every problem of its content and its templates, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from jinja2 import TemplateNotFound
from msgspec import Struct

from generator.check.history import START_HELP, history_problems
from generator.check.rules import check, without_silenced
from generator.check.standards import held
from generator.lexicons import lexicon_of
from generator.link.library import Library, link
from generator.link.sound import sound
from generator.plan.assets import STYLE
from generator.plan.frame import Frame
from generator.plan.site import Plan, article_item, frame_of, plan
from generator.plan.views import Views
from generator.problems import ContentError, FaultError, Problem, errors
from generator.read.content import Content, read_content
from generator.read.templates import assets, template_sources
from generator.records import Settings
from generator.render.pages import Renderer
from generator.words import Words


class Prepared(Struct, frozen=True):
    """A site up to its plan, which has no page for what is broken. `problems` are sorted."""

    content: Content
    library: Library
    frame: Frame
    plan: Plan
    problems: tuple[Problem, ...]


def prepare(root: Path, drafts: bool = False, standards: bool = False) -> Prepared:
    """Everything short of rendering: the plan of the site in `root`, and every problem of its content.

    With `standards` what they ask for is an error, and so cannot be turned off.
    """
    return prepare_content(root, read_content(root), drafts, standards)


def prepare_content(root: Path, content: Content, drafts: bool = False, standards: bool = False) -> Prepared:
    """The same of `content` in place of what the site's files hold."""
    library, found = link(content)
    problems = [*content.problems, *found, *check(library)]
    whole = sound(library) if errors(problems) else library
    frame = frame_of(whole, Words(lexicon_of(whole.settings.language)))
    planned, found = plan(whole, frame, drafts, {path: asset.source for path, asset in assets(root).items()})
    problems += found
    told = without_silenced(held(problems) if standards else problems, content.settings)
    return Prepared(content, whole, frame, planned, tuple(once(told)))


def examine(root: Path, drafts: bool = False, standards: bool = False, histories: bool = True) -> tuple[Problem, ...]:
    """Every problem of the site in `root`, its templates' included, in the order of files and lines.

    Without `histories`, git is asked only for what would be an error.
    """
    return all_problems(root, prepare(root, drafts, standards), histories)


def all_problems(root: Path, prepared: Prepared, histories: bool = True) -> tuple[Problem, ...]:
    """The problems of a site that was prepared, its templates' included, in the order of files and lines."""
    of_history = without_silenced(_of_history(root, prepared.content.settings, histories), prepared.content.settings)
    return tuple(sorted([*prepared.problems, *_of_templates(root, prepared), *of_history]))


def _of_history(root: Path, settings: Settings | None, whole: bool) -> list[Problem]:
    """What git cannot tell of the claims' histories, if site.toml asks for them."""
    if settings is None or not settings.history.enabled:
        return []
    from generator.build.history import Histories
    from generator.build.store import Store

    histories = Histories(root, Store(root, "none", "", fresh=True), settings.history.from_)  # which is never saved
    try:
        histories.update() if whole else histories.moved()
    except FaultError as error:
        return [Problem(settings.path, *settings.place("history", "from"), "L001", str(error), START_HELP)]
    return list(history_problems(settings, histories.lacking))


def _of_templates(root: Path, prepared: Prepared) -> list[Problem]:
    """The templates' problems, one a cause.

    Where a field or a reference is wrong, pages have gaps that templates need not be ready for: then none are rendered.
    """
    sources, unreadable = template_sources(root)
    failed: dict[tuple[str, int], Problem] = {}
    gaps = prepared.content.settings is None or any(problem.code[0] in "RL" for problem in errors(prepared.problems))
    links = {f"/{path}": f"/{path}" for path in (*assets(root), STYLE)}
    renderer = Renderer(sources, prepared.plan.site, prepared.frame.words, assets=links)
    for make in () if gaps else _fragments_and_pages(renderer, prepared):
        try:
            make()
        except ContentError as error:
            if not (unreadable and isinstance(error.__cause__, TemplateNotFound)):
                for problem in error.problems:  # a template that fails on many pages is one cause
                    failed.setdefault((problem.path, problem.line), problem)
    return [*unreadable, *failed.values()]


def _fragments_and_pages(renderer: Renderer, prepared: Prepared) -> Iterator[Callable[[], object]]:
    """Everything that templates make of a site."""
    views = Views(prepared.library, prepared.frame)
    for claim in prepared.library.claims.values():
        yield partial(renderer.claim_entry, views.item(claim))
    for id in prepared.library.articles:
        yield partial(renderer.article_entry, article_item(views, id))
    for page in prepared.plan.pages:
        yield partial(renderer.render, page)


def once(problems: list[Problem]) -> list[Problem]:
    """`problems` sorted, without doubles, and without what broken YAML leads to in the same line."""
    cut = {(problem.path, problem.line) for problem in problems if problem.code[0] == "Y"}
    return sorted(
        {problem for problem in problems if problem.code[0] == "Y" or (problem.path, problem.line) not in cut}
    )
