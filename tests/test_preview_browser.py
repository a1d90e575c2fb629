"""The preview as an editor sees it, in Chromium: pages follow every save, errors lie over the last good page."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running_preview import LONG, Preview
from support import SMALL, claim, lay

from generator.preview.builds import QUIET

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
try:
    from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
except ImportError:
    Browser = Page = Locator = Any
    HERE = False
else:
    HERE = CHROMIUM is not None
pytestmark = pytest.mark.skipif(
    not HERE and not os.environ.get("CI"), reason="these need Chromium and the package playwright"
)

LONG_TEXT = "\\n\\n".join(f"Paragraph {number} of the analysis." for number in range(80))
MORE = {
    "content/claims/long.yaml": claim("A long one.", more=f'analysis: "{LONG_TEXT}"\n'),
    "content/claims/draft.yaml": "claim: A draft.\nstatus: draft\n",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview with the templates that come with Parallax."""
    with Preview(lay(tmp_path_factory.mktemp("preview") / "site", SMALL, MORE)) as preview:
        yield preview


@pytest.fixture
def preview(running: Preview) -> Iterator[Preview]:
    """The preview, with the site as it was at first, and nothing left to build."""
    yield running
    lay(running.site, SMALL, MORE)
    running.until_page("/claims/landing/", "The ship landed at noon.")
    running.until_state(lambda state: not state["errors"], "no errors")
    running.until(lambda: not running.is_at_work(), "rest")


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A page in which nothing may go wrong unseen, nor be asked of another host. It shows a claim."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(LONG * 1000)
    expect.set_options(timeout=LONG * 1000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    here = f"http://localhost:{preview.port}/"
    page.on("request", lambda request: None if request.url.startswith(here) else said.append(request.url))
    opened(page, preview, "/claims/landing/")
    yield page
    context.close()
    assert said == []


def opened(page: Page, preview: Preview, path: str) -> None:
    """Open a page and wait until it follows the preview."""
    with page.expect_websocket() as connection:
        page.goto(f"http://localhost:{preview.port}{path}")
    connection.value.wait_for_event("framereceived")
    # Gone after a reload. One may just be on its way, of a page that was opened while builds ended: it is waited for.
    page.wait_for_function("() => window.isSame = true")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog")


def wrong(preview: Preview, more: str) -> None:
    """Break the claim that the page shows."""
    lay(preview.site, {"content/claims/landing.yaml": claim(more=more)})


# --- saves ------------------------------------------------------------------------------------------------------------


def test_a_save_is_repainted_without_a_reload(page: Page, preview: Preview) -> None:
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at one.")})
    expect(page.get_by_role("heading", level=1)).to_have_text("The ship landed at one.")
    assert "The ship landed at one." in page.title()
    assert page.evaluate("() => window.isSame")
    own = (preview.site / ".parallax/preview/claims/landing/index.html").read_text("utf-8")
    same = """own => {
      const wanted = new DOMParser().parseFromString(own, "text/html");
      const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]");
      wanted.querySelector("meta[http-equiv=Content-Security-Policy]").content = policy.content;
      return [document.head.isEqualNode(wanted.head), document.body.isEqualNode(wanted.body)];
    }"""
    assert page.evaluate(same, own) == [True, True]


# A busy machine may hold up the one who saves, or the preview: then what is counted says nothing, and is counted again.


def test_fifty_saves_within_40_ms_of_each_other_are_one_build(page: Page, preview: Preview) -> None:
    found = [counted(page, preview, 0.01)]
    while (found[-1][0] != 1 or found[-1][1] >= 0.04) and len(found) < 5:
        found.append(counted(page, preview, 0.01))
    assert found[-1][0] == 1, found


def test_fifty_saves_over_a_second_are_at_most_three_builds_and_the_last_is_shown(page: Page, preview: Preview) -> None:
    found = [counted(page, preview, 0.02)]
    while found[-1][0] > 3 and len(found) < 5:
        found.append(counted(page, preview, 0.02))
    assert 1 <= found[-1][0] <= 3, found


def counted(page: Page, preview: Preview, pause: float) -> tuple[int, float]:
    """How many builds fifty saves led to, of which the last is shown, and the longest time between two of them."""
    preview.until(lambda: not preview.is_at_work(), "rest")
    before, longest = preview.builds(), saved(preview, 50, pause)
    expect(page.get_by_role("heading", level=1)).to_have_text("Save 49.")
    preview.until(lambda: not preview.is_at_work(), "rest")
    return preview.builds() - before, longest


def saved(preview: Preview, times: int, pause: float) -> float:
    """Save a claim again and again; the longest time between two saves."""
    file, last, longest = preview.site / "content/claims/landing.yaml", time.monotonic(), 0.0
    for number in range(times):
        file.write_text(claim(f"Save {number}."), "utf-8")
        now = time.monotonic()
        longest, last = max(longest, now - last if number else 0), now
        time.sleep(pause)
    return longest


def test_two_saves_that_are_1_5_seconds_apart_are_both_shown(page: Page, preview: Preview) -> None:
    for words in ("The ship landed at two.", "The ship landed at three."):
        lay(preview.site, {"content/claims/landing.yaml": claim(words)})
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        time.sleep(1.5)


def test_what_the_editor_looks_at_stays_in_its_place(page: Page, preview: Preview) -> None:
    opened(page, preview, "/claims/long/")
    page.locator("details").first.evaluate("details => { details.open = true }")
    page.evaluate("() => scrollTo(0, 900)")
    lay(preview.site, {"content/claims/long.yaml": MORE["content/claims/long.yaml"].replace("It did.", "It did so.")})
    expect(page.locator(".summary").first).to_have_text("It did so.")
    assert page.evaluate("() => [window.isSame, scrollY]") == [True, 900]
    assert page.locator("details").first.evaluate("details => details.open")


def test_a_stylesheet_changes_without_a_reload(page: Page, preview: Preview) -> None:
    style = preview.site / "templates/assets/site.css"
    lay(preview.site, {"templates/assets/site.css": "h1 { color: rgb(1, 2, 3) }\n"})
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
    lay(preview.site, {"templates/assets/site.css": "h1 { color: rgb(4, 5, 6) }\n"})
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(4, 5, 6)")
    lay(preview.site, {"content/claims/landing.yaml": claim("The ship landed at six.")})
    expect(page.get_by_role("heading", level=1)).to_have_text("The ship landed at six.")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("() => [window.isSame, document.styleSheets.length]") == [True, 1]
    style.unlink()
    style.parent.rmdir()


def test_a_template_is_followed_too(page: Page, preview: Preview) -> None:
    lay(preview.site, {"templates/404.html": "<!doctype html><title>No</title><h1>No such page here</h1>"})
    preview.until_page("/nowhere/", "No such page here")
    (preview.site / "templates/404.html").unlink()


def test_a_page_that_is_not_there_yet_comes_by_itself(browser: Browser, preview: Preview) -> None:
    page = browser.new_page()
    opened(page, preview, "/claims/new/")
    lay(preview.site, {"content/claims/new.yaml": claim("A new claim.")})
    expect(page.get_by_role("heading", level=1)).to_have_text("A new claim.")
    page.close()
    lay(preview.site, {"content/claims/new.yaml": None})


# --- errors -----------------------------------------------------------------------------------------------------------


def test_an_error_lies_over_the_last_good_page_and_goes_when_it_is_mended(page: Page, preview: Preview) -> None:
    wrong(preview, "summery: It did.\n")
    expect(panel(page)).to_be_visible()
    expect(panel(page).get_by_role("heading")).to_have_text("1 error")
    for words in (
        "error R001",
        "content/claims/landing.yaml:5:1",
        "“summery” is no field",
        "“summary” is there already",
    ):
        expect(panel(page)).to_contain_text(words)
    expect(panel(page).locator("pre")).to_have_text("5summery: It did.")
    expect(panel(page).locator("mark")).to_contain_text("summery")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ship landed at noon.")
    lay(preview.site, SMALL)
    expect(panel(page)).to_be_hidden()
    assert page.evaluate("() => window.isSame")


def test_all_of_the_page_beneath_can_be_read(page: Page, preview: Preview) -> None:
    wrong(preview, "".join(f"x{number}: 1\n" for number in range(30)))
    expect(panel(page)).to_be_visible()
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    end = page.locator("body").evaluate("body => body.getBoundingClientRect().bottom")
    box = panel(page).bounding_box()
    assert box is not None
    assert box["y"] >= 400
    assert end <= box["y"] + 1


def test_several_errors_are_shown_at_once_each_with_its_place(page: Page, preview: Preview) -> None:
    lay(
        preview.site,
        {
            "content/claims/landing.yaml": claim(more="summery: x\nstory: nothing\n"),
            "content/claims/long.yaml": "claim: [\n",
        },
    )
    expect(panel(page).get_by_role("heading")).to_have_text("3 errors")
    expect(panel(page).locator("li .code")).to_have_text(["error R001", "error L001", "error Y001"])
    places = panel(page).locator("li .place").all_inner_texts()
    assert places[:2] == ["content/claims/landing.yaml:5:1", "content/claims/landing.yaml:6:8"]
    lay(preview.site, {"content/claims/long.yaml": MORE["content/claims/long.yaml"]})
    expect(panel(page).get_by_role("heading")).to_have_text("2 errors")


def test_an_error_shows_on_pages_that_are_opened_later(page: Page, preview: Preview) -> None:
    wrong(preview, "summery: It did.\n")
    expect(panel(page)).to_be_visible()
    opened(page, preview, "/claims/")
    expect(panel(page)).to_contain_text("“summery” is no field")


def test_what_an_error_quotes_is_text(page: Page, preview: Preview) -> None:
    hostile = "<img src=x onerror=alert(1)></pre><script>alert(2)</script>"
    wrong(preview, f'"{hostile}": 1\n')
    lay(preview.site, {"content/claims/long.yaml": claim(more='story: "a\x1b[31m\u202eb"\n')})
    expect(panel(page)).to_contain_text("onerror=alert(1)")
    expect(panel(page)).to_contain_text("<U+001B>")
    text = panel(page).inner_text()
    assert "<U+202E>" in text
    assert not {"\x1b", "\u202e"}.intersection(text)
    assert panel(page).locator("img, script").count() == 0


def test_the_errors_are_closed_and_shown_again_by_keyboard(page: Page, preview: Preview) -> None:
    wrong(preview, "summery: It did.\n")
    expect(panel(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Show 1 error")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close (Esc)")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_hidden()
    wrong(preview, "summery: It did.\nsummary2: x\n")  # other errors than those that were closed
    expect(panel(page).get_by_role("heading")).to_have_text("2 errors")


def test_errors_take_no_focus_from_what_is_being_used(page: Page, preview: Preview) -> None:
    link = page.get_by_role("link", name="Claims").first
    link.focus()
    wrong(preview, "summery: It did.\n")
    expect(panel(page)).to_be_visible()
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_broken_site_toml_is_shown_and_goes(page: Page, preview: Preview) -> None:
    lay(preview.site, {"site.toml": "format = 1\ntitle = \n"})
    expect(panel(page)).to_contain_text("site.toml:2:")
    lay(preview.site, SMALL)
    expect(panel(page)).to_be_hidden()


def test_a_preview_without_settings_begins_shows_that_and_recovers(browser: Browser, tmp_path: Path) -> None:
    site = lay(tmp_path / "site", SMALL)
    (site / "site.toml").unlink()
    with Preview(site) as preview:
        page = browser.new_page()
        opened(page, preview, "/")
        expect(panel(page)).to_contain_text("there is no site.toml")
        lay(preview.site, SMALL)
        expect(panel(page)).to_be_hidden()
        expect(page.get_by_role("link", name="The Small Desk").first).to_be_visible()
        page.close()


# --- notes, strangers -------------------------------------------------------------------------------------------------


def test_a_draft_lists_what_it_lacks_until_it_has_it(page: Page, preview: Preview) -> None:
    opened(page, preview, "/claims/draft/")
    notes = page.get_by_role("region", name="What is missing before this can be published")
    expect(notes.get_by_role("listitem")).to_have_count(6)
    expect(notes).to_contain_text("“verdict”")
    expect(notes).to_contain_text("content/claims/draft.yaml:1:1")
    expect(notes.get_by_text("verdict: ...", exact=True)).to_be_visible()  # what to paste
    lay(preview.site, {"content/claims/draft.yaml": "claim: A draft.\nstatus: draft\nverdict: true\n"})
    expect(notes.get_by_role("listitem")).to_have_count(5)
    opened(page, preview, "/claims/landing/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert notes.count() == 0


def test_another_origins_page_learns_nothing(browser: Browser, preview: Preview) -> None:
    """A page of another port is another site's: its socket is refused, and what it loads is withheld."""
    context = browser.new_context()
    page = context.new_page()
    other = f"http://localhost:{preview.port + 1}/"
    page.route(other, lambda route: route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html"))
    page.goto(other)
    here = f"localhost:{preview.port}"
    tried = """async here => {
      const open = await new Promise(resolve => {
        const socket = new WebSocket(`ws://${here}/livereload`);
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      });
      const asked = fetch(`http://${here}/claims/draft/`, {mode: "no-cors"});
      const fetched = await asked.then(() => "loaded", () => "refused");
      return [open, fetched];
    }"""
    assert page.evaluate(tried, here) == ["refused", "refused"]
    context.close()


def test_the_wait_for_saves_is_longer_than_the_pause_between_them() -> None:
    assert 0.04 < QUIET < 0.06
