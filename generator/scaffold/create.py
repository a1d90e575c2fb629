"""Creating: a new claim, article or story in a site."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from generator.link.nearest import nearest_name
from generator.problems import FaultError, Problem
from generator.read.content import decoded_text, parse_record, read_layout
from generator.read.files import Files, require_site, unsafe_path
from generator.read.kinds import TEXT_FAULTS
from generator.records import Article, Kind
from generator.scaffold.articles import article_file, story_file
from generator.scaffold.claims import claim_file
from generator.scaffold.lines import typed
from generator.scaffold.names import path_of, require_free
from generator.schema.choices import Choices
from generator.schema.files import read_choices, write_schemas

_ENDINGS = (".txt", ".md", ".html")


def create_claim(root: Path, id: str, today: str, wording: str = "", title: str = "", story: str = "") -> str:
    """Write a new claim, a draft; returns its path in the site. Raises FaultError where that cannot be."""
    require_site(root)
    require_free(root, "claim", id)
    site = read_choices(root)
    _require_known(story, site.stories, "story")
    articles = _articles_of(root, story) if story else tuple(site.articles)[:1]
    text = claim_file(
        id,
        typed(wording, "the wording") if wording else "",
        typed(title, "the title") if title else "",
        story,
        articles,
        site,
        today,
    )
    return _created(root, path_of("claim", id), text)


def create_article(
    root: Path, id: str, today: str, text: str = "", encoding: str = "", title: str = "", story: str = ""
) -> str:
    """Write a new article for the text in the file `text` (by default seeds/ID.txt or the like); returns its path.

    Raises FaultError where that cannot be.
    """
    require_site(root)
    require_free(root, "article", id)
    site = read_choices(root)
    _require_known(story, site.stories, "story")
    path = _text_path(root, id, text)
    data = Files(root).read(path)
    if isinstance(data, Problem):
        raise FaultError(f"{path}: {data.message}. {data.help or 'Name the text with --text seeds/NAME.txt'}")
    decoded = decoded_text(path, data, encoding or "utf-8")
    if isinstance(decoded, Problem):
        help = (
            "save the file as UTF-8, or name its encoding with --encoding" if decoded.code == "F003" else decoded.help
        )
        raise FaultError(f"{path}: {decoded.message}. Next: {help}")
    sha256 = hashlib.sha256(data).hexdigest()
    written = article_file(path, sha256, encoding, typed(title, "the title") if title else "", story, site, today)
    return _created(root, path_of("article", id), written)


def create_story(root: Path, id: str, today: str, title: str = "", summary: str = "") -> str:
    """Write a new story; returns its path. Raises FaultError where that cannot be."""
    require_site(root)
    require_free(root, "story", id)
    text = story_file(
        id,
        typed(title, "the title") if title else "",
        typed(summary, "the summary") if summary else "",
        today,
    )
    return _created(root, path_of("story", id), text)


def _created(root: Path, path: str, text: str) -> str:
    """Write a file that is not there yet, and the site's schemas with its id."""
    unsafe = unsafe_path(root, path)
    if unsafe:
        raise FaultError(f"{path} cannot be written: {unsafe}")
    try:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(root / path, flags, 0o644), "wb") as file:
            file.write(text.encode())
    except FileExistsError as error:
        raise FaultError(f"{path} is there already, and was left as it is: choose another id") from error
    except OSError as error:
        raise FaultError(f"{path} cannot be written: {error.strerror}") from error
    write_schemas(root)
    return path


def _require_known(id: str, choices: Choices, what: str) -> None:
    if id and id not in choices:
        near = nearest_name(id, choices)
        some = ", ".join(sorted(choices)[:8])
        help = f"type {near}" if near else f"it can be one of {some}" if some else f"the site has no {what} yet"
        raise FaultError(f"there is no {what} “{id}”: {help}. Nothing was changed")


def _articles_of(root: Path, story: str) -> tuple[str, ...]:
    """The articles that name the story."""
    files = Files(root)
    found = []
    for id, path in read_layout(root).paths["articles"].items():
        data = files.read(path)
        record = None if isinstance(data, Problem) else parse_record(Article, id, path, data)[0]
        if isinstance(record, Article) and story in record.story:
            found.append(id)
    return tuple(found)


def _text_path(root: Path, id: str, text: str) -> str:
    """The path in the site of the text that was named, from the site's folder or from the current one."""
    if not text:
        found = next((f"seeds/{id}{ending}" for ending in _ENDINGS if (root / f"seeds/{id}{ending}").is_file()), "")
        if not found:
            raise FaultError(
                f"there is no text for it yet: save it as seeds/{id}.txt, or name it: --text seeds/NAME.txt"
            )
        return found
    path = text
    if not (root / text).is_file() or os.path.isabs(text):
        whole = Path(os.path.abspath(text))
        folder = Path(os.path.abspath(root))
        path = whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else text
    path = os.path.normpath(path) if path else path
    fault = TEXT_FAULTS[Kind.PATH](path)
    if fault:
        raise FaultError(
            f"“{text}” cannot be an article's text: {fault}. Save it there and name it: --text seeds/NAME.txt"
        )
    return path
