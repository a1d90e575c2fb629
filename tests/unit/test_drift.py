"""Drift: articles in the order of time, and where what they say changed."""

from __future__ import annotations

from itertools import permutations

import pytest

from generator.compare.drift import Change, Dated, Step, changes, in_time

A = Dated("a", "2021-10-16", ("04:35",))
B = Dated("b", "2021-10-17", ("04:36",))
C = Dated("c", "2021-10-18", ("04:36",))


def test_each_change_names_the_article_before_it() -> None:
    drift = in_time([C, A, B])
    assert drift is not None
    assert drift.steps == (
        Step("a", "2021-10-16", ("04:35",), "first"),
        Step("b", "2021-10-17", ("04:36",), "later", True, ("a",), ("04:35",)),
        Step("c", "2021-10-18", ("04:36",), "later"),
    )
    assert drift.undated == ()


def test_undated_ones_are_apart_in_their_own_order() -> None:
    drift = in_time([Dated("z", ""), B, Dated("y", "", ("04:37",)), A])
    assert drift is not None
    assert drift.undated == ("z", "y")
    assert [step.article for step in drift.steps] == ["a", "b"]


@pytest.mark.parametrize(
    "dates",
    [
        (),
        ("",),
        ("2021-10-17",),
        ("2021-10-17", ""),
        ("2021-10-17", "2021-10-17"),
        ("2021-10", "2021-10-17"),
        ("2021", "2021-10-17T04:35Z"),
        ("2021-10-17", "2021-10-17T23:00Z"),
        ("2021-10-17", "2021-10-18T05:00Z"),  # still the 17th in the west
        ("2021-10-17", "2021-10-16T15:00Z"),  # the 17th in the east
    ],
)
def test_nothing_is_told_where_no_order_is_known(dates: tuple[str, ...]) -> None:
    for some in permutations(dates):
        assert in_time(Dated(str(number), date, (str(number),)) for number, date in enumerate(some)) is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2020", "2021"),
        ("2020-12", "2021"),
        ("2021-10", "2021-11-01"),
        ("2021-12", "2022-01"),
        ("2021-12-31", "2022"),
        ("2021-10-17", "2021-10-18"),
        ("2021-10-17T04:35Z", "2021-10-17T04:36Z"),
        ("2021-10-17T07:35+03:00", "2021-10-17T04:36Z"),
        ("2021-10-17 07:35:00+0300", "2021-10-17T04:35:01Z"),
        ("2021-10-17", "2021-10-18T13:00Z"),
        ("2021-10-16T09:00Z", "2021-10-17"),
        ("9998", "9999"),
        ("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"),
        ("9999-12-30", "9999-12-31"),
    ],
)
def test_what_is_known_to_be_earlier(earlier: str, later: str) -> None:
    rows = [Dated("later", later, ("2",)), Dated("earlier", earlier, ("1",))]
    for some in permutations(rows):
        drift = in_time(some)
        assert drift is not None
        assert [(step.article, step.order, step.changed) for step in drift.steps] == [
            ("earlier", "first", False),
            ("later", "later", True),
        ]


def test_dates_without_a_known_order_are_said_to_have_none() -> None:
    drift = in_time([A, B, Dated("d", "2021-10", ("04:37",)), Dated("e", "2021-10-17", ("04:35",)), C])
    assert drift is not None
    assert [(step.article, step.order) for step in drift.steps] == [
        ("d", "first"),
        ("a", "unclear"),
        ("b", "later"),
        ("e", "unclear"),
        ("c", "later"),
    ]
    by_article = {step.article: step for step in drift.steps}
    assert not by_article["a"].changed  # nothing is known to be before it
    assert not by_article["e"].changed  # as "a" has it; "b", of the same day, is not before it
    assert not by_article["c"].changed  # one of the two before it says the same


def test_a_change_from_several_articles_of_one_day() -> None:
    e = Dated("e", "2021-10-17", ("04:35", "04:36"))
    drift = in_time([B, e, Dated("c", "2021-10-18", ("04:37",))])
    assert drift is not None
    last = drift.steps[-1]
    assert (last.changed, last.since, last.before) == (True, ("b", "e"), ("04:36", "04:35"))


def test_articles_without_a_value_are_passed_over_or_compared_by_their_words() -> None:
    silent = Dated("s", "2021-10-17", wording="They landed at about four.")
    drift = in_time([A, silent, C])
    assert drift is not None
    assert [step.changed for step in drift.steps] == [False, False, False]
    words = in_time([Dated("r", "2021-10-16", wording="They reportedly landed at about four."), silent])
    assert words is not None
    assert words.steps[1] == Step("s", "2021-10-17", (), "later", True, ("r",), (), (Change("reportedly", ""),))


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("They landed at 4:35 today.", "they landed at 4:36 today", (Change("4:35", "4:36"),)),
        ("They landed.", "They have landed safely.", (Change("", "have"), Change("", "safely"))),
        ("They landed.", "They landed!", ()),
        ("They landed at four.", "The film is about a surgeon in space.", ()),
        ("", "They landed.", ()),
    ],
)
def test_changes_word_by_word(before: str, after: str, changed: tuple[Change, ...]) -> None:
    assert changes(before, after) == changed
