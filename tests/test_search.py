"""The search index: what it is made of, when it is made anew, and how a reader asks it."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from support import SMALL, claim, lay, run, tree

from generator.build.options import Options
from generator.build.session import Session
from generator.build.workers import Workers
from generator.pipeline import build
from generator.problems import FaultError
from generator.search import index, pagefind, parts

ON = {"site.toml": SMALL["site.toml"] + "\n[search]\nenabled = true\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site with search on, and the templates that come with Parallax."""
    return lay(tmp_path / "site", SMALL, ON)


def made(root: Path, *options: Options) -> dict[str, bytes]:
    build(root, root / "build", *options)
    return tree(root / "build")


def index_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.startswith("pagefind/")}


def records(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What Pagefind keeps of each page, by its address."""
    found = [json.loads(gzip.decompress(data)[12:]) for path, data in files.items() if path.endswith(".pf_fragment")]
    return {record["url"]: record for record in found}


# --- what it is made of -----------------------------------------------------------------------------------------------

CLAIMS = {
    "content/stories/landing.yaml": 'title: "Ships, and harbours"\nsummary: A ship came.\n',
    "content/articles/gazette.yaml": (
        'text: seeds/gazette.txt\npublisher: "Gazette, The"\ntitle: Ship ahoy\npublished: 2021-10-16T23:00:00+02:00\n'
        "story: landing\n"
    ),
    "content/claims/harbour.yaml": claim(
        "The harbour <b>burned</b>.",
        more="status: retracted\ncorrections:\n  - {date: 2022-01-01, kind: correction, text: No.}\n",
    ),
    "content/claims/secret.yaml": claim("A secret draft.", more="status: draft\n"),
    "content/claims/landing.yaml": SMALL["content/claims/landing.yaml"] + "story: landing\naliases: [landed]\n",
}


def test_claims_and_articles_are_found_and_drafts_are_not(site: Path) -> None:
    files = made(lay(site, CLAIMS), Options(drafts=True))
    assert "claims/secret/index.html" in files
    found = records(files)
    assert sorted(found) == ["/articles/gazette/", "/claims/harbour/", "/claims/landing/"]
    landing, article, harbour = (
        found[address] for address in ("/claims/landing/", "/articles/gazette/", "/claims/harbour/")
    )
    assert landing["filters"] == {
        "kind": ["claim"],
        "verdict": ["true"],
        "year": ["2021"],
        "story": ["Ships, and harbours"],
        "publisher": ["Gazette, The"],
    }
    assert landing["meta"] == {
        "every": "parallaxeverypage",
        "title": "The ship landed at noon.",
        "day": "2021-10-17",
        "date": "October 17, 2021",
    }
    assert article["filters"] == {
        "kind": ["article"],
        "year": ["2021"],
        "story": ["Ships, and harbours"],
        "publisher": ["Gazette, The"],
    }
    assert article["meta"]["title"] == "Ship ahoy"
    assert harbour["meta"]["status"] == "retracted"
    assert harbour["meta"]["title"] == "The harbour <b>burned</b>."


def test_the_pages_own_words_and_those_of_other_pages_are_not_searched(site: Path) -> None:
    found = records(made(lay(site, CLAIMS)))
    assert "ship landed at noon" in found["/articles/gazette/"]["content"]
    for address, other in (("/articles/gazette/", "The ship landed at noon."), ("/claims/harbour/", "Retracted")):
        assert other not in found[address]["content"], address
    for words in ("Skip to the content", "What the stances mean", "About this check", "What was found"):
        assert all(words not in record["content"] for record in found.values()), words


def test_only_what_the_page_needs_is_published(site: Path) -> None:
    files = made(site)
    assert sorted({re.sub(r"en_[0-9a-f]+", "ID", path) for path in index_of(files)}) == [
        "pagefind/0/filter/ID.pf_filter",
        "pagefind/0/fragment/ID.pf_fragment",
        "pagefind/0/index/ID.pf_index",
        "pagefind/0/pagefind-entry.json",
        "pagefind/0/pagefind.ID.pf_meta",
        "pagefind/0/wasm.en.pagefind",
        "pagefind/pagefind.js",
        "pagefind/parts.json",
    ]
    assert set(json.loads(files["manifest.json"])["files"]) >= index_of(files).keys()
    assert json.loads(files["pagefind/parts.json"]) == {"every": "parallaxeverypage", "parts": ["0/"]}


def test_a_language_that_pagefind_does_not_know_has_an_index_too(site: Path) -> None:
    files = made(lay(site, {"site.toml": ON["site.toml"].replace("\n[[", 'language = "tlh"\n[[', 1)}))
    assert len(records(files)) == 2
    assert "pagefind/0/wasm.unknown.pagefind" in files


def test_all_languages_are_in_one_index(site: Path) -> None:
    lay(
        site,
        {
            "seeds/diario.txt": "El barco llegó al mediodía, dijo la capitana.\n",
            "content/articles/diario.yaml": (
                "text: seeds/diario.txt\npublisher: Diario\ntitle: Llegó el barco\nlanguage: es\nshow: full\n"
            ),
        },
    )
    files = made(site)
    assert list(json.loads(files["pagefind/0/pagefind-entry.json"])["languages"]) == ["en"]
    assert "Llegó" in str(records(files)["/articles/diario/"])


def test_where_search_is_off_nothing_of_it_is_there(site: Path) -> None:
    made(site)
    files = made(lay(site, SMALL))
    assert not index_of(files)
    assert "search/index.html" not in files
    assert not [path for path, data in files.items() if path.endswith(".html") and b"pagefind-body" in data]
    assert b"/search/" not in files["index.html"]


def test_no_pages_no_index(site: Path) -> None:
    none = dict.fromkeys(("content/claims/landing.yaml", "content/articles/gazette.yaml", "seeds/gazette.txt"))
    made(site)
    assert not index_of(made(lay(site, none)))


def test_the_same_content_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(site, other)
    assert index_of(made(lay(site, CLAIMS))) == index_of(made(lay(other, CLAIMS)))


# --- faults -----------------------------------------------------------------------------------------------------------


def test_without_pagefind_nothing_is_published(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(site)
    monkeypatch.setattr(pagefind, "find_spec", lambda name: None)
    with pytest.raises(FaultError, match="Pagefind is not installed"):
        made(lay(site, {"content/claims/more.yaml": claim("More.")}))
    assert tree(site / "build") == before


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("#!/bin/sh\necho no room >&2\nexit 3\n", "failed (exit status 3), so nothing was published. It said: no room"),
        ("#!/bin/sh\nexit 0\n", "left no index that can be read"),
        ("#!/nowhere\n", "could not be run"),
    ],
)
def test_where_pagefind_fails_nothing_is_published_and_it_says_so(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, says: str
) -> None:
    before = made(site)
    file = tmp_path / "pagefind"
    file.write_text(program)
    file.chmod(0o755)
    lay(site, {"content/claims/more.yaml": claim("More.")})
    with monkeypatch.context() as context:
        context.setattr(pagefind, "program", lambda: file)
        with pytest.raises(FaultError, match=re.escape(says)):
            made(site)
        assert tree(site / "build") == before
    assert len(records(made(site))) == 3
    assert not (site / ".parallax" / ".search").exists()


def test_a_fault_of_search_is_status_2(site: Path, tmp_path: Path) -> None:
    (tmp_path / "pagefind_bin").mkdir()
    (tmp_path / "pagefind_bin" / "__init__.py").touch()
    done = run("build", "--site", site, PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "Pagefind is not installed" in done.stderr


# --- when it is made anew ---------------------------------------------------------------------------------------------


class Indexer:
    """Stands for Pagefind: an index is its pages' digests. `runs` has the pages of each run."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []

    def indexed(self, pages: Iterable[tuple[str, bytes]], language: str, folder: Path) -> dict[str, bytes]:
        found = {f"fragment/{index._digest(data)[:12]}": data for _, data in pages}
        self.runs.append(sorted(found))
        if not found:
            return {}
        entry = "\n".join(sorted(found)).encode()
        return {**found, "pagefind.js": b"script", "pagefind-entry.json": entry}


@pytest.fixture
def indexer(monkeypatch: pytest.MonkeyPatch) -> Indexer:
    stand_in = Indexer()
    monkeypatch.setattr(pagefind, "indexed", stand_in.indexed)
    return stand_in


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PAGES_A_PART", 8)


def many(count: int) -> dict[str, str]:
    return {f"content/claims/claim-{number}.yaml": claim(f"Claim {number}.") for number in range(count)}


def test_nothing_runs_where_nothing_changed(site: Path, indexer: Indexer) -> None:
    made(site)
    made(site)
    assert len(indexer.runs) == 1


def test_what_is_not_searched_may_change(site: Path, indexer: Indexer) -> None:
    made(lay(site, {"content/pages/about.md": "---\ntitle: About\n---\nWords.\n"}))
    before = index_of(tree(site / "build"))
    pages = [
        {"content/pages/about.md": "---\ntitle: About us\n---\nWords.\n"},  # in every page's footer
        {"templates/assets/site.css": "p { color: red }"},
        {"templates/404.html": "gone"},  # a template: everything else is made anew
        {"content/claims/secret.yaml": claim("A secret.", more="status: draft\n")},
    ]
    for files in pages:
        made(lay(site, files))
        assert index_of(tree(site / "build")) == before, files
    assert len(indexer.runs) == 1


def test_an_edit_makes_the_part_of_its_page_alone_anew(site: Path, indexer: Indexer, small_parts: None) -> None:
    before = made(lay(site, many(50)))
    assert len(indexer.runs) == len(json.loads(before["pagefind/parts.json"])["parts"]) == 8
    indexer.runs.clear()
    after = made(lay(site, {"content/claims/claim-7.yaml": claim("Claim 7, edited.")}))
    assert len(indexer.runs) == 1
    number = parts.part_of("claims/claim-7/index.html", 8)
    changed = {path for path in index_of(before) | index_of(after) if before.get(path) != after.get(path)}
    assert {path.split("/")[1] for path in changed} == {f"{number}"}
    assert sum(path.startswith(f"pagefind/{number}/fragment/") for path in changed) == 2  # one has gone, one has come


def test_a_claim_that_quotes_an_article_does_not_make_the_articles_part_anew(
    site: Path, indexer: Indexer, small_parts: None
) -> None:
    made(lay(site, many(60)))
    indexer.runs.clear()
    landing = SMALL["content/claims/landing.yaml"].replace("noon.", "noon, sharp.")
    before = tree(site / "build")["articles/gazette/index.html"]
    assert made(lay(site, {"content/claims/landing.yaml": landing}))["articles/gazette/index.html"] != before
    assert parts.part_of("articles/gazette/index.html", 8) != parts.part_of("claims/landing/index.html", 8)
    assert len(indexer.runs) == 1


def test_a_file_of_the_index_that_was_changed_by_hand_is_made_anew_by_a_clean_build(
    site: Path, indexer: Indexer
) -> None:
    before = made(site)
    path = next(path for path in before if path.startswith("pagefind/0/fragment/"))
    (site / "build" / path).write_text("spoilt")
    assert made(site, Options(clean=True)) == before
    assert len(indexer.runs) == 2
    made(site, Options(clean=True))
    assert len(indexer.runs) == 2  # all is as it was left


def test_without_what_was_kept_the_index_is_the_same(site: Path, indexer: Indexer, small_parts: None) -> None:
    made(lay(site, many(20)))
    lay(site, {"content/claims/claim-3.yaml": claim("Claim 3, edited.")})
    (site / ".parallax" / "search.db").unlink()
    after = made(site)
    shutil.rmtree(site / ".parallax")
    shutil.rmtree(site / "build")
    assert made(site) == after


@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_and_from_nothing_are_the_same(
    seed: int, site: Path, tmp_path: Path, indexer: Indexer, small_parts: None
) -> None:
    """Claims come, go and change, over the steps at which the number of parts does."""
    chance = random.Random(seed)
    counts = set()
    for step in range(25):
        ids = chance.sample(range(40), chance.randint(1, 6))
        grow = chance.random() < 0.65 if step < 15 else chance.random() < 0.3
        for number in ids:
            path = f"content/claims/claim-{number}.yaml"
            status = chance.choice(["", "", "", "status: draft\n"])
            if grow:
                lay(site, {path: claim(f"Claim {number} of step {step}.", more=status)})
            elif (site / path).exists():
                lay(site, {path: None})
        if chance.random() < 0.1:
            lay(site, {"templates/404.html": f"step {step}"})
        found = made(site)
        counts.add(found["pagefind/parts.json"])
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site, clean, ignore=shutil.ignore_patterns(".parallax", "build"))
        assert made(clean) == found, f"step {step}"
    assert len(counts) > 1


def test_what_a_killed_builds_pagefind_still_writes_is_in_no_index(
    site: Path, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may outlive its build, and then nobody can clear where it writes."""
    expected = made(site)
    shutil.rmtree(site / "build")
    lay(site / ".parallax" / ".search", {"0/pages/claims/x/index.html": "x", "0/index/fragment/x.pf_fragment": "x"})
    with monkeypatch.context() as patch:
        patch.setattr("generator.search.index.shutil.rmtree", lambda *given, **named: None)
        assert made(site) == expected
    made(site)


def test_a_preview_has_the_page_and_no_index(site: Path, indexer: Indexer) -> None:
    session = Session(site, site / ".parallax" / "preview", Options(drafts=True, preview=True), Workers(1))
    session.build()
    session.keep()
    assert not indexer.runs
    assert (site / ".parallax" / "preview" / "search" / "index.html").exists()
    assert not (site / ".parallax" / "preview" / "pagefind").exists()
