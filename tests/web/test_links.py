"""Every link, fragment and asset of every site leads somewhere, and every page can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web import links
from tests.web.sites import Site

URL = "https://small.example/a/"
HOME = '<a href="b/">b</a><h1 id="top">Home</h1>'
OTHER = '<a href="../#top">home</a><p id="one">One</p>'


def test_links_of_a_site(site: Site) -> None:
    assert links.problems(site.folder, site.url) == []


def small(folder: Path, files: dict[str, str]) -> list[str]:
    for path, text in {"index.html": HOME, "b/index.html": OTHER, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return links.problems(folder, URL)


def test_a_small_site_without_faults(tmp_path: Path) -> None:
    more = '<img src="x.svg" alt=""><a href="https://e.org/#x">e</a><a href="#:~:text=One">1</a><a href="">here</a>'
    home = f'{HOME}{more}<link rel="canonical" href="{URL}"><p id="é"></p><a href="b/#one">1</a><a href="#%C3%A9">é</a>'
    assert small(tmp_path, {"index.html": home, "x.svg": "<svg/>", "list.txt": f"{URL}b/\n"}) == []


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("index.html", HOME + '<a href="c/">c</a>', "index.html: c/: there is nothing there"),
        ("index.html", HOME + '<a href="b">c</a>', "index.html: b: there is nothing there"),
        ("index.html", HOME + '<a href="b/#two">c</a>', "index.html: b/#two: there is no “two” in b/index.html"),
        ("index.html", HOME + '<a href="#two">c</a>', "index.html: #two: there is no “two” in index.html"),
        ("index.html", HOME + '<p id="top">', "index.html: the id “top” stands there 2 times"),
        ("index.html", HOME + '<p aria-labelledby="x">', "index.html: aria-labelledby names “x”, which is not there"),
        ("index.html", HOME + f'<a href="{URL}c/">c</a>', f"index.html: {URL}c/: there is nothing there"),
        ("index.html", HOME + '<img src="x.png">', "index.html: x.png: there is nothing there"),
        (
            "b/index.html",
            '<a href="/">c</a>',
            "b/index.html: /: begins at the host, so the site would not work in a folder",
        ),
        ("b/index.html", '<a href="../../">c</a>', "b/index.html: ../../: leads above the site"),
        (
            "b/index.html",
            '<a href="javascript:1">',
            "b/index.html: javascript:1: leads out of the site in a way that is not allowed",
        ),
        (
            "b/index.html",
            '<img src="https://e.org/x">',
            "b/index.html: https://e.org/x: leads out of the site in a way that is not allowed",
        ),
        (
            "b/index.html",
            '<meta http-equiv="refresh" content="0; url=../c/">',
            "b/index.html: ../c/: there is nothing there",
        ),
        ("c/index.html", "<p>", "c/index.html: no way leads there from the front page"),
        ("x.css", "p { background: url(x.png) }", "x.css: x.png: there is nothing there"),
        ("x.css", '@import "https://e.org/x.css";', "x.css: imports another stylesheet"),
        ("x.json", f'{{"a": ["{URL}c/"]}}', f"x.json: {URL}c/: there is nothing there"),
        ("x.xml", f'<a b="{URL}c/"/>', f"x.xml: {URL}c/: there is nothing there"),
    ],
)
def test_a_fault_is_found(path: str, text: str, told: str, tmp_path: Path) -> None:
    assert small(tmp_path, {path: text}) == [told]
