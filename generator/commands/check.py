"""`check`: every problem in the content, in one run."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import CONTENT, DONE, Commands, site_option
from generator.problems import errors


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "check", help="list every problem in the content", description="List every problem in the content, in one run."
    )
    site_option(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="for people (default) or for programs"
    )
    parser.add_argument(
        "--standards", action="store_true", help="what codes of principles ask for is an error, not a warning"
    )
    parser.add_argument(
        "--against", metavar="REV", help="also compare with a commit, branch or tag: what was published may not change unsaid"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.examine import examine
    from generator.report import as_json, as_text

    problems = examine(options.site)
    text = as_json(problems) if options.format == "json" else as_text(problems, options.site, sys.stdout.isatty())
    sys.stdout.write(text)
    return CONTENT if errors(problems) else DONE
