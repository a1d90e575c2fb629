"""What a reader does, on a phone, a tablet and a wide screen: follow a quote and come back, read a story, print, tab.

Every page that is opened here (and in all other tests of this folder) also shows that nothing is asked of another host,
and that the browser has nothing to complain of, such as a forbidden style. Searching has tests of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web import layout
from tests.web.browser import Browser
from tests.web.sites import Site

WIDTHS = pytest.mark.parametrize("width", [360, 768, 1440])
PAGE = '<!doctype html><html lang="en"><title>A title</title><link rel="icon" href="data:,">{}'


def target(page: Page) -> str:
    """The id of what the address leads to."""
    return page.evaluate("decodeURIComponent(location.hash.slice(1))")  # type: ignore[no-any-return]


def in_sight(page: Page, selector: str) -> bool:
    """Whether the first line of an element is in the window, with nothing over it."""
    return page.evaluate(  # type: ignore[no-any-return]
        """(selector) => {
          const element = document.querySelector(selector);
          const box = element.getClientRects()[0];
          const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
          return Boolean(top && (element.contains(top) || top.contains(element)));
        }""",
        selector,
    )


# --- from the front page to a quote's passage, and back ---------------------------------------------------------------


@WIDTHS
def test_from_the_front_page_to_the_words_of_an_article_and_back(
    width: int, sites: dict[str, Site], browser: Browser
) -> None:
    with browser.page(width, 740) as page:
        page.goto(sites["own"].url)
        entry = page.locator(".claim-entry a").first
        headline = entry.inner_text()
        entry.click()
        assert headline in page.locator("h1, .wording").all_inner_texts()
        expect(page.locator(".answer .verdict")).to_be_visible()

        quote = page.locator(".rows .quote").first
        words = quote.locator("blockquote").inner_text()
        claim, number = page.url, quote.get_attribute("id")
        quote.get_by_role("link", name="In the article").click()
        assert "/articles/" in page.url
        assert page.evaluate("document.activeElement.id") == target(page) != ""
        marked = page.locator(f"[id='{target(page)}'] mark")
        assert words.startswith(marked.inner_text()[:20])
        assert in_sight(page, f"[id='{target(page)}']")

        back = page.locator(f".passage:has([id='{target(page)}']) .margin a[href*='{claim.split('/')[-2]}/']").first
        back.click()
        assert page.url.partition("#")[0] == claim
        page.go_back()
        page.go_back()
        assert page.url.partition("#")[0] == claim
        assert page.locator(f"[id='{number}'] blockquote").inner_text() == words


@WIDTHS
def test_what_a_link_within_the_site_leads_to_takes_the_focus(
    width: int, sites: dict[str, Site], browser: Browser
) -> None:
    """Parts, quotes, sources and corrections of a claim, passages of an article; none under what stays in sight."""
    rich = sites["rich"].url
    with browser.page(width, 740) as page:
        for path in ("claims/bridge-closed/", "articles/tide/", "articles/puerto/"):
            page.goto(rich + path)
            ids = page.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
            ids = [id for id in ids if re.match(r"(part|quote|source|correction)-|.*--\d", id)]
            assert ids
            for id in ids:
                page.goto("about:blank")
                page.goto(f"{rich}{path}#{id}")
                assert page.evaluate("document.activeElement.id") == id
                assert in_sight(page, f"[id='{id}']"), id


def test_an_earlier_address_leads_to_the_claim(sites: dict[str, Site], browser: Browser) -> None:
    with browser.page() as page:
        page.goto(sites["rich"].url + "claims/bridge-shut/")
        page.wait_for_url("**/claims/bridge-closed/")


# --- a story's matrix -------------------------------------------------------------------------------------------------


@WIDTHS
def test_the_matrix_is_read_by_its_headers(width: int, sites: dict[str, Site], browser: Browser) -> None:
    with browser.page(width, 740) as page:
        page.goto(sites["own"].url + "stories/the-challenge/")
        region = page.get_by_role("region").filter(has=page.get_by_role("table")).last
        assert region.get_attribute("tabindex") == "0"
        assert region.get_attribute("aria-label")
        table = region.get_by_role("table")
        columns = [each.inner_text() for each in table.get_by_role("columnheader").all()]
        row = table.get_by_role("row").filter(has_text="04:36 GMT")
        assert row.get_by_role("rowheader").count() == 1
        cells = row.get_by_role("cell")
        assert cells.count() == len(columns) - 1
        cell = cells.nth(columns.index("TechTimes") - 1)
        assert "Contradicts" in cell.inner_text()
        assert "04:35" in cell.inner_text()
        cell.get_by_role("link").click()
        expect(page.locator(":target blockquote")).to_contain_text("04:35 UTC")


def test_a_wide_matrix_scrolls_by_keyboard(sites: dict[str, Site], browser: Browser) -> None:
    with browser.page(800) as page:
        page.goto(sites["own"].url + "stories/the-challenge/")
        region = page.locator("[role=region][tabindex='0']")
        region.focus()
        assert region.evaluate("each => each.scrollWidth > each.clientWidth")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.activeElement.scrollLeft > 0")


# --- by keyboard ------------------------------------------------------------------------------------------------------


def tour(page: Page, most: int = 400) -> list[str]:
    """Tab through the page: what has the focus and can't be seen to have it."""
    found: list[str] = []
    seen: set[int] = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = layout.focused(page)
        if focused is None or focused["number"] in seen:
            break
        seen.add(focused["number"])
        if not (focused["outline"] and focused["seen"]):
            found.append(f"outline {focused['outline']}, in sight {focused['seen']}: {focused['told']}")
    assert len(seen) > 1
    return found


