"""YAML: text as it was typed, with its places; what would be lost or mistaken unseen is a problem."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.yaml import parse_yaml, quoted


def plain(node: Node | None) -> object:
    """The tree as dictionaries, lists and texts, without places."""
    if isinstance(node, Mapping):
        return {name.text: plain(value) for name, value in node.fields}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def problems(text: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in parse_yaml("f.yaml", text)[1]]


@pytest.mark.parametrize(
    "typed",
    [
        "true",
        "No",
        "on",
        "null",
        "~",
        "12:30",
        "0x1F",
        "1_000",
        "010",
        "1e3",
        ".inf",
        "2021-10-17",
        "2021-10-17 04:35:00",
        "=",
    ],
)
def test_no_value_is_taken_for_anything_but_the_text_that_was_typed(typed: str) -> None:
    node, found = parse_yaml("f.yaml", f"{typed}: {typed}\nlist: [{typed}]\n")
    assert (plain(node), found) == ({typed: typed, "list": [typed]}, [])


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: b", {"a": "b"}),
        ("a: >-\n  one\n  two\n\n  three # four\n", {"a": "one two\nthree # four"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: 'it''s'\nb: \"tab\\tor \\u00e9\"\n", {"a": "it's", "b": "tab\tor é"}),
        ("a: [b, {c: d}]\n", {"a": ["b", {"c": "d"}]}),
        ("a:\n", {"a": ""}),
        ("# a comment of its own\na: b\n\n# another\nc: d\n", {"a": "b", "c": "d"}),
        ("a: 'b' # after quotes nothing is cut\nc: [d] # nor after a list\n", {"a": "b", "c": ["d"]}),
        ("a:\n  # before the value\n  b\n", {"a": "b"}),
        ("a: https://example.org/page#part\n", {"a": "https://example.org/page#part"}),
        ('a: ["b","c"]\n', {"a": ["b", "c"]}),
        ("a: b\n...\n", {"a": "b"}),
        ("---\na: b\n", {"a": "b"}),
        ("", None),
        ("# only a comment\n", None),
    ],
)
def test_what_is_right_is_read(text: str, tree: object) -> None:
    node, found = parse_yaml("f.yaml", text)
    assert (plain(node), found) == (tree, [])


def test_places_count_characters_whatever_stands_before_them() -> None:
    node, _ = parse_yaml("f.yaml", "“é👩‍🚀”: ü\nlist: [“ж”, b]\nx:\n  - ё: {й: c}\n", first_line=3)
    assert isinstance(node, Mapping)
    (name, value), (_, items), (_, last) = node.fields
    assert (name.place, value.place) == ((3, 1), (3, 9))
    assert isinstance(items, Sequence)
    assert [items.place, *(item.place for item in items.items)] == [(4, 7), (4, 8), (4, 13)]
    assert isinstance(last, Sequence)
    inner = last.items[0]
    assert isinstance(inner, Mapping)
    assert (inner.place, inner.fields[0][1].place) == ((6, 5), (6, 8))


def test_the_place_of_a_block_is_where_its_text_begins() -> None:
    node, _ = parse_yaml("f.yaml", "a: >-\n\n    “é”\n  \nb: |\n  two\nc: |\nd: e\n")
    assert isinstance(node, Mapping)
    assert [value.place for _, value in node.fields] == [(3, 5), (6, 3), (7, 4), (8, 4)]


@pytest.mark.parametrize(
    ("text", "place", "help"),
    [
        ("text: At 04:35 UTC the #SoyuzMS18 will land\n", (1, 24), 'text: "At 04:35 UTC the #SoyuzMS18 will land"'),
        ("é: “ü” #x\n", (1, 8), 'é: "“ü” #x"'),
        ("a: #b\n", (1, 4), 'a: "#b"'),
        ("a: b #\n", (1, 6), 'a: "b #"'),
        ("- #a\n- b\n", (1, 3), '- "#a"'),
        ("- a #b\n", (1, 5), '- "a #b"'),
        ('a: say "so" #b\n', (1, 13), "a: 'say \"so\" #b'"),
        ('a: it\'s "so" #b\n', (1, 14), 'a: "it\'s \\"so\\" #b"'),
        ("a: [b #c, d]\n", (1, 7), 'a: ["b #c", d]'),
        ("a: {b: c #d}\n", (1, 10), 'a: {b: "c #d"}'),
        ("a:\n  the\n  #MS18 lands\n", (2, 3), 'a: "the #MS18 lands"'),
        ("a: one\n  two\n  # three\n  four\n", (1, 4), 'a: "one two # three"'),
    ],
)
def test_a_value_that_yaml_cuts_at_a_hash_is_refused_with_the_line_in_quotes(
    text: str, place: tuple[int, int], help: str
) -> None:
    found = parse_yaml("f.yaml", text)[1]
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(*place, "Y006")]
    assert found[0].help == f"write:\n{help}"


@pytest.mark.parametrize(
    ("text", "place", "help"),
    [
        ("tags: [10,000 people, b]\n", (1, 8), 'tags: ["10,000 people", b]'),
        ("tags: [é,b]\n", (1, 8), 'tags: ["é,b"]'),
        ("m: {words: 1,2, note: c}\n", (1, 12), 'm: {words: "1,2", note: c}'),
    ],
)
def test_a_value_that_yaml_splits_at_a_comma_is_refused_with_the_line_in_quotes(
    text: str, place: tuple[int, int], help: str
) -> None:
    found = parse_yaml("f.yaml", text)[1]
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(*place, "Y007")]
    assert found[0].help == f"write:\n{help}"


@pytest.mark.parametrize("value", ["a", "it's", 'say "so"', 'it\'s "so"', "back\\slash", "a # b", "[x]: y", "", "' \""])
def test_a_value_in_the_quotes_that_help_gives_is_read_back_as_it_stands(value: str) -> None:
    assert plain(parse_yaml("f.yaml", f"a: {quoted(value)}\n")[0]) == {"a": value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("verdict: true\nclaim: x\nverdict: false\n", (3, 1, "Y002")),
        ("“é”: 1\n“é”: 2\n", (2, 1, "Y002")),
        ("a:\n  - {b: c, b: d}\n", (2, 12, "Y002")),
        ("a: b\n'a': c\n", (2, 1, "Y002")),
        ("a: b\n---\nc: d\n", (2, 1, "Y004")),
        ("---\n---\n", (2, 1, "Y004")),
        ("a: &name b\n", (1, 4, "Y005")),
        ("&name a: b\n", (1, 1, "Y005")),
        ("a: *name\n", (1, 4, "Y005")),
        ("a: !!python/object:os.system b\n", (1, 4, "Y005")),
        ("a: ! b\n", (1, 4, "Y005")),
        ("a: &x [b]\n", (1, 4, "Y005")),
        ("<<: {a: b}\n", (1, 1, "Y005")),
        ("a: é: c\n", (1, 5, "Y001")),
        ("a: 'never closed\nb: c\n", (1, 4, "Y001")),
        ("a: [b, c\nd: e\n", (1, 4, "Y001")),
        ("a: {b: c\n", (1, 4, "Y001")),
        ("\ta: b\n", (1, 1, "Y001")),
        ("a: @b\n", (1, 4, "Y001")),
        ("a: - b\n", (1, 4, "Y001")),
        ("a: [#b]\n", (1, 5, "Y001")),
        ("a: *bold* word\n", (1, 4, "Y001")),
        ("? [a]\n: b\n", (1, 3, "Y001")),
        ('a: "\\ud800"\n', (1, 7, "Y001")),
        ("%FOO\n---\na: b\n", (1, 5, "Y001")),
    ],
)
def test_what_would_be_mistaken_is_one_problem_at_its_place(text: str, expected: tuple[int, int, str]) -> None:
    assert problems(text) == [expected]


def test_the_first_of_two_values_is_kept_so_that_no_second_one_wins_unseen() -> None:
    assert plain(parse_yaml("f.yaml", "verdict: true\nverdict: false\n")[0]) == {"verdict": "true"}


def test_syntax_is_explained_in_an_editors_words() -> None:
    problem = parse_yaml("f.yaml", "claim: Peresild said: it was late\n")[1][0]
    assert "a colon and a space stand inside this value" in problem.message
    assert problem.help == 'write:\nclaim: "Peresild said: it was late"'


def test_several_problems_of_one_file_come_out_together() -> None:
    assert problems("a: b #c\nd: [1,2]\na: e\nf: &g h\n") == [
        (1, 6, "Y006"),
        (2, 5, "Y007"),
        (3, 1, "Y002"),
        (4, 4, "Y005"),
    ]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_nesting_is_read_up_to_twenty_deep(opening: str, closing: str) -> None:
    def nested(depth: int) -> str:
        return opening * depth + "x" + closing * depth

    assert problems(nested(20)) == []
    assert problems(nested(21)) == [(1, 20 * len(opening) + 1, "Y003")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_a_hundred_thousand_brackets_are_a_problem_and_do_not_end_the_process(opening: str) -> None:
    # In a process of its own: a stack that overflows in C takes the whole process with it.
    program = f"from generator.read.yaml import parse_yaml; print(parse_yaml('f', {opening!r} * 100_000)[1][0].code)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.strip() in ("Y003", "Y001")


CUT = [
    "text: At 04:35 UTC the #Soyuz will land",
    "text: #FerryWatch was not\n      the talk of the town.",
    "text:\n  #FerryWatch was not\n  the talk",
    "text: > #lost\n  At noon",
    "text: >\n  At noon\n #lost",
    "text: |\n  At noon\n#lost more\nnext: field",
    'text: "At noon" #lost',
    "text: foo\n  #bar\nnext: field",
    "text: foo\n  bar\n  # baz\nnext: field",
    'text: "b"\n   #c\nnext: field',
    "mark:\n  - noon\n   #x",
    "- #lost\n  rest",
    "says: #foo",
    "a: [b, #c\n d]",
    "a: [x #y, z]",
    "a: {x:\n #c\n d}",
    "mark: [noon #x\n]",
]


@pytest.mark.parametrize("text", CUT)
def test_no_comment_takes_words_from_a_value(text: str) -> None:
    assert [code for _, _, code in problems(text + "\n")] == ["Y006"]


NOT_CUT = [
    "# head\na: b\n# between\nc: d\n# end",
    "quotes: # a list\n  # first\n  - article: a\n    # on the stance\n    stance: x\n  # second\n  - article: b",
    'a: "b" # in GMT',
    "a: [b] #c",
    "a: |\n  # Heading\n  text #tag\n\n# comment\nb: c",
    'a: "x #y"',
    "a: http://x/#part\nb: c#d",
    "mark:\n  - noon\n  # between\n  - night",
    "a: b\n#title: left out",
    "a: >-\n  text\n#title: left out\nb: c",
    "a:\n  # on what follows\n  b: c",
]


@pytest.mark.parametrize("text", NOT_CUT)
def test_a_comment_that_takes_nothing_is_let_stand(text: str) -> None:
    assert problems(text + "\n") == []
