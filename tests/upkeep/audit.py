"""`make audit`: whether any pinned package has a known hole. See docs/security.md.

Exit status: 0 none is known, or nobody could be asked, which is said; 1 holes that nobody accepted; 2 any fault. With
`--answer-needed` it is a fault, too, where nobody could be asked.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from tests.upkeep.accepted import FILE, Accepted, Unclear, read_accepted
from tests.upkeep.holes import Answer, Broken, Hole, ask_of_npm, ask_of_python, pins

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".venvs" / "audit"
CONSTRAINTS = ("constraints.txt", "constraints-test.txt", "constraints-audit.txt")
_QUIET = ("--quiet", "--disable-pip-version-check")


class Looked(msgspec.Struct, frozen=True):
    """A look at one kind of packages: what they are called, what was answered, and how to get newer ones."""

    what: str
    answer: Answer
    newer: str


def report(looks: Sequence[Looked], accepted: Sequence[Accepted], today: date, answer_needed: bool) -> tuple[str, int]:
    """What there is to say of `looks`, and the exit status."""
    lines: list[str] = []
    open_holes = 0
    used: set[Accepted] = set()
    for look in looks:
        answer = look.answer
        for hole in answer.holes:
            entry = next((each for each in accepted if _is_of(each, hole)), None)
            lines.append(_line(hole))
            if entry is not None:
                used.add(entry)
            if entry is not None and today <= entry.until:
                lines.append(f"  accepted until {entry.until}: {' '.join(entry.why.split())}")
                continue
            if entry is not None:
                lines.append(f"  it was accepted until {entry.until}: look again.")
            open_holes += 1
            mended = (
                f"mended in {', '.join(hole.mended)}" if hole.mended else "no version is known in which it is mended"
            )
            lines.append(f"  {mended}. Next: {look.newer}")
        if answer.packages:
            lines.append(f"{look.what}: {answer.packages} asked for, {len(answer.holes)} known holes.")
        if answer.silence:
            missed = "not all could be looked up" if answer.packages else "NOTHING could be looked up"
            lines.append(f"{look.what}: {missed}. There was no answer: {answer.silence}")
    whole = not any(look.answer.silence for look in looks)
    for entry in accepted:
        if whole and entry not in used:
            lines.append(f"{FILE.name}: {entry.id} of {entry.package} is not found any more: delete the entry.")
    if open_holes:
        lines.append(
            f"{open_holes} known holes that nobody accepted. If one cannot be mended now, and what has it is not used "
            f"here, say so in tests/upkeep/{FILE.name}, with the reason and a last day."
        )
        return "\n".join(lines), 1
    if answer_needed and not whole:
        lines.append("An answer is needed here: look at why there was none, then run this again.")
        return "\n".join(lines), 2
    return "\n".join(lines), 0


def _is_of(entry: Accepted, hole: Hole) -> bool:
    return entry.id in hole.names and _as_package(entry.package) == _as_package(hole.package)


def _as_package(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _line(hole: Hole) -> str:
    names = ", ".join(dict.fromkeys(hole.names))
    return f"HOLE {hole.package} {hole.version} ({names}): {hole.told or 'nothing more is told of it'}"


def installed(home: Path) -> str:
    """Install pip-audit, pinned, in an environment of its own; returns why that could not be, or nothing.

    Raises Broken where what came is not what was pinned.
    """
    wanted = (ROOT / CONSTRAINTS[2]).read_bytes()
    done = home / "pins"
    if (home / "bin" / "pip-audit").exists() and done.exists() and done.read_bytes() == wanted:
        return ""
    shutil.rmtree(home, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    command = [str(home / "bin" / "python"), "-m", "pip", "install", *_QUIET, "--require-hashes", "-r", CONSTRAINTS[2]]
    pip = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
    if pip.returncode:
        if "DO NOT MATCH THE HASHES" in pip.stderr:
            raise Broken(f"pip-audit is not what {CONSTRAINTS[2]} pins:\n{pip.stderr}")
        return f"pip-audit could not be installed: {(pip.stderr.strip().splitlines() or ['pip says nothing'])[-1]}"
    done.write_bytes(wanted)
    return ""


def looked() -> list[Looked]:
    """A look at everything that is pinned. Raises Broken."""
    lacks = installed(HOME)
    pip_audit = (str(HOME / "bin" / "pip-audit"), "--cache-dir", str(HOME / "cache"))
    of_python = Answer(silence=lacks) if lacks else ask_of_python(pins(ROOT / name for name in CONSTRAINTS), pip_audit)
    of_npm = ask_of_npm(ROOT / "tests" / "web") if shutil.which("npm") else Answer(silence="npm is not here")
    return [
        Looked("Python packages", of_python, "“make lock” pins the newest versions, then “make test”"),
        Looked("npm packages", of_npm, "in tests/web, “npm audit fix”, or a newer version in package.json"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make audit", description="Look up known holes of the pinned packages.")
    parser.add_argument("--answer-needed", action="store_true", help="fail where nobody could be asked")
    options = parser.parse_args(arguments)
    today = datetime.now(UTC).date()
    try:
        text, status = report(looked(), read_accepted(FILE, today), today, options.answer_needed)
    except (Unclear, Broken) as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    print(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
