"""Styles: what a saved page hides can be no evidence, and what it shows stays."""

from __future__ import annotations

import time

import pytest

from generator.link.proof import Anchor, Evidence
from generator.problems import Problem
from generator.read.texts import Text, read_text


def words(html: str) -> list[str]:
    found = read_text("a.html", html)
    assert isinstance(found, Text), found
    return " ".join(found.paragraphs).split()


HIDDEN = [
    # sheets
    (".h { display: none }", "<b class=h>X</b>"),
    (".h{visibility:hidden}", "<b class='a h'>X</b>"),
    ("#h { DISPLAY: None !important }", "<b id=h style='display:inline'>X</b>"),
    ("b { content-visibility: hidden }", "<b>X</b>"),
    ("/* .h { color: red */ .h{display:none", "<b class=h>X</b>"),
    (".\\68 { display: none }", "<b class=h>X</b>"),
    (".h { \\64isplay: no\\6e e }", "<b class=h>X</b>"),
    (".z, .h, .y { color: red; display: none; }", "<b class=h>X</b>"),
    ("div.a p > .h { display: none }", "<div class=a><div><p><b class=h>X</b></p></div></div>"),
    (".a .b .c { display: none }", "<i class=a><i class=b><u><b class=c>X</b></u></i></i>"),
    ("[data-h] { display: none }", "<b data-h>X</b>"),
    ("[data-h='1'] { display: none }", "<b data-h=1>X</b>"),
    ("b { display: inline } .h { display: none }", "<b class=h>X</b>"),
    (".h { display: none } b { display: inline }", "<b class=h>X</b>"),  # a class has more weight
    (".h { display: inline } .h { display: none }", "<b class=h>X</b>"),
    ("@media screen { .h { display: none } }", "<b class=h>X</b>"),
    ("@layer base { @media all { .h { display: none } } }", "<b class=h>X</b>"),
    ("@import url(x.css); @charset 'utf-8'; .h { display: none }", "<b class=h>X</b>"),
    ("@keyframes f { from { color: red } to { color: blue } } .h { display: none }", "<b class=h>X</b>"),
    (".y::before { content: '}{;' } .h { display: none }", "<b class=h>X</b>"),
    (".y { background: url(data:image/svg+xml;{x}) } .h { display: none }", "<b class=h>X</b>"),
    (".y { .z { display: block } } .h { display: none }", "<b class=h>X</b>"),
    (".h { position: absolute; left: -9999px }", "<b class=h>X</b>"),
    (".h { position:absolute; clip: rect(1px, 1px, 1px, 1px) }", "<b class=h>X</b>"),
    (".h { clip-path: inset(50%) }", "<b class=h>X</b>"),
    (".h { overflow: hidden; width: 1px; height: 1px }", "<b class=h>X</b>"),
    (".h { font-size: 0 }", "<b class=h>X</b>"),
    (".h { color: transparent }", "<b class=h>X</b>"),
    (".h { text-indent: -999em }", "<b class=h>X</b>"),
    # an element's own style
    *(
        ("", f"<b style='{style}'>X</b>")
        for style in (
            "opacity: 0",
            "opacity:0.0",
            "font-size:0px",
            "font: 0/0 serif",
            "transform: scale(0)",
            "position:fixed;top:-2000px",
            "display:/**/none",
            "display&#58;none",
            "display:block;display:none",
            "display:none!important;display:block",
            "clip-path:circle(0)",
        )
    ),
]
SHOWN = [
    ("", "<b>X</b>"),
    (".h { display: none }", "<b class=g>X</b>"),
    (".h { display: none } .h.on { display: inline }", "<b class='h on'>X</b>"),
    (".h { display: none }", "<b class=h style='display: inline'>X</b>"),
    (".h { display: inline !important } #h { display: none }", "<b class=h id=h>X</b>"),
    ("@media print { .h { display: none } }", "<b class=h>X</b>"),
    ("@media (max-width: 600px) { .h { display: none } }", "<b class=h>X</b>"),
    (".h { display: none } @media (min-width: 600px) { .h { display: block } }", "<b class=h>X</b>"),
    ("@supports (display: grid) { .h { display: none } }", "<b class=h>X</b>"),
    (".h:hover { display: none } .h:not(.a) { display: none }", "<b class=h>X</b>"),
    (".a + .h { display: none }", "<b class=h>X</b>"),
    (".a > .h { display: none }", "<i class=a><i><b class=h>X</b></i></i>"),
    (".a .h { display: none }", "<b class=h>X</b><i class=a></i>"),
    (".h { x-display: none; displays: none; display: no }", "<b class=h>X</b>"),
    ("/* .h { display: none } */", "<b class=h>X</b>"),
    (".h { opacity: 0; transform: scale(0) }", "<b class=h>X</b>"),  # a script brings it in
    ("body { visibility: hidden } html { display: none } main, article { display: none }", "<main><b>X</b></main>"),
    (".h { opacity: 0.9; left: -9999px; text-indent: -1em; font-size: 0.9em; height: 0 }", "<b class=h>X</b>"),
    (".h { position: absolute; left: -4px; clip: auto; color: #000 }", "<b class=h>X</b>"),
    (".h { font: 10px/0 serif; transform: scale(0.5) }", "<b class=h>X</b>"),
    ("@keyframes h { from { display: none } }", "<b class=h>X</b>"),
]


