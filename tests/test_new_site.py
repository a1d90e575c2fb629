"""`new site`: what it writes builds at once, says nothing false, and is never written over anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from msgspec import structs
from support import REPOSITORY, build_site, tree

from generator.__main__ import main
from generator.examine import examine
from generator.languages import languages
from generator.problems import FaultError, errors
from generator.read.content import read_content
from generator.read.templates import DEFAULT_TEMPLATES
from generator.scaffold.site import FILES, Wishes, untranslated, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_site(tmp_path / "site", Wishes(title='The "Desk" of 100%', url="https://desk.example/checks"))
    return tmp_path / "site"


def test_a_new_site_has_no_problem_and_shows_the_example(site: Path) -> None:
    assert examine(site) == ()
    built = build_site(site)
    assert (built.claims, built.articles, built.quotes, built.warnings) == (1, 2, 2, 0)
    page = (site / "build" / "claims" / "example-claim" / "index.html").read_text("utf-8")
    assert "An example, to be deleted" in page
    assert "“Desk”" not in page
    assert "The &#34;Desk&#34; of 100%" in page


def test_its_settings_are_those_that_were_asked_for(tmp_path: Path) -> None:
    write_site(tmp_path, Wishes(title="Les faits %URL%\\", url="https://desk.example", language="fr-CA"))
    settings = read_content(tmp_path).settings
    assert settings is not None
    assert (settings.title, settings.url, settings.language) == ("Les faits %URL%\\", "https://desk.example", "fr-CA")
    assert [verdict.value for verdict in settings.verdicts] == [5, 4, 3, 2, 1, None]
    assert all(verdict.meaning for verdict in settings.verdicts)


def test_nobody_is_named_in_it_and_no_place_is_left_to_be_filled_in(site: Path) -> None:
    settings = read_content(site).settings
    assert settings is not None
    assert settings.people == {}
    assert settings.organisation.name == ""
    for path, data in tree(site).items():
        assert not re.search(rb"%[A-Z]+%", data.replace(b"100%", b"")), path
        assert data.endswith(b"\n"), path


def test_each_page_says_that_it_is_to_be_written(site: Path) -> None:
    pages = sorted((site / "content" / "pages").iterdir())
    assert [page.stem for page in pages] == ["about", "corrections-policy", "funding", "methodology"]
    for page in pages:
        assert page.read_text("utf-8").split("---\n")[2].startswith("\n*To be written:"), page


def test_what_waits_in_the_settings_can_be_used_as_it_is(site: Path) -> None:
    """Every commented line of site.toml that is a field or a table is understood once it is filled in."""
    lines = (site / "site.toml").read_text("utf-8").splitlines()
    used = [re.sub(r"^# (?=\[|[a-z]+ = )", "", line) for line in lines]
    waiting = sum(line != before for line, before in zip(used, lines, strict=True))
    assert waiting > 15
    values = {"url": "https://e.example", "email": "a@e.example", "complaints": "https://e.example", "from": "main"}
    filled = [
        re.sub(r'^(\w+) = ""', lambda found: f'{found[1]} = "{values.get(found[1], "Text")}"', line) for line in used
    ]
    (site / "site.toml").write_text("\n".join(filled) + "\n", "utf-8")
    assert errors(examine(site)) == []
    settings = read_content(site).settings
    assert settings is not None
    assert list(settings.people) == ["their-id"]
    assert settings.organisation.codes[0].name == "Text"
    assert settings.share_images.enabled


def test_the_parallax_that_is_named_stands_in_the_requirements(tmp_path: Path) -> None:
    write_site(tmp_path / "a", Wishes(parallax="./parallax_factcheck-0.1.0-py3-none-any.whl"))
    write_site(tmp_path / "b", Wishes())
    named = [
        [line for line in (tmp_path / site / "requirements.txt").read_text().splitlines() if line[:1] not in ("", "#")]
        for site in "ab"
    ]
    assert named == [["./parallax_factcheck-0.1.0-py3-none-any.whl"], []]


def test_the_examples_can_be_deleted(site: Path) -> None:
    for path in [*site.glob("content/*/example-*"), *site.glob("seeds/example-*")]:
        path.unlink()
    assert examine(site) == ()
    assert build_site(site).claims == 0


def test_evidence_keeps_its_bytes_in_git_and_in_text_editors(site: Path) -> None:
    assert "seeds/** -text" in (site / ".gitattributes").read_text()
    hooks = yaml.safe_load((site / ".pre-commit-config.yaml").read_text())
    assert re.search(hooks["exclude"], "seeds/example-article.txt")
    assert not re.search(hooks["exclude"], "content/claims/example-claim.yaml")
    assert {"/build/", "/.parallax/"} <= set((site / ".gitignore").read_text().split())


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "site"
    assert (
        main(["new", "site", str(folder), "--title", "Desk", "--url", "https://desk.example", "--language", "fr"]) == 0
    )
    told = capsys.readouterr()
    assert set(told.out.splitlines()) == {str(folder / path) for path in tree(folder) if ".parallax" not in path}
    assert "translate them" not in told.err
    assert "Next: " in told.err
    assert (folder / ".parallax" / "schema" / "claim.json").exists()
    assert main(["new", "site", str(folder)]) == 2
    assert "is not empty" in capsys.readouterr().err


# --- never over anything ----------------------------------------------------------------------------------------------


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FaultError, match="is not empty"):
        write_site(tmp_path, Wishes())
    assert tree(tmp_path) == {"notes.txt": b"mine"}


def test_a_fresh_clone_is_empty_enough(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "site.toml" in write_site(tmp_path, Wishes())


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(FaultError, match="cannot be a site's folder"):
        write_site(tmp_path / "site", Wishes())


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes(title="  "), "needs a title"),
        (Wishes(title="a\u200bb"), "invisible"),
        (Wishes(url="desk.example"), "https://checks.example"),
        (Wishes(url="mailto:a@b.example"), "https://checks.example"),
        (Wishes(language="English, please"), "no language tag"),
    ],
)
def test_what_no_site_can_have_is_refused_before_anything_is_written(
    tmp_path: Path, wishes: Wishes, words: str
) -> None:
    with pytest.raises(FaultError, match=words):
        write_site(tmp_path / "site", wishes)
    assert not (tmp_path / "site").exists()


def test_what_is_told_of_the_language() -> None:
    assert untranslated("en-GB") == untranslated("fr-CA") == ""
    assert "no catalogue for tlh" in untranslated("tlh")
    assert "translate them" in untranslated("tlh")


# --- in every language ------------------------------------------------------------------------------------------------

READ_BY_READERS = ("content/pages/*.md", "content/claims/*.yaml", "content/articles/*.yaml", "seeds/*.txt")
OTHERS = sorted(set(languages()) - {"en"})


def in_language(folder: Path, language: str) -> dict[str, str]:
    """What readers of a new site in this language see, by path."""
    write_site(folder, Wishes(language=language))
    found = {path for pattern in READ_BY_READERS for path in folder.glob(pattern)}
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


@pytest.mark.parametrize("language", [*OTHERS, "fr-CA"])
def test_a_site_in_another_language_has_no_problem_and_nothing_in_english(tmp_path: Path, language: str) -> None:
    there = in_language(tmp_path / "site", language)
    assert examine(tmp_path / "site") == ()
    assert build_site(tmp_path / "site").quotes == 2
    english = in_language(tmp_path / "english", "en")
    assert there.keys() == english.keys()
    for path, text in english.items():
        sentences = set(re.findall(r"[A-Z][^.?#\n]{12,}[.?]", re.sub("(?m)^ *#.*", "", text)))
        assert not [each for each in sentences if each in there[path]], path
        assert not re.search(r"\b(?:the|and|is|of)\b", re.sub("(?m)^ *#.*|seeds/.*", "", there[path])), path


@pytest.mark.parametrize("language", OTHERS)
def test_its_pages_have_the_same_parts_links_and_places_to_be_written(tmp_path: Path, language: str) -> None:
    there, english = in_language(tmp_path / "site", language), in_language(tmp_path / "english", "en")
    for path in [path for path in english if path.startswith("content/pages/")]:
        for what in (r"(?m)^## .", r"\]\(/\w+/\)", r"(?m)^\*[^*]+\.\* .", r"(?m)^\*[^*]+\*$", r"`\[…\]`"):
            assert len(re.findall(what, there[path])) == len(re.findall(what, english[path])), (path, what)


@pytest.mark.parametrize("language", OTHERS)
def test_its_scale_is_the_same_but_for_the_words(tmp_path: Path, language: str) -> None:
    scales = []
    for folder, each in ((tmp_path / "site", language), (tmp_path / "english", "en")):
        write_site(folder, Wishes(language=each))
        settings = read_content(folder).settings
        assert settings is not None
        scales.append(settings.verdicts)
    there, english = scales
    words = [word for verdict in (*there, *english) for word in (verdict.label, verdict.meaning)]
    assert len(set(words)) == len(words)
    assert [structs.replace(verdict, label="", meaning="") for verdict in there] == [
        structs.replace(verdict, label="", meaning="") for verdict in english
    ]


# --- one of each ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [f".github/workflows/{name}.yml" for name in ("check", "publish", "desk")]
    + [".github/dependabot.yml", ".vscode/settings.json", ".vscode/extensions.json"],
)
def test_new_sites_get_what_this_repository_has(path: str) -> None:
    assert (FILES / path).read_bytes() == (REPOSITORY / path).read_bytes()


def test_nothing_that_comes_with_parallax_is_copied_into_a_site(site: Path) -> None:
    assert [path.name for path in (site / "templates").iterdir()] == ["README.md"]
    assert DEFAULT_TEMPLATES.is_dir()
