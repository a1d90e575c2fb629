"""claims.csv: RFC 4180, a row a claim, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support import SITES, claim, small_site
from test_claims_json import data_of

from generator.data.claim_data import ClaimantData, ClaimData, CompareData
from generator.data.claims_csv import COLUMNS, claim_row, claims_csv
from generator.data.claims_json import claim_json

RUN = "=+-@＝＋－＠﹦﹢﹣﹫−"


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> ClaimData:
    root = small_site(tmp_path_factory.mktemp("site"), {"content/claims/landing.yaml": claim()})
    found = data_of(root)
    assert found is not None
    return found


def cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode(), newline=""), delimiter=delimiter))


def restored(cell: str) -> str:
    """The text of a cell, as docs/data.md says to have it back."""
    return re.sub(r"(\A|[;\t\r\n])'", r"\1", cell)


def row_of(claim: ClaimData) -> dict[str, str]:
    header, row = cells(claims_csv([claim_row(claim)]))
    return dict(zip(header, row, strict=True))


def test_a_row(least: ClaimData) -> None:
    row = row_of(least)
    assert row == {
        **dict.fromkeys(COLUMNS, ""),
        "id": "landing",
        "address": "https://small.example/claims/landing/",
        "status": "published",
        "title": "The ship landed at noon.",
        "claim": "The ship landed at noon.",
        "language": "en",
        "verdict": "true",
        "verdict_label": "True",
        "verdict_value": "2",
        "summary": "It did.",
        "checked": "2021-10-17",
        "changed": "2021-10-17",
        **dict.fromkeys(("asserts", "contradicts", "contradicts_itself", "partly", "mentions", "silent"), "0"),
        **dict.fromkeys(("tags", "claimants", "parts", "articles", "sources", "corrections"), "[]"),
        **dict.fromkeys(("by", "edited", "aliases"), "[]"),
    }


def test_lists_are_those_of_claims_json() -> None:
    for id in ("bridge-closed", "ferry-stopped", "toll-rises"):
        data = data_of(SITES / "rich", id)
        assert data is not None
        row, found = row_of(data), json.loads(claim_json(data))
        for name in ("tags", "claimants", "parts", "articles", "sources", "corrections", "by", "edited", "aliases"):
            assert json.loads(row[name]) == found[name]
        assert row["silent"] == str(len(found["silent"]))
        stances = [article["stance"] for article in found["articles"]]
        for stance in ("asserts", "contradicts", "contradicts itself", "partly", "mentions"):
            assert row[stance.replace(" ", "_")] == str(stances.count(stance))


def test_lines_end_as_the_format_wants_and_there_are_none_without_claims(least: ClaimData) -> None:
    assert claims_csv([]).decode() == ",".join(f'"{name}"' for name in COLUMNS) + "\r\n"
    whole = claims_csv([claim_row(replace(least, title='Two "words",\r\nand a line'))])
    assert whole.count(b"\r\n") == 3
    assert cells(whole)[1][3] == 'Two "words",\r\nand a line'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \t+1", "' \t'+1"),
        ("＝1", "'＝1"),
        ("−5 °C", "'−5 °C"),
        ('"=1', "'\"=1"),
        ("a;=1", "a;'=1"),
        ("a\n-b", "a\n'-b"),
        ("'quoted'", "''quoted'"),
        ("\ufeff=1", "'\ufeff=1"),
        ("1-2; 3", "1-2; 3"),
        ("Plain, “words” = these", "Plain, “words” = these"),
        ("", ""),
    ],
)
def test_a_cell_that_would_run_is_made_text(least: ClaimData, text: str, cell: str) -> None:
    row = row_of(replace(least, summary=text))
    assert row["summary"] == cell
    assert restored(cell) == text


ODD = st.text(st.one_of(st.sampled_from(RUN + ";,\"' \t\r\nab\\{"), st.characters(exclude_categories=["Cs"])))


@given(ODD, ODD, ODD)
def test_every_text_comes_back(least: ClaimData, first: str, second: str, third: str) -> None:
    claim = replace(
        least,
        title=first,
        compare=CompareData(second, third, first),
        tags=[first, second],
        claimants=[ClaimantData(third, role=second)],
    )
    row = row_of(claim)
    texts = [restored(row[name]) for name in ("title", "compare_what", "compare_claim", "compare_found")]
    assert texts == [first, second, third, first]
    assert json.loads(row["tags"]) == [first, second]
    assert json.loads(row["claimants"]) == json.loads(claim_json(claim))["claimants"]


@given(ODD, ODD)
def test_nothing_runs_whatever_parts_cells(least: ClaimData, first: str, second: str) -> None:
    claim = replace(least, id=first, summary=second, tags=[f"{first};{second}"], title=f"{first};{second}")
    data = claims_csv([claim_row(claim)])
    for delimiter in ",;\t":
        for row in cells(data, delimiter):
            for cell in row:
                assert cell.lstrip().lstrip('" \t\r\n')[:1] not in tuple(RUN), (delimiter, cell)
