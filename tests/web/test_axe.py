"""axe-core finds nothing wrong in any page, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web import axe, tools
from tests.web.browser import Browser
from tests.web.sites import Site

PAGE = """<!doctype html><html lang="en"><title>A title</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><main><h1>Head</h1>{}</main>"""


def test_axe_finds_nothing(site: Site, browser: Browser) -> None:
    """All pages of this repo's own site; of the others, pages of every kind."""
    tools.need("axe")
    pages = site.shown() if site.name == "own" else list(site.kinds())
    assert pages
    with browser.page(script=axe.script()) as page:
        found = [fault for each in pages for fault in axe.faults(page, site.address(each))]
    assert found == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ("<h4>Skipped</h4>", "heading-order"),
        ('<style>.x { color: #aaa }</style><p class="x">Pale</p>', "(light): color-contrast"),
        (
            "<style>@media (prefers-color-scheme: dark) { p { color: #444; background: #000 } }</style><p>Dim</p>",
            "(dark): color-contrast",
        ),
        (
            '<p><a href="#a">a</a><br><a href="#b">b</a><br><a href="#c">c</a></p><style>a { font-size: 8px }</style>',
            "target-size",
        ),
        ("<p style='background: linear-gradient(red, blue)'>Some words</p>", "can't tell: color-contrast"),
    ],
)
def test_axe_finds_a_fault(body: str, told: str, small: Callable[[str], str], browser: Browser) -> None:
    tools.need("axe")
    with browser.page(script=axe.script()) as page:
        found = axe.faults(page, small(PAGE.format(body)))
    assert any(told in each for each in found), found
