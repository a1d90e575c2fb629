"""What WCAG 2.2 AA asks for and axe doesn't see: reflow, text spacing, targets on a phone; nothing lost on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.web import axe, layout, tools
from tests.web.browser import Browser
from tests.web.sites import Site

PAGE = """<!doctype html><html lang="en"><title>A title</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">{}"""
PAPER = 672  # pixels at which 178 mm, A4 within its margins, is set


def every(site: Site, browser: Browser, width: int, height: int, spaced: bool = False) -> Iterator[str]:
    """What is cut in a page of each kind."""
    with browser.page(width, height) as page:
        for path in site.kinds():
            page.goto(site.address(path))
            if spaced:
                layout.style(page, layout.TEXT_SPACING)
            yield from (f"{site.name}/{path}: {fault}" for fault in layout.cut(page))


def test_nothing_is_cut_at_400_per_cent(site: Site, browser: Browser) -> None:
    """1.4.10: a window of 1280 x 1024, made four times as large, is one of 320 x 256."""
    assert list(every(site, browser, 320, 256)) == []


def test_nothing_is_cut_with_more_space_in_the_text(site: Site, browser: Browser) -> None:
    """1.4.12, on a phone and on a wide screen."""
    assert [*every(site, browser, 360, 740, spaced=True), *every(site, browser, 1440, 900, spaced=True)] == []


def test_nothing_is_cut_on_paper(site: Site, browser: Browser) -> None:
    with browser.page(PAPER, 940) as page:
        page.emulate_media(media="print")
        found = []
        for path in site.kinds():
            page.goto(site.address(path))
            found += [f"{site.name}/{path}: {fault}" for fault in layout.cut(page)]
            found += [f"{site.name}/{path}: {fault}" for fault in page.evaluate(BEYOND)]
    assert found == []


BEYOND = """
() => [...document.querySelectorAll("[role=region][tabindex='0']")]
  .filter((region) => region.scrollWidth > region.clientWidth + 1)
  .map((region) => `on paper nothing scrolls, and ${region.ariaLabel} is wider than the sheet`)
"""


def test_targets_are_large_enough_on_a_phone(site: Site, browser: Browser) -> None:
    """2.5.8: 24 pixels, or that far from the next."""
    tools.need("axe")
    with browser.page(360, 740, script=axe.script()) as page:
        assert [fault for path in site.kinds() for fault in axe.small_targets(page, site.address(path))] == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p style='width: 400px'>wide</p><p style='margin-left: 380px'>out</p>", "runs out of the page"),
        (f"<p>{'x' * 100}</p>", "runs out of the page"),
        ("<p style='width: 5em; overflow: hidden; white-space: nowrap'>a long line of words</p>", "is cut"),
        ("<p style='height: 1em; line-height: 1; overflow: hidden'>one<br>two</p>", "is cut"),
        ("<div style='overflow-x: auto'><p style='width: 500px'>wide</p></div>", "scrolls sideways"),
    ],
)
def test_what_is_cut_is_found(body: str, told: str, small: Callable[[str], str], browser: Browser) -> None:
    with browser.page(320, 256) as page:
        page.goto(small(PAGE.format(body)))
        found = layout.cut(page)
    assert any(told in fault for fault in found), found


def test_what_only_more_space_cuts_is_found(small: Callable[[str], str], browser: Browser) -> None:
    body = "<p style='width: 6.2em; overflow: hidden; white-space: nowrap; font: 16px monospace'>ten signs.</p>"
    with browser.page(320, 256) as page:
        page.goto(small(PAGE.format(body)))
        assert layout.cut(page) == []
        layout.style(page, layout.TEXT_SPACING)
        assert layout.cut(page) != []


def test_a_region_that_scrolls_is_no_fault_on_a_screen_alone(small: Callable[[str], str], browser: Browser) -> None:
    region = (
        "<div role=region aria-label=Table tabindex=0 style='overflow-x: auto'><p style='width: 900px'>wide</p></div>"
    )
    with browser.page(320, 256) as page:
        page.goto(small(PAGE.format(region)))
        assert layout.cut(page) == []
        assert page.evaluate(BEYOND) == ["on paper nothing scrolls, and Table is wider than the sheet"]


def test_a_small_target_is_found(small: Callable[[str], str], browser: Browser) -> None:
    tools.need("axe")
    links = "".join(f"<li><a href='#{letter}' style='font-size: 9px'>{letter}</a></li>" for letter in "abc")
    with browser.page(360, 740, script=axe.script()) as page:
        assert axe.small_targets(page, small(PAGE.format(f"<ul style='line-height: 1'>{links}</ul>"))) != []