@pytest.mark.parametrize(("sheet", "html"), HIDDEN)
def test_what_a_page_hides_is_no_evidence(sheet: str, html: str) -> None:
    page = f"<style>{sheet}</style><p>one</p>{html.replace('X', 'he denied it all')}<p>two</p>"
    assert words(page) == ["one", "two"]
    found = read_text("a.html", page)
    assert isinstance(found, Text)
    assert not isinstance(Evidence(found).prove("he denied it all"), Anchor)


@pytest.mark.parametrize(("sheet", "html"), SHOWN)
def test_what_a_page_shows_stays(sheet: str, html: str) -> None:
    assert words(f"<style>{sheet}</style><p>one</p>{html}<p>two</p>") == ["one", "X", "two"]


def test_sheets_that_hold_for_others_hide_nothing() -> None:
    rule, page = ".h { display: none }</style>", "<p><b class=h>X</b></p>"
    assert words(f"<style media=print>{rule}{page}") == ["X"]
    assert words(f"<style media='(min-width: 1px)'>{rule}{page}") == ["X"]
    assert words(f"<noscript><style>{rule}</noscript>{page}") == ["X"]
    assert words(f"<style media=screen>{rule}{page}") == []


def test_a_sheet_raises_lowers_and_strikes_as_an_elements_own_style_does() -> None:
    sheet = "<style>.u{vertical-align:super}.d{text-decoration:line-through}sup{vertical-align:baseline}</style>"
    assert words(f"{sheet}<p>20<i class=u>1</i> 20<sup>1</sup> <i class=d>10</i></p>") == ["20¹", "20¹", "1̶0̶"]


@pytest.mark.parametrize(
    "page",
    [
        "<style>" + "*{display:block}" * 20_000 + "</style>" + "<b>x</b>" * 20_000,
        "<style>" + "* * * * * * * .x{display:none}" * 5_000 + "</style>" + "<b class=x>" * 150,
        "<style>" + "{" * 300_000 + "</style><p>x</p>",
        "<style>" + "@media screen{" * 30_000 + "</style><p>x</p>",
        "<style>" + "a{b:c;" * 60_000 + "</style><p>x</p>",
        "<style>" + "/*" * 200_000 + "</style><p>x</p>",
        "<style>" + "\\" * 300_000 + "'" * 300_000 + "url(" * 50_000 + "</style><p>x</p>",
        "<style>" + "[a=" * 100_000 + "</style><p>x</p>",
        "<style>.a" + ".a" * 100_000 + "{display:none}</style><p class=a>x</p>",
        "<style>" + "a," * 200_000 + "b{display:none}</style><p class=a>x</p>",
        f"<p style='{'display:;' * 100_000}'>x</p>",
    ],
    ids=range(11),
)
def test_hostile_sheets_end_in_a_text_or_a_problem_in_bounded_time(page: str) -> None:
    began = time.process_time()
    found = read_text("a.html", page)
    assert time.process_time() - began < 30
    assert isinstance(found, Text) or (isinstance(found, Problem) and found.code == "Y008")
