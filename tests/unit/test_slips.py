"""Slips: what was probably meant by a date, an address or an id, and by a quote."""

from __future__ import annotations

import pytest

from generator.link.meant import meant
from generator.link.nearest import meant_id
from generator.read.quoting import as_value
from generator.read.slips import address, dates, id_of, uncurled
from generator.read.yaml import parse_yaml


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3 May 2021", ["2021-05-03"]),
        ("3rd of May, 2021", ["2021-05-03"]),
        ("Sept. 9, 2021", ["2021-09-09"]),
        ("May 2021", ["2021-05"]),
        ("2021/5/3", ["2021-05-03"]),
        ("13/05/2021", ["2021-05-13"]),
        ("05/13/2021", ["2021-05-13"]),
        ("03/05/2021", ["2021-05-03", "2021-03-05"]),
        ("05/05/2021", ["2021-05-05"]),
        ("40/50/2021", []),
        ("yesterday", []),
    ],
)
def test_dates(typed: str, expected: list[str]) -> None:
    assert dates(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("www.gazette.example/ferry", "https://www.gazette.example/ferry"),
        ("//gazette.example", "https://gazette.example"),
        ("htps://gazette.example", ""),
        ("http:/gazette.example/a b", "http://gazette.example/a%20b"),
        ("desk@gazette.example", "mailto:desk@gazette.example"),
        ("javascript:alert(1)", ""),
        ("chart.png", ""),
        ("the gazette", ""),
    ],
)
def test_addresses(typed: str, expected: str) -> None:
    assert address(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("content/claims/The Ferry.yaml", "the-ferry"),
        ("“gazette”", "gazette"),
        ("Ada_Harbour", "ada-harbour"),
        ("é", ""),
    ],
)
def test_ids(typed: str, expected: str) -> None:
    assert id_of(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mostly true", "mostly-true"),
        ("Largely wrong", "false"),
        ("largely worng", "false"),
        ("Falze", "false"),
        ("unheard of", ""),
    ],
)
def test_an_id_is_meant_by_its_label_too(typed: str, expected: str) -> None:
    assert meant_id(typed, {"mostly-true": "Mostly true", "false": "Largely wrong", "mixed": ""}) == expected


def test_curly_quotation_marks() -> None:
    assert uncurled("“2021”") == "2021"
    assert uncurled("2021") == uncurled("“”") == ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("It left... and came back", ["It left […] and came back"]),
        ("It left … and came back", ["It left […] and came back"]),
        ("It left [..] and came back", ["It left […] and came back"]),
        ("It left […] and came back", []),
        ("“It left”", ["It left"]),
        ("It left -- and came back", ["It left – and came back"]),
    ],
)
def test_quotes(typed: str, expected: list[str]) -> None:
    assert [guess.quote for guess in meant(typed)] == expected


@pytest.mark.parametrize(
    "value", ["The ship", "“So”", "[…] it", "a: b", "a #b", "10.35 am", "it's", 'say "so"', "x:", "#a"]
)
@pytest.mark.parametrize("in_brackets", [False, True])
def test_a_value_to_be_pasted_is_read_back_as_it_stands(value: str, in_brackets: bool) -> None:
    line = f"a: {as_value(value, in_brackets)}"
    node, problems = parse_yaml("f.yaml", f"{{{line}}}\n" if in_brackets else f"{line}\n")
    assert problems == []
    assert node is not None
    assert node.fields[0][1].text == value  # type: ignore[union-attr]
