"""Schemas: they and the program say the same of the same files, but for what docs/schema.md lists."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from support import REPOSITORY, SITES, SMALL, build_site, claim, lay, small_site, tree

from generator.__main__ import main
from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers
from generator.examine import examine
from generator.problems import FaultError, errors
from generator.read.forms import fields_of, form_of
from generator.read.kinds import SHAPES, TEXT_FAULTS
from generator.read.matter import Typed, typed_matter
from generator.records import Kind, Record, TextPage
from generator.schema.descriptions import CHOICES, FIELDS
from generator.schema.files import read_choices
from generator.schema.kinds import pattern
from generator.schema.schemas import NAMES, readings, schemas

FOLDERS = {"articles": "article", "claims": "claim", "stories": "story", "pages": "page"}
SITES_THERE = (REPOSITORY, SITES / "rich", SITES / "smallest", REPOSITORY / "tests" / "problems" / "base")


# --- what a language server reads -------------------------------------------------------------------------------------


class Newer(yaml.SafeLoader):
    """YAML 1.2's core schema, which language servers read by default."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 — as PyYAML has it


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)", "-+0123456789."),
):
    Newer.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def _integer(loader: Newer, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)


Newer.add_constructor("tag:yaml.org,2002:int", _integer)


class Older(yaml.SafeLoader):
    """YAML 1.1, which a language server can be set to: `no` is false, `12:30` a number, a date stays as it is typed."""

    yaml_implicit_resolvers = {  # noqa: RUF012 — as PyYAML has it
        first: [pair for pair in pairs if not pair[0].endswith("timestamp")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_as(loader: Any, path: Path) -> Any:
    """What a language server sees of a file."""
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text("utf-8"))
    text = path.read_text("utf-8")
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, loader)


def files_of(root: Path) -> Iterator[tuple[str, Path]]:
    """A site's files, each with the name of its schema."""
    yield "site", root / "site.toml"
    for folder, name in FOLDERS.items():
        for path in sorted((root / "content" / folder).glob("*.*")):
            yield name, path


def faults(root: Path, loader: Any) -> dict[str, list[str]]:
    """What a site's schemas find wrong in its files, by the files' paths."""
    made = schemas(read_choices(root))
    found: dict[str, list[str]] = {}
    for name, path in files_of(root):
        wrong = [error.message for error in Draft7Validator(made[name]).iter_errors(read_as(loader, path))]
        if wrong:
            found[path.relative_to(root).as_posix()] = wrong
    return found


# --- schemas ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", SITES_THERE, ids=lambda path: path.name)
@pytest.mark.parametrize("loader", [Newer, Older])
def test_what_the_program_takes_the_schemas_take(site: Path, loader: Any) -> None:
    # Where a site's history begins is asked of git, and only a copy of the rich site has a repository of its own.
    assert not [problem for problem in errors(examine(site)) if "is no commit or tag" not in problem.message]
    assert faults(site, loader) == {}


@pytest.mark.parametrize("site", SITES_THERE, ids=lambda path: path.name)
def test_each_schema_is_one(site: Path) -> None:
    made = schemas(read_choices(site))
    assert made.keys() == NAMES.keys()
    for schema in made.values():
        Draft7Validator.check_schema(schema)


def every_record() -> set[type[Record]]:
    found: set[type[Record]] = set()
    waiting: list[type[Record]] = [type_ for type_, _ in NAMES.values()]
    while waiting:
        type_ = waiting.pop()
        if type_ in found:
            continue
        found.add(type_)
        for _, hint, _ in fields_of(type_).values():
            form = form_of(hint)
            while form.what in ("list", "named"):
                form = form_of(form.inner)
            if form.what == "record":
                waiting.append(form.inner)
    return found


def test_every_field_of_every_record_has_a_description() -> None:
    assert {type_: set(fields_of(type_)) for type_ in every_record()} == {
        type_: set(told) for type_, told in FIELDS.items()
    }
    assert all(text.strip() for told in FIELDS.values() for text in told.values())


def test_every_choice_has_its_meaning() -> None:
    forms = [form_of(hint) for type_ in every_record() for _, hint, _ in fields_of(type_).values()]
    assert {choice for form in forms if form.what == "choice" for choice in form.inner} == CHOICES.keys()


