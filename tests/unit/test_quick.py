"""The quick way: what it takes comes out as the thorough way reads it, and what is unusual it leaves to that."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import REPOSITORY, SITES

from generator.link.library import link
from generator.read.content import parse_record, read_content
from generator.read.forms import Form, fields_of, form_of
from generator.read.matter import Typed, typed_matter
from generator.read.quick import read_quickly
from generator.read.thorough import places_of, read_thoroughly
from generator.records import Article, Claim, FileRecord, Kind, Settings, Story, TextPage

TYPES: dict[str, type[FileRecord]] = {"articles": Article, "claims": Claim, "stories": Story, "pages": TextPage}
PROBLEMS = REPOSITORY / "tests" / "problems"


def quick(type_: type[FileRecord], data: bytes) -> FileRecord | None:
    """What the quick way makes of a file, having been held against the thorough way."""
    typed = typed_matter(type_, "file", data)
    if not isinstance(typed, Typed):
        return None
    record = read_quickly(type_, "an-id", "file", data, typed)
    thorough, problems = read_thoroughly(type_, "an-id", "file", data, typed)
    if record is not None:
        assert (record, problems) == (thorough, [])
    if thorough is not None and type_.markdown:
        assert thorough.place(type_.markdown) == places_of(type_, "file", data).place(type_.markdown)
    assert parse_record(type_, "an-id", "file", data) == (thorough, problems)
    return record


# --- files that there are ---------------------------------------------------------------------------------------------


def files_of_fixtures() -> Iterator[tuple[type[FileRecord], bytes]]:
    for path in sorted(PROBLEMS.glob("*.txt")):
        pieces = re.split(r"^--- (\S.*)\n", path.read_text("utf-8"), flags=re.MULTILINE)
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
            folder = re.match(r"content/(\w+)/", name)
            if folder and folder.group(1) in TYPES:
                yield TYPES[folder.group(1)], re.sub(r"\{U\+(\w+)\}", lambda m: chr(int(m[1], 16)), text).encode()


def files_of_sites() -> Iterator[tuple[type[FileRecord], bytes]]:
    for site in (REPOSITORY, PROBLEMS / "base", SITES / "rich", SITES / "smallest"):
        for folder, type_ in TYPES.items():
            for path in sorted((site / "content" / folder).glob("*.*")):
                yield type_, path.read_bytes()


def test_files_with_something_wrong_come_out_the_same() -> None:
    found = [quick(type_, data) for type_, data in files_of_fixtures()]
    assert len(found) > 100


def test_the_sites_of_this_repository_come_out_the_same_and_most_files_quickly() -> None:
    found = [quick(type_, data) is not None for type_, data in files_of_sites()]
    assert sum(found) > len(found) * 0.8


# --- what it takes ----------------------------------------------------------------------------------------------------

CLAIM = """\
claim: The ship landed at noon, said 10,000 people.
verdict: "true"
summary: >-
  It did.

  In the evening, that is.
