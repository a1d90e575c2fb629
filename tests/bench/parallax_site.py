"""The corpus as a Parallax site."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from tests.bench.corpus import VERDICTS, Article, Claim, Corpus, Story

HOUSE = Path(__file__).parent / "parallax"


def lay(corpus: Corpus, root: Path) -> None:
    """Write the corpus into the folder `root`, in DESIGN's content format."""
    _write(root / "site.toml", _settings(corpus))
    for article in corpus.articles:
        text = "\n\n".join(article.paragraphs) + "\n"
        _write(root / "seeds" / f"{article.id}.txt", text)
        _write(root / "content/articles" / f"{article.id}.yaml", _article(article, text))
    for claim in corpus.claims:
        _write(root / "content/claims" / f"{claim.id}.yaml", claim_yaml(claim))
    for story in corpus.stories:
        _write(root / "content/stories" / f"{story.id}.yaml", _story(story))
    for id, title in (("about", "About"), ("methodology", "Methodology"), ("corrections-policy", "Corrections policy")):
        _write(root / "content/pages" / f"{id}.md", f"---\ntitle: {title}\n---\nA page of the benchmark.\n")


def lay_plain(corpus: Corpus, root: Path) -> None:
    """The same with the templates of tests/bench/parallax/, whose pages are as plain as the others'."""
    lay(corpus, root)
    shutil.copytree(HOUSE, root, dirs_exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _settings(corpus: Corpus) -> str:
    lines = ["format = 1", 'title = "Benchmark"', 'url = "https://bench.example"', 'language = "en-GB"']
    lines += ["", "[articles]", 'show = "full"']
    lines += ["", "[data]", "enabled = false", "", "[embeds]", "enabled = false"]  # the others make neither
    for number, name in enumerate(corpus.people, 1):
        lines += ["", f"[people.desk-{number}]", f"name = {json.dumps(name)}"]
    for number, id in enumerate(VERDICTS):
        label = id.replace("-", " ").capitalize()
        lines += ["", "[[verdicts]]", f'id = "{id}"', f'label = "{label}"', f"value = {len(VERDICTS) - number}"]
        lines += [f'meaning = "What “{label}” means."']
    return "\n".join(lines) + "\n"


def _article(article: Article, text: str) -> str:
    return (
        f"text: seeds/{article.id}.txt\n"
        f"title: {article.title}\n"
        f"publisher: {article.publisher}\n"
        f"published: {article.published}\n"
        f"url: {article.url}\n"
        f"story: {article.story}\n"
        f"origin: [{article.origin}]\n"
        f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n"
    )


def claim_yaml(claim: Claim) -> str:
    """The claim's file, as an editor would write it."""
    lines = [
        f"claim: {claim.claim}",
        f"verdict: {claim.verdict}",
        f"summary: >-\n  {claim.summary}",
        f"checked: {claim.checked}",
        f"story: {claim.story}",
        f"tags: [{', '.join(claim.tags)}]",
        f"by: [{claim.by}]",
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
    lines += ["analysis: |", *(f"  {line}".rstrip() for line in claim.analysis.rstrip("\n").split("\n"))]
    return "\n".join(lines) + "\n"


def _story(story: Story) -> str:
    return f"title: {story.title}\nsummary: {story.summary}\n"
