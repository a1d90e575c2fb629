"""`rename`: another id for a claim, an article or a story."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.commands.common import CONTENT, DONE, Commands, site_option, tell
from generator.problems import ContentError

if TYPE_CHECKING:
    from generator.renaming.plan import Renaming

_PATIENCE = 10.0
"""How many seconds to wait for a build of the same site to end."""


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "rename",
        help="give a claim, an article or a story another id",
        description="Give a claim, an article or a story another id, and change every reference to it. "
        "Where anything is in the way, nothing is changed.",
    )
    parser.add_argument("old", metavar="OLD", help="its id; claim:ID, article:ID or story:ID where several have it")
    parser.add_argument("new", metavar="NEW", help="its new id: a to z, digits and hyphens")
    site_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.pipeline import WORKSPACE
    from generator.publish.lock import locked
    from generator.read.files import require_site
    from generator.renaming.plan import WouldBreakError, plan_renaming
    from generator.renaming.write import write_renaming
    from generator.report import as_text
    from generator.schema.files import write_schemas

    require_site(options.site)
    try:
        with locked(options.site / WORKSPACE, _PATIENCE):
            renaming = plan_renaming(options.site, options.old, options.new)
            write_renaming(options.site, renaming)
    except ContentError as error:
        tell(as_text(error.problems, options.site, sys.stderr.isatty()), end="")
        why = "Renaming would bring these problems" if isinstance(error, WouldBreakError) else "These are in the way"
        tell(f"Nothing was renamed. {why}: correct them first, then rename again.")
        return CONTENT
    write_schemas(options.site)
    for change in renaming.changes:
        sys.stdout.write(change.new_path + "\n")
    tell(_told(renaming))
    return DONE


def _told(renaming: Renaming) -> str:
    from generator.report import counted

    move = renaming.move
    others = [change for change in renaming.changes if change.path == change.new_path]
    count = sum(change.count for change in renaming.changes)
    told = [f"The {renaming.kind} “{move.old}” is now “{move.new}”."]
    if count:
        files = sum(change.count > 0 for change in renaming.changes)
        told.append(f"{counted(count, 'reference')} changed in {counted(files, 'file')}.")
    told.append(f"/{move.folder}/{move.old}/ will redirect to it: the earlier id is among its aliases.")
    told.append("Next: the command “check”, then commit " + ("these files" if others else "this file") + ".")
    return "\n".join(told)