def test_every_property_in_the_files_has_its_description() -> None:
    def properties(schema: Any) -> Iterator[Any]:
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).values() if "additionalProperties" in schema else ()
            for inner in schema.values():
                yield from properties(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from properties(inner)

    found = [each for schema in schemas(read_choices(REPOSITORY)).values() for each in properties(schema)]
    assert len(found) > 80
    assert all(each.get("description") for each in found)


def test_a_sites_own_ids_are_its_choices(tmp_path: Path) -> None:
    site = small_site(
        tmp_path,
        {
            "site.toml": SMALL["site.toml"] + '[people.jo]\nname = "Jo"\nrole = "editor"\n',
            "content/stories/ship.yaml": "title: A ship\nsummary: It came.\n",
        },
    )
    made = schemas(read_choices(site))["claim"]["definitions"]
    assert {name: (part["enum"], part["enumDescriptions"]) for name, part in made.items()} == {
        "articles": (["gazette"], ["The Gazette"]),
        "claims": (["landing"], ["The ship landed at noon."]),
        "people": (["jo"], ["Jo, editor"]),
        "stories": (["ship"], ["A ship"]),
        "verdicts": ([True, "true", False, "false"], ["True", "True", "False", "False"]),
    }


def test_a_file_that_cannot_be_read_is_a_choice_all_the_same(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"content/articles/broken.yaml": "text: [\n"})
    assert schemas(read_choices(site))["claim"]["definitions"]["articles"]["enum"] == ["broken", "gazette"]


def test_names_that_were_used_are_suggestions(tmp_path: Path) -> None:
    site = small_site(
        tmp_path,
        {
            "content/articles/gazette.yaml": SMALL["content/articles/gazette.yaml"] + "origin: [AFP]\n",
            "content/claims/landing.yaml": claim(more="tags: [ships]\n"),
        },
    )
    made = schemas(read_choices(site))
    article = made["article"]["properties"]
    assert article["publisher"]["examples"] == ["The Gazette"]
    assert article["origin"]["items"]["examples"] == ["own", "AFP", "gazette"]
    assert made["claim"]["properties"]["tags"]["items"]["examples"] == ["ships"]


@pytest.mark.parametrize(
    "id", ["true", "no", "null", "2021", "0436", "-5", "0x1f", "1e3", "0o17", "0b1", "a-1", "12-5"]
)
def test_an_id_is_known_in_every_reading(id: str) -> None:
    for loader in (Newer, Older):
        value = yaml.load(f"[{id}]", loader)[0]
        assert any(type(each) is type(value) and each == value for each in readings(id)), loader


# --- patterns ---------------------------------------------------------------------------------------------------------

TEXTS = {
    Kind.ID: ("a", "a-b", "0", "A", "a_b", "ä", "a" * 100, "a" * 101, "-"),
    Kind.DATE: (
        *("2021", "2021-10", "2021-13", "2021-10-17", "2021-02-28", "2021-02-29", "2020-02-29", "1900-02-29"),
        *("2000-02-29", "2021-04-31", "2021-12-31", "2021-00", "2021-01-00", "0000", "0001", "20211017", "21"),
        *("2021-10-17T04:35:00+00:00", "2021-10-17 04:35Z", "2021-10-17T04:35", "2021-10-17T24:00Z", "17.10.2021"),
        *("2021-10-17T04:35:60Z", "2021-10-17T04:35-0330", "2021-10-17T04:35+24:00", "2021-10T04:35Z", "２０２１"),
    ),
    Kind.ADDRESS: (
        *(
            "https://a.example",
            "http://a.example/b?c=d#e",
            "HTTPS://A.example/",
            "mailto:a@b.example",
            "ftp://a.example",
        ),
        *(
            "javascript:alert(1)",
            "https://",
            "https:///a",
            "https://a b",
            "https://u@a.example",
            "https://a.example:80/",
        ),
        *("https://:80/", "mailto:a", "mailto:a@b@c", "mailto:a/b@c", "//a.example", "a.example", "https://[::1]/"),
        *("https://ä.example/ö", 'https://a.example/"', "https://a.example/<b>", "https://a.example\\b", "https://@a"),
        *("https://u:p@a.example/", "https://a.example/@b", "https://a.example?q=@", "mailto:a@b?subject=c", "https:a"),
    ),
    Kind.SITE_ADDRESS: ("https://a.example", "https://a.example/b/", "https://a.example/?q", "mailto:a@b.example", "a"),
    Kind.LANGUAGE: ("en", "pt-BR", "zh-Hant-TW", "e", "en_GB", "englishlanguage", "en-"),
    Kind.PATH: (
        *("seeds/a.txt", "seeds/b/a.html", "seeds/a.md", "seeds/a.pdf", "a.txt", "seeds/../a.txt", "seeds/.a.txt"),
        *("seeds/.b/a.txt", "seeds//a.txt", "seeds/a\\b.txt", "seeds", "seeds/", "seeds/ä b.txt", "seeds/.txt"),
    ),
    Kind.SHA256: ("a" * 64, "0" * 64, "A" * 64, "a" * 63),
    Kind.COLOUR: ("#1a7f37", "#fff", "#FFFFFF", "#ffff", "red"),
    Kind.MAIL: ("desk@gazette.example", "a.b+c@d", "a@b@c", "a@b?cc=d", "a b@c", "@c", "mailto:a@b", "<a@b>"),
}


