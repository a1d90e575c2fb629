"""`links`: whether the addresses in the content still answer. The one command that uses the network."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import CONTENT, DONE, Commands, site_option, tell


def add(commands: Commands) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "links",
        help="ask whether outside addresses still answer",
        description="Ask every outside address in the content whether it still answers. This uses the network.",
    )
    site_option(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="for people (default) or for programs"
    )
    parser.add_argument(
        "--max-age",
        type=_number,
        default=7.0,
        metavar="DAYS",
        help="take good answers that are younger than this from the last time (default: 7)",
    )
    parser.add_argument(
        "--pause", type=_number, default=1.0, metavar="SECONDS", help="between two requests to one host (default: 1)"
    )
    parser.add_argument(
        "--timeout", type=_number, default=15.0, metavar="SECONDS", help="how long one request may take (default: 15)"
    )
    parser.add_argument("--strict", action="store_true", help="end with status 1 where an address is dead")
    parser.add_argument("--allow-private", action="store_true", help="ask hosts in private networks too")
    parser.set_defaults(run=_run)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 100_000:
        raise argparse.ArgumentTypeError(f"this is a number from 0 on, not {text}")
    return number


def _run(options: argparse.Namespace) -> int:
    from generator.links.addresses import host_of, outside_addresses
    from generator.links.answers import NO_HOST, Answer
    from generator.links.asking import Manners
    from generator.links.cache import is_fresh, read_cache, write_cache
    from generator.links.checker import Pace, ask_all, now
    from generator.links.telling import as_json, as_text, to_tell
    from generator.pipeline import WORKSPACE
    from generator.problems import FaultError
    from generator.read.content import read_content
    from generator.report import counted

    if not options.timeout:
        raise FaultError("--timeout cannot be 0")
    workspace = options.site / WORKSPACE
    uses = outside_addresses(read_content(options.site))
    known = read_cache(workspace)
    answers = {
        address: known[address] for address in uses if address in known and is_fresh(known[address], options.max_age)
    }
    waiting = [address for address in uses if address not in answers]
    kept = len(answers)
    hosts = len({host_of(address) for address in waiting})
    tell(
        f"Asking {_addresses(len(waiting))} on {counted(hosts, 'host')}, "
        f"one at a time each; {kept:,} answered in the last {options.max_age:g} days."
    )

    def answered(address: str, answer: Answer) -> None:
        answers[address] = Answer(answer.status, answer.why, answer.to, now())
        done = len(answers) - kept
        if done % 25 == 0 and done < len(waiting):
            tell(f"{done:,} of {len(waiting):,} ...")

    try:
        ask_all(waiting, Manners(options.timeout, options.allow_private, options.pause), Pace(options.pause), answered)
    finally:
        write_cache(workspace, answers)
    if hosts > 1 and all(answers[address].why == NO_HOST for address in waiting):
        raise FaultError("not one of the hosts was found: is this machine connected to the network?")
    told = to_tell(uses, answers)
    sys.stdout.write((as_json if options.format == "json" else as_text)(told))
    counts = {
        status: sum(answer.status == status for answer in answers.values())
        for status in ("ok", "moved", "dead", "unknown")
    }
    tell(
        f"Of {_addresses(len(answers))} {counts['ok']:,} answer, {counts['moved']:,} moved, {counts['dead']:,} "
        f"{'is' if counts['dead'] == 1 else 'are'} dead and {counts['unknown']:,} unknown."
    )
    return CONTENT if options.strict and counts["dead"] else DONE


def _addresses(count: int) -> str:
    return f"{count:,} address{'' if count == 1 else 'es'}"
