"""Spreads of verdicts: what is counted, what is not, and how wide the parts of a bar are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lexicons import lexicon_of
from generator.plan.frame import Frame
from generator.plan.list_values import ListPage
from generator.plan.lists import Entry, Listing, list_header, list_parts, lists_of_claim
from generator.plan.picture_values import SpreadView
from generator.plan.spreads import PUBLISHER_FROM, SHARES_FROM, spread_of, spread_of_publisher
from generator.plan.voices import Voice, voice_of
from generator.records import Claim, Correction, Quote, Settings, Verdict
from generator.words import Words

WORDS = Words(lexicon_of("en"))
VERDICTS = ("false", "mixed", "true")
SETTINGS = Settings(
    id="site",
    path="site.toml",
    title="Desk",
    url="https://desk.example",
    verdicts=(
        Verdict("unverified", "Unverified"),
        *(Verdict(id, id.title(), value=number) for number, id in enumerate(VERDICTS, 1)),
        Verdict("satire", "Satire"),
    ),
)
FRAME = Frame(SETTINGS, {"/tags/sea/": "Sea", "/publishers/tide/": "Tide"}, WORDS)


def spread(*verdicts: str) -> SpreadView:
    found = spread_of(FRAME, verdicts)
    assert found
    return found


def counts(view: SpreadView) -> list[tuple[str, int]]:
    return [(part.verdict.id, part.count) for part in view.parts]


def test_parts_are_in_the_order_of_the_scale_and_those_outside_it_come_last() -> None:
    found = spread("satire", "false", "unverified", "true", "false", "true", "true")
    assert counts(found) == [("true", 3), ("false", 2), ("unverified", 1), ("satire", 1)]
    assert (found.total, found.retracted, found.bar) == (7, 0, True)


def test_retracted_claims_are_counted_apart() -> None:
    found = spread("true", "", "false", "")
    assert (found.total, found.retracted) == (2, 2)
    assert spread_of(FRAME, ["true", "", ""]) is None


def test_one_verdict_alone_needs_no_bar() -> None:
    assert spread("true", "true").bar is False


def test_shares_are_given_where_the_number_bears_them() -> None:
    few, many = (spread("true", *["false"] * (count - 1)) for count in (SHARES_FROM - 1, SHARES_FROM))
    assert [part.share for part in few.parts] == [None, None]
    assert [part.share for part in many.parts] == [2, 98]
    assert [part.share for part in spread("true", *["false"] * 999).parts] == [0, 100]


@given(st.lists(st.integers(0, 20_000), min_size=5, max_size=5).filter(lambda counts: sum(map(bool, counts)) > 1))
def test_a_bar_is_filled_and_every_part_can_be_seen(numbers: list[int]) -> None:
    ids = [tag.id for tag in FRAME.all_verdicts]
    given_counts = [id for id, number in zip(ids, numbers, strict=True) for _ in range(number)]
    parts = spread(*given_counts).parts
    assert parts[0].start == 0
    assert parts[-1].start + parts[-1].width == 1000
    assert all(part.width >= 10 for part in parts)
    gaps = [after.start - before.start - before.width for before, after in itertools.pairwise(parts)]
    crossing = [
        before.verdict.value is not None and after.verdict.value is None for before, after in itertools.pairwise(parts)
    ]
    assert [gap > 0 for gap in gaps] == crossing
    widest = sorted(parts, key=lambda part: part.count)
    assert all(low.width <= high.width + 1 for low, high in itertools.pairwise(widest))


# --- a publisher's own voice ------------------------------------------------------------------------------------------

PUBLISHERS = {"tide": "The Tide", "second": "the tide", "wire": "Morning Post", "lost": ""}
ORIGINS = {"tide": ("own",), "second": ("tide",), "wire": None, "lost": ("own",)}


def voice(*quotes: Quote, **origins: tuple[str, ...] | None) -> Voice:
    return voice_of(quotes, "/publishers/the-tide/", PUBLISHERS, {**ORIGINS, **origins})


def asserted(article: str = "tide", origin: tuple[str, ...] | None = None, **more: object) -> Quote:
    return Quote(article, "words", "asserts", origin=origin, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "quote",
    [
        Quote("tide", "words", "contradicts"),
        Quote("tide", "words", "partly"),
        Quote("tide", "words", "mentions"),
        asserted(speaker=("The captain",)),
        asserted(medium="embedded post"),
    ],
)
def test_only_what_an_article_asserts_itself_is_its_publishers_voice(quote: Quote) -> None:
    assert voice(quote) == Voice()
    assert voice(quote, asserted()) == Voice("own")


@pytest.mark.parametrize(
    ("quote", "origins", "expected"),
    [
        (asserted(), {}, Voice("own")),
        (asserted("second"), {}, Voice("own")),  # from another article of the same publisher
        (asserted(), {"tide": None}, Voice("unknown")),
        (asserted(), {"tide": ()}, Voice("unknown")),
        (asserted(), {"tide": ("wire",)}, Voice("unknown")),  # of which nothing is established
        (asserted(), {"tide": ("AFP",)}, Voice("copied", ("AFP",))),
        (asserted(), {"tide": ("own", "AFP")}, Voice("copied", ("AFP",))),
        (asserted(), {"tide": ("wire",), "wire": ("AFP", "own")}, Voice("copied", ("AFP", "Morning Post"))),
        (asserted(), {"tide": ("lost",)}, Voice("copied", ("",))),
        (asserted(), {"tide": ("The Tide",)}, Voice("own")),  # an agency's name for itself
        (asserted(origin=("Reuters",)), {}, Voice("copied", ("Reuters",))),
        (asserted(origin=("own",)), {"tide": ("AFP",)}, Voice("own")),
    ],
)
def test_words_from_elsewhere_are_told_from_own_reporting(
    quote: Quote, origins: dict[str, tuple[str, ...] | None], expected: Voice
) -> None:
    assert voice(quote, **origins) == expected


def test_one_quote_of_own_reporting_is_enough() -> None:
    assert voice(asserted(origin=("AFP",)), asserted()) == Voice("own")
    both = voice(asserted(origin=("afp",)), asserted(origin=("AFP", "Reuters")), asserted(origin=()))
    assert both == Voice("copied", ("AFP", "Reuters"))


def test_a_publishers_spread_counts_what_it_asserts_of_what_quotes_it() -> None:
    claims = [
        ("true", Voice("own")),
        ("true", Voice("copied", ("AFP", "Reuters"))),
        ("false", Voice("copied", ("AFP",))),
        ("false", Voice("copied", ("afp",))),
        ("false", Voice("unknown")),
        ("false", Voice()),
        ("", Voice("own")),
    ]
    found = spread_of_publisher(FRAME, claims)
    assert found
    assert found.voice
    assert counts(found) == [("true", 2), ("false", 3)]
    assert [part.copied for part in found.parts] == [1, 2]
    assert (found.total, found.retracted, found.voice.quoted, found.voice.asserted) == (5, 1, 6, 5)
    assert (found.voice.copied, found.voice.not_established) == (3, 1)
    assert [(origin.name, origin.count) for origin in found.voice.origins] == [("AFP", 3), ("Reuters", 1)]


@pytest.mark.parametrize(("count", "bar"), [(PUBLISHER_FROM - 1, False), (PUBLISHER_FROM, True)])
def test_a_handful_of_a_publishers_claims_has_no_bar(count: int, bar: bool) -> None:
    claims = [("true", Voice("own")), *[("false", Voice("own"))] * (count - 1), *[("false", Voice())] * 90]
    found = spread_of_publisher(FRAME, claims)
    assert found
    assert found.voice
    assert (found.bar, found.voice.too_few) == (bar, 0 if bar else PUBLISHER_FROM)
    assert {part.share for part in found.parts} == {None}
    assert {part.width > 0 for part in found.parts} == {bar}


def test_a_publisher_that_no_claim_quotes_has_no_spread() -> None:
    assert spread_of_publisher(FRAME, []) is None
    assert spread_of_publisher(FRAME, [("", Voice("own"))]) is None
    unheard = spread_of_publisher(FRAME, [("true", Voice())])
    assert unheard
    assert (unheard.total, unheard.parts, unheard.bar) == (0, (), False)


# --- in lists ---------------------------------------------------------------------------------------------------------


def test_a_claims_entries_say_what_it_counts_for() -> None:
    claim = Claim(
        id="landing",
        path="content/claims/landing.yaml",
        claim="It landed.",
        verdict="true",
        checked="2024-01-01",
        tags=("Sea",),
        quotes=(asserted(), Quote("wire", "words", "contradicts")),
    )
    found = lists_of_claim(claim, PUBLISHERS, ORIGINS)
    assert found["/tags/sea/"] == Entry("2024-01-01", "landing", verdict="true")
    assert found["/publishers/the-tide/"] == Entry("2024-01-01", "landing", "asserts", "true", Voice("own"))
    assert found["/publishers/morning-post/"] == Entry("2024-01-01", "landing", "contradicts", "true")
    retracted = Claim(
        id="landing",
        path="content/claims/landing.yaml",
        claim="It landed.",
        verdict="true",
        checked="2024-01-01",
        status="retracted",
        corrections=(Correction("2024-01-02", "correction", "It did not."),),
    )
    assert lists_of_claim(retracted, {}, {})["/claims/"].verdict == ""


def test_a_spread_stands_on_a_lists_own_page_alone_and_counts_all_of_it() -> None:
    entries = [Entry(f"{number:04}", str(number), verdict=VERDICTS[number % 3]) for number in range(120)]
    header = list_header(FRAME, "/tags/sea/", entries)
    own, *numbered = list_parts("/tags/sea/", header, Listing(entries), WORDS)
    assert own.page.spread
    assert own.page.spread.total == 120
    assert [part.page.spread for part in numbered] == [None] * 3
    more = [*entries, Entry("0120", "120", verdict="satire")]
    again = list_parts("/tags/sea/", list_header(FRAME, "/tags/sea/", more), Listing(more), WORDS)
    assert set(numbered[:-1]) < set(again)  # the pages of the oldest do not move


@pytest.mark.parametrize("address", ["/claims/", "/articles/", "/verdicts/true/"])
def test_other_lists_have_no_spread(address: str) -> None:
    header = list_header(FRAME, address, [Entry("2024", "a", verdict="true"), Entry("2024", "b", verdict="false")])
    assert isinstance(header, ListPage)
    assert header.spread is None