def test_texts_of_every_kind_are_tried() -> None:
    assert TEXTS.keys() == TEXT_FAULTS.keys() - {Kind.SHAPE}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TEXTS.items() for text in texts])
def test_a_pattern_and_the_program_agree(kind: Kind, text: str) -> None:
    assert bool(re.search(pattern(kind), text)) == (not TEXT_FAULTS[kind](text))


@given(st.dates(), st.sampled_from(["", "T04:35:00Z", " 23:59+01:00"]), st.integers(0, 3))
def test_every_day_has_its_pattern(day: Any, time: str, off: int) -> None:
    text = day.isoformat()[:8] + f"{min(99, day.day + off):02}" + time
    assert bool(re.search(pattern(Kind.DATE), text)) == (not TEXT_FAULTS[Kind.DATE](text))


@given(
    st.text(alphabet="aZ0:/?#@[]. \\<\"'%äé-_", max_size=12), st.sampled_from(["https://", "http://", "mailto:", ""])
)
def test_a_pattern_is_never_stricter_than_the_program(rest: str, scheme: str) -> None:
    for kind in (Kind.ADDRESS, Kind.SITE_ADDRESS):
        if not TEXT_FAULTS[kind](scheme + rest):
            assert re.search(pattern(kind), scheme + rest)


# --- broken files -----------------------------------------------------------------------------------------------------

GOOD: dict[str, str] = {
    "site.toml": SMALL["site.toml"]
    + """
[people.jo]
name = "Jo"

[publishers."The Gazette"]
interest = "It owns the ship."

[articles]
show = "excerpts"

[check]
off = ["W002"]

[feeds]
length = 5

[search]
enabled = false
""",
    "content/stories/ship.yaml": "title: A ship\nsummary: It came.\ndate: 2021-10\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\nText.\n",
    "content/articles/gazette.yaml": """\
text: seeds/gazette.txt
publisher: The Gazette
url: https://gazette.example/ship
published: 2021
language: en
story: ship
origin: [own]
show: full
not_article:
  - {text: Nobody was hurt., why: a caption}
""",
    "content/claims/landing.yaml": """\
claim: The ship landed at noon.
verdict: true
summary: It did.
checked: 2021-10-17
story: ship
tags: [ships, 12:30]
by: [jo]
claimant:
  - {name: The captain, as: maker}
compare: {what: Time, claim: noon, found: noon}
parts:
  - {words: at noon, verdict: false}
quotes:
  - article: gazette
    text: The ship landed at noon
    stance: asserts
    says: noon
    mark: [landed, {words: noon, note: twelve}]
sources:
  - {id: log, title: The log, url: "https://log.example", kind: primary, bears: supports}
analysis: |
  It did [@log].
corrections:
  - {date: 2021-10-18, kind: update, text: More.}
related: [other]
status: published
""",
    "content/claims/other.yaml": claim("The ship sank.", more="silent: [gazette]\n"),
}

