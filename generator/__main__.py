"""The command line: `python -m generator COMMAND`, installed as `parallax` too."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

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
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except FaultError as fault:
        return _ended_by(_fault(str(fault)))
    except KeyboardInterrupt:
        return _ended_by("Stopped.")
    except BrokenPipeError:
        _say_no_more(sys.stdout)
        return FAULT
    except OSError as error:  # such as a full disk that standard output goes to
        return _ended_by(_fault(f"{error.strerror or error} ({error.filename or 'standard output'})"))


def _fault(text: str) -> str:
    from generator.report import printable

    return f"parallax: {printable(text)}"


def _ended_by(why: str) -> int:
    """Tell why a command ended early, if that can be told; returns the exit status."""
    try:
        tell(why)
    except OSError:  # nobody can be told
        _say_no_more(sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        _say_no_more(sys.stdout)
    return FAULT


def _say_no_more(stream: TextIO) -> None:
    """What is still to be written goes nowhere; else Python would say at its end that it could not write it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_what_is_closed() -> None:
    """Open standard input, output and error where whoever started this closed them.

    The next files that are opened would be taken for them: messages of a helper would go into a page.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it takes the lowest free number
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parallax", description="A static fact-check website generator.")
    parser.add_argument("--version", action="version", version=f"Parallax {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
