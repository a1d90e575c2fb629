"""The command line: `python -m generator COMMAND`, installed as `parallax` too."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.problems import ContentError, FaultError, errors

if TYPE_CHECKING:
    from generator.build.workers import Workers

DONE, CONTENT, FAULT = 0, 1, 2
"""Exit status: done; errors in the content; wrong use, or any fault outside the content."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status. Data goes to standard output, all else to standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except FaultError as fault:
        from generator.report import printable

        _tell(f"parallax: {printable(str(fault))}")
        return FAULT
    except KeyboardInterrupt:
        _tell("Stopped.")
        return FAULT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parallax", description="A static fact-check website generator.")
    parser.add_argument("--version", action="version", version=f"Parallax {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = commands.add_parser(
        "build", help="build the site", description="Build the site into a folder of static files."
    )
    _site_option(build)
    build.add_argument(
        "--output", type=Path, metavar="DIR", help="the folder to build into (default: build/ in the site)"
    )
    build.add_argument("--drafts", action="store_true", help="build drafts' pages too; they are in no list either way")
    build.add_argument("--adopt", action="store_true", help="build into a folder that Parallax did not make")
    build.add_argument("--clean", action="store_true", help="make every page anew, as if nothing had been built before")
    build.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="how many processes may work (default: one a processor)",
    )
    build.add_argument("--cluster", metavar="ADDRESS", help="let the Dask cluster at this address do the work")
    build.add_argument("--compress", action="store_true", help="put Brotli and gzip files beside the others")
    build.add_argument("--timings", action="store_true", help="say where the time went, by stage and by template")
    build.set_defaults(run=_build)

    check = commands.add_parser(
        "check", help="list every problem in the content", description="List every problem in the content, in one run."
    )
    _site_option(check)
    check.add_argument(
        "--format", choices=("text", "json"), default="text", help="for people (default) or for programs"
    )
    check.set_defaults(run=_check)

    serve = commands.add_parser(
        "serve",
        help="preview the site in a browser",
        description="Show the site in a browser, built again at every save.",
    )
    _site_option(serve)
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="the port on this machine (default: 8000)")
    serve.set_defaults(run=_serve)
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"this is a number from 1 to 1024, not {text}")
    return int(text)


def _site_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", type=Path, default=Path(), metavar="DIR", help="the site's folder (default: here)")


def _build(options: argparse.Namespace) -> int:
    from generator.build.options import Options
    from generator.pipeline import build
    from generator.progress import shown, timings
    from generator.report import as_text, counted

    started = time.perf_counter()
    output = options.output or options.site / "build"
    chosen = Options(drafts=options.drafts, clean=options.clean, compress=options.compress)
    try:
        with _workers(options) as workers, shown(sys.stderr) as progress:
            built = build(options.site, output, chosen, options.adopt, workers, progress)
    except ContentError as error:
        _tell(as_text(errors(error.problems), options.site, sys.stderr.isatty()), end="")
        _tell(f"Nothing was published; {output} is as it was. Next: correct these, then build again.")
        return CONTENT
    published = built.published
    seconds = time.perf_counter() - started
    made_from = f"{counted(built.claims, 'claim')}, {counted(built.articles, 'article')}"
    _tell(f"{counted(built.pages, 'page')} from {made_from} and {counted(built.quotes, 'proved quote')}.")
    kept = published.files - published.written
    _tell(f"{published.written} files written, {published.removed} removed, {kept} as they were ({seconds:.2f} s).")
    if built.warnings:
        _tell(f"{counted(built.warnings, 'warning')}: the command “check” lists them.")
    if options.timings:
        _tell(timings(progress), end="")
    _tell(f"The site is in {output}. The command “serve” shows it in a browser.")
    return DONE


def _workers(options: argparse.Namespace) -> contextlib.AbstractContextManager[Workers]:
    """Who is to do a build's work."""
    if options.cluster:
        from generator.build.cluster import connected

        return connected(options.cluster)
    from generator.build.workers import Workers, available

    return Workers(options.jobs or available())


def _check(options: argparse.Namespace) -> int:
    from generator.examine import examine
    from generator.report import as_json, as_text

    problems = examine(options.site)
    text = as_json(problems) if options.format == "json" else as_text(problems, options.site, sys.stdout.isatty())
    sys.stdout.write(text)
    return CONTENT if errors(problems) else DONE


def _serve(options: argparse.Namespace) -> int:
    from generator.serve import serve

    with contextlib.suppress(KeyboardInterrupt):  # how a preview ends
        serve(options.site, options.port, say=_tell)
    return DONE


def _tell(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
