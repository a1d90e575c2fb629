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


@pytest.mark.parametrize("space", "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000", ids=ascii)
def test_a_space_of_its_own_kind_stays(space: str) -> None:
    assert paragraphs("a.html", f"<p>10{space}000 &#{ord(space)};\n people</p>") == [f"10{space}000 {space} people"]
    assert paragraphs("a.md", f"10{space}000 people") == [f"10{space}000 people"]


def test_a_paragraph_of_spaces_alone_is_none() -> None:
    assert paragraphs("a.html", "<p>&nbsp;</p><p>&#8199; one&nbsp;</p>") == ["one"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("It killed 20<sup>1</sup> people.", "It killed 20¹ people."),
        ("10<sup>6</sup>, 10<sup>-6</sup> and 10<sup>−6</sup>", "10⁶, 10⁻⁶ and 10⁻⁶"),
        ("CO<sub>2</sub>, x<sub>i</sub>", "CO2, xi"),
        ("the 18<sup>th</sup>, le 1<sup>er</sup> mai", "the 18th, le 1er mai"),
        ("the end.<sup><a href=x>12</a></sup> Then", "the end.¹² Then"),
        ("the end<sup>[12]</sup> in 2021<sup>[13]</sup>", "the end[12] in 2021[13]"),
        ("Brand<sup>®</sup> in 2021<sup>*</sup>", "Brand® in 2021*"),
        ("<sup>Small print in 2021</sup>", "Small print in 2021"),
        ("3 <sup>1</sup>/<sub>2</sub> cups", "3 ¹/₂ cups"),
        ("20<span style='vertical-align: super'>1</span>", "20¹"),
        ("H<span style='font-size: 9px; VERTICAL-ALIGN:sub'>2</span>O", "H2O"),
        ("20<sup hidden>1</sup> people", "20 people"),
        # no such forms, or too many letters to read: set apart
        ("1<sup>5й</sup>2", "1‸5й‸2"),
        ("20<sup>12345</sup>6", "20‸12345‸6"),
        ("10<sup>6,7</sup>", "10‸6,7"),
        ("10<sup>.5й</sup>, <sup>5й</sup>.", "10‸.5й, 5й."),
        ("20<sup>&shy;1й</sup>", "20‸\u00ad1й"),
        ("20&shy;<sup>1й</sup>", "20\u00ad‸1й"),
        ("20<sup>1й</sup><sup>2й</sup>", "20‸1й‸2й"),
    ],
)
def test_raised_and_lowered_text_is_no_part_of_what_it_touches(html: str, expected: str) -> None:
    assert paragraphs("a.html", f"<p>{html}</p>") == [expected]
    assert paragraphs("a.md", f"{html}\n") == [expected]


def struck(text: str) -> str:
    return "".join(character if character == " " else f"{character}\u0336" for character in text)


@pytest.mark.parametrize("name", ["del", "s", "strike", "span style='text-decoration: line-through'"])
def test_struck_text_is_struck_letter_by_letter(name: str) -> None:
    def on(html: str) -> list[str]:
        return paragraphs("a.html", html.replace("<x>", f"<{name}>").replace("</x>", f"</{name.split()[0]}>"))

    assert on("<p>killed <x>10 or 1<b>1</b></x> people</p>") == [f"killed {struck('10 or 11')} people"]
    assert on("<p>1<x>0</x>2</p>") == [f"1{struck('0')}2"]
    assert on("<p>10<x>.</x>5</p>") == [f"10{struck('.')}5"]
    assert on("<p><x>cafe\u0301</x></p>") == [f"{struck('caf')}e\u0336\u0301"]


def test_struck_paragraphs_are_struck() -> None:
    assert paragraphs("a.html", "<del><p>One</p><p>two</p></del>") == [struck("One"), struck("two")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("10 <ins>new <b>peo</b>ple</ins>, he said", "10 new people, he said"),
        ("he said<ins>, twice</ins>.", "he said, twice."),
        ("(<ins>10</ins>) “<ins>10</ins>”", "(10) “10”"),
        ("10<ins>000</ins> people", "10‸000 people"),
        ("1<ins>2</ins>3", "1‸2‸3"),
        ("10<ins>.</ins>5", "10‸.‸5"),
        ("10<ins>,000</ins>", "10‸,000"),
        ("$<ins>10</ins>, -<ins>5</ins><ins>%</ins>", "$‸10, -‸5‸%"),
        ("in <ins>2021</ins>, and <ins>2022</ins>.", "in 2021, and 2022."),
        ("10<ins><b>.</b><i>5</i></ins>", "10‸.5"),
        ("10<ins>&nbsp;000</ins> in 2021 <ins>12</ins>", "10‸\u00a0000 in 2021 12"),
        ("did<ins>n’t</ins>", "did‸n’t"),
        # what replaces struck words is quotable, unless it is a part of a word or a number
        ("<del>10</del><ins>12</ins> people", f"{struck('10')} 12 people"),
        ("He is <del>not <b>guilty</b></del><ins>innocent</ins>", f"He is {struck('not guilty')} innocent"),
        ("1<del>0</del><ins>2</ins> people", f"1{struck('0')}‸2 people"),
        ("<ins>12</ins><del>10</del> people", f"12‸{struck('10')} people"),
    ],
)
def test_inserted_text_is_no_part_of_a_word_or_number_that_it_touches(html: str, expected: str) -> None:
    assert paragraphs("a.html", f"<p>{html}</p>") == [expected]


@pytest.mark.parametrize("depth", [220, 300, 100_000])
def test_a_page_too_deep_to_be_read_whole_is_a_problem_and_loses_nothing_unseen(depth: int) -> None:
    found = read_text("a.html", "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>")
    assert isinstance(found, Problem)
    assert (found.path, found.code) == ("a.html", "Y008")


def test_paragraphs_are_joined_by_a_blank_line() -> None:
    assert Text(("one", "two")).whole == "one\n\ntwo"
