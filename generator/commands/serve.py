"""`serve`: the preview in a browser."""

from __future__ import annotations

import argparse
import contextlib

from generator.commands.common import DONE, Commands, site_option, tell


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "serve",
        help="preview the site in a browser",
        description="Show the site in a browser, built again at every save.",
    )
    site_option(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="the port on this machine (default: 8000)"
    )
    parser.set_defaults(run=_run)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from generator.preview.server import serve

    with contextlib.suppress(KeyboardInterrupt):  # how a preview ends
        serve(options.site, options.port, say=tell)
    return DONE
