"""The search page as a reader uses it, in Chromium: the index in several parts, the site in a folder of its host."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from support import SMALL, claim, lay

from generator.pipeline import build
from generator.search import parts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
try:
    from playwright.sync_api import Browser, Page, expect, sync_playwright
except ImportError:
    Browser = Page = Any
    HERE = False
else:
    HERE = CHROMIUM is not None
pytestmark = pytest.mark.skipif(
    not HERE and not os.environ.get("CI"), reason="these need Chromium and the package playwright"
)

HOSTILE = 'A <img src=x onerror=alert(1)> & \\"quoted\\" lighthouse'
SITE = {
    "site.toml": SMALL["site.toml"] + "\n[search]\nenabled = true\n",
    "content/stories/storm.yaml": 'title: "Storm, and after"\nsummary: A storm came.\n',
    "content/articles/gazette.yaml": (
        "text: seeds/gazette.txt\npublisher: The Gazette\ntitle: Ship ahoy\nlanguage: fr\n"
    ),
    "content/claims/hostile.yaml": claim(HOSTILE, checked="1999-12-31"),
    "content/claims/gone.yaml": claim(
        "The lighthouse fell down.",
        checked="2001-01-01",
        more="status: retracted\ncorrections:\n  - {date: 2022-01-01, kind: correction, text: No.}\n",
    ),
    **{
        f"content/claims/beacon-{number}.yaml": claim(
            f"Beacon number {number} was lit.", checked=f"20{number:02}-05-05", more="story: storm\n" * (number % 2)
        ).replace("verdict: true", f"verdict: {'true' if number % 3 else 'false'}")
        for number in range(2, 26)
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served."""
    root = lay(tmp_path_factory.mktemp("search") / "site", SMALL, SITE)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(parts, "PAGES_A_PART", 10)
        build(root, root / "host" / "sub" / "pagefind-site")
    assert len(list((root / "host" / "sub" / "pagefind-site" / "pagefind").glob("*/pagefind-entry.json"))) == 4
    with served(root / "host") as host:
        yield f"{host}/sub/pagefind-site"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None: ...


class served:
    """A folder, served on this machine."""

    def __init__(self, folder: Path) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the browser in which nothing may go wrong unseen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    yield page
    context.close()
    assert said == []


def looked_for(page: Page, address: str, query: str) -> Page:
    page.goto(f"{address}/search/{query}")
    expect(page.get_by_role("status")).to_have_text(re.compile("result|Nothing"))
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#find-list h3").all_inner_texts()


