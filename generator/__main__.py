"""The command line: `python -m generator COMMAND`, installed as `parallax` too."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from generator import __version__
from generator.commands import (
    build,
    changes,
    check,
    explain,
    find,
    import_,
    links,
    new,
    releases,
    rename,
    schema,
    serve,
    verify,
)
from generator.commands.common import FAULT, tell
from generator.problems import FaultError

_COMMANDS = (build, changes, check, explain, serve, new, import_, find, rename, links, schema, releases, verify)
"""In the order of the help. Each imports what is heavy only when it runs."""


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

        tell(f"parallax: {printable(str(fault))}")
        return FAULT
    except KeyboardInterrupt:
        tell("Stopped.")
        return FAULT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parallax", description="A static fact-check website generator.")
    parser.add_argument("--version", action="version", version=f"Parallax {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
