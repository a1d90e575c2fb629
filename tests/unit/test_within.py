"""Within: the place of some words of a value in the file, however the value was typed."""

from __future__ import annotations

import pytest

from generator.problems import Place
from generator.read.within import within


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("text: The ship lnded at noon", 7),
        ("text: 'The ship lnded at noon'", 7),
        ('text: "The ship lnded at noon"', 7),
        ('text: "The\\x20\\u0073hip lnded at noon"', 7),
        ("text: The   ship \t lnded at noon", 7),
    ],
)
def test_words_are_found_where_they_were_typed(typed: str, column: int) -> None:
    value = "The ship lnded at noon"
    found = within(f"a: b\n{typed}\n", Place(2, column), value, (9, 14))
    if "\\x20" in typed:  # an escaped space is no white space of the file
        assert found is None
    else:
        assert found == (Place(2, typed.index("lnded") + 1), 5)


def test_an_apostrophe_in_single_quotation_marks_is_two() -> None:
    typed = "text: 'It''s the first tme'\n"
    assert within(typed, Place(1, 7), "It's the first tme", (15, 18)) == (Place(1, typed.index("tme") + 1), 3)


def test_words_in_a_folded_block_are_found_in_their_line() -> None:
    typed = "text: >-\n  The ship\n  lnded at noon\n"
    assert within(typed, Place(2, 3), "The ship lnded at noon", (9, 14)) == (Place(3, 3), 5)


def test_words_over_two_lines_are_shown_as_far_as_the_first_goes() -> None:
    typed = "text: >-\n  The ship\n  lnded at noon\n"
    assert within(typed, Place(2, 3), "The ship lnded at noon", (4, 14)) == (Place(2, 7), 4)


def test_escaped_letters_and_line_ends_in_double_quotation_marks() -> None:
    typed = 'text: "The \\"sh\\u0069p\\" la\\\n  nded at noon"\n'
    assert within(typed, Place(1, 7), 'The "ship" landed at noon', (18, 20)) == (Place(2, 8), 2)


@pytest.mark.parametrize("span", [(0, 3), (4, 8)])
def test_what_is_not_there_has_no_place(span: tuple[int, int]) -> None:
    assert within("text: Another ship\n", Place(1, 7), "The ship landed", span) is None
