"""What can be seen of a page's layout: words that are cut, boxes that scroll, what stands at a place."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
"""WCAG 2.2, 1.4.12: what a reader may set without losing anything."""

_CUT = r"""
() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  // For readers who can't see, or not shown at all: clipped on purpose, with all that is in it.
  const unseen = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath === "inset(50%)" || style.display === "none" || style.visibility === "hidden") return true;
    }
    return false;
  };
  const region = (element) => element.closest("[role=region][tabindex='0']");
  const scrolls = (style, axis) => ["auto", "scroll"].includes(style[`overflow${axis}`]);
  const clips = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const found = [];
  const wide = document.documentElement;
  const edge = wide.clientWidth;
  if (wide.scrollWidth > edge) found.push(`the page is ${wide.scrollWidth} wide, its window ${edge}`);
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const wider = scrolls(style, "X") && element.scrollWidth > element.clientWidth + 1;
    if (wider && !element.matches("[role=region][tabindex='0'][aria-label]"))
      found.push(`scrolls sideways, without a name to be found by: ${element.outerHTML.slice(0, 120)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || unseen(text.parentElement)) continue;
    const own = getComputedStyle(text.parentElement);
    const slack = own.whiteSpace.startsWith("pre") ? parseFloat(own.fontSize) : 1;  // a space at a line's end hangs out
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (!box.width || !box.height) continue;
      const out = !region(text.parentElement) && (box.left < -slack || box.right > edge + slack);
      const told = `“${text.data.trim().slice(0, 60)}” in ${text.parentElement.outerHTML.slice(0, 80)}`;
      if (out) {
        found.push(`runs out of the page: ${told}`);
        break;
      }
      let cut = false;
      for (let each = text.parentElement; each && each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each);
        if (style.display === "inline") continue;
        const held = each.getBoundingClientRect();
        if (clips(style, "X") && (box.left < held.left - slack || box.right > held.right + slack)) cut = true;
        if (clips(style, "Y") && (box.top < held.top - 1 || box.bottom > held.bottom + 1)) cut = true;
      }
      if (cut) {
        found.push(`is cut: ${told}`);
        break;
      }
    }
  }
  return found;
}
"""

_STYLE = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""

_FOCUSED = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const inside = (box) => box.bottom > 0 && box.top < innerHeight && box.width && box.height;
  const boxes = [...element.getClientRects()].filter(inside);
  const seen = boxes.some((box) => [0.2, 0.5, 0.8].some((part) => {
    const middle = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(box.left + box.width * part, middle);
    return top && (element.contains(top) || top.contains(element));
  }));
  const number = [...document.querySelectorAll("*")].indexOf(element);
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {number, told: element.outerHTML.slice(0, 160), outline, seen, tag: element.localName, id: element.id};
}
"""


def cut(page: Page) -> list[str]:
    """Words that can't be read where they are, or only by scrolling sideways where nothing says that one can."""
    found: list[str] = page.evaluate(_CUT)
    return found


def style(page: Page, css: str) -> None:
    """Put a reader's own style over the page's."""
    page.evaluate(_STYLE, css)


def focused(page: Page) -> dict[str, Any] | None:
    """What has the focus: its number in the page, whether its outline and any of it can be seen."""
    found: dict[str, Any] | None = page.evaluate(_FOCUSED)
    return found