@WIDTHS
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("own", "claims/landing-time/"),
        ("own", "articles/techtimes/"),
        ("own", ""),
        ("rich", "stories/bridge/"),
        ("arabic", "claims/markup-claim/"),
    ],
)
def test_the_focus_is_always_in_sight(
    name: str, path: str, width: int, sites: dict[str, Site], browser: Browser
) -> None:
    """2.4.7 and 2.4.11: an outline, and nothing over it."""
    with browser.page(width, 740, reduced_motion="reduce") as page:
        page.goto(sites[name].url + path)
        assert tour(page) == []


@WIDTHS
def test_the_first_tab_leads_past_the_menu(width: int, sites: dict[str, Site], browser: Browser) -> None:
    with browser.page(width, 740) as page:
        page.goto(sites["own"].url + "claims/landing-time/")
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.get_attribute("href") == "#main"
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


# --- on paper, in a reader's own colours, without scripts -------------------------------------------------------------


def test_a_claim_is_printed_whole(sites: dict[str, Site], browser: Browser) -> None:
    """With what is folded on the screen, its own address and its sources'."""
    url = sites["rich"].url
    with browser.page(672, 940) as page:
        page.goto(url + "claims/bridge-closed/")
        folded = page.locator("details li, details p").first
        assert not folded.is_visible()
        page.emulate_media(media="print")
        page.wait_for_function(
            "element => element.checkVisibility({contentVisibilityAuto: true})", arg=folded.element_handle()
        )
        assert folded.bounding_box()["height"] > 0  # type: ignore[index]
        assert f"{url}claims/bridge-closed/" in page.locator("footer").inner_text()
        after = "each => getComputedStyle(each, '::after').content"
        assert "attr(href)" in page.locator(".cited").first.evaluate(after) or "http" in page.locator(
            ".cited"
        ).first.evaluate(after)
        for hidden in ("nav", ".skip"):
            assert not any(each.is_visible() for each in page.locator(hidden).all())
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_marks_and_verdicts_are_told_apart_in_a_readers_own_colours(sites: dict[str, Site], browser: Browser) -> None:
    """Where colours are forced, a mark still has another ground than the text round it, and a verdict a frame."""
    with browser.page(forced_colors="active") as page:
        page.goto(sites["own"].url + "claims/landing-time/")
        style = "(each, name) => getComputedStyle(each)[name]"
        mark, quote = page.locator("blockquote mark").first, page.locator("blockquote").first
        assert mark.evaluate(style, "backgroundColor") != quote.evaluate(style, "backgroundColor")
        assert "underline" in mark.evaluate(style, "textDecorationLine")
        verdict, current = page.locator(".scale .verdict").last, page.locator(".scale [aria-current] .verdict")
        assert current.evaluate(style, "borderTopWidth") != verdict.evaluate(style, "borderTopWidth")
        icon = page.locator(".stance .icon").first
        assert icon.evaluate(style, "fill") == icon.evaluate(style, "color")


def test_everything_can_be_read_without_scripts(sites: dict[str, Site], browser: Browser) -> None:
    with browser.page(java_script_enabled=False) as page:
        page.goto(sites["own"].url)
        page.locator(".claim-entry a").first.click()
        page.locator(".rows .quote").first.get_by_role("link", name="In the article").click()
        expect(page.locator(":target mark")).to_be_visible()


def test_no_page_but_the_search_has_a_script(site: Site) -> None:
    pages = [page for page in site.pages() if not page.startswith("search/")]
    script = re.compile(r'<script(?! type="application/ld\+json">)|\son[a-z]+=|\sstyle=', re.IGNORECASE)
    texts = {page: _tags((site.folder / page).read_text("utf-8")) for page in pages}
    assert [page for page, tags in texts.items() if script.search(tags)] == []


def _tags(text: str) -> str:
    """The tags of a page without its text and without the values of attributes, which may show code."""
    return "".join(
        re.sub(r'="[^"]*"', lambda found: found[0] if "ld+json" in found[0] else "=", tag)
        for tag in re.findall(r"<[^>]+>", text)
    )


# --- each of these checks can fail ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<style>a:focus-visible { outline: none }</style><a href='#a'>a</a> <a href='#b'>b</a>", "outline False"),
        (
            "<a href='#a'>a</a> <a href='#b'>b</a><p style='position: fixed; inset: 0; background: red'>over all</p>",
            "in sight False",
        ),
    ],
)
def test_a_focus_out_of_sight_is_found(body: str, told: str, small: Callable[[str], str], browser: Browser) -> None:
    with browser.page() as page:
        page.goto(small(PAGE.format(f"<style>:focus-visible {{ outline: 3px solid }}</style>{body}")))
        assert any(told in fault for fault in tour(page))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<img src="http://127.0.0.1:9/x.png" alt="">', "asks for http://127.0.0.1:9/x.png"),
        ("<script>throw new Error('no')</script>", "fails: "),
        (
            "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><p style='color: red'>x</p>",
            "Content Security Policy",
        ),
    ],
)
def test_what_no_page_should_do_is_found(body: str, told: str, small: Callable[[str], str], browser: Browser) -> None:
    with pytest.raises(AssertionError, match=re.escape(told)), browser.page() as page:
        page.goto(small(PAGE.format(body)))


def test_a_script_in_a_page_is_found() -> None:
    for tags in ("<p><script>", "<p onclick='x'>", '<p class="a" style="b">', '<script type="module">'):
        assert re.search(r'<script(?! type="application/ld\+json">)|\son[a-z]+=|\sstyle=', _tags(tags))
    assert not re.search(r'<script(?! type="application/ld\+json">)', _tags('<script type="application/ld+json">'))
