"""`releases`: what `build --releases` keeps, and the way back."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands.common import DONE, Commands, site_option, tell


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "releases",
        help="list the releases that are kept, or go back to one",
        description="List the releases that build --releases keeps, the oldest first, or let readers see another.",
    )
    site_option(parser)
    parser.add_argument("--output", type=Path, metavar="DIR", help="the folder that they are in (default: build/)")
    parser.add_argument("--use", metavar="NAME", help="let readers see this release, such as 000007")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.problems import FaultError
    from generator.publish.lock import locked_output
    from generator.publish.releases import listed, use
    from generator.report import counted

    home: Path = options.output or options.site / "build"
    if not home.is_dir() or not listed(home):
        raise FaultError(f"there are no releases in {home}: build --releases makes them")
    if options.use:
        with locked_output(home, patience=10):
            use(home, options.use)
        tell(f"Readers see release {options.use} now. The next build --releases makes a new one of what the site says.")
    for release in listed(home):
        mark = "  <- current" if release.current else ""
        print(f"{release.name}  {release.made}  {counted(release.files, 'file')}{mark}")
    return DONE
