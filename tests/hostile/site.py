"""A site with every field that there is. What stands in each is asked for by name, so that anything can stand there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Text = Callable[[str], str]
"""Gives the text of a field, by the field's name; one text for all that must be equal."""


def yaml(value: Any) -> str:
    """A value as YAML that any parser reads alike: JSON, of which it is a superset."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def toml(value: str) -> str:
    """A text as a basic string of TOML, with what no TOML may hold escaped."""
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def files(text: Text, other: Text) -> dict[str, str]:
    """The site's files. `text` gives what stands in fields of any text, `other` what stands in those with a form."""

    def free(names: str) -> dict[str, str]:
        return {name.split(".")[-1]: text(name) for name in names.split()}

    def formed(names: str) -> dict[str, str]:
        return {name.split(".")[-1]: other(name) for name in names.split()}

    def corrections(of: str) -> list[dict[str, str]]:
        return [{"date": other(f"{of}.corrections.date"), "kind": "update", "text": text(f"{of}.corrections.text")}]

    quoted, second, fallen = text("quote"), text("second quote"), text("not_article.text")
    part, mark = text("part.words"), text("mark.words")
    claim = {
        "claim": f"Before {part} after.",
        "verdict": other("verdict"),
        **free("title summary why"),
        **formed("checked made story"),
        "tags": [text("tag"), text("second tag")],
        "by": [other("by")],
        "edited": [other("edited")],
        "claimant": [{**free("claimant.name claimant.role"), "url": other("claimant.url"), "as": other("claimant.as")}],
        "compare": free("compare.what compare.claim compare.found"),
        "parts": [{"words": part, "verdict": other("part.verdict"), "note": text("part.note")}],
        "quotes": [
            {
                "article": other("quote.article"),
                "text": f"Begins {quoted} and {mark} ends",
                "stance": other("stance"),
                **free("quote.says quote.translation quote.note"),
                "mark": [{"words": mark, "note": text("mark.note")}],
                "speaker": [text("speaker"), text("second speaker")],
                "origin": [text("quote.origin")],
                "language": other("quote.language"),
            },
            {"article": "second", "text": f"Twice {second}", "stance": "mentions"}
            | {"before": text("before"), "after": text("after")},
            {"article": "article", "text": f"Nearby {fallen}", "stance": "mentions", "medium": text("medium")},
        ],
        "silent": [other("silent")],
        "sources": [
            {
                "id": other("source.id"),
                **free("source.title source.publisher source.origin source.interest source.quote source.translation"),
                **formed("source.url source.archived source.published source.accessed source.language"),
                **formed("source.kind source.bears"),
            },
            {"id": "kept", "title": text("kept.title"), "article": other("source.article")},
            {"id": "filed", "title": text("filed.title"), "text": other("source.text")},
        ],
        "contacted": [{"who": text("contact.who"), "date": other("contact.date"), "reply": text("contact.reply")}],
        "exceptions": [{"rule": other("rule"), "why": text("exception.why")}],
        "corrections": corrections("claim"),
        "related": [other("related")],
        "aliases": [other("alias")],
        "status": other("status"),
    }
    article = {
        "text": other("article.text"),
        **{name: text(f"article.{name}") for name in ("title", "publisher", "author", "note", "origin_note")},
        **{name: other(f"article.{name}") for name in ("published", "url", "archived", "retrieved", "language")},
        "encoding": other("encoding"),
        "story": [other("article.story")],
        "origin": [text("article.origin"), text("second origin")],
        "not_article": [{"text": f"Nearby {fallen}", "why": text("not_article.why")}],
        "publisher_correction": {
            "date": other("publisher_correction.date"),
            "text": text("publisher_correction.text"),
            "url": other("publisher_correction.url"),
        },
        "show": other("show"),
        "corrections": corrections("article"),
        "aliases": [other("article.alias")],
    }
    story = {
        "title": text("story.title"),
        "summary": text("story.summary"),
        "date": other("story.date"),
        "corrections": corrections("story"),
        "aliases": [other("story.alias")],
    }
    page = {"title": text("page.title"), "corrections": corrections("page")}
    site = {"title": text("site.title"), "url": other("site.url"), "description": text("site.description")}
    site |= {"language": other("site.language"), "repository": other("repository"), "format": None}
    organisation = {name: text(f"organisation.{name}") for name in ("name", "legal", "funding", "address")}
    organisation |= {"url": other("organisation.url"), "email": other("organisation.email")}
    lines = [f"{name} = {toml(value)}" for name, value in site.items() if value is not None]
    lines += ["[organisation]", *(f"{name} = {toml(value)}" for name, value in organisation.items())]
    lines += ["[[organisation.codes]]", f"name = {toml(text('code.name'))}"]
    lines += [f"{name} = {toml(other(f'code.{name}'))}" for name in ("url", "complaints")]
    lines += ["[people.jo]", *(f"{name} = {toml(text(f'person.{name}'))}" for name in ("name", "role", "bio"))]
    lines += [f"url = {toml(other('person.url'))}"]
    lines += [f"[publishers.{toml(text('article.publisher'))}]", f"url = {toml(other('publisher.url'))}"]
    lines += [f"interest = {toml(text('publisher.interest'))}"]
    lines += ["[[verdicts]]", f"id = {toml(other('verdict.id'))}", "value = 2"]
    lines += [f"{name} = {toml(text(f'verdict.{name}'))}" for name in ("label", "meaning")]
    lines += [f"{name} = {toml(other(name))}" for name in ("colour", "shape")]
    lines += [f"corrections = [{{ date = '2024-01-01', kind = 'update', text = {toml(text('verdict.corrections'))} }}]"]
    lines += ["[[verdicts]]", "id = 'second'", "label = 'Second'", "value = 1"]
    lines += ["[[exceptions]]", "rule = 'S010'", f"why = {toml(text('site.exception'))}"]
    lines += ["[articles]", f"show = {toml(other('articles.show'))}"]
    shown = f"A first paragraph.\n\nBegins {quoted} and {mark} ends\n\nNearby {fallen}\n\n"
    return {
        "site.toml": "\n".join(lines) + "\n",
        "content/claims/claim.yaml": yaml(claim),
        "content/claims/other.yaml": yaml(
            {"claim": "Another.", "verdict": "second", "summary": "So.", "checked": "2024-01-01"}
        ),
        "content/articles/article.yaml": yaml(article),
        "content/articles/second.yaml": yaml({"text": "seeds/second.txt"}),
        "content/articles/third.yaml": yaml({"text": "seeds/third.txt"}),
        "content/stories/story.yaml": yaml(story),
        "content/pages/methodology.md": "---\ntitle: Method\n---\nWords.\n",
        "content/pages/about.md": f"---\n{yaml(page)}\n---\nWords.\n",
        "seeds/article.txt": shown,
        "seeds/second.txt": f"{text('before')} Twice {second} {text('after')}\n",
        "seeds/third.txt": "Nothing.\n",
    }


