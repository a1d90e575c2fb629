"""The nearest passage: what an editor most likely meant to quote, with the difference word by word."""

from __future__ import annotations

import pytest

from generator.link.nearest import difference, nearest_passage

TEXT = "It was late. After a three-day trip, they landed (safely, it seems) at 10.35 am local time. Nobody was hurt."


@pytest.mark.parametrize(
    ("words", "passage", "shown"),
    [
        (
            "After a four-day trip, they landed",
            "After a three-day trip, they landed",
            "“After a [four-day → three-day] trip, they landed”",
        ),
        ("they lnded safely", "they landed (safely", "“they [lnded safely → landed (safely]”"),
        (
            "they landed (safely, it seems) at 10.35 local time",
            "they landed (safely, it seems) at 10.35 am local time",
            "“they landed (safely, it seems) at 10.35 [nothing → am] local time”",
        ),
        (
            "they landed (safely, it now seems) at 10.35",
            "they landed (safely, it seems) at 10.35",
            "“they landed (safely, it [now → nothing] seems) at 10.35”",
        ),
        ("at 10.35 local time", "at 10.35 am local time", "“at 10.35 [nothing → am] local time”"),
        ("it seemed", "it seems", "“it [seemed → seems]”"),  # without the bracket beside it
        ("Nobody was hurt!", "Nobody was hurt.", "“Nobody was [hurt! → hurt.]”"),
    ],
)
def test_the_nearest_passage_is_whole_words_and_its_difference_is_marked(words: str, passage: str, shown: str) -> None:
    found = nearest_passage(words, TEXT)
    assert found is not None
    (start, end), marked = found
    assert (TEXT[start:end], marked) == (passage, shown)


@pytest.mark.parametrize("text", ["", " ", TEXT])
def test_nothing_near_is_no_passage(text: str) -> None:
    assert nearest_passage("Quarterly earnings rose", text) is None


def test_words_longer_than_the_text_are_compared_with_all_of_it() -> None:
    found = nearest_passage("They landed safely and then they all went home again", "They landed safely.")
    assert found is not None
    assert found[0] == (0, 19 - 1)


def test_of_a_long_run_of_equal_words_only_the_ends_are_shown() -> None:
    same = " ".join(f"w{number}" for number in range(20))
    assert difference(f"a {same}", f"b {same}") == "“[a → b] w0 w1 w2 w3 w4 … w15 w16 w17 w18 w19”"