checked: 2021-10-17
tags: [ships, 'the sea']
claimant: []
status: draft
quotes:
  - article: gazette
    text: The ship  landed at noon
    stance: asserts
    mark:
      - noon
      - {words: ship, note: it's "one"}
sources:
- id: log
  title: 'The log''s page #7'
  url: https://log.example/a#b
analysis: |
  Some *words*, then

  ## A heading # with a sign

  and a \\ and [a link](/claims/).
"""


@pytest.mark.parametrize(
    ("type_", "typed"),
    [
        (Claim, CLAIM.replace(" #7", "")),
        (Claim, "---\nclaim: c\n...\n"),
        (Claim, 'claim: "c\\t\\u00e9"\nwhy: a \\ b\n'),
        (Claim, "{claim: c, tags: [a, b]}"),
        (Claim, "claim: a b\n c\n   d\n"),
        (Claim, "claim: c\nanalysis: >\n  a # b\n\n  c\n"),
        (Claim, "claim: c\nmade: 2021-10-17T04:35:00+00:00\n"),
        (Article, "text: seeds/a.txt\nstory: one\norigin: []\n"),
        (Article, "text: seeds/a.txt\nstory: [one, two]\norigin: [own]\nshow: full\n"),
        (Story, "title: |+\n  t\n\nsummary: s\nintroduction: 'one\n\n  two'\n"),
        (TextPage, "---\ntitle: About\n---\n# Who we are\n\n&a *b !c\n"),
    ],
)
def test_what_is_common_is_read_quickly(type_: type[FileRecord], typed: str) -> None:
    assert quick(type_, typed.encode()) is not None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", True),
        ("claim\n", True),
        ("- claim: c\n", True),
        ("claim: [c]\n", True),
        ("claim: {c: d}\n", True),
        ("claim: c\ntags: a\n", True),
        ("claim: c\ntags: {a: b}\n", True),
        ("claim: c\ncompare: []\n", True),
        ("claim: c\nquotes: [a]\n", True),
        ("claim: c\nquotes: [{text: t, stance: asserts}]\n", True),
        ("verdict: true\n", True),
        ("claim: c\nclaim: d\n", True),
        ("claim: c\nfoo: d\n", True),
        ("? [claim]\n: c\n", True),
        ("claim: c\n? [verdict]\n: v\n", True),
        ("claim:\n", True),
        ("claim: ''\n", True),
        ("claim: '\u00a0 '\n", True),
        ("claim: c\nanalysis: |\n\n", True),
        ("claim: c\nstatus: Draft\n", True),
        ("claim: c\nchecked: 2021-02-29\n", True),
        ("claim: c\nsources: [{id: A b, title: t}]\n", True),
        ("claim: c\nstory: A b\n", False),
        ("claim: c\nsources: [{id: s, title: t, url: javascript:a}]\n", True),
        ("claim: &a c\n", True),
        ("&a claim: c\n", True),
        ("&a {claim: c}\n", True),
        ("claim: c\ntags: &a [b]\n", True),
        ("claim: &a c\nverdict: *a\n", True),
        ("claim: !!str c\n", True),
        ("! claim: c\n", True),
        ("!!map {claim: c}\n", True),
        ("claim: c\ntags: !!seq [b]\n", True),
        ("claim: c\n<<: {verdict: v}\n", True),
        ("claim: c\n---\nclaim: d\n", True),
        ("claim: c\n--- foo\n", True),
        ("claim: c # d\n", True),
        ("claim: c\t# d\n", True),
        ("claim: c\nanalysis: | # a comment\n  a\n", True),
        ("claim: c\nanalysis: |\n  a\n# a comment\n", False),
        ("claim: c\nanalysis: |\n  a\n #hashtag\n", True),
        ("claim: c\ntags: [10,000 people]\n", True),
        ("claim: c\ntags: ['10',000 people]\n", True),
        ("claim: c\ncompare: {what: a,b, claim: c, found: d}\n", True),
        ("claim: c\ncompare: {what: a, b, claim: c, found: d}\n", True),
        ("claim: c\ncompare: {what: a,claim: c, found: d}\n", True),
        ('claim: "c\\u202e"\n', True),
        ('claim: c\nanalysis: "a\\0b"\n', True),
        ("claim: [\n", True),
        ("claim: a: b\n", True),
        ("claim: " + "[" * 30 + "]" * 30, True),
    ],
)
def test_what_is_wrong_or_unusual_goes_the_thorough_way(typed: str, wrong: bool) -> None:
    assert quick(Claim, typed.encode()) is None
    assert bool(parse_record(Claim, "an-id", "file", typed.encode())[1]) == wrong


@pytest.mark.parametrize("type_", TYPES.values())
@pytest.mark.parametrize("name", ["id", "path", "source", "begins", "body", "body_line", "markdown", "places"])
def test_what_is_the_programs_own_cannot_be_typed(type_: type[FileRecord], name: str) -> None:
    required = {field: "seeds/a.txt" for field, (_, _, needed) in fields_of(type_).items() if needed}
    fields = "".join(f"{field}: {value}\n" for field, value in {**required, name: "x"}.items())
    typed = f"---\n{fields}---\n" if type_ is TextPage else fields
    assert quick(type_, typed.encode()) is None
    record, problems = parse_record(type_, "an-id", "file", typed.encode())
    assert [problem.code for problem in problems] == ["R001"]
    assert (record.id, record.path, record.source) == ("an-id", "file", typed.encode()) if record else False


def test_settings_are_no_yaml() -> None:
    data = b"title: t\nurl: https://a.example\nverdicts: []\n"
    assert read_quickly(Settings, "site", "site.toml", data, Typed(data.decode())) is None


# --- whatever may be typed --------------------------------------------------------------------------------------------

SIGNS = [
    "#", " #", " # ", "\n# a\n", "\n  #a\n", "&a ", "*a", "!a ", "<<: ", ",", ", ", '"', "'", "|", ">-", "|+\n", "\n",
    "\n\n", " ", "  ", "\t", "[", "]", "{", "}", ":", ": ", "- ", "\n- ", "\\", "\\u202e", "?", "? ", "%", "@", "`",
    "\n---\n", "\n...\n", "\u00a0", "\u3000", "é", "👩‍🚀", "\r\n", "\ufeff", "~", "null", "claim: ", "\ntags: ", "id: ",
    "\nbegins: ", "2021-02-29", "as: ",
]  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[type[FileRecord], bytes]:
    """A file that there is, in which some characters were typed over."""
    type_, data = draw(st.sampled_from([*files_of_sites(), (Claim, CLAIM.encode())]))
    text = data.decode()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at + draw(st.sampled_from([0, 0, 1, 2, 20])) :]
    return type_, text.encode()


@settings(max_examples=400)
@given(edited())
@example((Claim, b"claim: c\nanalysis: |\n  a\n  # b\n"))
def test_a_file_with_slips_comes_out_the_same(file: tuple[type[FileRecord], bytes]) -> None:
    quick(*file)


ALPHABET = "abz09 -_.,:;#&*!|>'\"%@`[]{}\\/?~<=\u00a0é\n\t"
OF_KINDS = {
    Kind.ID: "a-b",
    Kind.DATE: "2021-10-17",
    Kind.ADDRESS: "https://a.example/b?c=d#e",
    Kind.LANGUAGE: "pt-BR",
    Kind.PATH: "seeds/a b.txt",
    Kind.SHA256: "0" * 64,
}


@st.composite
def scalar(draw: st.DrawFn, form: Form, indent: int, flow: bool) -> str:
    """A single value as it may be typed, mostly of what `form` asks for."""
    known = [OF_KINDS[form.kind]] if form.kind in OF_KINDS else []
    known += list(form.inner) if form.what == "choice" else []
    words = st.sampled_from(known or ["some words", "two  spaces", "10,000", "a: b", "it's", "a\n\nb"])
    text = draw(words | words | words | st.text(ALPHABET, max_size=12))
    margin = " " * (indent + draw(st.integers(1, 3)))
    style = draw(
        st.sampled_from(["plain", "plain", "'", '"', "over lines"] if flow else [*"'\"|>", "plain", "|+", ">-"])
    )
    if style == "plain":
        return text.replace("\n", f"\n{margin}")
    if style == "over lines":
        return text.replace(" ", f"\n{margin}")
    if style == "'":
        return "'" + text.replace("'", "''").replace("\n", f"\n{margin}") + "'"
    if style == '"':
        return msgspec.json.encode(text).decode() if draw(st.booleans()) else f'"{text}"'
    return f"{style}\n" + "\n".join(f"{margin}{line}" for line in text.split("\n"))


@st.composite
def value(draw: st.DrawFn, hint: object, indent: int, flow: bool) -> str:
    """A value of the type `hint`, or now and then of another."""
    form = form_of(hint)
    if form.what == "list" and draw(st.integers(0, 9)):
        if flow or draw(st.booleans()):
            items = [draw(value(form.inner, indent, True)) for _ in range(draw(st.integers(0, 3)))]
            return "[" + draw(st.sampled_from([", ", ", ", ",\n  ", ","])).join(items) + "]"
        items = [draw(value(form.inner, indent + 2, False)) for _ in range(draw(st.integers(1, 3)))]
        return "".join(f"\n{' ' * indent}- {item.lstrip()}" for item in items)
    if form.what == "record" and draw(st.integers(0, 9)):
        return draw(fields(form.inner, indent + 2, flow or not draw(st.integers(0, 3))))
    return draw(scalar(form, indent, flow))


@st.composite
def fields(draw: st.DrawFn, type_: type[msgspec.Struct], indent: int, flow: bool) -> str:
    """Fields of a record of `type_`, most of those that it needs among them."""
    known = fields_of(type_)  # type: ignore[arg-type]
    names = [name for name, (_, _, required) in known.items() if required and draw(st.integers(0, 19))]
    names += draw(st.lists(st.sampled_from(list(known)), max_size=4, unique=not draw(st.booleans())))
    typed = [f"{name}: {draw(value(known[name][1], indent, flow))}" for name in draw(st.permutations(names))]
    typed += ["foo: bar"] if not draw(st.integers(0, 39)) else []
    if flow:
        return "{" + draw(st.sampled_from([", ", ", ", ",\n  ", ","])).join(typed) + "}"
    between = draw(st.sampled_from(["", "", "", "", "\n", f"{' ' * indent}# a comment\n"]))
    return "\n" + between.join(f"{' ' * indent}{field}\n" for field in typed)


@settings(max_examples=400)
@given(st.data())
def test_a_record_in_any_style_comes_out_the_same(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(list(TYPES.values())))
    typed = data.draw(fields(type_, 0, False)).lstrip("\n")
    quick(type_, (f"---\n{typed}---\nText.\n" if type_ is TextPage else typed).encode())


# --- records ----------------------------------------------------------------------------------------------------------


def test_records_go_from_process_to_process() -> None:
    files = [*files_of_sites(), (Settings, (SITES / "rich" / "site.toml").read_bytes())]
    assert {type_ for type_, _ in files} == {*TYPES.values(), Settings}
    for type_, data in files:
        record, _ = parse_record(type_, "an-id", "file", data)
        assert record is not None
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=type_) == record


def test_a_record_names_its_markdown_and_no_record_in_it_has_any() -> None:
    for type_ in (*TYPES.values(), Settings):
        found = [(at, name) for at, name, form in all_fields(type_) if form.kind is Kind.MARKDOWN]
        assert found == [(type_, type_.markdown)] if type_.markdown else found == []


def all_fields(type_: type[msgspec.Struct]) -> Iterator[tuple[type[msgspec.Struct], str, Form]]:
    """Every field of a record and of the records in it, with the record that it belongs to."""
    for name, (_, hint, _) in fields_of(type_).items():  # type: ignore[arg-type]
        form = form_of(hint)
        while form.what in ("list", "named"):
            form = form_of(form.inner)
        yield type_, name, form
        if form.what == "record":
            yield from all_fields(form.inner)


def test_places_are_worked_out_when_they_are_asked_for() -> None:
    record, _ = parse_record(Claim, "an-id", "file", CLAIM.encode())
    assert record is not None
    assert tuple(record.place("quotes", 0, "mark", 1, "words")) == (17, 17)
    assert tuple(record.place("analysis")) == (23, 3)
    assert (record.typed("sources", 0, "url"), record.typed("sources", 0, "article")) == (True, False)
    assert not record.wrong("sources", 0)
    record, _ = parse_record(Claim, "an-id", "file", b"claim: c\nsources: [x, {}]\n")
    assert record is not None
    assert record.wrong("sources", 0)
    assert not record.wrong("sources", 1)


def test_no_place_is_worked_out_where_nothing_is_wrong() -> None:
    record, _ = parse_record(Claim, "an-id", "file", CLAIM.encode())
    before = places_of.cache_info()
    assert record is not None
    assert tuple(record.place("analysis")) == (23, 3)
    content = read_content(PROBLEMS / "base")
    _, problems = link(content)
    assert (content.problems, problems) == ((), [])
    assert places_of.cache_info() == before


# --- comments above the fields ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "taken"),
    [
        ("# yaml-language-server: $schema=../../.parallax/schema/story.json\n", True),
        ("#one\n\n  # two\n\n", True),
        ("# one\n---\n# two\n", False),
        ("title: #x\n", False),
    ],
)
def test_comments_above_the_first_field_are_part_of_no_value(head: str, taken: bool) -> None:
    data = f"{head}{'' if 'title' in head else 'title: A'}\nsummary: B\n".encode()
    assert (quick(Story, data) is not None) == taken
