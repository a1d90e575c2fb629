"""One Chromium for all tests, and pages in it that notice what no reader should have: requests elsewhere, errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, sync_playwright

from tests.web.tools import CHROMIUM_FLAGS, chromium


class Browser:
    """Debian's Chromium. `base` is the address of the one host that pages may ask for anything."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __enter__(self) -> Browser:
        self._playwright = sync_playwright().start()
        try:
            self._chromium = self._playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        except BaseException:
            self._playwright.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._chromium.close()
        self._playwright.stop()

    @contextmanager
    def page(self, width: int = 1440, height: int = 900, script: str = "", **settings: Any) -> Iterator[Page]:
        """A new page, as of a reader who was never here. `script` runs before the page's own, whatever it allows.

        At the end, what it asked of other hosts, and what it complained of, is an error.
        """
        context = self._chromium.new_context(viewport={"width": width, "height": height}, **settings)
        faults: list[str] = []
        try:
            if script:
                context.add_init_script(script)
            page = context.new_page()
            self._watch(page, faults)
            yield page
        finally:
            context.close()
        if faults:
            raise AssertionError("\n".join(faults))

    def _watch(self, page: Page, faults: list[str]) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith((f"{self.base}/", "data:", "blob:")):
                faults.append(f"{page.url} asks for {request.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                faults.append(f"{page.url} says: {message.text}")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(f"{page.url} fails: {error}"))
