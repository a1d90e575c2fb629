"""Hostile files: random and mutated ones, odd names. Each ends in a page or in problems, in bounded time and memory.

`make torture` reads 2,000 files; by default there are fewer, the same in every run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from hostile.strings import REFUSED, SHOWN
from reached import Reached
from support import REPOSITORY, claim, lay, run, small_site, tree

from generator.examine import examine
from generator.pipeline import build
from generator.problems import ContentError, FaultError, errors
from generator.report import as_text

FULL = os.environ.get("PARALLAX_TORTURE", "") not in ("", "0")
FILES, A_RUN = (2_000, 100) if FULL else (40, 20)


@pytest.mark.parametrize("first", range(0, FILES, A_RUN))
def test_a_changed_file_ends_in_a_page_or_in_problems(tmp_path: Path, first: int, reached: Reached) -> None:
    """Never in a traceback; the processes have a limit of memory, and of time for each site."""
    count = reached("sites with random and mutated files read", A_RUN)
    done = subprocess.run(
        [sys.executable, "-m", "hostile.mutating", str(tmp_path), str(first), str(A_RUN)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'tests'}:{REPOSITORY}"},
        capture_output=True,
        encoding="utf-8",
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert sum(found.values()) == A_RUN
    assert {kind.partition(": ")[2] for kind in found} == {"a page", "problems"}, "one of both is not tried"
    count(sum(found.values()))


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
def test_odd_names_of_files_are_refused_or_harmless(tmp_path: Path, folder: str, reached: Reached) -> None:
    """All of them at once. What is said of them is safe to print, and no page has an address made of one."""
    small_site(tmp_path)
    count = reached("odd names of files", 50)
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
    count(laid)


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
def test_a_site_of_any_size_builds(tmp_path: Path, claims: int, reached: Reached) -> None:
    count = reached(f"claims of a site of {claims:,}", claims) if claims > 1 else None
    files: dict[str, str | bytes | None] = {
        f"content/claims/c-{number}.yaml": claim(f"Claim {number}.") for number in range(claims)
    }
    lay(small_site(tmp_path), {"content/claims/landing.yaml": None, "content/articles/gazette.yaml": None}, files)
    built = build(tmp_path, tmp_path / "build")
    assert built.claims == claims
    assert (tmp_path / "build/index.html").is_file()
    pages = [path for path in tree(tmp_path / "build") if re.fullmatch(r"claims/c-\d+/index\.html", path)]
    assert len(pages) == claims
    if count:
        count(len(pages))


# --- what is no file, and what leads elsewhere ------------------------------------------------------------------------

SECRET = "-----BEGIN KEY-----"


def _pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, outside: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # such addresses are short


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "a link to a file outside": lambda path, outside: path.symlink_to(outside / "key"),
    "a link to a folder outside": lambda path, outside: path.symlink_to(outside),
    "a link to nowhere": lambda path, outside: path.symlink_to("nowhere"),
    "a link to itself": lambda path, outside: path.symlink_to(path.name),
    "a link to a pipe": lambda path, outside: path.symlink_to(outside / "pipe"),
    "a pipe": _pipe,
    "a socket": _socket,
    "a folder": lambda path, outside: path.mkdir(),
    "a file of its own": lambda path, outside: None,
}
PLACES = (
    *("site.toml", "content", "content/claims", "content/claims/landing.yaml", "content/articles/new.yaml"),
    *("content/pages", "content/pages/about.md", "content/media", "content/media/map.png", "content/odd"),
    *("seeds", "seeds/gazette.txt", "templates", "templates/claim.html", "templates/assets", "templates/assets/a.css"),
    *("build", "build/index.html", "build/claims", "build/manifest.json", "build/new"),
    *(".parallax", ".parallax/lock", ".parallax/build.db", ".parallax/build.seal", ".parallax/.staging"),
)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Nothing within may take longer, whatever it waits for."""

    def late(*_: object) -> None:
        pytest.fail("this waits for ever")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("built", [False, True], ids=["never built", "built before"])
def test_what_is_no_file_of_the_site_is_neither_read_nor_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, built: bool, reached: Reached
) -> None:
    """In the place of each file and folder that a build looks at: its problems or a fault, or it is passed over."""
    kinds = [make for number, make in enumerate(KINDS.values()) if FULL or (number + PLACES.index(place)) % 4 == 0]
    count = reached("odd files in the place of a site's own", len(kinds))
    outside = lay(tmp_path / "outside", {"key": SECRET, "key.html": SECRET, "key.css": SECRET, "key.png": SECRET})
    os.mkfifo(outside / "pipe")
    before = sorted(path.name for path in outside.iterdir())
    for number, make in enumerate(kinds):
        root = small_site(tmp_path / f"{number}", {"content/claims/other.yaml": claim("Other.")})
        if built:
            build(root, root / "build")
            lay(root, {"content/claims/another.yaml": claim("Another.")})
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        monkeypatch.chdir(target.parent)
        make(target, outside)
        with within(60), suppress(ContentError, FaultError):
            build(root, root / "build")
        for path in (root / "build").rglob("*") if not place.startswith("build") else ():
            assert not path.is_file() or SECRET not in path.read_text("utf-8", "replace"), path
        assert sorted(path.name for path in outside.iterdir()) == before
        assert (outside / "key").read_text("utf-8") == SECRET
        count()


