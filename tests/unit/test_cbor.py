"""CBOR as Pagefind uses it, and the order of an index's filters."""

from __future__ import annotations

import gzip
import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.cbor import Value, decode, encode
from generator.search.order import ordered

VALUES = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner, max_size=30), max_leaves=60)


@given(VALUES)
def test_what_is_written_is_read(value: Value) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("value", "data"),  # RFC 8949, appendix A
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (255, "18ff"),
        (1000, "1903e8"),
        (1000000, "1a000f4240"),
        (18446744073709551615, "1bffffffffffffffff"),
        ("", "60"),
        ("\u6c34", "63e6b0b4"),
        ([], "80"),
        ([1, [2, 3], [4, 5]], "8301820203820405"),
        (list(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    ],
)
def test_it_is_the_standards(value: Value, data: str) -> None:
    assert encode(value) == bytes.fromhex(data)
    assert decode(bytes.fromhex(data)) == value


@pytest.mark.parametrize("data", ["", "18", "62", "6261", "82", "8201", "20", "f5", "9f01ff", "1c", "0000", "61ff"])
def test_anything_else_is_refused(data: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — of any kind
        decode(bytes.fromhex(data))


def packed(value: Value) -> bytes:
    return gzip.compress(b"pagefind_dcd" + encode(value))


def index(filters: list[tuple[str, str, list[Value]]]) -> dict[str, bytes]:
    """An index with these filters: each one's name, its file's name, and its values."""
    meta: Value = ["1.5.2", [["en_1", 3]], [], [[name, file] for name, file, _ in filters], [["date", [0]]], ["title"]]
    return {
        "fragment/en_1.pf_fragment": b"words",
        "pagefind.en_0123456789.pf_meta": packed(meta),
        "pagefind-entry.json": json.dumps({"languages": {"en": {"hash": "en_0123456789"}}, "more": "‿"}).encode(),
        **{f"filter/{file}.pf_filter": packed([name, values]) for name, file, values in filters},
    }


def test_the_order_of_filters_and_of_their_values_makes_no_difference() -> None:
    years: list[Value] = [["2020", [0, 2]], ["2021", [1]], ["2022", [3]]]
    kinds: list[Value] = [["claim", [0, 1, 2]], ["article", [3]]]
    found = [
        ordered(index([("year", "en_aaaaaaa", list(some)), ("kind", "en_bbbbbbb", list(kinds))][::way]))
        for some in permutations(years)
        for way in (1, -1)
    ]
    assert all(one == found[0] for one in found)
    entry = json.loads(found[0]["pagefind-entry.json"])
    meta = decode(gzip.decompress(found[0][f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])[12:])
    assert isinstance(meta, list)
    (kind, kinds_in), (year, years_in) = meta[3]  # type: ignore[misc, union-attr]
    assert (kind, year) == ("kind", "year")
    read = [decode(gzip.decompress(found[0][f"filter/{name}.pf_filter"])[12:]) for name in (kinds_in, years_in)]
    assert read == [["kind", [["article", [3]], ["claim", [0, 1, 2]]]], ["year", years]]
    assert len(found[0]) == 5


def test_what_an_index_holds_is_in_its_names() -> None:
    one, other = (ordered(index([("year", "en_aaaaaaa", [["2020", [page]]])])) for page in (1, 2))
    assert {name for name in one if name.startswith(("filter/", "pagefind."))}.isdisjoint(other)
    assert one["pagefind-entry.json"] != other["pagefind-entry.json"]


def test_another_form_of_index_is_refused() -> None:
    files = index([("year", "en_aaaaaaa", [["2020", [1]]])])
    for name in list(files):
        if name.startswith("fragment/"):
            continue
        for data in (b"", gzip.compress(b"other"), packed("words"), packed([["a"]]), b"{}"):
            with pytest.raises((ValueError, LookupError, TypeError, OSError, EOFError)):
                ordered({**files, name: data})
