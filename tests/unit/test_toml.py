"""TOML: site.toml's values as they were typed, each with the place of its name and of itself."""

from __future__ import annotations

import pytest

from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.toml import parse_toml

SITE = '''\
title = "Zürich" # a comment
"ключ" = 'é'
[organisation]
name.short = "A"
[people."é.b"]
bio = """
[not a table]
x = 1
"""
role = "editor"
[[verdicts]]
id = "true"
[[verdicts]]
id = "false"  # [[verdicts]]
value = 1
[check]
off = ["W001", # one
  "W002", {a = true}]
since = 2021-10-17
'''


def places(node: Node, at: str = "") -> dict[str, tuple[tuple[int, int], tuple[int, int] | None]]:
    """Each value's place and that of its name, by its path."""
    found = {}
    if isinstance(node, Mapping):
        for name, value in node.fields:
            here = f"{at}/{name.text}"
            found[here] = (tuple(value.place), tuple(name.place))
            found |= places(value, here)
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            found[f"{at}/{number}"] = (tuple(item.place), None)
            found |= places(item, f"{at}/{number}")
    return found


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        ("/title", (1, 9), (1, 1)),
        ("/ключ", (2, 10), (2, 1)),
        ("/organisation/name/short", (4, 14), (4, 1)),
        ("/people/é.b/bio", (6, 7), (6, 1)),
        ("/people/é.b/role", (10, 8), (10, 1)),
        ("/verdicts/0", (11, 1), None),
        ("/verdicts/0/id", (12, 6), (12, 1)),
        ("/verdicts/1/id", (14, 6), (14, 1)),
        ("/verdicts/1/value", (15, 9), (15, 1)),
        ("/check/off", (17, 7), (17, 1)),
        ("/check/off/0", (17, 8), None),
        ("/check/off/1", (18, 3), None),
        ("/check/off/2/a", (18, 16), (18, 12)),
        ("/check/since", (19, 9), (19, 1)),
    ],
)
def test_every_value_has_its_place(path: str, value: tuple[int, int], name: tuple[int, int] | None) -> None:
    tree, found = parse_toml("site.toml", SITE)
    assert found == []
    assert tree is not None
    assert places(tree)[path] == (value, name)


def test_a_value_is_the_text_that_was_typed_and_its_kind() -> None:
    tree, _ = parse_toml("site.toml", "a = 'x'\nb = 7\nc = true\nd = 2021-10-17\ne = 1.5\n")
    assert tree is not None
    assert [(value.text, value.kind) for _, value in tree.fields] == [
        ("x", "text"),
        ("7", "number"),
        ("true", "boolean"),
        ("2021-10-17", "date"),
        ("1.5", "number"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title = No\n", (1, 9, "Y001")),
        ("title = 'a\n", (1, 9, "Y001")),
        ("a = 1\na = 2\n", (2, 1, "Y001")),
        ("a = [1, 2", (1, 5, "Y001")),
        ("a = " + "[" * 20 + "]" * 20, (1, 1, "Y003")),
        ("a = " + "[" * 100_000, (1, 1, "Y003")),
        (".".join("a" * 22) + " = 1\n", (1, 1, "Y003")),
        ("a = '" + "1" * 5000 + "'\n" + "b = " + "1" * 5000, (1, 6, "Y001")),
        ("a = 1\nb = [2, " + "1_1" * 2500 + "]", (2, 9, "Y001")),
    ],
)
def test_what_is_no_toml_is_a_problem_at_its_place(text: str, expected: tuple[int, int, str]) -> None:
    tree, found = parse_toml("site.toml", text)
    assert tree is None
    assert [(problem.line, problem.column, problem.code) for problem in found] == [expected]


@pytest.mark.parametrize(("prefix", "digit"), [("0x", "f"), ("0o", "7"), ("0b", "1")])
def test_a_number_that_cannot_be_written_out_is_shortened(prefix: str, digit: str) -> None:
    tree, found = parse_toml("site.toml", f"a = {prefix}{digit * 20_000}")
    assert found == []
    assert tree is not None
    ((_, value),) = tree.fields
    assert isinstance(value, Scalar)
    assert (len(value.text), value.text[-1], value.kind) == (21, "…", "number")


def test_nesting_is_read_up_to_twenty_deep() -> None:
    # The table that is the file itself is the first level.
    assert parse_toml("site.toml", "a = " + "[" * 19 + "1" + "]" * 19)[1] == []
