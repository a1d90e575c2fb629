"""The other generators, installed from their registries into .bench/ and kept there between runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".bench"


class NotInstalled(Exception):
    """A generator can't be had here; the text says why."""


def python_packages(name: str, requirements: Path) -> Path:
    """A virtual environment with the packages that `requirements` pins; gives its folder."""
    folder = _folder(name)
    if _is_made(folder, requirements):
        return folder
    print(f"Installing {name} ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], folder.parent)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(requirements)], folder)
    shutil.copy(requirements, _made(folder, requirements))
    return folder


def node_packages(name: str, house: Path) -> Path:
    """A folder with the packages that the lock file in `house` pins, under node_modules/."""
    folder = _folder(name)
    lock = house / "package-lock.json"
    if _is_made(folder, lock):
        return folder
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NotInstalled(f"{program} is missing")
    print(f"Installing {name} ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for pins in (house / "package.json", lock):
        shutil.copy(pins, folder)
    _run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder)
    shutil.copy(lock, _made(folder, lock))
    return folder


def python_version(package: str, requirements: Path) -> str:
    found = re.search(rf"^{package}==([\w.]+)", requirements.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else ""


def node_version(package: str, house: Path) -> str:
    return str(json.loads((house / "package.json").read_text("utf-8"))["dependencies"][package])


def _folder(name: str) -> Path:
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", "utf-8")
    return CACHE / name


def _made(folder: Path, pins: Path) -> Path:
    """Where the pins are copied to when all else is done."""
    return folder / f"installed-{pins.name}"


def _is_made(folder: Path, pins: Path) -> bool:
    copy = _made(folder, pins)
    return copy.is_file() and copy.read_bytes() == pins.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise NotInstalled(f"{' '.join(command[:4])} … failed: {done.stderr.strip()[-500:]}")
