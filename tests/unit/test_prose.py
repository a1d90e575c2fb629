"""Prose: what is rendered without the parser comes out as the parser has it; what is not certain is left to it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.plan.markdown import Context, Rendered, render_markdown, render_with_parser
from generator.plan.prose import Leaf, is_unmarked, leaves, marks
from generator.problems import Place, Problem

CLAIM = Context("content/claims/x.yaml", lambda: Place(10, 3), "/claims/x/", {"notice": 1, "radio-2": 2}, top=3)

WORDS = 'a|Words of a line|é|中文|2019|1.5|٣. a|R & D|AT&T > "b"|x.|Stop!|(x)|“x”|—|$5'.split("|")
ODD_WORDS = "1.|12)|1.) a|😀|^|=|@|%|{|'".split("|")
CERTAIN_MARKS = [
    *'**b**|*e*|**B b b.**|*e,*|**2019**|(*e*)|*e "e!*|**b**,'.split("|"),
    *"[@notice] [@nobody] ([@radio-2]) [@notice][@radio-2]".split(" "),
    *"[a](/b/) [a>b](/b/) [a](b) [a](..) [a](//e.org/) [a](//::) [a](https://E.org/?a=1) [a](javascript:x)".split(" "),
]
ODD_MARKS = [
    *"* ** *** _ __ _e_ __b__ *e*e e*e* **b**b b**b** *“e”* *e** **b* **(b)** *e~ ~~ ~~s~~ ` `` `c` ``` ~~~".split(" "),
    *"\\ \\* \\[ \\` [ ] ]( ![ [] [a] [a][b] [a]: ]: [@ [@] [@a_b] [@notice](/b/) [*e*](b) [a [@notice]](b)".split(" "),
    *"[a [b](c)](d) [a](<b>) [a](b_c) [a](b(c)) [a](b&amp;c) [a](é) ![a](media/x.png) ![](media/x.png)".split(" "),
    *"< <b> </b> <!-- <https://e.org> <a@e.org> > & &amp; &#65; &#x202e; &c; | -- --- === ## # #a :-- + -".split(" "),
    *("[a b](/c d)", '[a](/b "c")', "**b *e* b**", "*e **b** e*", "**b [@notice] b**", "**[a](/b/)**", "[a\nb](c)"),
    *("[a]: /b", "[a]:\n/b", "| a |\n| - |", "a | b\n- | -", "* * *", "- - -", "1. a", "1) a", "+ a", "> a", ">"),
]
CHARACTERS = "\t \u00a0 \u2003 \u2028 \u200b \ufeff \u00ad \x0b \x0c \x1c \x7f \x85 \x00 \r \r\n".split(" ")
GAPS = "| | | |  |\n|\n|\n\n|\n\n|\n\n\n| \n|  \n|\n \n|\n |\n  |\n    |\n\t".split("|")
BEGINNINGS = [*"- |* |+ |1. |> |# |## |###### |####### |-\t|-  ".split("|")]


def joined(words: list[str], gaps: list[str]) -> st.SearchStrategy[str]:
    """Texts of `words` with `gaps` between them."""
    further = st.lists(st.tuples(st.sampled_from(gaps), st.sampled_from(words)).map("".join), max_size=8)
    return st.tuples(st.sampled_from(words), further.map("".join)).map("".join)


LINE = st.lists(st.sampled_from([*WORDS, *CERTAIN_MARKS]), min_size=1, max_size=5).map(" ".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
HEADING = st.tuples(st.sampled_from(["#", "##", "###", "######"]), LINE).map(" ".join)
ITEMS = st.lists(st.lists(LINE, min_size=1, max_size=2).map("\n  ".join), min_size=1, max_size=3)
LIST = st.tuples(st.sampled_from("-*+"), ITEMS).map(lambda list: "\n".join(f"{list[0]} {item}" for item in list[1]))
BLOCK = st.one_of(PARAGRAPH, HEADING, st.tuples(LIST, PARAGRAPH).map("\n\n".join))
PROSE = st.lists(st.tuples(st.sampled_from(["", "\n"]), BLOCK).map("".join), min_size=1, max_size=4).map("\n\n".join)
NEAR_PROSE = joined(
    [*WORDS * 2, *CERTAIN_MARKS * 2, *ODD_WORDS, *ODD_MARKS], [" ", " ", " ", "", "\n", "\n\n", "\n\n- "]
)
BLOCKS = [f"{gap}{begin}" for gap in ("\n", "\n\n") for begin in BEGINNINGS]
ANYTHING = joined([*WORDS, *CERTAIN_MARKS, *ODD_WORDS, *ODD_MARKS, *CHARACTERS], [*GAPS, *GAPS, *BLOCKS])
ALPHABETS = (
    "a* .\n|a*(.! \n)|a*_-\n |a[]()/@!|ab-# \n*|1a.) \n|a&;#![ |a\n  -*+|a=-: \n|a**é\u00a0\u2028\x1c“.|a\\* \n".split(
        "|"
    )
)
LETTERS = st.sampled_from(ALPHABETS).flatmap(lambda letters: st.text(letters, min_size=1, max_size=14))


def told(rendered: Rendered) -> tuple[str, tuple[Problem, ...], list[tuple[str, Problem]]]:
    """All that a rendered text says."""
    return rendered.html, rendered.problems, [(link.address, link.problem()) for link in rendered.links]


@settings(max_examples=500)
@given(PROSE)
def test_prose_comes_out_as_from_the_parser(text: str) -> None:
    found = leaves(text)
    assert found is not None
    assert [leaf.words for leaf in found if marks(leaf.words) is None] == []
    assert told(render_markdown(text, CLAIM)) == told(render_with_parser(text, CLAIM))


@pytest.mark.parametrize("texts", [NEAR_PROSE, ANYTHING, LETTERS])
def test_anything_comes_out_as_from_the_parser(texts: st.SearchStrategy[str]) -> None:
    @settings(max_examples=500)
    @given(
        texts, st.sampled_from(["", "", "", "- ", "* ", "## ", "\n", "  "]), st.sampled_from(["", "\n", "\n\n", " "])
    )
    def equal(text: str, before: str, after: str) -> None:
        text = before + text + after
        assume(text.strip())
        assert told(render_markdown(text, CLAIM)) == told(render_with_parser(text, CLAIM))

    equal()


@pytest.mark.parametrize("words", [*WORDS, *CERTAIN_MARKS, *ODD_MARKS, "a \nb", "a  \nb"])
def test_words_are_unmarked_only_where_there_are_no_marks(words: str) -> None:
    typed = f"One {words} two"
    assert marks(typed) == [] or not is_unmarked(typed)


def test_words_without_marks_are_unmarked() -> None:
    assert is_unmarked("“One”, two: 50% (three)\n- four > 'five' #six {seven} | $8 = 9^2 + 1\n\nten")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.", [Leaf("One.", 0)]),
        ("One\ntwo.\n\n\n\n“Three”\n", [Leaf("One\ntwo.", 0), Leaf("“Three”", 5)]),
        ("\n**One.** Two\n12 three\n(four)", [Leaf("**One.** Two\n12 three\n(four)", 1)]),
        ("## One\n\n# Two", [Leaf("One", 0, level=2), Leaf("Two", 2, level=1)]),
        (
            "* One\n  and a half\n* *Two*\n\nThree",
            [
                Leaf("One\nand a half", 0, "<ul>\n<li>", "</li>\n"),
                Leaf("*Two*", 2, "<li>", "</li>\n</ul>\n"),
                Leaf("Three", 4),
            ],
        ),
        ("- One", [Leaf("One", 0, "<ul>\n<li>", "</li>\n</ul>\n")]),
    ],
)
def test_leaves(text: str, expected: list[Leaf]) -> None:
    assert leaves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        " One",
        "One ",
        "One\n\n    two",
        "One\n \nTwo",
        "One\n---",
        "One\n===",
        "> One",
        "1. One",
        "One\n2) Two",
        "- One\n\n- Two",
        "- One\n* Two",
        "- One\nTwo",
        "- One\n   Two",
        "- - One",
        "- 1. One",
        "# One #",
        "# One\nTwo",
        "####### One",
        "```\nOne\n```",
        "***",
        "* * *",
        "___",
        "One | two\n--- | ---",
        "<b>",
        "One\n\n[One]: /two",
        "One\r\n\r\nTwo",
        "One\rTwo",
        "One\0",
        "\u00a0One",
        "One\u2003",
    ],
)
def test_blocks_that_are_not_certain(text: str) -> None:
    assert leaves(text) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("All of it & more!", []),
        (
            "**One** and (*two*), **three.**\n*four*",
            [("strong", "One"), ("em", "two"), ("strong", "three."), ("em", "four")],
        ),
        ("So [@radio-2][@notice].", [("citation", "radio-2"), ("citation", "notice")]),
        ("[One two](/three/#four)", [("link", "/three/#four")]),
        ("[One](https://e.org/?a=1)", [("link", "https://e.org/?a=1")]),
    ],
)
def test_marks(words: str, expected: list[tuple[str, str]]) -> None:
    found = marks(words)
    assert found is not None
    assert [(mark.lastgroup, mark[mark.lastgroup or 0]) for mark in found] == expected


@pytest.mark.parametrize(
    "words",
    [
        "One  \ntwo",
        "One \ntwo",
        "a*b*",
        "*b*a",
        "**One*",
        "* One*",
        "*One *",
        "“*One*”",
        "*“One”*",
        "*One,*two",
        "*One,*.",
        "*One &amp; two*",
        "[One &amp; two](/three/)",
        "***One***",
        "**One *two* three**",
        "**One [@notice]**",
        "_One_",
        "~~One~~",
        "`One`",
        "One\\*",
        "One\\, two",
        "One\\\ntwo",
        "One &amp; two",
        "<https://e.org>",
        "![One](media/x.png)",
        "[One *two*](/three/)",
        "[One](/two three)",
        "[One](</two>)",
        '[One](/two "three")',
        "[One](two_three)",
        "[One][two]",
        "[One]",
        "[@One two]",
        "One]",
    ],
)
def test_marks_that_are_not_certain(words: str) -> None:
    assert marks(words) is None


def test_no_letter_or_digit_is_a_stop_or_a_space() -> None:
    """What a mark may stand beside: the parser has punctuation, symbols and spaces from Unicode's categories."""
    categories = {unicodedata.category(chr(code))[0] for code in range(sys.maxunicode + 1) if chr(code).isalnum()}
    assert categories == {"L", "N"}
