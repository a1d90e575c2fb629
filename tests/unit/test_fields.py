"""Fields: each value is converted by its field's own type, or is a problem at its place."""

from __future__ import annotations

import datetime
import re
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Problem
from generator.read import kinds
from generator.read.content import parse_record
from generator.read.kinds import safe_address
from generator.records import Article, Claim, FileRecord, Mark, Settings, Story, TextPage


def read(type_: type[FileRecord], typed: str) -> tuple[Any, list[Problem]]:
    return parse_record(type_, "an-id", "file", typed.encode())


def codes(type_: type[FileRecord], typed: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in read(type_, typed)[1]]


STORY = "title: t\nsummary: s\n"
SITE = 'format = 1\ntitle = "t"\nurl = "https://t.example"\nverdicts = [{id = "true", label = "True"}]\n'


# --- one kind of value after another ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "date",
    [
        "2021",
        "2021-10",
        "2021-10-17",
        "2020-02-29",
        "2000-02-29",
        "2400-02-29",
        "2021-10-17T04:35Z",
        "2021-10-17T04:35:00+00:00",
        "2021-10-17 23:59:59-03:30",
    ],
)
def test_a_date_may_be_as_exact_as_is_known(date: str) -> None:
    assert read(Story, f"{STORY}date: {date}\n")[0].date == date


@pytest.mark.parametrize(
    "date",
    [
        "2021-02-29",  # no leap year
        "1900-02-29",  # nor this
        "2021-04-31",
        "2021-13-01",
        "2021-00-10",
        "2021-10-00",
        "0000",
        "17 October 2021",
        "10/17/2021",
        "2021-1-7",
        "20211017",
        "21",
        "-2021",
        "2021-10-17T04:35",  # a time without its offset
        "2021-10-17T24:00Z",
        "2021-10-17T04:60Z",
        "2021-10-17T04:35:60Z",
        "2021-10-17T04:35+25:00",
        "٢٠٢١",
    ],
)
def test_what_is_no_date_is_refused(date: str) -> None:
    record, found = read(Story, f"{STORY}date: {date}\n")
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(3, 7, "R004")]
    assert record.date == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=%20#e",
        "HTTPS://EXAMPLE.ORG/",
        "https://müller.example/straße",
        "https://[2001:db8::1]:8080/",
        "https://example.org/a,b;c'd(e)!",
        "mailto:desk@example.org",
        "mailto:desk@example.org?subject=Hello",
    ],
)
def test_http_https_and_mailto_are_safe(address: str) -> None:
    assert safe_address(address) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("javascript:alert(1)", "must begin with https://"),
        ("JaVaScRiPt:alert(1)", "must begin with https://"),
        ("data:text/html,x", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("ftp://example.org", "must begin with https://"),
        ("//evil.example", "must begin with https://"),
        ("/claims/", "must begin with https://"),
        ("example.org", "must begin with https://"),
        ("", "must begin with https://"),
        ("https:evil.example", "names no host"),
        ("https:///path", "names no host"),
        ("https://", "names no host"),
        ("https://example.org:0/", "names no host"),
        ("https://example.org:port/", "is no address"),
        ("https://example.org:99999/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://user@example.org", "user's name or a password"),
        ("https://user:secret@example.org", "user's name or a password"),
        ("https://@example.org", "user's name or a password"),
        ("https://example.org/a b", "spaces"),
        ("https://example.org/\ta", "spaces"),
        ("java\nscript:alert(1)", "spaces"),
        (" https://example.org", "spaces"),
        ('https://example.org/"onclick=', "quotes"),
        ("https://example.org/<b>", "brackets"),
        ("https://example.org\\@evil.example", "backslashes"),
        ("https://example.org/\u202e", "spaces"),
        ("mailto:", "no mail address"),
        ("mailto:desk", "no mail address"),
        ("mailto:a@b@c", "no mail address"),
    ],
)
def test_every_other_address_is_unsafe(address: str, words: str) -> None:
    assert words in safe_address(address)


@given(st.from_regex(kinds._COMMON_ADDRESS, fullmatch=True))
def test_an_address_of_the_common_form_is_safe_by_every_rule(address: str) -> None:
    with mock.patch.object(kinds, "_COMMON_ADDRESS", re.compile(r"(?!)")):
        assert safe_address(address) == ""


