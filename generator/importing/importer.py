"""The importer: a saved file becomes the bytes of an article's text and of its file, without touching the disk."""

from __future__ import annotations

import hashlib
import re
import warnings
from typing import Any

from msgspec import Struct, structs

from generator import __version__
from generator.ids import is_id
from generator.importing.article_file import article_yaml
from generator.importing.found import Choice, same_address
from generator.importing.front_matter import NOTHING, matter_metadata, split_matter
from generator.importing.main_text import Hint, lacks, main_text
from generator.importing.metadata import Metadata, page_metadata
from generator.importing.naming import id_for
from generator.importing.saved import Saved
from generator.link.fold import fold, visible
from generator.link.nearest import nearest_name
from generator.link.proof import Evidence
from generator.problems import FaultError, Problem
from generator.read.content import Content, decoded_text, parse_record
from generator.read.files import MAX_BYTES, invisible
from generator.read.texts import Text
from generator.records import Article

_SHORT = 250  # characters: an article of fewer is seldom whole
_MOST_HINTS = 12
_LONGEST_VALUE = 1000  # characters


class Wishes(Struct, frozen=True):
    """What the editor asked for."""

    id: str = ""
    stories: tuple[str, ...] = ()
    retrieved: str = ""
    keep_html: bool = False


class Imported(Struct, frozen=True):
    """An article to be written, and what its editor should know. `seed` is its text's path, `path` its file's."""

    article: Article
    path: str
    seed_data: bytes
    yaml: bytes
    paragraphs: int
    characters: int
    notes: tuple[str, ...]

    @property
    def seed(self) -> str:
        return self.article.text


class _Read(Struct, frozen=True):
    """A file as it was read."""

    text: Text
    data: bytes
    ending: str
    encoding: str
    metadata: Metadata
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


def imported(name: str, saved: Saved, changed: str, wishes: Wishes, content: Content) -> Imported:
    """The article in the saved file `name`, last changed on the day `changed`, for the site that holds `content`.

    Raises FaultError where there is nothing to import, where the site has it already, and where it has no name.
    """
    for story in wishes.stories:
        if story not in content.known["stories"]:
            close = nearest_name(story, content.known["stories"])
            more = f": did you mean “{close}”?" if close else f"; write content/stories/{story}.yaml first"
            raise FaultError(f"there is no story “{story}”{more}")
    read = _page(name, saved, wishes) if saved.kind == "page" else _plain(name, saved)
    if not read.text.whole.strip():
        raise FaultError(f"no text was found in {name}: save the article's text as .txt, and import that")
    metadata = read.metadata
    values = {
        field: _clean(getattr(metadata, field).value)
        for field in ("title", "publisher", "published", "author", "url", "language")
    }
    _refuse_duplicate(content, read.text, values["url"])
    id = _id(name, values, wishes, content)
    article = Article(
        id=id,
        path=f"content/articles/{id}.yaml",
        text=f"seeds/{id}{read.ending}",
        archived=metadata.archived,
        retrieved=wishes.retrieved or metadata.saved or changed,
        encoding=read.encoding,
        story=wishes.stories,
        sha256=hashlib.sha256(read.data).hexdigest(),
        title=values["title"],
        publisher=values["publisher"],
        published=values["published"],
        author=values["author"],
        url=values["url"],
        language=values["language"],
    )
    hints = _usable(read.hints, read.text)
    comments = list(read.comments)
    if metadata.modified and not values["published"].startswith(metadata.modified[:10]):
        comments.append(
            f"The page says that it was changed on {metadata.modified[:10]}: what it said before is not known."
        )
    yaml = article_yaml(article, comments, hints, _first_line(read)).encode()
    _verify(article, yaml)
    notes = [*([saved.doubt] if saved.doubt else []), *read.notes, *_conflicts(metadata)]
    notes += metadata.unusable
    if len(read.text.whole) < _SHORT:
        notes.append(
            f"its text has only {len(read.text.whole)} characters: look whether the page was saved whole, not "
            "behind a wall or before it had loaded"
        )
    if not (wishes.retrieved or metadata.saved):
        notes.append(
            f"retrieved: {changed} is when the file was last changed; correct it if it was saved on another day"
        )
    if hints:
        count = "one passage" if len(hints) == 1 else f"{len(hints)} passages"
        notes.append(f"{count} may not be the article: see the end of {article.path}")
    whole = read.text.whole
    return Imported(article, article.path, read.data, yaml, len(read.text.paragraphs), len(whole), tuple(notes))


