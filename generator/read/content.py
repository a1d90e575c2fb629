"""Content: all that a site's folder holds, read file by file."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator.ids import is_id
from generator.problems import Problem
from generator.read.files import Files, decode, linked_folders, require_site
from generator.read.matter import Typed, typed_matter
from generator.read.quick import read_quickly
from generator.read.texts import Text, read_text
from generator.read.thorough import read_thoroughly
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


FOLDERS: dict[str, tuple[type[FileRecord], str]] = {
    "articles": (Article, ".yaml"),
    "claims": (Claim, ".yaml"),
    "stories": (Story, ".yaml"),
    "pages": (TextPage, ".md"),
}
TYPES = {folder: type_ for folder, (type_, _) in FOLDERS.items()}
"""The record that a file is read into, by its folder of content/."""
_CONTENT_ENDINGS = (".yaml", ".yml", ".md", ".markdown")
_WRONG_ENDING = re.compile(r"(?:\.(?:yaml|yml|md|markdown))+(?:\.txt)?$", re.IGNORECASE)
_MEDIA = "media"
_MEDIA_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_MEDIA_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


class Layout(Struct, frozen=True):
    """The files that a site's content/ has: their paths by folder and id, its images, and what is wrong with names."""

    paths: dict[str, dict[str, str]]
    known: dict[str, frozenset[str]]
    media: frozenset[str]
    problems: tuple[Problem, ...]


def read_layout(root: Path) -> Layout:
    """What stands where in content/, without opening any file."""
    problems = linked_folders(root, ("content", *(f"content/{folder}" for folder in (*FOLDERS, _MEDIA))))
    linked = {problem.path for problem in problems}
    names = _names(root, "content", problems) if "content" not in linked else []
    astray = _astray(root, names, problems)
    paths: dict[str, dict[str, str]] = {folder: {} for folder in FOLDERS}
    known = {folder: astray.get(folder, frozenset()) for folder in FOLDERS}
    for folder, (_, ending) in FOLDERS.items():
        if folder in names:
            path = f"content/{folder}"
            found = _paths(root, path, ending, problems if path not in linked else [])
            paths[folder] = found if path not in linked else {}
            known[folder] |= found.keys()  # also behind a link: what rests on them is no second problem
    media = _media(root, problems) if _MEDIA in names and f"content/{_MEDIA}" not in linked else frozenset()
    return Layout(paths, known, media, tuple(problems))


def read_content(root: Path) -> Content:
    """Read the site in the folder `root`. Raises FaultError where there is no site."""
    require_site(root)
    files = Files(root)
    layout = read_layout(root)
    problems = list(layout.problems)
    settings = read_settings(files, problems)
    records: dict[str, dict[str, FileRecord]] = {}
    for folder, paths in layout.paths.items():
        found = {id: _record(files, TYPES[folder], id, path, problems) for id, path in paths.items()}
        records[folder] = {id: record for id, record in found.items() if record is not None}
    texts = _texts(files, records, problems)
    return Content(
        settings=settings,
        articles=records["articles"],  # type: ignore[arg-type]
        claims=records["claims"],  # type: ignore[arg-type]
        stories=records["stories"],  # type: ignore[arg-type]
        pages=records["pages"],  # type: ignore[arg-type]
        texts=texts,
        media=layout.media,
        known=layout.known,
        problems=tuple(problems),
    )


def parse_record(type_: type[FileRecord], id: str, path: str, data: bytes) -> tuple[FileRecord | None, list[Problem]]:
    """One file's record and its problems, from its bytes alone."""
    typed = typed_matter(type_, path, data)
    if not isinstance(typed, Typed):
        return None, typed
    record = read_quickly(type_, id, path, data, typed)
    return (record, []) if record is not None else read_thoroughly(type_, id, path, data, typed)


def read_settings(files: Files, problems: list[Problem]) -> Settings | None:
    data = _bytes(files, "site.toml")
    if isinstance(data, Problem):
        problems.append(data)
        return None
    record, found = parse_record(Settings, "site", "site.toml", data)
    problems.extend(found)
    return record  # type: ignore[return-value]


def _record(files: Files, type_: type[FileRecord], id: str, path: str, problems: list[Problem]) -> FileRecord | None:
    data = _bytes(files, path)
    if isinstance(data, Problem):
        problems.append(data)
        return None
    record, found = parse_record(type_, id, path, data)
    problems.extend(found)
    return record


def _bytes(files: Files, path: str) -> bytes | Problem:
    """The bytes of the file at `path`, or why it cannot be read. On disk names are UTF-8, in any locale."""
    try:
        return files.read(os.fsdecode(path.encode()))
    except OSError as error:
        return Problem(path, 1, 1, "F001", f"this file cannot be read: {error.strerror}")
    except ValueError:
        return Problem(path, 1, 1, "F001", "this file cannot be read: no file can have this name")