@pytest.mark.parametrize("year", [999, 1000, 1900, 1999, 2000, 2023, 2024, 2999, 3000])
def test_a_day_is_one_of_the_calendar(year: int) -> None:
    days = [f"{year:04}-{month:02}-{day:02}" for month in range(14) for day in range(33)]
    wrong = {day for day in days if not _is_day(day)}
    assert {day for day in days if codes(Story, f"{STORY}date: {day}\n")} == wrong


def _is_day(typed: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(typed))
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("type_", "field", "right", "wrong"),
    [
        (Article, "url", ["https://a.example/x"], ["//a.example", "javascript:x", "www.a.example"]),
        (Article, "language", ["en", "es", "pt-BR", "zh-Hant-TW", "EN"], ["english!", "e", "en_GB", "en-", "de en"]),
        (Article, "sha256", ["0123456789abcdef" * 4], ["0123456789ABCDEF" * 4, "0" * 63, "0" * 65, "g" * 64]),
        (
            Article,
            "text",
            ["seeds/a.txt", "seeds/b/c.md", "seeds/ü 1.html"],
            [
                "a.txt",
                "seeds",
                "seeds/",
                "/seeds/a.txt",
                "seeds/../a.txt",
                "seeds/./a.txt",
                "seeds//a.txt",
                "seeds/.a.txt",
                "seeds/.b/a.txt",
                "seeds/a.pdf",
                "seeds/a",
                "seeds\\a.txt",
                "seeds/b\\a.txt",
                "Seeds/a.txt",
            ],
        ),
        (Article, "show", ["excerpts", "full", "none"], ["all", "Full", "yes"]),
        (
            Claim,
            "story",
            ["a", "the-challenge", "2021", "a" * 100],
            [],  # it is unknown, like any other that there is not
        ),
        (Claim, "status", ["draft", "published", "retracted"], ["Draft", "withdrawn"]),
    ],
)
def test_a_text_has_the_form_that_its_field_asks_for(
    type_: type[FileRecord], field: str, right: list[str], wrong: list[str]
) -> None:
    base = "text: seeds/a.txt\n" if type_ is Article else "claim: c\n"
    base = "" if field == "text" else base
    for value in right:
        record, found = read(type_, f"{base}{field}: '{value}'\n")
        assert (getattr(record, field), found) == (value, []), value
    code = "R005" if field == "url" else "R004"
    for value in wrong:
        assert codes(type_, f"{base}{field}: '{value}'\n") == [(base.count("\n") + 1, len(field) + 3, code)], value


@pytest.mark.parametrize("value", ["The-Challenge", "a b", "a_b", "é", "a" * 101, "a/b", "."])
def test_an_id_has_its_form_where_it_is_given(value: str) -> None:
    assert codes(Claim, f"claim: c\nsources: [{{id: '{value}', title: t}}]\n") == [(2, 16, "R004")]
    assert read(Claim, f"claim: c\nstory: '{value}'\n")[0].story == value


@pytest.mark.parametrize("value", ["https://a.example", "http://a.example/news/"])
def test_a_sites_address_may_be_a_folder(value: str) -> None:
    assert read(Settings, SITE.replace("https://t.example", value))[0].url == value


@pytest.mark.parametrize("value", ["mailto:a@b.example", "https://a.example/?a=b", "https://a.example/#a", "a.example"])
def test_a_sites_address_is_no_mail_address_and_has_no_question_mark_or_hash(value: str) -> None:
    assert codes(Settings, SITE.replace("https://t.example", value)) == [(3, 7, "R005")]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", '"1"', "true", "2021-10-17"])
def test_a_whole_number_begins_at_one_and_stands_without_quotes(value: str) -> None:
    assert codes(Settings, SITE.replace("format = 1", f"format = {value}")) == [(1, 10, "R003")]


@pytest.mark.parametrize("value", ["1", '"true"', '"yes"'])
def test_true_or_false_stands_without_quotes(value: str) -> None:
    # “true” in quotes is a text that reads like the value that was meant, so it is taken for it.
    assert codes(Settings, f"{SITE}search.enabled = {value}\n") == ([] if value == '"true"' else [(5, 18, "R003")])


