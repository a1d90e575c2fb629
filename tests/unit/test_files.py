"""Files: which are read, which are refused, and where the fault stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.read.files import MAX_BYTES, Files, _read, decode, place_of, read_bytes, typed_text


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_bytes(b"One.")
    return tmp_path


def test_a_file_of_one_megabyte_is_read_and_one_byte_more_is_not(site: Path) -> None:
    assert MAX_BYTES == 1_000_000
    file = site / "seeds" / "big.txt"
    file.write_bytes(b"x" * 1_000_000)
    assert read_bytes(site, "seeds/big.txt") == b"x" * 1_000_000
    file.write_bytes(b"x" * 1_000_001)
    problem = read_bytes(site, "seeds/big.txt")
    assert isinstance(problem, Problem)
    assert (problem.path, problem.code) == ("seeds/big.txt", "F002")
    assert "1,000,001 bytes" in problem.message


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("../outside.txt", "F005", "leads out"),
        ("seeds/../../outside.txt", "F005", "leads out"),
        ("seeds/../seeds/one.txt", "F005", "leads out"),
        ("/etc/hostname", "F005", "no path inside the site"),
        ("", "F005", "no path inside the site"),
        ("seeds\\one.txt", "F005", "no path inside the site"),
        ("seeds/b\\one.txt", "F005", "no path inside the site"),
        ("seeds/one.txt\0", "F005", "no path inside the site"),
        ("seeds/.hidden.txt", "F005", "“.hidden.txt” is a hidden name"),
        (".git/config.txt", "F005", "“.git” is a hidden name"),
        ("seeds/link.txt", "F005", "“link.txt” is a symbolic link"),
        ("seeds/dangling.txt", "F005", "“dangling.txt” is a symbolic link"),
        ("linked/one.txt", "F005", "“linked” is a symbolic link"),
        ("seeds/pipe.txt", "F001", "not a regular file"),
        ("seeds/folder.txt", "F001", "cannot be read: Is a directory"),
        ("seeds/none.txt", "F001", "there is no such file"),
        ("seeds/one.txt/two.txt", "F001", "cannot be read"),
    ],
)
def test_only_a_regular_file_inside_the_site_is_read(site: Path, path: str, code: str, words: str) -> None:
    (site.parent / "outside.txt").write_bytes(b"secret")
    (site / "seeds" / ".hidden.txt").write_bytes(b"secret")
    (site / "seeds" / "b\\one.txt").write_bytes(b"secret")
    (site / "seeds" / "link.txt").symlink_to(site / "seeds" / "one.txt")
    (site / "seeds" / "dangling.txt").symlink_to(site / "nowhere")
    (site / "linked").symlink_to(site / "seeds")
    (site / "seeds" / "folder.txt").mkdir()
    os.mkfifo(site / "seeds" / "pipe.txt")  # opening it would wait for ever
    files = Files(site)
    files.read("seeds/one.txt")  # after which the folder is known
    for problem in (read_bytes(site, path), files.read(path)):
        assert isinstance(problem, Problem)
        assert problem.code == code
        assert words in problem.message


def test_a_folder_with_several_files_is_looked_at_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr("generator.read.files.unsafe_path", lambda root, path: looked_at.append(path) or "")
    (site / "seeds" / "deep").mkdir()
    for path in ("seeds/two.txt", "seeds/deep/one.txt", "seeds/deep/two.txt", "top.txt"):
        (site / path).write_bytes(b"")
    files = Files(site)
    for path in ("seeds/one.txt", "seeds/two.txt", "seeds/deep/one.txt", "seeds/deep/two.txt", "top.txt", "top.txt"):
        assert isinstance(files.read(path), bytes)
    assert looked_at == ["seeds/one.txt", "seeds/deep/one.txt", "top.txt", "top.txt"]


@pytest.mark.parametrize("size", [0, 2, 4, 10, 2_000_000])
def test_a_file_is_read_to_its_end_whatever_size_it_had_when_it_was_looked_at(site: Path, size: int) -> None:
    descriptor = os.open(site / "seeds" / "one.txt", os.O_RDONLY)
    assert _read(descriptor, size) == b"One."
    os.close(descriptor)


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("Été".encode(), "utf-8", "Été"),
        (b"\xef\xbb\xbfOne", "utf-8", "One"),  # a byte order mark at the beginning is no text
        (b"\xc9t\xe9", "latin-1", "Été"),
        (b"\x93One\x94", "cp1252", "“One”"),
        ("Юля".encode("cp1251"), "windows-1251", "Юля"),
        ("One".encode("utf-16"), "utf-16", "One"),
        (b"one\r\ntwo\rthree\n", "utf-8", "one\ntwo\nthree\n"),
        (b"", "utf-8", ""),
    ],
)
def test_text_is_decoded_with_one_kind_of_line_end(data: bytes, encoding: str, text: str) -> None:
    assert decode("f", data, encoding) == text


@pytest.mark.parametrize(
    ("data", "encoding", "place", "words"),
    [
        (b"\xff", "utf-8", (1, 1), "the byte FF here is none of its letters"),
        ("é: ü".encode() + b"\n\xc3\xa9 \x93", "utf-8", (2, 3), "the byte 93 here"),
        (b"one\r\ntwo\rthree \xff", "utf-8", (3, 7), "the byte FF here"),  # whatever the line ends
        (b"\xef\xbb\xbfab\xff", "utf-8", (1, 3), "the byte FF here"),  # the byte order mark takes no column
        ("cut off é".encode()[:-1], "utf-8", (1, 9), "the byte C3 here"),
        (b"\xed\xa0\xbd", "utf-8", (1, 1), "the byte ED here"),  # half of a character
        (b"a\x81", "cp1252", (1, 2), "the byte 81 here is not CP1252"),
        (b"abc", "klingon", (1, 1), "“klingon” is no encoding that is known"),
        (b"abc", "", (1, 1), "is no encoding"),
        (b"abc", "hex", (1, 1), "is no encoding"),
        (b"abc", "a\0b", (1, 1), "is no encoding"),
        (b"xn--\xff", "idna", (1, 1), "is no encoding of text"),
        (b"abc", "undefined", (1, 1), "is no encoding of text"),
        (b"\\ud83d", "unicode_escape", (1, 1), "is no encoding of text"),  # it would give half a character
        (b"+2D0-", "utf-7", (1, 1), "is no encoding of text"),  # so would this
    ],
)
def test_what_is_not_in_its_encoding_is_a_problem_at_its_place(
    data: bytes, encoding: str, place: tuple[int, int], words: str
) -> None:
    problem = decode("f", data, encoding)
    assert isinstance(problem, Problem)
    assert ((problem.line, problem.column), problem.code) == (place, "F003")
    assert words in problem.message


FORBIDDEN = [
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),
    0x200B, 0x2028, 0x2029, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF,
]  # fmt: skip


@pytest.mark.parametrize("code", FORBIDDEN, ids=lambda code: f"U+{code:04X}")
def test_an_invisible_character_in_what_an_editor_typed_is_a_problem_at_its_place(code: int) -> None:
    found = typed_text("f", f"claim: é\ntext: ü{chr(code)} and more".encode())
    assert isinstance(found, list)
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(2, 8, "F004")]
    assert f"U+{code:04X}" in found[0].message
    alone = typed_text("f", chr(code).join("ab").encode())
    assert isinstance(alone, list)
    assert [(problem.line, problem.column, problem.code) for problem in alone] == [(1, 2, "F004")]


@pytest.mark.parametrize("character", ["\t", "\xad", "\xa0", "\u200c", "\u200d", "\u200e", "\u200f", "👩‍🚀", "\u0301"])
def test_what_scripts_and_emoji_are_written_with_is_read(character: str) -> None:
    assert typed_text("f", f"a{character}b".encode()) == f"a{character}b"


def test_many_invisible_characters_are_named_one_by_one_up_to_twenty() -> None:
    assert len(typed_text("f", "\u200b".encode() * 20)) == 20
    found = typed_text("f", "\u200b".encode() * 25)
    assert len(found) == 20
    assert "and 5 more after it" in found[-1].message


def test_places_count_lines_and_characters_from_one() -> None:
    text = "é\n👩b\n"
    assert [place_of(text, offset) for offset in range(len(text) + 1)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
    ]
