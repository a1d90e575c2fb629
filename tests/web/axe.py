"""axe-core in a page: what it finds wrong in light and in dark."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.web.tools import AXE

_RUN = """
async ([rules, plain]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(plain);
  document.adoptedStyleSheets = [sheet];
  const found = await axe.run(document, {
    elementRef: false,
    resultTypes: ["violations", "incomplete"],
    rules: {"target-size": {enabled: true}},
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {}),
  });
  const told = (results) => results.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    element: node.html.slice(0, 300),
    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
  })));
  return {violations: told(found.violations), unsure: told(found.incomplete)};
}
"""
_PLAIN = """
mark { background: var(--marked) !important; }
.matrix th, .baseline { position: static !important; }
.scroll { overflow: visible !important; }
"""
"""For what axe can't tell: a mark, painted as a gradient, in the same colour in one piece; headers that stay in sight
back in their places, so that they cover nothing; and nothing scrolled out of sight."""
_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that depend on colours: all that a page's other scheme can change."""


def script() -> str:
    """axe-core's source, for `Browser.page`."""
    return AXE.read_text("utf-8")


def faults(page: Page, address: str) -> list[str]:
    """What axe finds wrong at `address`, or can't tell, in light and in dark."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    light = _run(page, [])
    page.emulate_media(color_scheme="dark")
    dark = _run(page, _COLOURS)
    return [*_told(address, "light", light), *_told(address, "dark", dark)]


def small_targets(page: Page, address: str) -> list[str]:
    """What axe finds too small to be hit at `address`, in a window as wide as the page's."""
    page.goto(address)
    return _told(address, "targets", _run(page, ["target-size"]))


def _run(page: Page, rules: list[str]) -> dict[str, list[dict[str, str]]]:
    found: Any = page.evaluate(_RUN, [rules, _PLAIN])
    return found  # type: ignore[no-any-return]


def _told(address: str, scheme: str, found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [
        f"{address} ({scheme}): {kind}{each['rule']}: {each['element']}: {each['why']}"
        for kind, several in (("", found["violations"]), ("can't tell: ", found["unsure"]))
        for each in several
        if not (kind and _is_known(each))
    ]


def _is_known(unsure: dict[str, str]) -> bool:
    """Whether this is of those that were looked at by eye: a sign alone is in the colour of the words beside it; a
    stance or a number out of sight in a wide matrix has the colours of those in sight; a verdict is told from the text
    round it by its frame."""
    element, why = unsure["element"], unsure["why"]
    if unsure["rule"] == "color-contrast":
        hidden = "partially obscured" in why or "partially overlaps" in why
        return "too short to determine" in why or (hidden and element.startswith(('<span class="stance ', "<td")))
    return unsure["rule"] == "link-in-text-block" and 'class="verdict ' in element
