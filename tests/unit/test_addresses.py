"""Addresses: slugs of names, files of addresses, where a file's history is."""

from __future__ import annotations

import pytest

from generator.plan.addresses import file_of, history_address, host_of, publisher_address, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Tide", "the-tide"),
        ("THE  TIDE!", "the-tide"),
        ("the-tide", "the-tide"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İstanbul", "i̇stanbul"),
        ("ﬁlm № 5", "film-no-5"),
        ("cafe\u0301", "café"),
        ("Комсомольская правда", "комсомольская-правда"),
        ("हिन्दी", "हिन्दी"),
        ("朝日新聞", "朝日新聞"),
        ("a/b\\c?d#e%f", "a-b-c-d-e-f"),
        ("../../etc", "etc"),
        ("<script>", "script"),
        ("O'Neill & Sons", "o-neill-sons"),
        ("***", ""),
        ("…", ""),
        ("❤️", ""),
        ("❤️ love ❤️", "love"),
        ("\u0301", ""),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_differ_only_in_case_spacing_or_punctuation_share_a_page() -> None:
    names = ["El Sol de México", "EL SOL DE MÉXICO", "el-sol  de me\u0301xico.", "El Sol De México"]
    assert {publisher_address(name) for name in names} == {"/publishers/el-sol-de-méxico/"}


@pytest.mark.parametrize("letter", ["a", "é", "朝", "𝔘"])
def test_a_slug_can_be_a_files_name_and_is_whole_characters(letter: str) -> None:
    assert 190 < len(slug(letter * 400).encode()) <= 200


def test_long_names_that_begin_alike_have_pages_of_their_own() -> None:
    whole = "word " * 40
    assert slug(whole) == "-".join(["word"] * 40)  # 199 bytes: whole
    assert slug(whole + "one") != slug(whole + "two")
    assert slug(whole + "one") == slug(whole + "ONE!")
    assert slug("\ufdfa" * 30 + " one") != slug("\ufdfa" * 30 + " two")  # of which each is eighteen letters


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/claims/x/", "claims/x/index.html"),
        ("/404.html", "404.html"),
        ("/tags/é/", "tags/é/index.html"),
    ],
)
def test_the_file_of_an_address(address: str, file: str) -> None:
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://Example.ORG:8443/", "example.org"),
        ("mailto:desk@example.org", "desk@example.org"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("repository", "history"),
    [
        ("https://github.com/desk/site.git", "https://github.com/desk/site/commits/HEAD/content/claims/x.yaml"),
        ("https://gitlab.example/desk/site/", "https://gitlab.example/desk/site/-/commits/HEAD/content/claims/x.yaml"),
        ("https://git.example/desk", "https://git.example/desk"),
        ("", ""),
    ],
)
def test_where_the_history_of_a_file_is(repository: str, history: str) -> None:
    assert history_address(repository, "content/claims/x.yaml") == history
