"""`schema`: what the content's files may hold, for the programs that editors write in."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import DONE, Commands, site_option, tell


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "schema",
        help="write schemas for text editors",
        description="Write a JSON Schema for each kind of file, with this site's verdicts, people, articles, stories "
        "and claims as choices, so that a text editor completes fields and marks mistakes.",
    )
    site_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.schema.files import write_schemas

    for path in write_schemas(options.site):
        sys.stdout.write(path + "\n")
    tell("Text editors can now complete fields and mark mistakes: docs/schema.md says how to set one up.")
    return DONE
