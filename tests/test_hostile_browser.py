"""Hostile strings in a real browser: nothing of them runs, asks for anything or changes what a page is made of.

`make torture` opens every page with every string; by default there is a sample, the same in every run.
"""

from __future__ import annotations

import os
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile.strings import SHOWN, made
from test_hostile_content import Site, counted, plain

from generator.read.texts import Text, read_text
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
def test_nothing_runs_and_nothing_moves(
    tmp_path: Path,
    server: Server,
    browser: Browser,
    number: int,
    record_property: Callable[[str, object], None],
) -> None:
    """Also where the page's policy is passed over: that no script runs is the page's own doing."""
    tried = counted(record_property, "pages with hostile strings in Chromium", 2 * len(PAGES))
    opened = 0
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
                opened += 1
    tried(opened)


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


# --- saved pages ------------------------------------------------------------------------------------------------------

SELECTORS = (
    "b",
    "i",
    "div",
    "p",
    "body *",
    ".x",
    ".y",
    ".z",
    "#k",
    "[title]",
    "[title=t]",
    "b.x",
    ".x.y",
    "i#k",
    ":hover",
    "b:hover",
)
SAID = (
    "display: none",
    "display: inline",
    "display: block !important",
    "display: none !important",
    "visibility: hidden",
    "color: red",
)
MEDIA = (
    "{}",
    "{}",
    "{}",
    "@media screen {{ {} }}",
    "@media print {{ {} }}",
    "/* {} */",
    "@media all {{ @media screen {{ {} }} }}",
)


def saved_page(seed: int) -> str:
    """A page with styles and elements made at random, each element with a word."""
    by = random.Random(seed)
    rules = []
    for _ in range(by.randint(1, 8)):
        selectors = [
            by.choice((" ", " > ")).join(by.choices(SELECTORS, k=by.choice((1, 1, 2, 3))))
            for _ in range(by.choice((1, 1, 2)))
        ]
        rules.append(by.choice(MEDIA).format(f"{', '.join(selectors)} {{ {by.choice(SAID)} }}"))
    pieces = [f"<style>{' '.join(rules)}</style>"]
    words = iter(range(1000))

    def add(depth: int) -> None:
        for _ in range(by.randint(1, 3)):
            name = by.choice(("b", "i", "div", "span"))
            attributes = by.choice(
                ("", " class=x", " class='y x'", " class=z", " id=k", " title=t", " title", " style='display:inline'")
            )
            pieces.append(f"<{name}{attributes}> word{next(words)} ")
            if depth < 3:
                add(depth + 1)
            pieces.append(f"</{name}> ")

    add(0)
    return "".join(pieces)


def test_what_a_saved_page_hides_is_what_a_browser_hides(
    browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    """Pages with styles made at random: the words that are read as the article's are those that Chromium shows."""
    pages = 2_000 if FULL else 150
    hidden = 0
    with browser.page() as page:
        for seed in range(pages):
            html = f"<!doctype html><title>x</title><body>{saved_page(seed)}"
            page.set_content(html)
            shown = re.findall(r"word\d+", page.evaluate("document.body.innerText"))
            read = read_text("a.html", html)
            assert isinstance(read, Text)
            assert re.findall(r"word\d+", read.whole) == shown, html
            hidden += html.count(" word") - len(shown)
    assert hidden > pages
    record_property("parallax", f"saved pages: {pages:,} held against Chromium, {hidden:,} hidden words")


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_search_for_hostile_words_shows_them_and_runs_nothing(
    tmp_path: Path, server: Server, browser: Browser, number: int
) -> None:
    """What Pagefind's index gives back of them is text too: in results, in the choices, and in the question itself."""
    from playwright.sync_api import expect

    text = TEXTS[number]
    hostile, tame = (Site(tmp_path / name, each, SEARCHED) for name, each in (("h", text), ("t", plain(text))))
    server.folders.update({"searched": hostile.root / "build", "searched-tame": tame.root / "build"})
    for passed_over in (False, True):
        with browser.page(script=LISTEN, bypass_csp=passed_over) as page:
            page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
            shapes = []
            for folder, words in (("searched-tame", "Before"), ("searched", "Before"), ("searched", text[:200])):
                page.goto(f"{server.url}/{folder}/search/?q={quote(words)}")
                expect(page.get_by_role("status")).to_have_text(re.compile("result|Nothing"))
                assert page.evaluate("window.told") == []
                assert page.evaluate("window.ran") is None
                shapes.append(page.evaluate(SHAPE.replace('"*"', '"#find-list *"')))
            further = page.locator("#find-further")
            if further.is_visible():
                further.click()
                expect(page.locator("#find-publisher option")).not_to_have_count(1)
            assert page.evaluate("window.ran") is None
            assert page.input_value("#find-q") == " ".join(text[:200].splitlines())
            page.goto(f"{server.url}/searched/search/?q=Before")
            page.wait_for_selector("#find-list h3")
            titles = "".join(page.locator("#find-list h3").all_inner_texts())
            assert words_of(hostile.fields("title")) in words_of(titles)
            assert len(shapes[0]) > 5
            assert [each for each in shapes[0] if "mark" not in each] == [e for e in shapes[1] if "mark" not in e]


SEARCHED = "[search]\nenabled = true\n"


def words_of(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
