"""Origins: articles that go back to one source are one witness; what is not established is none."""

from __future__ import annotations

import pytest

from generator.link.origins import Origins, cycles, independence, roots


def groups(articles: str, origins: Origins) -> list[tuple[str, str]]:
    """Each group's articles and names, as words."""
    return [
        (" ".join(group.articles), " ".join(group.names)) for group in independence(articles.split(), origins).groups
    ]


@pytest.mark.parametrize(
    ("origins", "expected", "unknown"),
    [
        ({"a": ("AFP",), "b": ("AFP",)}, [("a b", "AFP")], ""),
        ({"a": ("AFP",), "b": ("TASS",)}, [("a", "AFP"), ("b", "TASS")], ""),
        ({"a": ("AFP", "TASS"), "b": ("TASS",)}, [("a b", "AFP TASS")], ""),
        # What is shared with a third article joins all of them.
        ({"a": ("AFP",), "b": ("AFP", "TASS"), "c": ("TASS",)}, [("a b c", "AFP TASS")], ""),
        # Names that differ only in case are one; the same spelling is shown in every run.
        ({"a": ("AFP",), "b": ("afp",), "c": ("Afp",)}, [("a b c", "AFP")], ""),
        # Another article as origin counts as what that article goes back to.
        ({"a": ("b",), "b": ("AFP",)}, [("a b", "AFP")], ""),
        ({"a": ("b",), "b": ("c",), "c": ("own",)}, [("a b c", "c")], ""),
        ({"a": ("own",), "b": ("own",)}, [("a", "a"), ("b", "b")], ""),
        ({"a": ("own", "AFP"), "b": ("AFP",)}, [("a b", "a AFP")], ""),
        # Not established is not independent.
        ({"a": ("AFP",), "b": None}, [("a", "AFP")], "b"),
        ({"a": (), "b": None}, [], "a b"),
        ({"a": ("b",), "b": None}, [], "a b"),
        ({"a": ("b", "AFP"), "b": None}, [("a", "AFP")], "b"),
        # A circle ends where it closes.
        ({"a": ("b",), "b": ("a",)}, [], "a b"),
        ({"a": ("b",), "b": ("a", "AFP")}, [("a b", "AFP")], ""),
    ],
)
def test_articles_are_grouped_by_what_they_go_back_to(
    origins: Origins, expected: list[tuple[str, str]], unknown: str
) -> None:
    assert groups(" ".join(origins), origins) == expected
    assert independence(origins, origins).not_established == tuple(unknown.split())


def test_an_article_counts_once_and_larger_groups_come_first() -> None:
    origins = {"a": ("AFP",), "b": ("TASS",), "c": ("TASS",)}
    assert groups("c a b a", origins) == [("b c", "TASS"), ("a", "AFP")]


def test_articles_that_were_not_chosen_form_no_group_but_lead_on_to_origins() -> None:
    assert groups("a c", {"a": ("b",), "b": ("AFP",), "c": ("AFP",)}) == [("a c", "AFP")]


def test_a_name_that_is_no_article_is_an_agency() -> None:
    assert roots("a", {"a": ("b", "Reuters"), "b": ("own",)}) == {"b", "Reuters"}


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ({"a": ("b",), "b": ("c",), "c": ("AFP",)}, []),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": None}, []),  # two ways to one origin are no circle
        ({"a": ("b",), "b": ("a",)}, [("a", "b")]),
        ({"c": ("a",), "a": ("b",), "b": ("c",)}, [("a", "b", "c")]),
        ({"x": ("b",), "b": ("a",), "a": ("b",)}, [("a", "b")]),
        ({"a": ("b",), "b": ("a", "c"), "c": ("b",)}, [("a", "b"), ("b", "c")]),
        ({"a": ("b",), "b": ("a",), "c": ("d",), "d": ("c",)}, [("a", "b"), ("c", "d")]),
    ],
)
def test_each_circle_is_found_once_and_begins_with_its_first_id(
    origins: Origins, expected: list[tuple[str, ...]]
) -> None:
    assert cycles(origins) == expected


def test_long_chains_are_followed_without_recursion() -> None:
    chain = {f"a{number:05}": (f"a{number + 1:05}",) for number in range(20_000)}
    assert cycles(chain) == []
    assert len(cycles({**chain, "a20000": ("a00000",)})) == 1
    assert roots("a00000", {**chain, "a20000": ("AFP",)}) == {"AFP"}
