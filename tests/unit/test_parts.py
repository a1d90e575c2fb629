"""What of a page is searched, and which part of the index it is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.extract import document, searched
from generator.search.parts import MOST_PARTS, PAGES_A_PART, count_of, in_order, is_page, part_of, place_of, shared


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("<main><p>No mark.</p></main>", ""),
        ("<main><p data-pagefind-body>One.</p><p>Two.</p></main>", "<p data-pagefind-body>One.</p>"),
        (
            "<div data-pagefind-body><div>In<div>ner</div></div></div><div>Out</div>",
            "<div data-pagefind-body><div>In<div>ner</div></div></div>",
        ),
        (
            "<p data-pagefind-body>One</p>, <p data-pagefind-body>two</p>",
            "<p data-pagefind-body>One</p><p data-pagefind-body>two</p>",
        ),
        (
            '<p data-pagefind-body>One <i data-pagefind-ignore title="a > b">not</i> <b>two</b></p>',
            "<p data-pagefind-body>One  <b>two</b></p>",
        ),
        (
            "<ul data-pagefind-body><li><ul data-pagefind-ignore><li>not</li></ul></li><li>this</li></ul>",
            "<ul data-pagefind-body><li></li><li>this</li></ul>",
        ),
        ("<p data-pagefind-body>never closed", ""),
        (
            "<p data-pagefind-body>One <i data-pagefind-ignore>not closed</p>",
            "<p data-pagefind-body>One <i data-pagefind-ignore>not closed</p>",
        ),
        ("<p>the words data-pagefind-body alone</p>", ""),
        ('<p title="a data-pagefind-body b">One</p>', ""),
        (
            "<p data-pagefind-body title=' data-pagefind-ignore '>a data-pagefind-ignore</p>",
            "<p data-pagefind-body title=' data-pagefind-ignore '>a data-pagefind-ignore</p>",
        ),
        ("<pre data-pagefind-body><p>a</p></pre>", "<pre data-pagefind-body><p>a</p></pre>"),
    ],
)
def test_what_is_marked_is_searched_without_what_is_ignored_in_it(page: str, part: str) -> None:
    assert searched(page.encode()).decode() == part


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_page_is_too_odd(before: bytes, after: bytes) -> None:
    assert len(searched(before + b"<p data-pagefind-body" + after)) <= len(before + after) + 21


def test_a_document_is_a_page_of_its_language() -> None:
    whole = document(b"<p>x</p>", "pt-BR")
    assert whole.startswith(b'<!doctype html><html lang="pt-BR"><body data-pagefind-body ')
    assert whole.endswith(b">\n<p>x</p></body></html>".replace(b"\n", b""))


def test_the_number_of_parts_goes_in_steps_and_has_an_end() -> None:
    sizes = [0, 1, PAGES_A_PART, PAGES_A_PART + 1, 4 * PAGES_A_PART, 4 * PAGES_A_PART + 1, 1_000_000]
    assert [count_of(size) for size in sizes] == [1, 1, 1, 2, 4, 8, MOST_PARTS]


def test_each_page_is_in_one_part_and_parts_are_about_as_large() -> None:
    paths = [f"claims/claim-{number}/index.html" for number in range(4_000)]
    parts = shared(paths, 4)
    assert sorted(path for part in parts for path in part) == sorted(paths)
    assert all(part_of(path, 4) == number for number, part in enumerate(parts) for path in part)
    assert all(900 < len(part) < 1_100 for part in parts)


def test_twice_as_many_parts_cut_each_in_two() -> None:
    paths = [f"claims/claim-{number}/index.html" for number in range(500)]
    assert all(part_of(path, 8) % 4 == part_of(path, 4) for path in paths)


def test_a_page_stays_in_its_part_on_any_machine() -> None:
    assert [part_of(f"claims/{id}/index.html", 16) for id in ("a", "b", "landing-time")] == PLACES


PLACES = [4, 6, 4]


def test_pages_are_those_of_claims_and_articles() -> None:
    others = (
        "index.html claims.json claims/index.html claims/a/embed/index.html claims/page/2/index.html media/a/index.html"
    )
    assert list(filter(is_page, ["claims/a/index.html", "articles/a/index.html", *others.split()])) == [
        "claims/a/index.html",
        "articles/a/index.html",
    ]


def test_the_script_is_one_for_all_parts() -> None:
    assert [place_of(3, name) for name in ("pagefind.js", "index/a.pf_index")] == [
        "pagefind/pagefind.js",
        "pagefind/3/index/a.pf_index",
    ]


def test_what_leads_to_others_goes_online_last() -> None:
    names = ["pagefind-entry.json", "pagefind.en_1.pf_meta", "index/b", "fragment/a", "pagefind.js"]
    assert in_order(names) == ["fragment/a", "index/b", "pagefind.en_1.pf_meta", "pagefind.js", "pagefind-entry.json"]
