"""A new article's file, and a new story's."""

from __future__ import annotations

from generator.read.forms import fields_of
from generator.records import Article, Story
from generator.scaffold.lines import block, explained, field, listed, sample
from generator.schema.choices import Site
from generator.schema.files import pointer

_HOW = (
    "Lines that begin with # are not read. To use a field that waits here, delete the # and the space before its lines."
)

_ALIASES = "aliases: [an-earlier-id]\n"


def article_file(text: str, sha256: str, encoding: str, title: str, story: str, site: Site, today: str) -> str:
    """The file of a new article, whose words stand in the file `text`."""
    agency = next((name for name in site.origins if name != "own" and name not in site.articles), "Name of an agency")
    known = {
        "text": f"text: {text}\n",
        "sha256": f"sha256: {sha256}\n",
        "title": block("title", title or "Write the headline here."),
        "publisher": block("publisher", "Write the publisher's name here."),
        "published": f"published: {today}\n",
        "url": "url: https://publisher.example/article\n",
        "archived": "archived: https://archive.example/article\n",
        "author": block("author", "Write the author's name here."),
        "retrieved": f"retrieved: {today}\n",
        "language": "language: en\n",
        "encoding": f"encoding: {encoding or 'utf-8'}\n",
        "story": f"story: {listed([story or next(iter(site.stories), 'id-of-a-story')])}\n",
        "origin": f'origin: ["{agency}"]\n' if '"' not in agency and "\\" not in agency else "origin: [own]\n",
        "origin_note": block("origin_note", "Write here how that is known."),
        "not_article": "not_article:\n"
        + block("- text", "Copy the words here.", "  ")
        + block("why", "What they are.", "    "),
        "note": block("note", "Write it here."),
        "publisher_correction": f"publisher_correction:\n  date: {today}\n" + block("text", "What it says.", "  "),
        "show": "show: excerpts\n",
        "corrections": _corrections(today),
        "aliases": _ALIASES,
    }
    live = {"text", "sha256"} | {
        name for name, given in (("title", title), ("encoding", encoding), ("story", story)) if given
    }
    heading = f"An article. {_HOW} What is not known stays left out: the page says so."
    return _file("article", Article, heading, known, live, today)


def story_file(id: str, title: str, summary: str, today: str) -> str:
    """The file of a new story. Without a summary that is left empty, and `check` asks for it."""
    known = {
        "title": block("title", title or id.replace("-", " ").strip().capitalize() or id),
        "summary": block("summary", summary),
        "date": f"date: {today}\n",
        "introduction": "introduction: |\n  Write here what readers should know first.\n",
        "corrections": _corrections(today),
        "aliases": _ALIASES,
    }
    heading = f"A story. {_HOW}"
    return _file("story", Story, heading, known, {"title", "summary"}, today)


def _corrections(today: str) -> str:
    text = block("text", "What was changed, for readers.", "    ")
    return f"corrections:\n  - date: {today}\n    kind: correction\n{text}"


def _file(
    name: str, type_: type[Article] | type[Story], heading: str, known: dict[str, str], live: set[str], today: str
) -> str:
    lines = [pointer(name), explained(heading)]
    for each in (*known, *(each for each in fields_of(type_) if each not in known)):
        yaml = known.get(each) or sample(type_, each, today)
        lines += ["\n", field(type_, each, yaml, each in live)]
    return "".join(lines)
