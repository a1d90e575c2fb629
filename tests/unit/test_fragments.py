"""Links to a page at exact words: what the directive says, and where a browser would go."""

from __future__ import annotations

import sys
from urllib.parse import quote as percent_encoded

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import browser_finds

from generator.link.proof import Anchor, Evidence
from generator.plan.fragments import _encoded, _stand_in, fragment_address
from generator.read.texts import BREAK, Text


def address(paragraphs: tuple[str, ...], quote: str, url: str = "https://e.org/", **where: str) -> str:
    text = Text(paragraphs)
    anchor = Evidence(text).prove(quote, **where)
    assert isinstance(anchor, Anchor)
    return fragment_address(url, text.whole, anchor)


LONG = "one two three four five six seven eight nine ten " + "and so on " * 12 + "to the very last word of it"


@pytest.mark.parametrize(
    ("paragraphs", "quote", "directives"),
    [
        (("The ship landed.",), "The ship landed.", ["The%20ship%20landed."]),
        (("Ten-to-one, he & she said.",), "Ten-to-one, he & she", ["Ten%2Dto%2Done%2C%20he%20%26%20she"]),
        (("A  b\nc d e.",), "b c d", ["b%20c%20d"]),
        (("A café.",), "café", ["caf%C3%A9"]),
        (("The sh\u00adip la\u200bnded.",), "ship landed", ["ship%20landed"]),
        (("The ship did not fall sideways.",), "The ship […] fall sideways", ["The%20ship", "fall%20sideways"]),
        (("It landed.", "They cheered."), "It landed. They cheered.", ["It%20landed.,They%20cheered."]),
        ((LONG,), LONG, ["one%20two%20three%20four%20five,very%20last%20word%20of%20it"]),
    ],
)
def test_the_directives(paragraphs: tuple[str, ...], quote: str, directives: list[str]) -> None:
    assert address(paragraphs, quote) == "https://e.org/#:~:" + "&".join(f"text={words}" for words in directives)


def test_words_that_stand_earlier_too_get_a_prefix() -> None:
    paragraphs = ("When the ship landed, they all said that the ship landed.",)
    link = address(paragraphs, "the ship landed", before="said that")
    assert link == "https://e.org/#:~:text=they%20all%20said%20that-,the%20ship%20landed"


def test_a_fragment_that_the_address_has_stays() -> None:
    link = address(("The ship landed.",), "ship landed", "https://e.org/a?b=c#d")
    assert link == "https://e.org/a?b=c#d:~:text=ship%20landed"


@pytest.mark.parametrize(
    ("paragraphs", "quote", "where"),
    [
        (("They met. They met again.",), "They met again", {}),
        (("In May the ship sailed. The ship sailed home in June.",), "The ship sailed home", {}),
        pytest.param(("The ship sailed. On Monday the ship sailed.",), "the ship sailed", {"before": "On Monday"}),
        pytest.param((LONG.replace("very", "quite"), f"But he said: {LONG}"), LONG, {}),
        pytest.param(("The ship landed.", "The ship landed.", "They cheered."), "The ship landed. They cheered.", {}),
    ],
)
def test_a_browser_goes_to_the_quote_and_to_no_earlier_place(
    paragraphs: tuple[str, ...], quote: str, where: dict[str, str]
) -> None:
    text = Text(paragraphs)
    anchor = Evidence(text).prove(quote, **where)
    assert isinstance(anchor, Anchor)
    directive = fragment_address("", text.whole, anchor).removeprefix("#:~:text=")
    assert browser_finds(BREAK.join(paragraphs), directive) == anchor.spans[0]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
@example(["Ten-to-one,", "he~she", "_a.b", "100%", "“é”", "&", "+"])
def test_words_are_encoded_as_quote_does_and_their_hyphens_too(words: list[str]) -> None:
    assert _encoded(words) == percent_encoded(" ".join(words), safe="").replace("-", "%2D")


some_words = st.lists(st.sampled_from("the The ship SHIP ships Straße STRASSE ﬁn fin ſo so İt — -".split()), max_size=6)


@given(some_words, some_words, st.sampled_from([" ", "  ", "\n\n", "\u00a0"]))
@example(["the", "ship"], ["Ship,", "the", "SHIP"], "\n\n")
def test_words_stand_in_a_text_whatever_their_case_and_the_white_space(
    words: list[str], text: list[str], white: str
) -> None:
    assert _stand_in(white.join(text), words) == (" ".join(words).casefold() in " ".join(text).casefold())


def test_no_character_becomes_or_holds_white_space_when_case_is_folded() -> None:
    """So that words can be looked for in a text whose case is folded already."""
    for character in map(chr, range(sys.maxunicode + 1)):
        folded = character.casefold()
        assert folded == character if character.isspace() else folded.split() == [folded]
