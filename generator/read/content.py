"""Content: all that a site's folder holds, read file by file."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from msgspec import Struct

from generator.problems import FaultError, Problem
from generator.read.fields import is_id, to_record
from generator.read.files import decode, read_bytes, typed_text
from generator.read.texts import Text, read_text
from generator.read.toml import parse_toml
from generator.read.yaml import parse_yaml
from generator.records import Article, Claim, FileRecord, Settings, Story, TextPage


class SourceText(Struct, frozen=True):
    """A text under seeds/: what its reader saw, and the SHA-256 of its bytes."""

    text: Text
    sha256: str


class Content(Struct, frozen=True):
    """What was read, by id, in the order of ids. `known` has the ids of files too whose content could not be read."""

    settings: Settings | None
    articles: dict[str, Article]
    claims: dict[str, Claim]
    stories: dict[str, Story]
    pages: dict[str, TextPage]
    texts: dict[str, SourceText]
    media: frozenset[str]
    known: dict[str, frozenset[str]]
    problems: tuple[Problem, ...]


_FOLDERS: dict[str, tuple[type[FileRecord], str]] = {
    "articles": (Article, ".yaml"),
    "claims": (Claim, ".yaml"),
    "stories": (Story, ".yaml"),
    "pages": (TextPage, ".md"),
}
_MEDIA_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_MEDIA_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def read_content(root: Path) -> Content:
    """Read the site in the folder `root`. Raises FaultError where there is no site."""
    require_site(root)
    problems: list[Problem] = []
    settings = _settings(root, problems)
    records: dict[str, dict[str, FileRecord]] = {}
    known: dict[str, frozenset[str]] = {}
    for folder, (type_, ending) in _FOLDERS.items():
        paths = _paths(root, f"content/{folder}", ending, problems)
        known[folder] = frozenset(paths)
        found = {id: _record(root, type_, id, path, problems) for id, path in paths.items()}
        records[folder] = {id: record for id, record in found.items() if record is not None}
    texts = _texts(root, records, problems)
    return Content(
        settings=settings,
        articles=records["articles"],  # type: ignore[arg-type]
        claims=records["claims"],  # type: ignore[arg-type]
        stories=records["stories"],  # type: ignore[arg-type]
        pages=records["pages"],  # type: ignore[arg-type]
        texts=texts,
        media=_media(root, problems),
        known=known,
        problems=tuple(problems),
    )


def require_site(root: Path) -> None:
    """Raises FaultError where there is no site."""
    if not (root / "site.toml").is_file():
        raise FaultError(f"there is no site.toml in {root}: run this in a site's folder, or name it with --site")


def parse_record(type_: type[FileRecord], id: str, path: str, data: bytes) -> tuple[FileRecord | None, list[Problem]]:
    """One file's record and its problems, from its bytes alone."""
    text = typed_text(path, data)
    if not isinstance(text, str):
        return None, text
    if type_ is Settings:
        tree, problems = parse_toml(path, text)
        return _converted(type_, id, path, tree, problems)
    if type_ is not TextPage:
        node, problems = parse_yaml(path, text)
        return _converted(type_, id, path, node, problems)
    matter, body, line = _front_matter(text)
    if matter is None:
        return None, [
            Problem(
                path,
                1,
                1,
                "Y001",
                "a page begins with its title between two lines of three hyphens",
                "---\ntitle: ...\n---",
            )
        ]
    node, problems = parse_yaml(path, matter, first_line=2)
    return _converted(type_, id, path, node, problems, body=body, body_line=line)


def _converted(
    type_: type[FileRecord], id: str, path: str, tree: object, problems: list[Problem], **more: object
) -> tuple[FileRecord | None, list[Problem]]:
    if tree is None and problems:
        return None, problems
    record, found = to_record(type_, id, path, tree, **more)  # type: ignore[arg-type]
    # What a cut or split value leaves behind is no second cause.
    lines = {problem.line for problem in problems}
    return record, problems + [problem for problem in found if problem.line not in lines]


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """A page's YAML, its Markdown, and the line at which that begins."""
    if not text.startswith("---\n"):
        return None, "", 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return (text[4:-3], "", 1) if text.endswith("\n---") else (None, "", 1)
    return text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end + 5) + 1


def _settings(root: Path, problems: list[Problem]) -> Settings | None:
    data = read_bytes(root, "site.toml")
    if isinstance(data, Problem):
        problems.append(data)
        return None
    record, found = parse_record(Settings, "site", "site.toml", data)
    problems.extend(found)
    return record  # type: ignore[return-value]


