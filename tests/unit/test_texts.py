"""Texts: what the original's reader saw, in order, as paragraphs."""

from __future__ import annotations

import pytest

from generator.problems import Problem
from generator.read.texts import Text, read_text


def paragraphs(path: str, decoded: str) -> list[str]:
    text = read_text(path, decoded)
    assert isinstance(text, Text)
    return list(text.paragraphs)


@pytest.mark.parametrize(
    ("decoded", "expected"),
    [
        ("one\ntwo\n\nthree\n", ["one\ntwo", "three"]),  # with a blank line, only that ends a paragraph
        ("one\ntwo\nthree\n", ["one", "two", "three"]),  # without any, each line's end does
        ("\n\none\ntwo\n\n\n", ["one", "two"]),  # blank lines at the ends are none
        ("one\n \t\u00a0\n\n\ntwo", ["one", "two"]),  # a line of white space is blank
        ("  one  \n\n  two  ", ["one", "two"]),
        ("one", ["one"]),
        ("", []),
        (" \n\n ", []),
        ("one\u200b \u202e\x00two", ["one\u200b \u202e\x00two"]),  # evidence is never changed
    ],
)
def test_a_txt_is_its_paragraphs(decoded: str, expected: list[str]) -> None:
    assert paragraphs("a.txt", decoded) == expected


@pytest.mark.parametrize(
    ("decoded", "expected"),
    [
        ("# Head\n\nOne *two*\nthree [four](https://a.example).\n", ["Head", "One two three four."]),
        ("- one\n- two\n\n> three\n", ["one", "two", "three"]),
        ("| a | b |\n| - | - |\n| c | d |\n", ["a", "b", "c", "d"]),
        ("one<!-- not seen --> two\n\n<script>x</script>\n\n<p hidden>y</p>\n", ["one two"]),
        ("a &amp; b \\* c\n", ["a & b * c"]),
        ("one  \ntwo\n", ["one\ntwo"]),
    ],
)
def test_an_md_is_what_its_markdown_shows(decoded: str, expected: list[str]) -> None:
    assert paragraphs("a.md", decoded) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- X -->",
        "<script>X</script>",
        "<style>X</style>",
        "<template>X</template>",
        "<noscript>X</noscript>",
        "<title>X</title>",
        "<nav>X</nav>",
        "<div role='navigation'>X</div>",
        "<ul role=MENU><li>X</ul>",
        "<p hidden>X</p>",
        "<p hidden=''>X</p>",
        "<p style='display:none'>X</p>",
        "<p style='color: red; DISPLAY : none !important'>X</p>",
        "<p style='visibility: hidden'>X</p>",
        "<div hidden><p>deep <b>X</b></p></div>",
        "<textarea>X</textarea>",
        "<select><option>X</select>",
        "<button>X</button>",
        "<svg><text>X</text></svg>",
        "<iframe>X</iframe>",
        "<audio>X</audio>",
        "<input value=X>",
        "<img alt=X>",
        "<dialog>X</dialog>",
        "<?php X ?>",
        "<![CDATA[X]]>",
    ],
)
def test_what_no_reader_of_the_page_saw_is_no_text_of_it(hidden: str) -> None:
    seen = [piece for paragraph in paragraphs("a.html", f"<p>one</p>{hidden}<p>two</p>") for piece in [paragraph]]
    assert seen == ["one", "two"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='display:block'>X</p>",
        "<p style='x-display:none-such'>X</p>",
        "<p aria-hidden=true>X</p>",
        "<p class=hidden>X</p>",
        "<details><summary>X</summary></details>",
        "<footer>X</footer>",
        "<figure><figcaption>X</figcaption></figure>",
        "<table><tr><td>X</table>",
        "<blockquote>X</blockquote>",
    ],
)
def test_what_a_reader_saw_or_could_open_is_text(shown: str) -> None:
    assert paragraphs("a.html", f"<p>one</p>{shown}<p>two</p>") == ["one", "X", "two"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one <b>t</b>wo\n\n three</p><p>four", ["one two three", "four"]),
        ("<p>one<br>two<br><br>three</p>", ["one\ntwo\nthree"]),
        ("<p>long<wbr>word</p>", ["long\u200bword"]),  # passed over in matching
        ("one<p>two</p>three<div>four<p>five</p>six</div>", ["one", "two", "three", "four", "five", "six"]),
        ("<p>one<!-- not\nseen -->two</p>", ["onetwo"]),
        ("<p>&lt;b&gt; &amp; &eacute; &#8220;x&#x201d;</p>", ["<b> & é “x”"]),
        ("<p>a\x00b\x0cc\x85d</p>", ["abc d"]),
        ("<p></p><div> </div>", []),
        ("", []),
        ("https://example.org/page.html", ["https://example.org/page.html"]),
        ('<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><p>é</p></html>', ["é"]),
        ("<b>" * 190 + "deep" + "</b>" * 190 + "<p>after</p>", ["deep", "after"]),
    ],
)
def test_an_html_is_its_blocks_in_order(html: str, expected: list[str]) -> None:
    assert paragraphs("a.html", html) == expected


@pytest.mark.parametrize("depth", [220, 300, 100_000])
def test_a_page_too_deep_to_be_read_whole_is_a_problem_and_loses_nothing_unseen(depth: int) -> None:
    found = read_text("a.html", "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>")
    assert isinstance(found, Problem)
    assert (found.path, found.code) == ("a.html", "Y008")


def test_paragraphs_are_joined_by_a_blank_line() -> None:
    assert Text(("one", "two")).whole == "one\n\ntwo"
