"""Example sites: each folder of tests/sites/ with an expected/ builds to just that tree. See tests/sites/README.md."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support import PLAIN, SITES, build_site, claim, copy_of, lay, small_site, tree

from generator import records
from generator.examine import examine
from generator.plan import values
from generator.read.content import read_content
from generator.records import Record
from generator.render import sandbox
from generator.render.sandbox import Sandbox

EXAMPLES = sorted(folder.parent.name for folder in SITES.glob("*/site.toml"))


@pytest.fixture(autouse=True)
def plain_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sites are built with tests/sites/templates/ in place of the templates that come with Parallax."""
    monkeypatch.setattr("generator.read.templates.DEFAULT_TEMPLATES", PLAIN)


@pytest.fixture
def long_site(tmp_path: Path) -> Path:
    """A site of 120 claims, checked one a day, and the small site's own before them."""
    days = [f"2022-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 29)][:119]
    claims = {f"content/claims/c{number:03}.yaml": claim(f"Claim {number}.", day) for number, day in enumerate(days, 2)}
    return small_site(tmp_path / "site", claims)


def built(name: str, tmp_path: Path) -> dict[str, bytes]:
    site = copy_of(SITES / name, tmp_path / name)
    build_site(site, tmp_path / "output")
    return tree(tmp_path / "output")


def difference(expected: dict[str, bytes], found: dict[str, bytes]) -> str:
    """What an editor would want to see: the files that lack or are too many, and a diff of each that differs."""
    pieces = [f"missing: {path}" for path in expected.keys() - found.keys()]
    pieces += [f"not expected: {path}" for path in found.keys() - expected.keys()]
    for path in sorted(expected.keys() & found.keys()):
        if path.endswith(".png"):
            pieces += [f"another picture: {path}"] * (expected[path] != found[path])
        elif expected[path] != found[path] and not (
            path == "manifest.json" and pieces
        ):  # which follows from the others
            old, new = (data[path].decode("utf-8", "replace").splitlines() for data in (expected, found))
            pieces += [*difflib.unified_diff(old, new, f"expected/{path}", f"built/{path}", lineterm="", n=1)]
            pieces += ["(the same lines, but not the same bytes)"] if old == new else []
    return "\n".join(pieces)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_site_builds_to_the_expected_tree(name: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    found = built(name, tmp_path)
    folder = SITES / name / "expected"
    if pytestconfig.getoption("--update-expected"):
        shutil.rmtree(folder, ignore_errors=True)
        lay(folder, found)
        pytest.skip(f"rewrote {folder.relative_to(SITES.parent.parent)}: look at it with git diff")
    told = difference(tree(folder), found)
    if told:
        pytest.fail(f"{told}\n\nIf this is meant: pytest --update-expected, and look at the diff.", pytrace=False)


# --- the examples show everything -------------------------------------------------------------------------------------


def filled(record: Record, seen: set[str]) -> None:
    """Add "Type.field" for every field of `record`, and of the records in it, that was given a value."""
    for field in msgspec.structs.fields(type(record)):
        value: Any = getattr(record, field.name)
        if value != field.default:
            seen.add(f"{type(record).__name__}.{field.encode_name}")
        several = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for each in several:
            if isinstance(each, Record):
                filled(each, seen)


def test_the_rich_site_uses_every_field_of_the_format() -> None:
    content = read_content(SITES / "rich")
    seen: set[str] = set()
    assert content.settings is not None
    folders = (content.articles, content.claims, content.stories, content.pages)
    if content.settings.typed("format"):  # its one value is its default
        seen.add("Settings.format")
    for table in ("data", "embeds"):
        if content.settings.typed(table, "enabled"):  # as are these
            seen.update((f"Settings.{table}", "On.enabled"))
    for record in (content.settings, *(record for folder in folders for record in folder.values())):
        filled(record, seen)
    types = [type_ for type_ in vars(records).values() if isinstance(type_, type) and issubclass(type_, Record)]
    fields = {
        f"{type_.__name__}.{field.encode_name}"
        for type_ in types
        for field in msgspec.structs.fields(type_)
        if type_ is not records.FileRecord
    }
    assert fields - seen == set()


def test_the_plain_templates_show_every_value(long_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a template does not look at, the expected trees do not guard."""
    seen: set[str] = set()
    look = Sandbox.getattr

    def looked_at(self: Sandbox, value: Any, attribute: str) -> Any:
        seen.add(f"{type(value).__name__}.{attribute}")
        return look(self, value, attribute)

    monkeypatch.setattr(Sandbox, "getattr", looked_at)
    monkeypatch.setattr(sandbox, "_HOLDERS", {})  # whose fields are read without a word to the sandbox
    built("rich", tmp_path)
    build_site(long_site)
    types = [type_ for type_ in vars(values).values() if isinstance(type_, type) and issubclass(type_, values.Value)]
    fields = {f"{type_.__name__}.{field}" for type_ in types for field in type_.__struct_fields__}
    assert {field for field in fields - seen if not field.startswith(("Page.", "File."))} == set()


def test_the_rich_site_has_these_warnings_and_no_errors(tmp_path: Path) -> None:
    site = copy_of(SITES / "rich", tmp_path / "rich")
    found = [(problem.path.rpartition("/")[2], problem.line, problem.code) for problem in examine(site)]
    assert found == [
        ("bridge-closed.yaml", 41, "W005"),
        ("bridge-closed.yaml", 52, "S006"),
        ("bridge-closed.yaml", 69, "S004"),
        ("cars.yaml", 1, "R006"),
        ("cars.yaml", 1, "R006"),
        ("cars.yaml", 1, "R006"),
        ("ferry-stopped.yaml", 1, "S005"),
        ("ferry-stopped.yaml", 17, "S001"),
        ("ferry-stopped.yaml", 17, "S002"),
        ("ferry-stopped.yaml", 17, "S006"),
        ("ferry-stopped.yaml", 17, "S003"),
        ("ferry-stopped.yaml", 17, "S004"),
        ("toll-rises.yaml", 11, "Q008"),
        ("about.md", 5, "W006"),
        ("methodology.md", 4, "S009"),
    ]


def test_a_site_without_format_builds(tmp_path: Path) -> None:
    site = shutil.copytree(SITES / "smallest", tmp_path / "site", ignore=shutil.ignore_patterns("expected"))
    lay(site, {"site.toml": (site / "site.toml").read_text("utf-8").replace("format = 1\n", "")})
    build_site(site)


# --- lists of more than fifty -----------------------------------------------------------------------------------------


def listed(page: bytes) -> list[str]:
    """The claims that a plain list shows, by their headlines."""
    return [line.split(">")[2].split("<")[0] for line in page.decode().splitlines() if line.startswith("<li><a href")]


def test_a_list_shows_fifty_and_goes_on_at_numbered_pages_from_the_oldest(long_site: Path) -> None:
    build_site(long_site)
    pages = tree(long_site / "build" / "claims")
    names = ["The ship landed at noon.", *(f"Claim {number}." for number in range(2, 121))]
    newest = names[::-1]
    assert listed(pages["index.html"]) == newest[:50]
    assert listed(pages["page/1/index.html"]) == newest[70:]
    assert listed(pages["page/2/index.html"]) == newest[20:70]
    assert listed(pages["page/3/index.html"]) == newest[:20]
    assert "page/4/index.html" not in pages


def test_every_claim_is_reached_by_going_to_older_pages(long_site: Path) -> None:
    build_site(long_site)
    address, seen = "/claims/", set()
    while address:
        page = (long_site / "build" / address[1:] / "index.html").read_bytes()
        seen.update(listed(page))
        address = page.decode().split(", older ")[1].split(",")[0]
    assert len(seen) == 120


def test_one_new_claim_changes_no_more_than_it_must(long_site: Path) -> None:
    build_site(long_site)
    before = tree(long_site / "build")
    lay(long_site, {"content/claims/new.yaml": claim("A new claim.", "2023-01-01")})
    build_site(long_site)
    after = tree(long_site / "build")
    assert {path for path in after if after[path] != before.get(path)} == {
        "claims/new/index.html",
        "claims/new/embed/index.html",
        "index.html",
        "claims/index.html",
        "claims/page/3/index.html",
        "verdicts/index.html",
        "verdicts/true/index.html",
        "verdicts/true/page/3/index.html",
        "claims/new/oembed.json",
        "claimreview.json",
        "claims.csv",
        "claims.json",
        "feed.json",
        "feed.xml",
        "sitemap.xml",
        "manifest.json",
    }
