"""Wording: whose words a claim is in."""

from __future__ import annotations

import pytest

from generator.compare.wording import whose_words

CLAIM = "The capsule’s crew landed at 4:36 – as planned."


@pytest.mark.parametrize(
    "text",
    [
        "The capsule’s crew landed at 4:36 – as planned.",
        "the capsule's crew landed at 4:36 - as planned, and went home",
        "NASA: “The capsule´s".replace("´", "'") + " crew landed\u00a0at\n4:36 — as planned”",
        "x The capsule’s crew lan\u00added at 4:36 – as planned",
    ],
)
def test_the_wording_stands_in_a_quote(text: str) -> None:
    assert whose_words(CLAIM, [(7, "asserts", text)]) == (7,)


@pytest.mark.parametrize(
    "text",
    [
        "The capsule’s crew landed at 4:36",  # a part
        "The capsule’s crew landed at 4:36 – as planned-for",  # inside a word
        "Cathe capsule’s crew landed at 4:36 – as planned.",
        "The Capsule’s crew landed at 4:36 – as planned.",
        "The capsule’s crew […] landed at 4:36 – as planned.",
        "The capsule’s crew landed at 4:35 – as planned.",
        "",
    ],
)
def test_it_does_not(text: str) -> None:
    assert whose_words(CLAIM, [(0, "asserts", text)]) == ()


def test_only_asserting_quotes_count_and_all_of_them() -> None:
    quotes = [(0, "mentions", CLAIM), (1, "asserts", CLAIM), (2, "partly", CLAIM), (3, "contradicts", CLAIM)]
    assert whose_words(CLAIM, [*quotes, (4, "asserts", f"So: {CLAIM}")]) == (1, 4)  # type: ignore[list-item]


@pytest.mark.parametrize("claim", ["", ".", "“”"])
def test_no_wording_is_in_nobodys_words(claim: str) -> None:
    assert whose_words(claim, [(0, "asserts", "“A sentence.”")]) == ()


def test_a_wording_in_quotation_marks_and_one_that_begins_late() -> None:
    assert whose_words("“Everything is fine!”", [(0, "asserts", "he said: “Everything is fine!”")]) == (0,)
    assert whose_words("5 landed", [(0, "asserts", "-5 landed"), (1, "asserts", "the 5 landed")]) == (1,)
