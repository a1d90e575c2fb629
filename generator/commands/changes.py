"""`changes`: what differs between two built sites."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands.common import DONE, Commands, tell


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "changes",
        help="list the pages that differ between two built sites",
        description="List the pages that differ between two built sites, such as before and after a change.",
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="the output of a build")
    parser.add_argument("new", type=Path, metavar="NEW", help="the output of a later one")
    parser.add_argument(
        "--copy", type=Path, metavar="DIR", help="copy what is new or changed into this new folder, with all assets"
    )
    parser.add_argument("--all", action="store_true", help="list data, pictures and other files too, not pages alone")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.publish.changes import address, changes, copy_changed, is_page, output_files
    from generator.report import counted, printable

    files = output_files(options.new)
    found = changes(output_files(options.old), files)
    for how, paths in (("new", found.new), ("changed", found.changed), ("gone", found.gone)):
        for path in paths:
            if options.all or is_page(path):
                sys.stdout.write(f"{how:7} {printable(address(path))}\n")
    pages = sum(is_page(path) for paths in (found.new, found.changed, found.gone) for path in paths)
    tell(f"{counted(pages, 'page')} of {counted(sum(map(is_page, files)), 'page')} differ.")
    if options.copy:
        tell(f"{counted(copy_changed(options.new, found, files, options.copy), 'file')} copied to {options.copy}.")
    return DONE