def test_a_claim_is_found_filtered_and_followed_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox", name="Words to look for").wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find-q":
            break
    page.keyboard.type("beacons")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("24 results")
    assert len(titles(page)) == 10
    assert page.evaluate("document.activeElement.id") == "find-q"
    expect(page.get_by_role("checkbox", name="False 8")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "false":
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("8 results")
    assert page.locator("#find-list .rating").all_inner_texts() == ["False"] * 8
    assert page.evaluate("document.activeElement.value") == "false"
    assert page.url.endswith("/search/?q=beacons&verdict=false")
    first = titles(page)[0]
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#find-list')") is not None:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("8 results")
    expect(page.get_by_role("checkbox", name="False")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("24 results")
    expect(page.get_by_role("checkbox", name="False")).not_to_be_checked()


def test_more_results_go_on_where_the_reader_is(page: Page, address: str) -> None:
    looked_for(page, address, "?q=beacon")
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#find-list h3")).to_have_count(20)
    assert page.evaluate("document.activeElement.textContent") == titles(page)[10]
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#find-list h3")).to_have_count(24)
    assert len(set(titles(page))) == 24
    expect(page.get_by_role("button", name="More results")).to_be_hidden()


def test_the_newest_come_first_from_all_parts(page: Page, address: str) -> None:
    looked_for(page, address, "?q=beacon&sort=newest")
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#find-list h3")).to_have_count(20)
    assert titles(page) == [f"Beacon number {number} was lit." for number in range(25, 5, -1)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=beacon&year=2007", 1),
        ("?q=beacon&story=Storm%2C+and+after", 12),
        ("?q=beacon&story=Storm%2C+and+after&verdict=true&verdict=false&year=2003", 1),
        ("?publisher=The+Gazette", 2),
        ("?kind=article", 1),
        ("?kind=claim", 27),
        ("?q=published", 0),
        ("?q=claim", 0),
        ("?q=retracted", 1),
        ("?q=noon&kind=article&publisher=The+Gazette", 1),
        ("?q=%22number+7+was%22", 1),
        ("?q=BEACON&verdict=true", 16),
        ("?q=beacon&publisher=Nobody", 0),
        ("?q=zebra", 0),
    ],
)
def test_the_address_says_what_is_looked_for(page: Page, address: str, query: str, count: int) -> None:
    looked_for(page, address, query)
    said = {0: re.compile("^Nothing was found"), 1: "1 result"}.get(count, f"{count} results")
    expect(page.get_by_role("status")).to_have_text(said)
    expect(page.locator("#find-list > li")).to_have_count(min(count, 10))


def test_without_words_the_newest_come_first(page: Page, address: str) -> None:
    looked_for(page, address, "?verdict=false")
    assert titles(page) == [f"Beacon number {number} was lit." for number in range(24, 2, -3)]


def test_choices_name_how_many_they_lead_to(page: Page, address: str) -> None:
    looked_for(page, address, "?q=beacon&year=2007")
    expect(page.get_by_label("Year").locator("option")).to_have_count(25)
    expect(page.get_by_label("Story")).to_be_hidden()
    page.get_by_role("button", name="Choose a story or publisher").press("Enter")
    expect(page.get_by_label("Story")).to_be_focused()
    assert page.get_by_label("Story").locator("option").all_inner_texts() == ["Any story", "Storm, and after (12)"]
    assert page.get_by_label("Year").input_value() == "2007"


def test_what_editors_typed_is_shown_and_never_run(page: Page, address: str) -> None:
    looked_for(page, address, "?q=lighthouse")
    expect(page.get_by_role("status")).to_have_text("2 results")
    assert 'A <img src=x onerror=alert(1)> & "quoted" lighthouse' in titles(page)
    assert page.locator("#find-list img").count() == 0
    assert "lighthouse" in page.locator("#find-list mark").all_inner_texts()
    text = page.locator("#find-list").inner_text()
    assert "<img" in text
    assert "&lt;" not in text
    retracted = page.locator("#find-list > li", has_text="fell down").locator(".rating")
    assert retracted.inner_text().split() == ["Retracted", "True"]


def test_an_article_says_what_it_is_and_in_what_language(page: Page, address: str) -> None:
    looked_for(page, address, "?kind=article")
    link = page.get_by_role("link", name="Ship ahoy")
    assert link.get_attribute("lang") == "fr"
    assert page.locator("#find-list .small").all_inner_texts() == ["Article · The Gazette · Date not known"]
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ship ahoy")


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_wider_than_the_screen_and_nothing_too_small_to_touch(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    looked_for(page, address, "?q=beacon")
    expect(page.get_by_label("Year").locator("option")).to_have_count(25)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in page.locator(".find :is(button, select, input[type=search], fieldset label)").all():
        if not target.is_visible():
            continue
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["width"] >= 24


def test_without_scripts_the_lists_are_named(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.locator("main").get_by_role("link", name="Claims").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Claims")
    context.close()


@pytest.mark.parametrize("missing", ["**/parts.json", "**/pagefind.js", "**/*.pagefind", "**/search.*.js"])
def test_where_search_cannot_begin_the_lists_are_named(browser: Browser, address: str, missing: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(missing, lambda route: route.fulfill(status=404))
    page.goto(f"{address}/search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.locator("main").get_by_role("link", name="Claims")).to_be_visible()
    context.close()


def test_an_index_that_has_gone_meanwhile_is_told(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    looked_for(page, address, "?q=zebra")
    page.route("**/*.pf_fragment", lambda route: route.fulfill(status=404))
    page.get_by_role("searchbox").fill("beacon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile("could not be loaded"))
    context.close()