# What is typed in place of what, in which file.
BROKEN: list[tuple[str, str, str]] = [
    # unknown fields
    ("claims/landing.yaml", "summary: It did.", "summary: It did.\nsumary: It did."),
    ("claims/landing.yaml", "says: noon", "sayz: noon"),
    ("claims/landing.yaml", "name: The captain", "nom: x, name: The captain"),
    ("articles/gazette.yaml", "language: en", "lang: en"),
    ("stories/ship.yaml", "date: 2021-10", "when: 2021-10"),
    ("pages/about.md", "title: About", "title: About\nauthor: Jo"),
    ("site.toml", 'name = "Jo"', 'name = "Jo"\nshoe = "9"'),
    # missing fields
    ("claims/landing.yaml", "claim: The ship landed at noon.\n", ""),
    ("claims/landing.yaml", "verdict: true\n", ""),
    ("claims/landing.yaml", "summary: It did.\n", ""),
    ("claims/landing.yaml", "checked: 2021-10-17\n", ""),
    ("claims/landing.yaml", "    stance: asserts\n", ""),
    ("claims/landing.yaml", "found: noon", ""),
    ("claims/landing.yaml", ', url: "https://log.example"', ""),
    ("claims/landing.yaml", "{date: 2021-10-18, ", "{"),
    ("articles/gazette.yaml", "text: seeds/gazette.txt\n", ""),
    ("articles/gazette.yaml", ", why: a caption", ""),
    ("stories/ship.yaml", "summary: It came.\n", ""),
    ("pages/about.md", "title: About", "corrections: []"),
    ("site.toml", 'title = "The Small Desk"\n', ""),
    ("site.toml", 'label = "True"\n', ""),
    ("site.toml", 'name = "Jo"', 'role = "editor"'),
    # empty ones
    ("claims/landing.yaml", "summary: It did.", "summary:"),
    ("claims/landing.yaml", "summary: It did.", 'summary: " "'),
    ("claims/landing.yaml", "tags: [ships, 12:30]", "tags:"),
    ("claims/landing.yaml", "tags: [ships, 12:30]", 'tags: [""]'),
    ("claims/landing.yaml", "compare: {what: Time, claim: noon, found: noon}", "compare: {}"),
    ("site.toml", 'title = "The Small Desk"', 'title = ""'),
    # values of the wrong type
    ("claims/landing.yaml", "summary: It did.", "summary: [It did.]"),
    ("claims/landing.yaml", "summary: It did.", "summary: {a: b}"),
    ("claims/landing.yaml", "tags: [ships, 12:30]", "tags: ships"),
    ("claims/landing.yaml", "by: [jo]", "by: jo"),
    ("claims/landing.yaml", "mark: [landed, {words: noon, note: twelve}]", "mark: landed"),
    ("claims/landing.yaml", "mark: [landed, {words: noon, note: twelve}]", "mark: [{note: twelve}]"),
    ("claims/landing.yaml", "compare: {what: Time, claim: noon, found: noon}", "compare: Time"),
    ("claims/landing.yaml", "  - {date: 2021-10-18, kind: update, text: More.}", "  - More."),
    ("claims/landing.yaml", "story: ship", "story: [ship]"),
    ("articles/gazette.yaml", "origin: [own]", "origin: own"),
    (
        "articles/gazette.yaml",
        "  - {text: Nobody was hurt., why: a caption}",
        "  {text: Nobody was hurt., why: a caption}",
    ),
    ("site.toml", 'title = "The Small Desk"', "title = 5"),
    ("site.toml", "value = 2", 'value = "2"'),
    ("site.toml", "enabled = false", "enabled = 0"),
    ("site.toml", "length = 5", "length = 0"),
    ("site.toml", 'off = ["W002"]', 'off = "W002"'),
    # values that are none of the choices
    ("claims/landing.yaml", "stance: asserts", "stance: claims"),
    ("claims/landing.yaml", "as: maker", "as: inventor"),
    ("claims/landing.yaml", "kind: primary", "kind: tertiary"),
    ("claims/landing.yaml", "bears: supports", "bears: helps"),
    ("claims/landing.yaml", "kind: update", "kind: news"),
    ("claims/landing.yaml", "status: published", "status: final"),
    ("articles/gazette.yaml", "show: full", "show: all"),
    ("site.toml", 'show = "excerpts"', 'show = "some"'),
    ("site.toml", "value = 2", 'value = 2\nshape = "star"'),
    ("site.toml", "format = 1", "format = 2"),
    # ids that there are not
    ("claims/landing.yaml", "verdict: true", "verdict: perhaps"),
    ("claims/landing.yaml", "verdict: false", "verdict: perhaps"),
    ("claims/landing.yaml", "article: gazette", "article: gazete"),
    ("claims/landing.yaml", "story: ship", "story: boat"),
    ("claims/landing.yaml", "by: [jo]", "by: [jim]"),
    ("claims/landing.yaml", "related: [other]", "related: [another]"),
    ("claims/landing.yaml", "bears: supports", "bears: supports, article: gazete"),
    ("claims/other.yaml", "silent: [gazette]", "silent: [gazete]"),
    ("articles/gazette.yaml", "story: ship", "story: [ship, boat]"),
    ("site.toml", '"W002"', '"W999"'),
    ("site.toml", '"W002"', '"Q001"'),
    # texts that their field cannot have
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: 2021-10-32"),
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: 17 October"),
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: 20211017"),
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: true"),
    ("claims/landing.yaml", "https://log.example", "ftp://log.example"),
    ("claims/landing.yaml", "https://log.example", "log.example"),
    ("claims/landing.yaml", "id: log", "id: The log"),
    ("claims/landing.yaml", "status: published", "aliases: [Old Name]"),
    ("articles/gazette.yaml", "url: https://gazette.example/ship", "url: javascript:alert(1)"),
    ("articles/gazette.yaml", "language: en", "language: en_GB"),
    ("articles/gazette.yaml", "language: en", "sha256: abc"),
    ("articles/gazette.yaml", "text: seeds/gazette.txt", "text: gazette.txt"),
    ("articles/gazette.yaml", "text: seeds/gazette.txt", "text: seeds/../gazette.txt"),
    ("articles/gazette.yaml", "published: 2021", "published: 21"),
    ("site.toml", "https://small.example", "small.example"),
    ("site.toml", "https://small.example", "https://small.example/?a"),
    ("site.toml", "value = 2", 'value = 2\ncolour = "green"'),
    ("site.toml", 'id = "true"', 'id = "True"'),
    ("site.toml", "[people.jo]", '[people."Jo Bloggs"]'),
    # several together
    ("claims/landing.yaml", "tags: [ships, 12:30]", "tags: [ships, ships]"),
    ("claims/landing.yaml", "related: [other]", "related: [other, other]"),
    ("claims/landing.yaml", "status: published", "status: retracted\naliases: [a, a]"),
]
FINE: list[tuple[str, str, str]] = [
    ("claims/landing.yaml", "summary: It did.", "summary: 12:30"),
    ("claims/landing.yaml", "summary: It did.", "summary: yes"),
    ("claims/landing.yaml", "summary: It did.", "summary: 1.5"),
    ("claims/landing.yaml", "summary: It did.", "summary: >-\n  It did: 5 # times"),
    ("claims/landing.yaml", "verdict: true", 'verdict: "true"'),
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: 2021"),
    ("claims/landing.yaml", "checked: 2021-10-17", "checked: >\n  2021-10-17"),
    ("claims/landing.yaml", "claimant:\n  - {name: The captain, as: maker}", "claimant: []"),
    ("claims/landing.yaml", "status: published", "status: retracted"),
    ("claims/landing.yaml", "related: [other]", "related: []"),
    ("claims/other.yaml", "verdict: true\nsummary: It did.\nchecked: 2021-10-17\n", "status: draft\n"),
    ("articles/gazette.yaml", "story: ship", "story: [ship]"),
    ("articles/gazette.yaml", "publisher: The Gazette", "publisher: 1843"),
    ("articles/gazette.yaml", "language: en", "language: no"),
    ("articles/gazette.yaml", "language: en", f"sha256: {'1' * 64}"),
    ("site.toml", "value = 2", "retired = true"),
]
LAXER: list[tuple[str, str, str]] = [
    ("claims/landing.yaml", "text: The ship landed at noon", "text: The ship sank at noon"),
    ("claims/landing.yaml", "words: at noon", "words: at midnight"),
    ("claims/landing.yaml", "[@log]", "[@diary]"),
    ("claims/landing.yaml", "[@log]", "[it](/nowhere/)"),
    ("claims/landing.yaml", "related: [other]", "related: [landing]"),
    ("claims/landing.yaml", "status: published", "aliases: [other]"),
    ("claims/landing.yaml", "summary: It did.", "summary: It did #not"),
    ("claims/landing.yaml", "verdict: true", "verdict: True"),
    ("claims/landing.yaml", "https://log.example", "https://log.example:99999"),
    ("articles/gazette.yaml", "text: seeds/gazette.txt", "text: seeds/gazete.txt"),
    ("articles/gazette.yaml", "origin: [own]", "origin: [gazette]"),
    ("articles/gazette.yaml", "language: en", f"sha256: {'a' * 64}"),
    ("articles/gazette.yaml", "language: en", "encoding: nothing"),
    ("site.toml", "[search]", '[[verdicts]]\nid = "true"\nlabel = "Yes"\n\n[search]'),
]
"""What the program refuses and a schema cannot see, as docs/schema.md says."""