@pytest.mark.parametrize("value", ["2021", "true", "2021-10-17", "1.5"])
def test_a_text_of_site_toml_stands_in_quotes(value: str) -> None:
    found = read(Settings, SITE.replace('title = "t"', f"title = {value}"))[1]
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(2, 9, "R003")]
    assert f'title = "{value}"' in found[0].help


@pytest.mark.parametrize(
    ("colour", "right"), [("#1a7f37", True), ("#ABC", True), ("red", False), ("#12", False), ("#1a7f3", False)]
)
def test_a_colour_has_three_or_six_digits(colour: str, right: bool) -> None:
    typed = SITE.replace('label = "True"', f'label = "True", colour = "{colour}"')
    assert [code for *_, code in codes(Settings, typed)] == ([] if right else ["R004"])


def test_a_name_that_is_given_with_an_escape_holds_no_invisible_character() -> None:
    assert codes(Settings, SITE + '[publishers."The\\u202eTimes"]\ninterest = "none"\n') == [(5, 1, "F004")]


def test_a_shape_is_one_that_templates_can_draw() -> None:
    found = read(Settings, SITE.replace('label = "True"', 'label = "True", shape = "heart"'))[1]
    assert [problem.code for problem in found] == ["R004"]
    assert "circle" in found[0].message


# --- texts, lists and groups ------------------------------------------------------------------------------------------


def test_white_space_in_a_text_is_one_space_but_markdown_stays_as_it_was_typed() -> None:
    record, _ = read(Story, "title: |\n  one\n  two\t three\nsummary: s\nintroduction: |\n  one\n\n      two\n")
    assert (record.title, record.introduction) == ("one two three", "one\n\n    two\n")


def test_one_story_may_stand_without_its_list() -> None:
    assert read(Article, "text: seeds/a.txt\nstory: one\n")[0].story == ("one",)
    assert read(Article, "text: seeds/a.txt\nstory: [one, two]\n")[0].story == ("one", "two")


def test_a_mark_may_be_its_words_alone() -> None:
    typed = "claim: c\nquotes:\n- {article: a, text: t, stance: asserts, mark: [x, {words: y, note: n}]}\n"
    assert read(Claim, typed)[0].quotes[0].mark == (Mark("x"), Mark("y", "n"))


def test_a_list_that_is_missing_is_not_the_empty_list_where_that_says_something() -> None:
    assert read(Claim, "claim: c\n")[0].claimant is None
    assert read(Claim, "claim: c\nclaimant: []\n")[0].claimant == ()
    assert read(Article, "text: seeds/a.txt\n")[0].origin is None


@pytest.mark.parametrize(
    ("typed", "expected", "words"),
    [
        ("claim: [a]\n", (1, 8, "R003"), "“claim” is a single text, and this is a list"),
        ("claim: {a: b}\n", (1, 8, "R003"), "“claim” is a single text, and this is a group of fields"),
        ("claim: c\ntags: landing\n", (2, 7, "R003"), "“tags” is a list, and this is a single text"),
        ("claim: c\ntags: {a: b}\n", (2, 7, "R003"), "“tags” is a list, and this is a group of fields"),
        ("claim: c\ntags: [a, [b]]\n", (2, 11, "R003"), "“tags” is a single text, and this is a list"),
        ("claim: c\ntags: [a, '']\n", (2, 11, "R002"), "“tags” is empty"),
        (
            "claim: c\nquotes: [some words]\n",
            (2, 10, "R003"),
            "a quote is a group of fields, and this is a single text",
        ),
        ("claim: c\ncompare: 04:36\n", (2, 10, "R003"), "a compare is a group of fields"),
        ("claim: ''\n", (1, 8, "R002"), "“claim” is empty"),
        ("claim:\n", (1, 7, "R002"), "“claim” is empty"),
        ("claim: '  '\n", (1, 8, "R002"), "“claim” is empty"),
        ("claim: c\nsource: []\n", (2, 1, "R001"), "“source” is no field of a claim"),
        ("claim: c\nClaim: d\n", (2, 1, "R001"), "“Claim” is no field of a claim"),
        ("claim: c\nid: other\n", (2, 1, "R001"), "“id” is no field of a claim"),
        ("claim: c\npath: other\n", (2, 1, "R001"), "“path” is no field of a claim"),
        ("claim: c\nclaimant: [{name: n, as_: maker}]\n", (2, 22, "R001"), "“as_” is no field of a claimant"),
        ("claim: c\nstatus: drafts\n", (2, 9, "R004"), "“status” cannot be “drafts”"),
        ('claim: "a\\u202eb"\n', (1, 8, "F004"), "U+202E"),
        ('claim: "a\\0b"\n', (1, 8, "F004"), "U+0000"),
        ("title: only\n", (1, 1, "R002"), "a claim needs “claim”"),
        ("", (1, 1, "R003"), "this file is empty"),
        ("- claim: c\n", (1, 1, "R003"), "this file is no list of fields"),
        ("claim\n", (1, 1, "R003"), "this file is no list of fields"),
    ],
)
def test_what_a_field_cannot_be_is_one_problem_at_its_place(
    typed: str, expected: tuple[int, int, str], words: str
) -> None:
    found = read(Claim, typed)[1]
    assert [(problem.line, problem.column, problem.code) for problem in found] == [expected]
    assert words in found[0].message