def _record(root: Path, type_: type[FileRecord], id: str, path: str, problems: list[Problem]) -> FileRecord | None:
    data = read_bytes(root, path)
    if isinstance(data, Problem):
        problems.append(data)
        return None
    record, found = parse_record(type_, id, path, data)
    problems.extend(found)
    return record


def _paths(root: Path, folder: str, ending: str, problems: list[Problem]) -> dict[str, str]:
    """The files of one folder by id; whatever else stands there is reported, so that no verdict is lost unseen."""
    found: dict[str, str] = {}
    for name in _names(root, folder, problems):
        path = f"{folder}/{name}"
        stem = name.removesuffix(ending)
        if not name.endswith(ending):
            wrong = name.lower().endswith((".yaml", ".yml", ".md", ".markdown"))
            help = f"name it {os.path.splitext(name)[0]}{ending}" if wrong else "move it elsewhere"
            problems.append(Problem(path, 0, 0, "F006", f"this file is not read: files here end in {ending}", help))
        elif not is_id(stem):
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "F007",
                    f"“{stem}” is no id: an id has only a to z, digits and hyphens, at most 100",
                    f"name it {_id_from(stem)}{ending}",
                )
            )
        else:
            found[stem] = path
    return dict(sorted(found.items()))  # “a” before “a-b”, other than by the files' names


def _names(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """The names in a folder in one order on every machine, without hidden ones and editors' backups."""
    try:
        with os.scandir(root / folder) as entries:
            return sorted(
                entry.name for entry in entries if not entry.name.startswith(".") and not entry.name.endswith("~")
            )
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems.append(Problem(folder, 0, 0, "F001", f"this folder cannot be read: {error.strerror}"))
        return []


def _id_from(name: str) -> str:
    words = "".join(character if character.isascii() and character.isalnum() else "-" for character in name.lower())
    return "-".join(part for part in words.split("-") if part)[:100] or "name"


def _texts(root: Path, records: dict[str, dict[str, FileRecord]], problems: list[Problem]) -> dict[str, SourceText]:
    """Every text under seeds/ that is named; one that can't be read is reported where it is named."""
    texts: dict[str, SourceText] = {}
    wanted: dict[str, tuple[FileRecord, tuple[str | int, ...], str]] = {}
    for article in records["articles"].values():
        assert isinstance(article, Article)
        first, _, encoding = wanted.setdefault(article.text, (article, ("text",), article.encoding))
        if encoding != article.encoding:
            message = f"{article.text} is read as {encoding} for the article “{first.id}”"
            help = f"give both the same encoding: {encoding}"
            problems.append(Problem(article.path, *article.place("encoding"), "R004", message, help))
    for claim in records["claims"].values():
        assert isinstance(claim, Claim)
        for number, source in enumerate(claim.sources):
            wanted.setdefault(source.text, (claim, ("sources", number, "text"), "utf-8"))
    for path, (record, steps, encoding) in sorted(wanted.items()):
        if not path:
            continue
        text = _text(root, path, encoding)
        if isinstance(text, Problem):
            place = record.place("encoding") if text.code == "F003" and encoding != "utf-8" else record.place(*steps)
            problems.append(
                Problem(record.path, *place, text.code, f"{path}: {text.message}" + _inside(text), text.help)
            )
        else:
            texts[path] = text
    return texts


def _inside(problem: Problem) -> str:
    return f" (line {problem.line}, column {problem.column})" if (problem.line, problem.column) != (1, 1) else ""


def _text(root: Path, path: str, encoding: str) -> SourceText | Problem:
    data = read_bytes(root, path)
    if isinstance(data, Problem):
        return data
    decoded = decode(path, data, encoding)
    if isinstance(decoded, Problem):
        return decoded
    text = read_text(path, decoded)
    if isinstance(text, Problem):
        return text
    return SourceText(text, hashlib.sha256(data).hexdigest())


def _media(root: Path, problems: list[Problem]) -> frozenset[str]:
    """The names of the images in content/media/."""
    found = set()
    for name in _names(root, "content/media", problems):
        path = f"content/media/{name}"
        if not name.lower().endswith(_MEDIA_ENDINGS):
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "F006",
                    f"this file is not published: images end in {', '.join(_MEDIA_ENDINGS)}",
                    "save it as one of these",
                )
            )
        elif not _MEDIA_NAME.fullmatch(name):
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "F007",
                    "an image's name has only letters a to z, digits, dots, hyphens and underscores",
                    "rename it",
                )
            )
        elif (root / path).is_symlink() or not (root / path).is_file():
            problems.append(Problem(path, 0, 0, "F005", "this is a symbolic link or no file", "copy the image itself"))
        else:
            found.add(name)
    return frozenset(found)