def changed(root: Path, change: tuple[str, str, str]) -> str:
    """Lay the good site into `root` with one thing changed; returns the path of the changed file."""
    name, old, new = change
    path = name if name == "site.toml" else f"content/{name}"
    assert GOOD[path].count(old) >= 1, change
    small_site(root, GOOD, {path: GOOD[path].replace(old, new, 1)})
    return path


def refused(root: Path, path: str) -> bool:
    """Whether the program has errors to report in this file. (Proofs of quotes are none of a schema's business.)"""
    return any(problem.path == path for problem in errors(examine(root)))


def test_the_good_site_is_good(tmp_path: Path) -> None:
    small_site(tmp_path, GOOD)
    assert errors(examine(tmp_path)) == []
    assert [faults(tmp_path, loader) for loader in (Newer, Older)] == [{}, {}]


@pytest.mark.parametrize("change", BROKEN, ids=" ".join)
def test_both_refuse(tmp_path: Path, change: tuple[str, str, str]) -> None:
    path = changed(tmp_path, change)
    assert refused(tmp_path, path)
    assert [taken(tmp_path, path, loader) for loader in (Newer, Older)] == [False, False]


def taken(root: Path, path: str, loader: Any) -> bool:
    """Whether a file has nothing wrong by the good site's schemas: those in use are from before an edit."""
    made = schemas(read_choices(small_site(root.parent / f"{root.name}-good", GOOD)))
    name = next(name for name, each in files_of(root) if each == root / path)
    return bool(Draft7Validator(made[name]).is_valid(read_as(loader, root / path)))


