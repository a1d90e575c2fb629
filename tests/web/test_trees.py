"""What a screen reader is given of a claim, an article and a story, compared as text with tests/web/expected/.

`pytest tests/web/test_trees.py --update-expected` writes the files anew, to be looked at in git's diff. The trees are
worked out by Playwright; that Chromium itself finds a table in the matrix, however laid out, is a test of its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.web.browser import Browser
from tests.web.sites import Site

EXPECTED = Path(__file__).parent / "expected"
PAGES = {
    "claim": ("rich", "claims/bridge-closed/"),
    "article": ("rich", "articles/tide/"),
    "story": ("rich", "stories/bridge/"),
    "arabic-claim": ("arabic", "claims/arabic-claim/"),
    "arabic-article": ("arabic", "articles/arabic/"),
    "arabic-story": ("arabic", "stories/lamp/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_tree_is_as_expected(
    name: str, sites: dict[str, Site], browser: Browser, pytestconfig: pytest.Config
) -> None:
    site, path = sites[PAGES[name][0]], PAGES[name][1]
    with browser.page() as page:
        page.goto(site.url + path)
        found = page.locator("main").aria_snapshot() + "\n"
    for form in (str, lambda url: quote(url, safe="")):  # as it is, and in a letter's text
        found = found.replace(form(site.url), form("https://site.example/"))
    file = EXPECTED / f"{name}.yml"
    if pytestconfig.getoption("--update-expected"):
        file.write_text(found, "utf-8")
        pytest.skip(f"rewrote {file.name}: look at it with git diff")
    expected = file.read_text("utf-8")
    if found != expected:
        lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected", "found", lineterm="", n=2)
        pytest.fail("\n".join([*lines, "If this is meant: pytest --update-expected."]), pytrace=False)


MATRIX = """<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,"><table>
<tr><th scope="col">Claim</th><th scope="col">One</th></tr><tr><th scope="row">a</th><td>Asserts</td></tr></table>"""


def roles(page: Page) -> dict[str, int]:
    """How many of each role Chromium's own accessibility tree has."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    counts: dict[str, int] = {}
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value", "")
        counts[role] = counts.get(role, 0) + (not node["ignored"])
    return counts


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_matrix_is_a_table_at_every_width(width: int, sites: dict[str, Site], browser: Browser) -> None:
    with browser.page(width) as page:
        page.goto(sites["rich"].url + "stories/bridge/")
        counts = roles(page)
        rows = page.locator(".matrix tbody tr").count()
        columns = page.locator(".matrix thead th").count()
    assert rows > 1
    assert columns > 2
    beside = 2 * 2  # a table in the story's introduction: two columns, one row under their headers
    assert counts["columnheader"] == columns + beside // 2
    assert counts["rowheader"] == rows
    assert counts["gridcell" if "gridcell" in counts else "cell"] == rows * (columns - 1) + beside // 2


def test_a_matrix_of_plain_boxes_would_be_found(small: Callable[[str], str], browser: Browser) -> None:
    with browser.page() as page:
        page.goto(small(MATRIX))
        assert roles(page)["rowheader"] == 1
        page.goto(small(re.sub(r"<(/?)th[^>]*>", r"<\1td>", MATRIX)))
        assert "rowheader" not in roles(page)
