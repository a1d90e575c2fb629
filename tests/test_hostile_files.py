"""Hostile files: random and mutated ones, odd names. Each ends in a page or in problems, in bounded time and memory.

`make torture` reads 2,000 files; by default there are fewer, the same in every run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hostile.strings import REFUSED, SHOWN
from support import REPOSITORY, claim, lay, run, small_site, tree

from generator.examine import examine
from generator.pipeline import build
from generator.problems import ContentError, errors
from generator.report import as_text

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")
FILES, A_RUN = (2_000, 100) if FULL else (40, 20)


@pytest.mark.parametrize("first", range(0, FILES, A_RUN))
def test_a_changed_file_ends_in_a_page_or_in_problems(tmp_path: Path, first: int) -> None:
    """Never in a traceback; the processes have a limit of memory, and of time for each site."""
    done = subprocess.run(
        [sys.executable, "-m", "hostile.mutating", str(tmp_path), str(first), str(A_RUN)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'tests'}:{REPOSITORY}"},
        capture_output=True,
        encoding="utf-8",
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert sum(json.loads(done.stdout).values()) == A_RUN


# --- names ------------------------------------------------------------------------------------------------------------

NAMES = [
    *(text.replace("/", "∕").replace("\0", "").encode()[:180].decode("utf-8", "ignore") for text in (*SHOWN, *REFUSED)),
    *(
        "-rf",
        "--help",
        ".",
        "con",
        "a b",
        " ",
        "x" * 240,
        "é" * 100,
        "A",
        "a\nb",
        "a\tb",
        "\u202eyaml.x",
        "%2e%2e",
        "~",
        "$HOME",
    ),
]
FOLDERS = {
    "content/claims": ".yaml",
    "content/articles": ".yaml",
    "content/stories": ".yaml",
    "content/pages": ".md",
    "content/media": ".png",
    "content": "",
    "seeds": ".txt",
    "templates": ".html",
    "templates/assets": ".css",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_odd_names_of_files_are_refused_or_harmless(tmp_path: Path, folder: str) -> None:
    """All of them at once. What is said of them is safe to print, and no page has an address made of one."""
    small_site(tmp_path)
    laid = 0
    for name in dict.fromkeys(NAMES):
        try:
            lay(tmp_path, {f"{folder}/{name}{FOLDERS[folder]}": "x"})
            laid += 1
        except (OSError, ValueError):  # such as a name that this system has not
            continue
    assert laid > 50
    problems = examine(tmp_path)
    told = as_text(problems, tmp_path)
    assert all(character == "\n" or character.isprintable() or ord(character) > 0x2FFF for character in told)
    assert not [line for line in told.split("\n") if line.lstrip().startswith(("::", "##"))]
    if errors(problems):
        with pytest.raises(ContentError):
            build(tmp_path, tmp_path / "build")
        assert tree(tmp_path / "build") == {}
    else:
        build(tmp_path, tmp_path / "build")
        pages = [path for path in tree(tmp_path / "build") if path.endswith(".html")]
        assert all(path.isascii() and not set("<>\"'`{}$ \n") & set(path) for path in pages)


def test_names_that_cannot_be_decoded_are_no_crash(tmp_path: Path) -> None:
    small_site(tmp_path)
    for folder in FOLDERS:
        path = os.fsencode(tmp_path / folder)
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, b"\xff\xfe" + FOLDERS[folder].encode()), "wb") as file:
            file.write(b"x")
    told = run("check", "--site", tmp_path)
    assert told.returncode in (0, 1)
    assert "Traceback" not in told.stderr
    assert run("build", "--site", tmp_path).returncode in (1, 2)


@pytest.mark.parametrize("pair", [("landing", "Landing"), ("caf\u00e9", "cafe\u0301"), ("ß", "ss"), ("ﬁ", "fi")])
def test_names_that_some_systems_take_for_one_are_never_two_pages(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Names equal but for case or normal form: an id has neither, so one of the two is refused."""
    small_site(tmp_path, {f"content/claims/{name}.yaml": claim() for name in pair})
    refused = {problem.path for problem in errors(examine(tmp_path)) if problem.code == "F007"}
    assert refused == {f"content/claims/{name}.yaml" for name in pair if not name.isascii() or name != name.lower()}
    assert refused


@pytest.mark.parametrize("pair", [("Ärzte", unicodedata.normalize("NFD", "Ärzte")), ("ONE", "one"), ("a-b", "a b")])
def test_tags_and_publishers_of_one_address_have_one_page(tmp_path: Path, pair: tuple[str, str]) -> None:
    small_site(
        tmp_path, {f"content/claims/tag-{at}.yaml": claim(more=f"tags: [{tag}]\n") for at, tag in enumerate(pair)}
    )
    build(tmp_path, tmp_path / "build")
    tags = [path for path in tree(tmp_path / "build") if path.startswith("tags/") and path.count("/") == 2]
    assert len(tags) == 1


# --- size -------------------------------------------------------------------------------------------------------------


def test_a_word_of_nearly_a_megabyte_is_a_page(tmp_path: Path) -> None:
    word = "W" * 900_000
    small_site(
        tmp_path,
        {"content/claims/landing.yaml": claim(word), "content/pages/about.md": f"---\ntitle: About\n---\n{word}\n"},
    )
    build(tmp_path, tmp_path / "build")
    assert word in (tmp_path / "build/claims/landing/index.html").read_text("utf-8")
    small_site(tmp_path, {"content/claims/landing.yaml": claim(word + "W" * 200_000)})
    assert {problem.code for problem in errors(examine(tmp_path))} == {"F002"}


SLOW = {
    "brackets": "[",
    "links": "[a](",
    "images": "![",
    "emphasis": "**a *b_ ",
    "code": "`a``b```",
    "quotes": "> ",
    "lists": "- ",
    "definitions": '[a]: /b "\n',
    "comments": "<!--",
    "tables": "|a",
    "citations": "[@a]",
    "autolinks": "<https://a.example>",
    "headings": "a\n-\n",
    "titles": '[a](b "',
    "entities": "&#",
    "escapes": "\\",
}


@pytest.mark.parametrize("name", SLOW)
def test_markdown_made_slow_comes_to_an_end(tmp_path: Path, name: str) -> None:
    """Half a megabyte of it, in `make torture`; the process has a minute of its own time and two gigabytes."""
    text = SLOW[name] * ((500_000 if FULL else 40_000) // len(SLOW[name]))
    small_site(tmp_path, {"content/pages/about.md": f"---\ntitle: About\n---\n{text}\n"})
    done = subprocess.run(
        [
            "bash",
            "-c",
            'ulimit -t 60 -v 2097152; exec "$0" -m generator check --site "$1"',
            sys.executable,
            str(tmp_path),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("claims", [0, 1, *([50_000] if FULL else [])])
def test_a_site_of_any_size_builds(tmp_path: Path, claims: int) -> None:
    files: dict[str, str | bytes | None] = {
        f"content/claims/c-{number}.yaml": claim(f"Claim {number}.") for number in range(claims)
    }
    lay(small_site(tmp_path), {"content/claims/landing.yaml": None, "content/articles/gazette.yaml": None}, files)
    built = build(tmp_path, tmp_path / "build")
    assert built.claims == claims
    assert (tmp_path / "build/index.html").is_file()