@pytest.mark.parametrize("change", FINE, ids=" ".join)
def test_both_take(tmp_path: Path, change: tuple[str, str, str]) -> None:
    path = changed(tmp_path, change)
    problems = {problem.code for problem in errors(examine(tmp_path)) if problem.path == path}
    assert problems <= {"A001"}, problems  # a made-up sum
    assert [faults(tmp_path, loader) for loader in (Newer, Older)] == [{}, {}]


@pytest.mark.parametrize("change", LAXER, ids=" ".join)
def test_what_a_schema_cannot_see_is_listed(tmp_path: Path, change: tuple[str, str, str]) -> None:
    path = changed(tmp_path, change)
    assert refused(tmp_path, path)
    assert taken(tmp_path, path, Newer)


@pytest.mark.parametrize(
    "change",
    [
        ("claims/landing.yaml", "summary: It did.", "summary: null"),
        ("claims/landing.yaml", "summary: It did.", "summary: ~"),
        ("site.toml", "enabled = false", 'enabled = "false"'),
    ],
    ids=" ".join,
)
def test_what_a_schema_refuses_and_the_program_takes_is_listed(tmp_path: Path, change: tuple[str, str, str]) -> None:
    path = changed(tmp_path, change)
    assert errors(examine(tmp_path)) == []
    assert not taken(tmp_path, path, Newer)


