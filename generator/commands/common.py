"""What the commands share: exit statuses, common options, and where they tell people what they do."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TextIO, TypeAlias

DONE, CONTENT, FAULT = 0, 1, 2
"""Exit status: done; errors in the content; wrong use, or any fault outside the content."""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command adds itself to."""


def site_option(parser: argparse.ArgumentParser) -> None:
    """Give a command the option that names its site."""
    parser.add_argument("--site", type=Path, default=Path(), metavar="DIR", help="the site's folder (default: here)")


def shows_colour(stream: TextIO) -> bool:
    """Whether to write in colour: on a terminal that has some, and whose user does not say otherwise (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell(text: str, end: str = "\n") -> None:
    """Tell people something, on standard error: standard output is for data alone."""
    print(text, end=end, file=sys.stderr, flush=True)
