"""The command line: what it prints where, its exit status, and that the docs tell of all of it."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import unicodedata
from pathlib import Path

import msgspec
import pytest
from support import REPOSITORY, SMALL, claim, lay, run, small_site, tree

from generator import records
from generator.__main__ import _parser, main
from generator.examine import examine
from generator.problems import CODES, errors

BROKEN = {
    "content/claims/landing.yaml": SMALL["content/claims/landing.yaml"].replace("landed at noon\n", "lnded at noon\n")
}
"""One letter of the quote is gone."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


# --- exit status and streams ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "files", "status"),
    [
        (["build"], {}, 0),
        (["check"], {}, 0),
        (["check", "--format", "json"], {}, 0),
        (["build"], BROKEN, 1),
        (["check"], BROKEN, 1),
        (["check", "--format", "json"], BROKEN, 1),
        (["check"], {"templates/404.html": "{{ page.nothing }}"}, 1),
        (["build"], {"templates/404.html": "{{ page.nothing }}"}, 1),
        (["check"], {"site.toml": None}, 2),
        (["build"], {"site.toml": None}, 2),
        (["build"], {"build/theirs.html": ""}, 2),
        (["build"], {"build": "a file"}, 2),
        (["build"], {".parallax": "a file"}, 2),
        (["build"], {"templates/assets/Site.css": "a {}"}, 1),
        (["build"], {b"templates/assets/\xff.css".decode("utf-8", "surrogateescape"): "a {}"}, 1),
        (["check"], {b"templates/assets/\xff.css".decode("utf-8", "surrogateescape"): "a {}"}, 1),
    ],
)
def test_exit_status(site: Path, arguments: list[str], files: dict[str, str | None], status: int) -> None:
    lay(site, files)
    assert main([*arguments, "--site", str(site)]) == status


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["build", "--nothing"],
        ["check", "--format", "xml"],
        ["serve", "--port", "many"],
        ["serve", "--port", "-1"],
        ["build", "extra"],
    ],
)
def test_wrong_use_is_2(site: Path, arguments: list[str]) -> None:
    done = run(*arguments, *(["--site", site] if arguments else []))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_port_that_cannot_be_is_wrong_use() -> None:
    with pytest.raises(SystemExit):
        _parser().parse_args(["serve", "--port", "70000"])


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_that_is_no_site_is_named(tmp_path: Path, command: str) -> None:
    done = run(command, "--site", tmp_path / "nowhere")
    assert done.returncode == 2
    assert str(tmp_path / "nowhere") in done.stderr
    assert "--site" in done.stderr


def test_a_folder_that_is_a_link_is_a_problem(site: Path) -> None:
    shutil.rmtree(site / "content" / "claims")
    (site / "content" / "claims").symlink_to("claims")
    done = run("check", "--site", site)
    assert done.returncode == 1
    assert "content/claims: error F005: this folder is a symbolic link" in done.stdout
    assert "1 error and" in done.stdout


def test_a_folder_whose_files_cannot_be_opened_is_one_problem(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("claims"))
    found = [problem for problem in errors(examine(site)) if problem.path.startswith("content/claims")]
    assert [(problem.path, problem.code) for problem in found] == [("content/claims", "F001")]