# --- files that fixtures hold -----------------------------------------------------------------------------------------


def lessons() -> Iterator[tuple[str, str, str]]:
    """Every file of content in tests/problems: the lesson, its path, its text."""
    for path in sorted((REPOSITORY / "tests" / "problems").glob("*.txt")):
        pieces = re.split(r"^--- (\S.*)\n", path.read_text("utf-8"), flags=re.MULTILINE)
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
            if re.fullmatch(r"content/(?:articles|claims|stories)/[a-z0-9-]+\.yaml", name) and "{" not in text:
                yield path.stem, name, text


def test_no_schema_refuses_a_lesson_that_the_program_takes() -> None:
    """By the file alone: without the choices of a site."""
    from generator.read.content import TYPES, parse_record
    from generator.schema.choices import Site

    made = schemas(Site())
    tried = 0
    for lesson, name, text in lessons():
        folder = name.split("/")[1]
        _, problems = parse_record(TYPES[folder], "an-id", name, text.encode())
        value = read_as(Newer, _written(text)) if not problems else None
        if value is not None and not isinstance(typed_matter(TYPES[folder], name, text.encode()), list):
            tried += 1
            wrong = [error.message for error in Draft7Validator(made[FOLDERS[folder]]).iter_errors(value)]
            wrong = [message for message in wrong if not _of_several_fields(message)]
            assert wrong == [], (lesson, name)
    assert tried > 20


def _written(text: str) -> Any:
    class File:
        suffix = ".yaml"

        def read_text(self, encoding: str) -> str:
            return text

    return File()


def _of_several_fields(message: str) -> bool:
    """What the program looks at only once all files are read."""
    return bool(re.search(r"is a required property|valid under any|non-unique|should be non-empty", message))


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_one_file_a_kind_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = small_site(tmp_path)
    before = tree(site)
    assert main(["schema", "--site", str(site)]) == 0
    after = tree(site)
    paths = [f".parallax/schema/{name}.json" for name in NAMES]
    assert capsys.readouterr().out.splitlines() == paths
    assert after.keys() - before.keys() == {".parallax/.gitignore", *paths}
    assert {path: data for path, data in after.items() if path in before} == before
    assert all(json.loads(after[path])["$schema"] for path in paths)


