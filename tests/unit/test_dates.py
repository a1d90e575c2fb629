"""Dates: for readers, and in the order of time."""

from __future__ import annotations

import pytest

from generator.dates import date_key
from generator.lexicons import lexicon_of
from generator.plan.dates import date_text
from generator.words import Words

WORDS = Words(lexicon_of("en-GB"))


@pytest.mark.parametrize(
    ("typed", "iso", "text"),
    [
        ("2021", "2021", "2021"),
        ("2021-10", "2021-10", "October 2021"),
        ("2021-10-07", "2021-10-07", "7 October 2021"),
        ("2021-10-17T04:35:00+00:00", "2021-10-17T04:35:00+00:00", "17 October 2021, 04:35 (UTC)"),
        ("2021-10-17T04:35Z", "2021-10-17T04:35Z", "17 October 2021, 04:35 (UTC)"),
        ("2021-10-17T04:35:59-00:00", "2021-10-17T04:35:59-00:00", "17 October 2021, 04:35 (UTC)"),
        ("2021-10-17 07:35:00+03:00", "2021-10-17T07:35:00+03:00", "17 October 2021, 07:35 (UTC+03:00)"),
        ("2021-10-17T07:35-05:30", "2021-10-17T07:35-05:30", "17 October 2021, 07:35 (UTC-05:30)"),
        ("2021-10-17T07:35+0530", "2021-10-17T07:35+05:30", "17 October 2021, 07:35 (UTC+05:30)"),
    ],
)
def test_a_date_for_readers(typed: str, iso: str, text: str) -> None:
    date = date_text(typed, WORDS)
    assert date is not None
    assert (date.iso, date.text) == (iso, text)


def test_no_date_is_none() -> None:
    assert date_text("", WORDS) is None


def test_dates_sort_in_time_whatever_their_offset_and_precision() -> None:
    in_order = (
        "",
        "0987-06-05",
        "2021",
        "2021-10",
        "2021-10-16",
        "2021-10-17T01:30:00+03:00",  # the 16th, 22:30 in UTC
        "2021-10-17",
        "2021-10-17T04:35Z",
        "2021-10-17T01:36:00-03:00",
        "2021-10-17 07:37+0300",
        "2021-11",
    )
    shuffled = in_order[::-1]
    assert tuple(sorted(shuffled, key=date_key)) == in_order


@pytest.mark.parametrize("typed", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"])
def test_the_first_and_the_last_moment_have_a_key_too(typed: str) -> None:
    assert date_key(typed)[:4] == typed[:4]
