"""`check`: every problem in the content, in one run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TextIO

from generator.commands.common import CONTENT, DONE, Commands, shows_colour, site_option, tell
from generator.problems import Problem, errors


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "check", help="list every problem in the content", description="List every problem in the content, in one run."
    )
    site_option(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "github", "sarif"),
        default="text",
        help="for people (default), for programs, as notes in a pull request, or as SARIF 2.1.0",
    )
    parser.add_argument(
        "--standards", action="store_true", help="what codes of principles ask for is an error, not a warning"
    )
    parser.add_argument(
        "--against",
        metavar="REV",
        help="compare with a commit, branch or tag: what was published changes with a correction",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    problems, summary = _looked_at(options)
    sys.stdout.write(_shown(problems, options))
    told = "".join(f"{line}\n" for line in summary)
    if told:  # in a format for programs, standard output is theirs
        print(f"\n{told}" if options.format == "text" else told, end="", file=_for_people(options.format))
    return CONTENT if errors(problems) else DONE


def _looked_at(options: argparse.Namespace) -> tuple[Sequence[Problem], Sequence[str]]:
    """The site's problems, and what a reviewer is told of the changes since the revision that was named."""
    from generator.examine import all_problems, prepare

    prepared = prepare(options.site, standards=options.standards)
    problems = all_problems(options.site, prepared)
    if options.against is None:
        return problems, ()
    from generator.against.compare import compare, without_doubles

    comparison = compare(options.site, options.against, prepared.content)
    return without_doubles(problems, comparison), comparison.summary


def _for_people(format: str) -> TextIO:
    return sys.stdout if format == "text" else sys.stderr


def _shown(problems: Sequence[Problem], options: argparse.Namespace) -> str:
    """The problems in the form that was asked for."""
    from generator.report import as_json, as_text, summary

    if options.format == "json":
        return as_json(problems)
    if options.format == "github":
        from generator.annotations import as_github

        tell(summary(problems))
        return as_github(problems, options.site)
    if options.format == "sarif":
        from generator.sarif import as_sarif

        return as_sarif(problems, options.site)
    return as_text(problems, options.site, shows_colour(sys.stdout))
