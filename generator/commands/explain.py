"""`explain`: what a problem's code means, why there is such a rule, and an example of wrong and of right."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import DONE, Commands
from generator.problems import CODES, FaultError


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "explain",
        help="explain a problem's code, such as Q001",
        description="Explain a problem's code: its rule, why there is one, a wrong and a right example.",
    )
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="the code to explain; without one, all codes are listed"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from generator.check.explanations import FAMILIES, as_text, ordered

    if options.code:
        sys.stdout.write(as_text(_known(options.code)))
        return DONE
    family = ""
    for code, (severity, subject) in ordered():
        if code[0] != family:
            sys.stdout.write(("\n" if family else "") + f"{FAMILIES[code[0]]}\n")
            family = code[0]
        sys.stdout.write(f"  {code}  {severity:<7}  {subject}\n")
    return DONE


def _known(typed: str) -> str:
    """The code that was typed, in whatever case. Raises FaultError where there is none."""
    code = typed.strip().strip(".,:;[]()“”\"'").upper()
    if code in CODES:
        return code
    from generator.link.nearest import nearest_name

    near = nearest_name(code, CODES)
    meant = f"did you mean {near}? " if near else ""
    raise FaultError(f"there is no code “{typed}”: {meant}The command “explain” alone lists all codes")
