"""What the checks need beside Python, and whether this machine has it.

Where something is missing, what needs it is skipped with the reason. With `CI=true` it fails instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
NU = PACKAGES / "vnu-jar/build/dist/vnu.jar"
AXE = PACKAGES / "axe-core/axe.min.js"
LIGHTHOUSE = PACKAGES / "lighthouse/package.json"

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

_NPM = "(make test installs it, where there is npm)"


def chromium() -> str:
    """Debian's Chromium, or the one that CHROMIUM names; empty where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or ""


@cache
def lacking(tool: str) -> str:
    """What to do to have `tool`; empty where it is there."""
    there, help = {
        "chromium": (bool(chromium()), "Chromium is missing (Debian: apt install chromium)"),
        "java": (bool(shutil.which("java")), "Java is missing (Debian: apt install default-jre-headless)"),
        "node": (bool(shutil.which("node")), "Node is missing (20 or later)"),
        "playwright": (find_spec("playwright") is not None, "Playwright is missing (make test installs it)"),
        "nu": (NU.is_file(), f"the Nu checker is missing {_NPM}"),
        "axe": (AXE.is_file(), f"axe-core is missing {_NPM}"),
        "lighthouse": (LIGHTHOUSE.is_file(), f"Lighthouse is missing {_NPM}"),
    }[tool]
    return "" if there else help


def need(*tools: str, environment: Mapping[str, str] = os.environ) -> None:
    """End the test that asks where one of `tools` is missing: skipped, or failed in CI."""
    reasons = [lacking(tool) for tool in tools if lacking(tool)]
    if not reasons:
        return
    if environment.get("CI") == "true":
        pytest.fail(f"In CI nothing is skipped, but {'; '.join(reasons)}.", pytrace=False)
    pytest.skip("; ".join(reasons))
