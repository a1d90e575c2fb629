"""Content: what is found in a site's folder, in the same order on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import FaultError
from generator.read.content import read_content


def test_a_folder_without_site_toml_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(FaultError, match=r"there is no site\.toml"):
        read_content(tmp_path)


def test_a_site_may_lack_every_folder(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("format = 1")
    content = read_content(tmp_path)
    assert (content.articles, content.claims, content.stories, content.pages, content.media) == (
        {},
        {},
        {},
        {},
        frozenset(),
    )


def test_files_are_in_the_order_of_their_ids_whose_endings_are_no_part_of_them(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("format = 1")
    folder = tmp_path / "content" / "claims"
    folder.mkdir(parents=True)
    for id in ("b", "a-b", "a", "10", "9"):
        (folder / f"{id}.yaml").write_text("claim: c")
    assert list(read_content(tmp_path).claims) == ["10", "9", "a", "a-b", "b"]


def test_the_id_of_a_file_that_cannot_be_read_is_known(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("format = 1")
    folder = tmp_path / "content" / "claims"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("claim: [")
    content = read_content(tmp_path)
    assert content.claims == {}
    assert content.known["claims"] == {"broken"}


def test_a_text_that_several_articles_name_is_read_once_and_one_that_none_names_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("format = 1")
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("One.")
    (tmp_path / "seeds" / "two.txt").write_bytes(b"\xff")
    for id in ("a", "b"):
        (tmp_path / "content" / "articles" / f"{id}.yaml").write_text("text: seeds/one.txt")
    content = read_content(tmp_path)
    assert [(path, text.text.paragraphs) for path, text in content.texts.items()] == [("seeds/one.txt", ("One.",))]
    assert [problem for problem in content.problems if problem.path != "site.toml"] == []
