"""Lighthouse over the front page, a claim, an article and a story of this repo's site: `make lighthouse`.

Performance is measured here alone, where nothing else should run; the tests ask for the other three categories.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.web.server import Server
from tests.web.sites import build
from tests.web.tools import CHROMIUM_FLAGS, HERE, chromium, lacking

TOOLS = ("chromium", "node", "lighthouse")
PAGES = ("", "claims/landing-time/", "articles/techtimes/", "stories/the-challenge/")
STEADY = ("accessibility", "best-practices", "seo")
ALL = ("performance", *STEADY)


def audit(addresses: Sequence[str], categories: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each address its `scores`, of 100, and what they were `lowered` by."""
    command = ["node", str(HERE / "lighthouse.mjs"), chromium(), ",".join(CHROMIUM_FLAGS), ",".join(categories)]
    done = subprocess.run([*command, *addresses], capture_output=True, text=True, timeout=300, cwd=HERE)
    if done.returncode:
        raise AssertionError(f"Lighthouse failed: {done.stderr[-3000:]}")
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print all four scores; 1 where one is below 100, 2 where something is missing."""
    missing = [lacking(tool) for tool in TOOLS if lacking(tool)]
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 2
    with Server() as server, tempfile.TemporaryDirectory() as work:
        site = build("own", Path(work), server.url)
        server.folders[site.name] = site.folder
        found = audit([site.url + page for page in PAGES], ALL)
    for page, result in zip(PAGES, found.values(), strict=True):
        scores = ", ".join(f"{name} {score}" for name, score in result["scores"].items())
        print(f"/{page}: {scores}", *result["lowered"], sep="\n    ")
    return int(any(score != 100 for result in found.values() for score in result["scores"].values()))


if __name__ == "__main__":
    sys.exit(main())
