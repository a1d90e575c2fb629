"""Known holes: what pip-audit and npm audit answer, and whether it is an answer at all.

pip-audit asks the Python Package Index, npm audit npm's registry. A package that nobody could say anything of counts as
not asked: pip-audit ends with "No known vulnerabilities found" also where the index answers 404 for each of them, as it
does behind a mirror.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_NETWORK = re.compile(r"requests\.exceptions|ConnectionError|ServiceError|urllib3\.exceptions|Could not connect")
_PATIENCE = 600.0  # seconds for all packages


class Hole(msgspec.Struct, frozen=True):
    """A known hole: of which package, its names, in which versions it is mended, and what it is."""

    package: str
    version: str
    names: tuple[str, ...]
    mended: tuple[str, ...]
    told: str


class Answer(msgspec.Struct, frozen=True):
    """What was answered: how many packages there was an answer for, their holes, and why there was none for others."""

    packages: int = 0
    holes: tuple[Hole, ...] = ()
    silence: str = ""


class Broken(Exception):
    """The asking itself failed, and not for the network."""


# --- Python's packages ------------------------------------------------------------------------------------------------


def pins(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """The packages that constraints files pin, each version once, whatever Python or system it is for."""
    return sorted({match.group(1, 2) for path in paths for match in _PIN.finditer(path.read_text("utf-8"))})


def ask_of_python(found: Sequence[tuple[str, str]], pip_audit: Sequence[str]) -> Answer:
    """Ask for the holes of pinned packages with the program `pip_audit` and its first options. Raises Broken.

    The first is asked for alone: where it has no answer, the others are not asked for.
    """
    answer = _asked(found[:1], pip_audit)
    rest = list(found[1:])
    while rest and answer.packages:
        going = dict(rest)  # pip-audit refuses one package in two versions, so these take several goes
        rest = [pin for pin in rest if going[pin[0]] != pin[1]]
        answer = _together(answer, _asked(sorted(going.items()), pip_audit))
    return answer


def _asked(found: Sequence[tuple[str, str]], pip_audit: Sequence[str]) -> Answer:
    with tempfile.TemporaryDirectory(prefix="parallax-audit-") as folder:
        listed = Path(folder, "requirements.txt")
        listed.write_text("".join(f"{name}=={version}\n" for name, version in found), "utf-8")
        options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        done = _run([*pip_audit, "-r", str(listed), *options])
    return of_pip_audit(done.stdout, done.stderr)


def of_pip_audit(out: str, told: str) -> Answer:
    """The answer in pip-audit's JSON, or in what it said instead. Raises Broken."""
    if not out.strip():
        last = (told.strip().splitlines() or ["it ended without a word"])[-1]
        if _NETWORK.search(told):
            return Answer(silence=_shortened(last))
        raise Broken(f"pip-audit could not do its work: {_shortened(last)}")
    try:
        listed: list[dict[str, Any]] = json.loads(out)["dependencies"]
        unknown = [each for each in listed if "skip_reason" in each]
        holes = tuple(
            Hole(
                each["name"],
                each["version"],
                (found["id"], *found.get("aliases", ())),
                tuple(found["fix_versions"]),
                _shortened(found.get("description") or ""),
            )
            for each in listed
            for found in each.get("vulns", ())
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(f"pip-audit’s answer is not understood: {type(error).__name__}: {error}") from None
    silence = _shortened(str(unknown[0]["skip_reason"])) if unknown else ""
    if len(unknown) > 1:
        silence += f", and {len(unknown) - 1} more like it"
    return Answer(len(listed) - len(unknown), holes, silence)


# --- npm's packages ---------------------------------------------------------------------------------------------------


def ask_of_npm(folder: Path, npm: Sequence[str] = ("npm",), more: Mapping[str, str] | None = None) -> Answer:
    """Ask for the holes of what `folder`'s package-lock.json pins; `more` is npm's environment. Raises Broken."""
    count = len(json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]) - 1  # one is the folder
    command = [*npm, "audit", "--json", "--package-lock-only", "--fetch-retries=1", "--fetch-timeout=30000"]
    done = _run(command, folder, more)
    return of_npm_audit(done.stdout, done.stderr, count)


def of_npm_audit(out: str, told: str, count: int) -> Answer:
    """The answer in npm's JSON of a folder with `count` packages. Raises Broken."""
    if not out.strip() and _NETWORK.search(told):
        return Answer(silence=_shortened(told))
    try:
        found = json.loads(out)
        if "vulnerabilities" not in found:
            error = found.get("error") or {}
            if error.get("code") or "message" not in found:
                raise Broken(f"npm audit could not do its work: {error.get('summary') or out[:200]}")
            return Answer(silence=_shortened(found["message"]))
        holes = {
            (each["name"], via["url"]): Hole(
                each["name"],
                each["range"],
                (via["url"].rstrip("/").rpartition("/")[2],),
                _mended(each["fixAvailable"]),
                _shortened(via["title"]),
            )
            for each in found["vulnerabilities"].values()
            for via in each["via"]
            if not isinstance(via, str)  # else the hole is another package's, which is listed too
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Broken(f"npm audit’s answer is not understood: {type(error).__name__}: {error}") from None
    return Answer(count, tuple(holes.values()))


def _mended(fix: Any) -> tuple[str, ...]:
    if isinstance(fix, dict):
        return (f"{fix['name']} {fix['version']}",)
    return ("a newer version",) if fix else ()


# --- both -------------------------------------------------------------------------------------------------------------


def _run(
    command: Sequence[str], folder: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(more or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"ConnectionError: no answer within {_PATIENCE:.0f} s")
    except OSError as error:
        raise Broken(f"{command[0]} cannot be run: {error.strerror}") from None


def _together(one: Answer, other: Answer) -> Answer:
    return Answer(one.packages + other.packages, one.holes + other.holes, one.silence or other.silence)


def _shortened(text: str) -> str:
    """A text of others on one line, without live control characters."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= 200 else f"{line[:199]}…"
