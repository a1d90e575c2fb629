"""How long after a save the browser has painted the new words: `python -m tests.bench.preview [CLAIMS ...]`.

Without numbers, this repo's own site. The clock starts before the file is written and stops when Chromium has painted
the page with the words in it: both read the machine's clock. Needs Chromium and Playwright, as tests/web does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from tests.bench.corpus import corpus
from tests.bench.measure import cpu_of, free_port, running
from tests.bench.parallax_site import claim_yaml, lay
from tests.web.tools import CHROMIUM_FLAGS, chromium

ROOT = Path(__file__).parent.parent.parent
_REST = 1.5  # seconds between saves: what a build leaves for later is done
# Looks as each frame begins: what stands in the page then is painted in that frame, and a message comes after it.
_WAIT = """words => new Promise(resolve => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
  const look = () => document.body.textContent.includes(words) ? port2.postMessage(0) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.preview", description=__doc__)
    parser.add_argument("claims", type=int, nargs="*", help="sizes of made-up sites (default: this repo's own)")
    parser.add_argument("--saves", type=int, default=15)
    options = parser.parse_args()
    print("| site | save until painted, ms: least / median / most | of it CPU of the preview, ms (median) |")
    print("| --- | --- | --- |")
    for claims in options.claims or [0]:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            if claims:
                data = corpus(claims)
                lay(data, site)
                claim = data.claims[claims // 2]
                address, file = f"/claims/{claim.id}/", site / f"content/claims/{claim.id}.yaml"
                name = f"{claims:,} claims"

                def edited(words: str, claim=claim) -> str:  # type: ignore[no-untyped-def]
                    return claim_yaml(claim._replace(summary=words))
            else:
                for each in ("content", "seeds"):
                    shutil.copytree(ROOT / each, site / each)
                shutil.copy(ROOT / "site.toml", site)
                address, file = "/claims/landing-time/", site / "content/claims/landing-time.yaml"
                before = file.read_text("utf-8")
                name = "this repo's"

                def edited(words: str, before: str = before) -> str:
                    return before.replace("summary: >-\n", f"summary: >-\n  {words}\n")

            def save(words: str, file: Path = file, edited: Callable[[str], str] = edited) -> None:
                file.write_text(edited(words), "utf-8")

            walls, cpus = _times(site, address, save, options.saves)
        spread = f"{min(walls):.0f} / {statistics.median(walls):.0f} / {max(walls):.0f}"
        print(f"| {name} | {spread} | {statistics.median(cpus):.0f} |", flush=True)
    print(f"\n{options.saves} saves each, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    return 0


def _times(site: Path, address: str, save: Callable[[str], None], saves: int) -> tuple[list[float], list[float]]:
    """Milliseconds from each save until its words are painted, and of the preview's CPU meanwhile."""
    port = free_port()
    walls, cpus = [], []
    with ExitStack() as stack:
        serve = [sys.executable, "-m", "generator", "serve", "--site", str(site), "--port", str(port)]
        process = stack.enter_context(running(serve, ROOT))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium(), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page(bypass_csp=True)
        _open(page, f"http://localhost:{port}{address}")
        for number in range(saves + 1):
            time.sleep(_REST)
            words = f"These are the words of save {number}."
            page.evaluate(f"words => {{ globalThis.painted = ({_WAIT})(words); }}", words)
            cpu, began = cpu_of(process.pid), time.time()
            save(words)
            painted = page.evaluate("() => globalThis.painted")
            if number:  # the first one is that of a browser and a preview which have just begun
                walls.append(painted - began * 1000)
                cpus.append((cpu_of(process.pid) - cpu) * 1000)
        browser.close()
    return walls, cpus


def _open(page: Page, url: str) -> None:
    """Open a page as soon as the preview has it."""
    for _ in range(6000):
        try:
            answer = page.goto(url)
        except Error:  # nobody listens yet
            answer = None
        if answer and answer.ok:
            return
        time.sleep(0.1)
    raise SystemExit(f"{url} never came")


if __name__ == "__main__":
    sys.exit(main())