# --- templates --------------------------------------------------------------------------------------------------------

_INSIDES = "{x.__call__.__globals__[re].enum.sys.modules[os].environ}"
REACHING = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ page.__class__ }}",
    "{{ page['__class__'] }}",
    "{{ page|attr('__class__') }}",
    "{{ page.__struct_fields__ }}",
    "{{ '{0.__class__}'.format(page) }}",
    "{{ '{x.__class__}'.format_map({'x': page}) }}",
    "{% set f = '{0.__class__}'.format %}{{ f(page) }}",
    "{{ _('{x.__class__}', x=page) }}",
    f"{{{{ many('{_INSIDES}', '{_INSIDES}', 2, x=once) }}}}",
    f"{{{{ many('1', '{_INSIDES}', 1, x=once) }}}}",
    "{{ many('{count.__class__}', '{count.__class__}', 2) }}",
    "{{ many('{x!r}', '{x!r}', 2, x=once) }}",
    "{{ many.words('{x.__class__}', x=page) }}",
    "{{ many._words }}",
    "{{ once.__call__.__globals__ }}",
    "{{ once(page.__class__) }}",
    "{{ once('x'.format, page) }}",
    "{{ cycler.__init__.__globals__.os.popen('touch HERE').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('touch HERE').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ environment }}",
    "{{ config }}",
    "{{ dict.mro() }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{{ ([1]|map('string')).gi_frame.f_globals }}",
    "{{ 'a'.join.__self__ }}",
    "{{ [].append(1) }}",
    "{{ site.__setattr__('title', 'x') }}",
    "{% include '/etc/hostname' %}",
    "{% include '../site.toml' %}",
    "{% import '/etc/hostname' as x %}{{ x }}",
    "{% extends '../../../../../../etc/hostname' %}",
    "{{ '/assets/../../site.toml'|here }}",
    "{{ range(100000000)|list }}",
    "{{ import('os') }}",
    "{% debug %}",
)
"""What a template must not get: insides of Python, other files, endless lists."""
UNSTEADY = (
    "{{ lipsum() }}",
    "{{ [1, 2, 3]|random }}",
    "{{ once }}",
    "{{ [1]|map('string') }}",
    "{{ [many] }}",
)
"""What would be other bytes in each build."""


@pytest.mark.parametrize("text", [*REACHING, *UNSTEADY])
def test_a_template_that_reaches_for_the_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reached: Reached
) -> None:
    count = reached("templates that reach for the system", 1)
    monkeypatch.chdir(tmp_path)
    small_site(tmp_path, {"templates/claim.html": f"<p>{text}</p>\n"})
    with pytest.raises(ContentError) as refused:
        build(tmp_path, tmp_path / "build")
    assert [(problem.path, problem.code) for problem in errors(refused.value.problems)] == [
        ("templates/claim.html", "T001")
    ]
    assert tree(tmp_path / "build") == {}
    assert not (tmp_path / "HERE").exists()
    count()


# --- what a repository may have brought with it -----------------------------------------------------------------------


@pytest.mark.parametrize("keep_times", [False, True], ids=["new times", "its own times"])
def test_what_an_earlier_build_kept_is_not_believed_once_it_was_changed(tmp_path: Path, keep_times: bool) -> None:
    """A store that says that a claim is other than it is, put back as a backup would, or a clone."""
    root = small_site(tmp_path / "site", {"content/claims/noon.yaml": claim("It was noon.")})
    build(root, root / "build")
    file = root / ".parallax/build.db"
    before = file.stat()
    with closing(sqlite3.connect(file)) as store, store:
        cells = store.execute("SELECT kind, name, value FROM cells").fetchall()
        false = [(value.replace(b"noon.", b"dawn."), kind, name) for kind, name, value in cells if b"noon." in value]
        assert false
        store.executemany("UPDATE cells SET value = ? WHERE kind = ? AND name = ?", false)
    if keep_times:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    lay(root, {"content/claims/new.yaml": claim("New.")})
    build(root, root / "build")
    build(root, tmp_path / "clean", workspace=tmp_path / "workspace")
    assert tree(root / "build") == tree(tmp_path / "clean")