GOOD = {
    "verdict": "first",
    "verdict.id": "first",
    "part.verdict": "second",
    "checked": "2024-02-03",
    "made": "2024-01-03",
    "story": "story",
    "article.story": "story",
    "by": "jo",
    "edited": "jo",
    "claimant.as": "maker",
    "quote.article": "article",
    "source.article": "article",
    "silent": "third",
    "stance": "asserts",
    "source.id": "odd",
    "source.kind": "primary",
    "source.bears": "supports",
    "source.text": "seeds/second.txt",
    "rule": "S002",
    "related": "other",
    "alias": "earlier",
    "article.alias": "earlier",
    "story.alias": "earlier",
    "status": "published",
    "article.text": "seeds/article.txt",
    "encoding": "utf-8",
    "show": "excerpts",
    "articles.show": "excerpts",
    "site.url": "https://e.org/",
    "organisation.email": "desk@e.org",
    "colour": "#123456",
    "shape": "ring",
}
"""What stands in a field with a form where nothing is wrong; besides addresses, languages and dates."""


def good(name: str) -> str:
    """What stands in the field `name` with a form, where nothing is wrong."""
    last = name.split(".")[-1]
    if name in GOOD:
        return GOOD[name]
    if last in ("url", "archived", "complaints", "repository"):
        return "https://e.org/x"
    return "en" if last == "language" else "2024-01-02"