@pytest.mark.parametrize(
    ("typed", "help"),
    [
        ("claim: c\nsummry: s\n", "write: summary"),
        ("claim: c\nzzz: s\n", "the fields here are claim, verdict,"),
        ("claim: c\nstatus: drafts\n", "status: draft"),
        ("claim: c\nstatus: zzz\n", "write one of these words"),
        ("claim: c\ntags: two words\n", 'tags: ["two words"]'),
    ],
)
def test_help_says_what_to_type_instead(typed: str, help: str) -> None:
    assert help in read(Claim, typed)[1][0].help


def test_a_misspelt_required_field_is_not_reported_as_missing_too() -> None:
    assert codes(Story, "titel: t\nsummary: s\n") == [(1, 1, "R001")]


def test_a_wrong_item_keeps_its_place_so_that_others_keep_their_numbers() -> None:
    record, found = read(Claim, "claim: c\ntags: [a, {}, c]\n")
    assert record.tags == ("a", "", "c")
    assert tuple(record.place("tags", 2)) == (2, 15)
    assert len(found) == 1


def test_a_record_knows_where_each_value_was_typed_else_where_the_nearest_one_was() -> None:
    record, _ = read(Claim, "claim: c\nquotes:\n  - article: a\n    text: é\n    stance: asserts\n")
    assert tuple(record.place("quotes", 0, "text")) == (4, 11)
    assert tuple(record.place("quotes", 0, "says")) == (3, 5)
    assert tuple(record.place("sources")) == (1, 1)


def test_all_problems_of_a_file_come_out_together() -> None:
    typed = "claim: [c]\nchecked: soon\nquotes:\n- {article: A B, text: t, stance: denies, url: x}\n- {}\n"
    assert codes(Claim, typed) == [
        (1, 8, "R003"),
        (2, 10, "R004"),
        (4, 35, "R004"),
        (4, 43, "R001"),
        (5, 3, "R002"),
        (5, 3, "R002"),
        (5, 3, "R002"),
    ]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_page_is_its_title_between_two_lines_of_hyphens_and_its_markdown() -> None:
    record, found = read(TextPage, "---\ntitle: About\n---\n\nWho we are.\n\n---\n\nMore.\n")
    assert (record.title, record.body, record.body_line, found) == ("About", "\nWho we are.\n\n---\n\nMore.\n", 4, [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("About\n", (1, 1, "Y001")),
        ("---\ntitle: About\n", (1, 1, "Y001")),
        ("---\ntitle: [a]\n---\n", (2, 8, "R003")),
        ("---\n\ntitel: About\n---\n", (3, 1, "R001")),
        ("---\nsubject: About\ntitle: About\n---\n", (2, 1, "R001")),
        ("---\n---\n", (1, 1, "R003")),
        ("---\ntitle: a: b\n---\n", (2, 9, "Y001")),
    ],
)
def test_a_problem_in_a_pages_head_stands_at_its_line_in_the_file(typed: str, expected: tuple[int, int, str]) -> None:
    assert codes(TextPage, typed) == [expected]


def test_a_page_may_be_its_title_alone() -> None:
    record, found = read(TextPage, "---\ntitle: About\n---")
    assert (record.title, record.body, found) == ("About", "", [])
