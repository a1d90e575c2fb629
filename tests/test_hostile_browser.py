"""Hostile strings in a real browser: nothing of them runs, asks for anything or changes what a page is made of.

`make torture` opens every page with every string; by default there is a sample, the same in every run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile.strings import SHOWN, made
from test_hostile_content import Site, plain

from tests.web import tools
from tests.web.browser import Browser
from tests.web.server import Server

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")
TEXTS = [*SHOWN, *map(made, range(30))] if FULL else [*SHOWN[1:12:5], SHOWN[28]]
PAGES = ("claims/claim/", "articles/article/", "stories/story/", "about/", "", "claims/claim/embed/", "corrections/")

LISTEN = """
window.told = [];
document.addEventListener("securitypolicyviolation", event => window.told.push(event.violatedDirective));
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = () => window.told.push(name);
"""
SHAPE = """() => [...document.querySelectorAll("*")].map(element =>
    [element.localName, element.namespaceURI, ...element.getAttributeNames().sort()].join(" "))"""
WORDS = """() => { for (const code of document.querySelectorAll("pre, code")) code.remove();
    return document.body.textContent.replace(/\\s+/g, "") }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    icon = tmp_path_factory.mktemp("icon")  # a card names none, so a browser asks the host for one
    (icon / "index.html").write_bytes(b"")
    with Server() as server:
        server.folders["favicon.ico"] = icon
        yield server


@pytest.fixture(scope="module")
def browser(server: Server) -> Iterator[Browser]:
    tools.need("chromium", "playwright")
    with Browser(server.url) as browser:
        yield browser


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_nothing_runs_and_nothing_moves(tmp_path: Path, server: Server, browser: Browser, number: int) -> None:
    """Also where the page's policy is passed over: that no script runs is the page's own doing."""
    hostile, tame = Site(tmp_path / "hostile", TEXTS[number]), Site(tmp_path / "tame", plain(TEXTS[number]))
    server.folders.update({"hostile": hostile.root / "build", "tame": tame.root / "build"})
    for passed_over in (False, True):
        with browser.page(script=LISTEN, bypass_csp=passed_over) as page:
            page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
            for path in PAGES:
                page.goto(f"{server.url}/tame/{path}")
                shape, words = page.evaluate(SHAPE), page.evaluate(WORDS)
                page.goto(f"{server.url}/hostile/{path}")
                assert page.evaluate("window.told") == []
                assert page.evaluate("window.ran") is None
                assert page.evaluate(SHAPE) == shape, path
                assert plain(page.evaluate(WORDS)) == plain(words), path
                assert page.url == f"{server.url}/hostile/{path}"


def test_a_page_that_is_torn_open_is_noticed(tmp_path: Path, server: Server, browser: Browser) -> None:
    """The same looks at a page with a script in it see what it does."""
    folder = tmp_path / "open"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>x</title><script>ran = 1; alert(1)</script>", "utf-8")
    server.folders["open"] = folder
    with browser.page(script=LISTEN) as page:
        page.goto(f"{server.url}/open/")
        assert page.evaluate("window.told") == ["alert"]
        assert page.evaluate("window.ran") == 1