def test_the_same_site_gives_the_same_schemas_and_leaves_them(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    main(["schema", "--site", str(site)])
    file = site / ".parallax" / "schema" / "claim.json"
    first = (file.stat().st_mtime_ns, file.read_bytes())
    main(["schema", "--site", str(site)])
    assert (file.stat().st_mtime_ns, file.read_bytes()) == first
    lay(site, {"content/stories/ship.yaml": "title: A ship\nsummary: It came.\n"})
    main(["schema", "--site", str(site)])
    assert b"A ship" in file.read_bytes()


def test_a_broken_site_has_schemas_all_the_same(tmp_path: Path) -> None:
    site = small_site(tmp_path, {"site.toml": "title = \n", "content/claims/landing.yaml": "claim: [\n"})
    assert main(["schema", "--site", str(site)]) == 0


@pytest.mark.parametrize("files", [{"site.toml": None}, {".parallax": "a file"}])
def test_where_they_cannot_be_written_is_a_fault(tmp_path: Path, files: dict[str, str | None]) -> None:
    site = lay(small_site(tmp_path), files)
    assert main(["schema", "--site", str(site)]) == 2


# --- builds keep them up to date --------------------------------------------------------------------------------------


def schema_files(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(site).items() if path.startswith(".parallax/schema/")}


def as_the_command_writes_them(site: Path) -> dict[str, bytes]:
    """What `schema` writes for a site's files as they are; the site's own are left alone."""
    return {
        f".parallax/schema/{name}.json": (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
        for name, schema in schemas(read_choices(site)).items()
    }


EDITS: dict[str, dict[str, str | None]] = {
    "a story": {"content/stories/ship.yaml": "title: A ship\nsummary: It came.\n"},
    "its title": {"content/stories/ship.yaml": "title: The ship\nsummary: It came.\n"},
    "a draft with a tag": {"content/claims/sunk.yaml": "claim: The ship sank.\nstatus: draft\ntags: [ships]\n"},
    "an agency": {
        "content/articles/gazette.yaml": SMALL["content/articles/gazette.yaml"] + "origin: [AFP]\ntitle: A landing\n"
    },
    "a person": {"site.toml": SMALL["site.toml"] + '[people.jo]\nname = "Jo"\n'},
    "a draft that went": {"content/claims/sunk.yaml": None},
}


def test_a_build_writes_them_again_where_what_they_offer_changed(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    assert main(["schema", "--site", str(site)]) == 0
    build_site(site)
    for edit, files in EDITS.items():
        before = schema_files(site)
        lay(site, files)
        build_site(site)
        assert schema_files(site) == as_the_command_writes_them(site), edit
        assert schema_files(site) != before, edit


@pytest.mark.parametrize("site", [REPOSITORY, SITES / "rich"], ids=lambda path: path.name)
def test_a_build_knows_all_that_the_command_does(tmp_path: Path, site: Path) -> None:
    root = tmp_path / "site"
    for part in ("content", "seeds", "templates"):
        if (site / part).exists():
            shutil.copytree(site / part, root / part)
    settings = (site / "site.toml").read_text("utf-8").replace("[history]\nenabled = true", "[history]")
    (root / "site.toml").write_text(re.sub(r"(?m)^from = .*$", "", settings), "utf-8")
    (root / ".parallax" / "schema").mkdir(parents=True)
    build_site(root)
    assert schema_files(root) == as_the_command_writes_them(root)


def test_the_preview_writes_them_again_too(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    assert main(["schema", "--site", str(site)]) == 0
    session = Session(site, site / ".parallax" / "preview", Options(drafts=True, preview=True), Workers(1))
    session.build()
    session.keep()
    lay(site, EDITS["a story"])
    session.build(["content/stories/ship.yaml"])
    session.keep()
    assert schema_files(site) == as_the_command_writes_them(site)
    assert b"A ship" in schema_files(site)[".parallax/schema/claim.json"]


def test_an_edit_that_changes_no_offer_leaves_them(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    main(["schema", "--site", str(site)])
    build_site(site)
    file = site / ".parallax" / "schema" / "claim.json"
    file.write_text("{}")
    lay(site, {"content/claims/landing.yaml": claim(more="why: Many asked.\n")})
    build_site(site)
    assert file.read_text() == "{}"  # nobody looked at it


def test_a_build_makes_none_where_there_are_none_and_follows_no_link(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    build_site(site)
    assert schema_files(site) == {}
    (tmp_path / "elsewhere").mkdir()
    (site / ".parallax" / "schema").symlink_to(tmp_path / "elsewhere")
    lay(site, EDITS["a story"])
    with pytest.raises(FaultError, match="schema is a link"):
        build_site(site)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_build_goes_on_where_they_cannot_be_written(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (site / ".parallax" / "schema" / "claim.json").mkdir(parents=True)
    assert build_site(site).claims == 1


# --- editors' settings ------------------------------------------------------------------------------------------------


def test_this_repos_editor_settings_name_every_schema() -> None:
    settings = json.loads((REPOSITORY / ".vscode" / "settings.json").read_text("utf-8"))
    wanted = {f"./.parallax/schema/{FOLDERS[folder]}.json": f"content/{folder}/*.yaml" for folder in FOLDERS}
    del wanted["./.parallax/schema/page.json"]
    assert settings["yaml.schemas"] == wanted
    assert (REPOSITORY / "site.toml").read_text("utf-8").startswith("#:schema ./.parallax/schema/site.json\n")


def test_the_shapes_are_choices() -> None:
    made = schemas(read_choices(REPOSITORY))["site"]
    assert made["properties"]["verdicts"]["items"]["properties"]["shape"]["enum"] == list(SHAPES)


def test_a_pages_front_matter_has_a_schema() -> None:
    typed = typed_matter(TextPage, "a.md", b"---\ntitle: A\n---\n\nB\n")
    assert isinstance(typed, Typed)
    made = schemas(read_choices(REPOSITORY))["page"]
    assert Draft7Validator(made).is_valid(yaml.load(typed.fields, Newer))