def test_a_text_in_a_folder_that_cannot_be_entered_is_a_problem(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.is_symlink

    def refuse(self: Path) -> bool:
        if self.name == "gazette.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "is_symlink", refuse)
    assert [(problem.path, problem.code) for problem in errors(examine(site))] == [
        ("content/articles/gazette.yaml", "F001")
    ]


def test_a_renamed_folder_of_claims_is_an_error_and_takes_nothing_offline(site: Path) -> None:
    main(["build", "--site", str(site)])
    before = tree(site / "build")
    (site / "content" / "claims").rename(site / "content" / "claim")
    assert main(["build", "--site", str(site)]) == 1
    assert tree(site / "build") == before
    found = [problem for problem in examine(site) if problem.path.startswith("content/claim")]
    assert [(problem.path, problem.code, problem.help) for problem in found] == [
        ("content/claim", "F001", "rename it to:\ncontent/claims")
    ]


def test_a_renamed_folder_of_articles_is_one_problem(site: Path) -> None:
    (site / "content" / "articles").rename(site / "content" / "article")
    assert [(problem.path, problem.code) for problem in errors(examine(site))] == [("content/article", "F001")]


@pytest.mark.parametrize("folder", ["content", "content/claims"])
def test_a_file_in_a_folders_place_is_one_problem(site: Path, folder: str) -> None:
    shutil.rmtree(site / folder)
    (site / folder).write_text("no folder", "utf-8")
    assert [(problem.path, problem.code) for problem in errors(examine(site))] == [(folder, "F001")]


@pytest.mark.parametrize("option", ["--output", "--site"])
@pytest.mark.parametrize("name", ["a" * 300, "loop"])
def test_a_folder_that_cannot_be_is_a_fault(
    site: Path, capsys: pytest.CaptureFixture[str], option: str, name: str
) -> None:
    (site / "loop").symlink_to("loop")
    assert main(["build", "--site", str(site), option, str(site / name)]) == 2
    assert capsys.readouterr().err.startswith(("parallax: ", "Reading"))


def test_data_is_on_standard_output_alone_and_progress_on_standard_error(site: Path) -> None:
    built, checked = run("build", "--site", site), run("check", "--site", site, "--format", "json")
    assert built.stdout == ""
    assert "1 proved quote" in built.stderr
    assert json.loads(checked.stdout)
    assert checked.stderr == ""


def test_the_commands_take_the_site_that_they_are_run_in(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    assert main(["build"]) == 0
    assert (site / "build" / "index.html").exists()


def test_drafts_have_pages_only_where_they_are_asked_for(site: Path) -> None:
    lay(site, {"content/claims/draft.yaml": "claim: Not yet.\nstatus: draft\n"})
    page = site / "build" / "claims" / "draft" / "index.html"
    main(["build", "--site", str(site)])
    assert not page.exists()
    main(["build", "--site", str(site), "--drafts"])
    assert page.exists()
    main(["build", "--site", str(site)])
    assert not page.exists()


def test_a_build_says_what_it_did(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "--site", str(site)])
    first = capsys.readouterr().err
    main(["build", "--site", str(site)])
    second = capsys.readouterr().err
    files = len(tree(site / "build")) - 1
    assert f"{files} files written, 0 removed, 0 as they were" in first
    assert f"0 files written, 0 removed, {files} as they were" in second
    assert "from 1 claim, 1 article and 1 proved quote." in first
    assert f"The site is in {site / 'build'}" in first


# --- a quote that is not proved ---------------------------------------------------------------------------------------


def test_one_letter_less_in_a_quote_is_found_with_its_place_and_the_nearest_passage(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build", "--site", str(site)])
    before = tree(site / "build")
    lay(site, BROKEN)
    capsys.readouterr()
    assert main(["check", "--site", str(site)]) == 1
    told = capsys.readouterr().out
    assert "\ncontent/claims/landing.yaml:7:20: error Q001" in told
    assert "The ship [lnded → landed] at noon" in told
    assert "help: the article's words:\n        text: The ship landed at noon\n" in told
    assert main(["build", "--site", str(site)]) == 1
    told = capsys.readouterr().err
    assert "content/claims/landing.yaml:7:20: error Q001" in told
    assert "Nothing was published" in told
    assert tree(site / "build") == before


def test_a_check_prints_warnings_and_a_build_counts_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--site", str(site)])
    assert "warning W002" in capsys.readouterr().out
    main(["build", "--site", str(site)])
    told = capsys.readouterr().err
    assert "W002" not in told
    assert "8 warnings" in told


def test_json_has_the_fields_that_are_promised(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(site, BROKEN)
    main(["check", "--site", str(site), "--format", "json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    types = {"severity": str, "code": str, "path": str, "line": int, "column": int, "message": str, "help": str}
    for problem in problems:
        assert {name: type(value) for name, value in problem.items()} == types
        assert problem["severity"] in ("error", "warning")
        assert not problem["path"].startswith("/")
        assert problem["line"] >= 1 <= problem["column"]
    error = next(problem for problem in problems if problem["severity"] == "error")
    assert (error["path"], error["line"], error["column"]) == ("content/claims/landing.yaml", 7, 20)


# --- nothing of content is printed live -------------------------------------------------------------------------------

EVIL = "\x1b[31m\x1b]0;x\x07\r::error::a\n::error::b\n##vso[task]c \x9b1m \u202e"
COMMAND = re.compile(r"\s*(::|##|\x1b)")

HOSTILE = {
    "a value": {"content/claims/landing.yaml": f"claim: {EVIL}\n"},
    "values with escapes": {
        "content/claims/landing.yaml": claim(more='verdict2: "\\e[31m\\n::error::x"\nby: ["\\n::error::y"]\n')
    },
    "a block": {"content/claims/landing.yaml": claim(more="tags: |\n  a\n  ::error::b\n")},
    "a field's name": {"content/claims/landing.yaml": claim(more='"\\n::error::x": y\n')},
    "lines of a file that cannot be understood": {"content/claims/landing.yaml": "::error::a\n::error::b: [\n"},
    "a file's name": {"content/claims/\n::error::x.yaml": claim(), "content/claims/\x1b[31m.yml": ""},
    "a text's name": {"content/articles/gazette.yaml": 'text: "seeds/\\n::error::.txt"\n'},
    "an article's words": {
        "seeds/gazette.txt": f"The ship landed {EVIL} at noon.",
        "content/claims/landing.yaml": claim(
            more="quotes:\n  - {article: gazette, text: The ship landed ::error::x at noon, stance: asserts}\n"
        ),
    },
    "site.toml": {"site.toml": SMALL["site.toml"] + '"\\n::error::x" = "\\u001B[31m"\n'},
    "a template": {"templates/404.html": '{{ "\\n::error::x\\x1b"|nothing }}'},
    "a template's name": {"templates/404.html": '{% include "\\n::error::x" %}'},
    "Markdown": {"content/pages/about.md": "---\ntitle: A\n---\n\n[a](</\x0b::error::x>) [b](&#10;::error::y)\n"},
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", [["check"], ["check", "--format", "json"], ["build"]], ids=" ".join)
def test_nothing_of_content_is_printed_live(
    site: Path, name: str, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    lay(site, HOSTILE[name])
    assert main([*command, "--site", str(site)]) == 1
    captured = capfd.readouterr()
    printed = captured.out + captured.err
    live = {character for character in printed if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")}
    assert live <= {"\n"}
    assert not [line for line in printed.split("\n") if COMMAND.match(line)]
    assert "error" in printed


# --- the docs ---------------------------------------------------------------------------------------------------------


def documented(name: str) -> str:
    return (REPOSITORY / "docs" / name).read_text("utf-8")


def test_every_command_and_option_is_in_the_docs() -> None:
    text = documented("commands.md")
    for name, parser in subcommands(_parser()).items():
        section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert section, f"docs/commands.md has no section on {name}"
        kinds = subcommands(parser)
        for kind in kinds:
            assert f"`{name} {kind} " in section.group(1), f"{name} {kind}"
        for action in (action for each in (parser, *kinds.values()) for action in each._actions):
            word = max(action.option_strings, key=len, default=str(action.metavar))
            if word not in ("--help", "--site", "KIND"):
                assert re.search(rf"`[^`]*{word}\b", section.group(1)), f"{name} {word}"
    assert "`--site DIR`" in text


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


def test_every_option_in_the_docs_is_there() -> None:
    commands = subcommands(_parser())
    kinds = [kind for command in commands.values() for kind in subcommands(command).values()]
    parsers = (_parser(), *commands.values(), *kinds)
    known = {option for parser in parsers for option in parser._option_string_actions}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", documented("commands.md"))) <= known


TELLS = {
    "content/articles/ID.yaml": records.Article,
    "content/claims/ID.yaml": records.Claim,
    "A quote": records.Quote,
    "A source": records.Source,
    "content/stories/ID.yaml": records.Story,
    "content/pages/ID.md": records.TextPage,
    "site.toml": records.Settings,
}
"""Which section of the docs tells of which record; records inside records are told of where their field first is."""


def fields(type_: type[msgspec.Struct], inside: bool = False) -> set[str]:
    """The names that can be typed in a record, and in the records in it that have no section of their own."""
    own = {"path", "source", "begins", "body", "body_line"} | (set() if inside else {"id"})
    found = set()
    for field in msgspec.structs.fields(type_):
        if field.name in own and issubclass(type_, records.FileRecord):
            continue
        found.add(field.encode_name)
        for inner in inner_records(field.type):
            if inner not in TELLS.values() and (inner is not records.Correction or type_ is records.Claim):
                found |= fields(inner, inside=True)
    return found


def inner_records(hint: object) -> set[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, records.Record):
        return {hint}
    return {inner for argument in getattr(hint, "__args__", ()) for inner in inner_records(argument)}


@pytest.mark.parametrize("section", TELLS)
def test_every_field_is_in_the_docs(section: str) -> None:
    text = documented("content-format.md")
    found = re.search(rf"^##+ {re.escape(section)}\n(.*?)(?=^##|\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"docs/content-format.md has no section on {section}"
    words = set(re.findall(r"[a-z0-9_]+", " ".join(re.findall(r"`([^`\n]+)`", found.group(1)))))
    assert fields(TELLS[section]) - words == set()


@pytest.mark.parametrize("name", ["commands.md", "content-format.md"])
def test_every_code_that_the_docs_name_is_one(name: str) -> None:
    assert set(re.findall(r"\b[A-Z]\d{3}\b", documented(name))) <= CODES.keys()