def _page(name: str, saved: Saved, wishes: Wishes) -> _Read:
    soup = _parsed(saved.text)
    metadata = page_metadata(soup, saved.address)
    metadata = structs.replace(metadata, saved=metadata.saved or saved.saved)
    source = f"{_clean(name)} (SHA-256 {hashlib.sha256(saved.data).hexdigest()})"
    if wishes.keep_html:
        text = decoded_text("page.html", saved.data, saved.encoding)
        if isinstance(text, Problem):
            raise FaultError(f"{name}: {text.message}: {text.help}")
        if len(saved.data) > MAX_BYTES:
            raise FaultError(
                f"{name} has {len(saved.data):,} bytes, and a text at most {MAX_BYTES:,}: import it without "
                "--keep-html, or save the page without its images"
            )
        whole = ("the text is the whole page: what its menus and boxes say can be quoted too, so look what you quote",)
        return _Read(
            text, saved.data, ".html", saved.encoding, metadata, (), whole, (f"The text is {source}, as it was saved.",)
        )
    found = main_text(saved.text, soup, metadata.title.value)
    notes = () if found.sure else ("where the article begins and ends was not found: compare the text with the page",)
    data = ("\n\n".join(_line(paragraph) for paragraph in found.text.paragraphs) + "\n").encode()
    if len(data) > MAX_BYTES:
        raise FaultError(f"the text in {name} has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    text = decoded_text("page.txt", data, "utf-8")
    assert isinstance(text, Text)
    lacking = lacks(text, metadata.body)
    if lacking:
        notes = (*notes, f"the page's JSON-LD has words of the article that the text lacks, such as “{lacking[:120]}”")
    comments = (f"The text was taken from {source}", f"by Parallax {__version__} with trafilatura {_extractor()}.")
    return _Read(text, data, ".txt", "utf-8", metadata, found.hints, notes, comments)


def _plain(name: str, saved: Saved) -> _Read:
    """Markdown or plain text: its bytes stay as they are, but for front matter, whose fields go into the file."""
    data, metadata, ending = saved.data, NOTHING, ".txt"
    if saved.kind == "markdown":
        ending = ".md"
        matter, body = split_matter(saved.text)
        if matter:
            metadata = matter_metadata(name, matter)
            data = body.encode(saved.encoding, "replace")
            if saved.encoding.startswith("utf-16"):
                data = body.encode("utf-16")
    encoding = "utf-16" if saved.encoding.startswith("utf-16") else saved.encoding
    if len(data) > MAX_BYTES:
        raise FaultError(f"{name} has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    text = decoded_text(f"text{ending}", data, encoding)
    if isinstance(text, Problem):
        raise FaultError(f"{name}: {text.message}: {text.help}")
    if saved.kind == "markdown" and not metadata.title.value:
        heading = re.match(r"\s*# +(.+)", data.decode(encoding, "replace"))
        if heading:
            metadata = structs.replace(
                metadata, title=Choice(heading.group(1).strip().rstrip("# "), "the first heading")
            )
    comments = (
        f"The text is {_clean(name)}" + (" without its front matter." if data != saved.data else ", byte for byte."),
    )
    return _Read(text, data, ending, encoding, metadata, comments=comments)


def _parsed(html: str) -> Any:
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what looks like an address, a file's name or XML
        return BeautifulSoup(html, "lxml")


def _line(paragraph: str) -> str:
    """A paragraph as a text file has it: what ends lines and is no line's end in one would part it."""
    return paragraph.replace("\r", " ")


def _refuse_duplicate(content: Content, text: Text, url: str) -> None:
    """Raises FaultError where an article has this text or this address already."""
    folded = fold(text.whole)
    for article in content.articles.values():
        if url and article.url and same_address(article.url) == same_address(url):
            raise FaultError(
                f"the article “{article.id}” has this address already: {article.path}. If this is another version of "
                "it, write a file for it by hand, with an id of its own"
            )
        known = content.texts.get(article.text)
        if known is not None and len(known.text.whole) > 0 and fold(known.text.whole) == folded:
            raise FaultError(f"the article “{article.id}” has this text already: {article.path}")


def _id(name: str, values: dict[str, str], wishes: Wishes, content: Content) -> str:
    known = content.known["articles"]
    if wishes.id:
        if not is_id(wishes.id):
            raise FaultError(f"“{wishes.id}” is no id: an id has only a to z, digits and hyphens, at most 100")
        if wishes.id in known:
            raise FaultError(f"there is an article “{wishes.id}” already: give another id with --id")
        return wishes.id
    stem = name.rpartition(".")[0] or name
    id = id_for(
        values["title"], values["publisher"], values["published"], values["url"], stem, known, values["language"]
    )
    if not id:
        raise FaultError("no id could be made of its title, publisher or file's name: give one with --id")
    return id


def _first_line(read: _Read) -> str:
    """The beginning of a text that has no title, which may be it."""
    return "" if read.metadata.title.value else _clean(read.text.paragraphs[0].split("\n")[0])[:150]


def _clean(text: str) -> str:
    """A page's value as an editor would have typed it: one line, nothing that cannot be seen."""
    text = " ".join(visible(text).split())
    return "".join(character for character in text if not invisible(character)).strip()[:_LONGEST_VALUE]


def _usable(hints: tuple[Hint, ...], text: Text) -> tuple[Hint, ...]:
    """Those of `hints` whose words stand in the text once, as `not_article` needs them."""
    evidence = Evidence(text)
    good = []
    for hint in hints:
        words = _clean(hint.text)
        if fold(words) and len(evidence.occurrences(fold(words))) == 1:
            good.append(Hint(words, hint.why))
    return tuple(good[:_MOST_HINTS])


def _conflicts(metadata: Metadata) -> list[str]:
    """What the page says in two ways, for an editor to decide."""
    notes = []
    for field in ("title", "publisher", "published", "author", "url", "language"):
        choice: Choice = getattr(metadata, field)
        if choice.others:
            others = "; ".join(f"“{other.value}” ({other.where})" for other in choice.others)
            notes.append(f"{field}: taken is “{choice.value}” ({choice.where}); the page also has {others}")
    return notes


def _verify(article: Article, yaml: bytes) -> None:
    """Raises FaultError where the file would not say what it is to say, or would have a problem."""
    record, problems = parse_record(Article, article.id, article.path, yaml)
    if problems:
        raise FaultError(f"what the page says of itself cannot be written: {problems[0].message}")
    if structs.replace(article, source=b"") != structs.replace(record, source=b""):  # type: ignore[type-var]
        raise FaultError("what the page says of itself cannot be written as YAML; import its text as .txt")


def _extractor() -> str:
    from importlib.metadata import version

    return version("trafilatura")
