"""The corpus as an Eleventy site: its content is read once a build, into data that the templates page through."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench.corpus import Claim, Corpus
from tests.bench.entrant import Entrant
from tests.bench.front_matter import (
    STYLE,
    TEXT_PAGES,
    article_text,
    claim_text,
    page_text,
    person_id,
    story_text,
    titled,
    verdict_texts,
    write,
)
from tests.bench.tools import node_packages, node_version

HOUSE = Path(__file__).parent / "eleventy"


def lay(corpus: Corpus, root: Path) -> None:
    """Write the corpus into the folder `root`, with the settings and templates of tests/bench/eleventy/."""
    shutil.copytree(HOUSE, root, dirs_exist_ok=True)
    content = root / "content"
    for claim in corpus.claims:
        write_claim(claim, root)
    texts = {f"articles/{article.id}": article_text(article) for article in corpus.articles}
    texts |= {f"stories/{story.id}": story_text(story) for story in corpus.stories}
    texts |= {f"verdicts/{id}": text for id, text in verdict_texts().items()}
    texts |= {f"people/{person_id(name)}": titled(name) for name in corpus.people}
    for name, text in texts.items():
        write(content / f"{name}.md", text)
    for id, title in TEXT_PAGES.items():
        write(root / "site/pages" / f"{id}.md", page_text(title))
    write(root / "assets/site.css", STYLE.read_text("utf-8"))


def write_claim(claim: Claim, root: Path) -> None:
    write(root / "content/claims" / f"{claim.id}.md", claim_text(claim))


def eleventy() -> Entrant:
    """Eleventy, installed; a build after an edit is the same command again."""
    modules = node_packages("eleventy", HOUSE) / "node_modules"
    command = ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]

    def lay_with_modules(corpus: Corpus, root: Path) -> None:
        lay(corpus, root)
        (root / "node_modules").symlink_to(modules)

    return Entrant(
        name=f"Eleventy {node_version('@11ty/eleventy', HOUSE)}",
        lay=lay_with_modules,
        write_claim=write_claim,
        claim_file="content/claims/{}.md",
        build=lambda root: command,
        rebuild=lambda root: command,
        serve=lambda root, port: [*command, "--serve", "--incremental", f"--port={port}"],
        cwd=lambda root: root,
        output="_site",
        left=("_site",),
        from_oldest=True,
    )