def _astray(root: Path, names: Sequence[str], problems: list[Problem]) -> dict[str, frozenset[str]]:
    """Report what stands in content/ beside its folders: an error where that looks like content, so none goes unseen.

    Returns the ids in a folder whose name is near to a known one's, by that: what rests on them is no second problem.
    """
    found: dict[str, frozenset[str]] = {}
    folders = (*FOLDERS, _MEDIA)
    listed = ", ".join(f"{folder}/" for folder in folders)
    for name in names:
        if name in folders:
            continue
        import difflib  # seldom needed

        path = f"content/{name}"
        if not os.path.isdir(root / path):
            message = "this file is not read: content/ has only folders"
            help = f"move it into the folder of what it holds ({listed}), or out of content/"
            problems.append(Problem(path, 0, 0, "F006", message, help))
            continue
        near = difflib.get_close_matches(name.lower(), folders, 1)
        help = f"rename it to:\ncontent/{near[0]}" if near else f"the folders that are read are {listed}"
        inside = [file for _, _, files in os.walk(root / path) for file in files]
        count = sum(file.lower().endswith(_CONTENT_ENDINGS) and not file.startswith(".") for file in inside)
        if not count:
            problems.append(Problem(path, 0, 0, "F006", "nothing in this folder is read", help))
            continue
        holds = "a file that looks" if count == 1 else f"{count} files that look"
        message = f"nothing in this folder is read, and it has {holds} like content"
        problems.append(Problem(path, 0, 0, "F001", message, help))
        if near and near[0] in FOLDERS:
            ending = FOLDERS[near[0]][1]
            found[near[0]] = frozenset(file.removesuffix(ending) for file in inside if file.endswith(ending))
    return found


def _paths(root: Path, folder: str, ending: str, problems: list[Problem]) -> dict[str, str]:
    """The files of one folder by id; whatever else stands there is reported, so that no verdict is lost unseen."""
    found: dict[str, str] = {}
    for name in _names(root, folder, problems):
        path = f"{folder}/{name}"
        stem = name.removesuffix(ending)
        if not name.endswith(ending):
            meant = _WRONG_ENDING.sub("", name)
            help = "move it out of this folder"
            if meant != name:
                help = f"rename it to:\n{folder}/{meant if is_id(meant) else _id_from(meant)}{ending}"
            problems.append(Problem(path, 0, 0, "F006", f"this file is not read: files here end in {ending}", help))
        elif not is_id(stem):
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "F007",
                    f"“{stem}” is no id: an id has only small letters a to z, digits and hyphens, at most 100",
                    f"rename it to:\n{folder}/{_id_from(stem)}{ending}",
                )
            )
        else:
            found[stem] = path
    return dict(sorted(found.items()))  # “a” before “a-b”, other than by the files' names


def _names(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """The names in a folder in one order on every machine, without hidden ones and editors' backups."""
    if not os.path.lexists(root / folder):
        return []
    try:
        names = os.listdir(root / folder)
        if not os.access(root / folder, os.X_OK):  # its files can be listed and not opened
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        problems.append(Problem(folder, 0, 0, "F001", f"this folder cannot be read: {error.strerror}"))
        return []
    return sorted(name for name in names if not name.startswith(".") and not name.endswith("~"))


def _id_from(name: str) -> str:
    words = "".join(character if character.isascii() and character.isalnum() else "-" for character in name.lower())
    return "-".join(part for part in words.split("-") if part)[:100] or "name"


def _texts(files: Files, records: dict[str, dict[str, FileRecord]], problems: list[Problem]) -> dict[str, SourceText]:
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
        text = _text(files, path, encoding)
        if isinstance(text, Problem):
            place = record.place("encoding") if text.code == "F003" and encoding != "utf-8" else record.place(*steps)
            help = text.help
            if text.code == "F003" and encoding == "utf-8":
                guess = "utf-16" if "UTF-16" in text.message else "windows-1252"
                help = f"name the encoding that it has; often this is right:\nencoding: {guess}"
            elif text.code == "F001":
                near = _near(files, path)
                help = f"write:\n{steps[-1]}: {near}" if near else help
            problems.append(Problem(record.path, *place, text.code, f"{path}: {text.message}" + _inside(text), help))
        else:
            texts[path] = text
    return texts


def _near(files: Files, path: str) -> str:
    """The file under seeds/ that was meant by `path`, which is none; an empty text where no name is like it."""
    from generator.link.nearest import nearest_name  # seldom needed

    names = {os.path.splitext(found)[0].removeprefix("seeds/"): found for found in files.listed("seeds")}
    near = nearest_name(os.path.splitext(path)[0].removeprefix("seeds/"), names)
    return names[near] if near and names[near] != path else ""


def _inside(problem: Problem) -> str:
    return f" (line {problem.line}, column {problem.column})" if (problem.line, problem.column) != (1, 1) else ""


def _text(files: Files, path: str, encoding: str) -> SourceText | Problem:
    data = _bytes(files, path)
    if isinstance(data, Problem):
        return data
    text = decoded_text(path, data, encoding)
    if isinstance(text, Problem):
        return text
    return SourceText(text, hashlib.sha256(data).hexdigest())


def decoded_text(path: str, data: bytes, encoding: str) -> Text | Problem:
    """What a reader sees of the text at `path`, from its bytes alone."""
    decoded = decode(path, data, encoding)
    return decoded if isinstance(decoded, Problem) else read_text(path, decoded)


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
        elif os.path.islink(root / path) or not os.path.isfile(root / path):
            problems.append(Problem(path, 0, 0, "F005", "this is a symbolic link or no file", "copy the image itself"))
        else:
            found.add(name)
    return frozenset(found)
