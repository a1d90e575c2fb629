"""`build`: the site as a folder of static files."""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import CONTENT, DONE, Commands, shows_colour, site_option, tell
from generator.problems import ContentError, errors

if TYPE_CHECKING:
    from generator.build.workers import Workers


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "build", help="build the site", description="Build the site into a folder of static files."
    )
    site_option(parser)
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the folder to build into (default: build/ in the site)"
    )
    parser.add_argument("--drafts", action="store_true", help="build drafts' pages too; they are in no list either way")
    parser.add_argument("--adopt", action="store_true", help="build into a folder that Parallax did not make")
    parser.add_argument(
        "--clean", action="store_true", help="make every page anew, as if nothing had been built before"
    )
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="how many processes may work (default: one a processor)"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="let the Dask cluster at this address do the work")
    parser.add_argument("--compress", action="store_true", help="put Brotli and gzip files beside the others")
    parser.add_argument(
        "--releases",
        type=_kept,
        nargs="?",
        const=5,
        default=0,
        metavar="N",
        help="publish into a new folder behind one link, and keep the last N to go back to (default: 5)",
    )
    parser.add_argument("--timings", action="store_true", help="say where the time went, by stage and by template")
    parser.set_defaults(run=_run)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"this is a number from 1 to 1024, not {text}")
    return int(text)


def _kept(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"this is a number from 1 to 1000, not {text}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from generator.build.options import Options
    from generator.pipeline import build
    from generator.progress import shown, timings
    from generator.report import as_text, counted

    gc.disable()  # nothing made here is let go of before the end, which needs no search for circles either
    started = time.perf_counter()
    output = options.output or options.site / "build"
    chosen = Options(drafts=options.drafts, clean=options.clean, compress=options.compress)
    try:
        with _workers(options) as workers, shown(sys.stderr) as progress:
            built = build(options.site, output, chosen, options.adopt, workers, progress, options.releases)
    except ContentError as error:
        tell(as_text(errors(error.problems), options.site, shows_colour(sys.stderr)), end="")
        tell(f"Nothing was published; {output} is as it was. Next: correct these, then build again.")
        return CONTENT
    published = built.published
    seconds = time.perf_counter() - started
    made_from = f"{counted(built.claims, 'claim')}, {counted(built.articles, 'article')}"
    tell(f"{counted(built.pages, 'page')} from {made_from} and {counted(built.quotes, 'proved quote')}.")
    kept = published.files - published.written
    tell(f"{published.written} files written, {published.removed} removed, {kept} as they were ({seconds:.2f} s).")
    if built.warnings:
        tell(f"{counted(built.warnings, 'warning')}: the command “check” lists them.")
    if options.timings:
        tell(timings(progress), end="")
    if published.release:
        tell(f"This is release {published.release}. The command “releases” lists them, and goes back to one.")
    if options.releases:
        output = output / "current"
    tell(f"The site is in {output}. The command “serve” shows it in a browser.")
    return DONE


def _workers(options: argparse.Namespace) -> contextlib.AbstractContextManager[Workers]:
    """Who is to do a build's work."""
    if options.cluster:
        from generator.build.cluster import connected

        return connected(options.cluster)
    from generator.build.workers import Workers, available

    return Workers(options.jobs or available())
