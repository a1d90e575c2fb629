"""Building a site: its lock, its output, and what is said where it cannot be built."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.builder import Builder
from generator.build.doubts import Irregular, StartOver
from generator.build.options import Options
from generator.build.progress import Progress
from generator.build.workers import Workers
from generator.history.values import Lacking
from generator.problems import FaultError
from generator.publish.lock import locked
from generator.publish.output import Published, opened
from generator.read.files import require_site

WORKSPACE = ".parallax"
PATIENCE = 10.0
"""How many seconds a build waits for another of the same site to end."""


class Built(Struct, frozen=True):
    """What a build did. `warnings` is how many there are.

    `lacking` is why claims' pages show no history that site.toml asks for.
    """

    claims: int
    articles: int
    quotes: int
    pages: int
    published: Published
    warnings: int
    lacking: Lacking | None = None


def build(
    root: Path,
    output: Path,
    options: Options = Options(),  # noqa: B008 — frozen
    adopt: bool = False,
    workers: Workers | None = None,
    progress: Progress | None = None,
    releases: int = 0,
    workspace: Path | None = None,
) -> Built:
    """Build the site in `root` into `output`; with `releases`, as a new one of so many that are kept there.

    With a `workspace`, that stands for the site's own `.parallax/`, and nothing in the site is written.

    Raises ContentError with every problem where the content or its templates have errors, and FaultError for a fault
    outside them; the output is untouched by both.
    """
    if not options.preview:
        require_site(root)
        _refuse_output(root, output)
    workspace = workspace or root / WORKSPACE
    with locked(workspace, PATIENCE), uncollected():
        builder, published = build_by(
            root, output, options, adopt, workers or Workers(1), progress or Progress(), releases, workspace
        )
        builder.close()
        return summed_up(builder, published)


def build_by(
    root: Path,
    output: Path,
    options: Options,
    adopt: bool,
    workers: Workers,
    progress: Progress,
    releases: int = 0,
    workspace: Path | None = None,
) -> tuple[Builder, Published]:
    """The builder that built the site, and what that changed. The caller has the lock, and closes the builder.

    Raises as `build` does.
    """
    require_site(root)
    workspace = workspace or root / WORKSPACE
    for again in (options, replace(options, clean=True)):
        with opened(output, workspace, adopt, releases, PATIENCE) as out:
            try:
                builder = Builder(root, out, workspace, again, workers, progress)
                return builder, _published(builder)
            except StartOver:
                continue
            except Irregular:
                _raise_problems(root, again)
    raise FaultError("files changed while the site was built from them: build again")


def _published(builder: Builder) -> Published:
    """What a build changed; one that fails is closed."""
    try:
        return builder.build()
    except BaseException:
        builder.close()
        raise


def summed_up(builder: Builder, published: Published) -> Built:
    tally = builder.tally
    lacking = builder.histories.lacking if builder.histories is not None else None
    return Built(tally.claims, tally.articles, tally.quotes, tally.pages, published, tally.warnings, lacking)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of circles: a build's objects live to its end, and hardly any are in circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _raise_problems(root: Path, options: Options) -> None:
    """Raises ContentError with every problem of the site, if it has errors."""
    from generator.examine import examine
    from generator.problems import ContentError, errors

    problems = examine(root, options.drafts, histories=False)
    if errors(problems):
        raise ContentError(problems)


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
