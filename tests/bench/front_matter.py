"""The corpus as the other generators' users write it: Markdown or plain text under YAML front matter."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from tests.bench.corpus import VERDICTS, Article, Claim, Story

STYLE = Path(__file__).parents[2] / "templates/assets/site.css"
"""The style sheet that every entrant publishes."""
TEXT_PAGES = MappingProxyType(
    {"about": "About", "methodology": "Methodology", "corrections-policy": "Corrections policy"}
)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def quoted(text: str) -> str:
    """A value that YAML takes for text, whatever it looks like."""
    return f'"{text}"'


def verdict_label(id: str) -> str:
    return id.replace("-", " ").capitalize()


def verdict_meaning(id: str) -> str:
    return f"What “{verdict_label(id)}” means."


def person_id(name: str) -> str:
    return name.lower().replace(" ", "-")


def claim_text(claim: Claim, taxonomies: bool = False) -> str:
    """A claim's file: front matter, then its analysis.

    With `taxonomies`, the fields that other pages list claims by have the plural names that Hugo's taxonomies go by.
    """
    verdict, story, by = ("verdicts", "stories", "people") if taxonomies else ("verdict", "story", "by")
    lines = [
        "---",
        f"title: {quoted(claim.claim)}",
        f"date: {claim.checked}",
        f"{verdict}: {quoted(claim.verdict)}",
        f"summary: >-\n  {claim.summary}",
        f"{story}: {claim.story}",
        f"tags: [{', '.join(claim.tags)}]",
        f"{by}: [{claim.by}]",
        "compare:",
        f"  what: {claim.what}",
        f'  claim: "{claim.value}"',
        f'  found: "{claim.found}"',
        "quotes:",
    ]
    for quote in claim.quotes:
        lines += [f"  - article: {quote.article}", f"    text: {quote.text}", f"    stance: {quote.stance}"]
        lines += [f'    says: "{quote.says}"'] if quote.says else []
    lines.append("sources:")
    for source in claim.sources:
        lines += [f"  - id: {source.id}", f"    title: {source.title}", f"    publisher: {source.publisher}"]
        lines += [f"    url: {source.url}", f"    kind: {source.kind}"]
    return "\n".join(lines) + f"\n---\n{claim.analysis}"


def article_text(article: Article, taxonomies: bool = False) -> str:
    """An article's file: front matter, then its paragraphs."""
    publisher, story = ("publishers", "stories") if taxonomies else ("publisher", "story")
    lines = [
        "---",
        f"title: {quoted(article.title)}",
        f"date: {article.published}",
        f"{publisher}: {quoted(article.publisher)}",
        f"original: {article.url}",
        f"{story}: {article.story}",
        f"origin: {article.origin}",
        "---",
    ]
    return "\n".join(lines) + "\n" + "\n\n".join(article.paragraphs) + "\n"


def titled(title: str, body: str = "", **more: str | int) -> str:
    """A file with a title, and what else there is: a story, a verdict (`weight`: its place on the scale), a page."""
    return "\n".join(
        ["---", f"title: {quoted(title)}", *(f"{key}: {value}" for key, value in more.items()), "---", body]
    )


def story_text(story: Story) -> str:
    return titled(story.title, summary=story.summary)


def page_text(title: str) -> str:
    return titled(title, "A page of the benchmark.\n")


def verdict_texts() -> dict[str, str]:
    """Each verdict's file, by its id."""
    return {
        id: titled(verdict_label(id), summary=verdict_meaning(id), weight=place) for place, id in enumerate(VERDICTS, 1)
    }
