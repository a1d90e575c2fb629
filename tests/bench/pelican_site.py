"""The corpus as a Pelican site: a plugin reads it with Pelican's cache and writes it with Pelican's writer."""

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
    person_id,
    story_text,
    titled,
    verdict_texts,
    write,
)
from tests.bench.tools import python_packages, python_version

HOUSE = Path(__file__).parent / "pelican"


def lay(corpus: Corpus, root: Path) -> None:
    """Write the corpus into the folder `root`, with the settings, plugin and theme of tests/bench/pelican/."""
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
        write(content / "pages" / f"{id}.md", f"Title: {title}\nSlug: {id}\n\nA page of the benchmark.\n")
    write(root / "theme/static/site.css", STYLE.read_text("utf-8"))


def write_claim(claim: Claim, root: Path) -> None:
    write(root / "content/claims" / f"{claim.id}.md", claim_text(claim))


def pelican() -> Entrant:
    """Pelican, installed; a build after an edit does not parse again what did not change."""
    requirements = HOUSE / "requirements.txt"
    program = str(python_packages("pelican", requirements) / "bin/pelican")
    command = [program, "--quiet", "--settings=pelicanconf.py"]
    cached = [*command, "--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]
    return Entrant(
        name=f"Pelican {python_version('pelican', requirements)}",
        lay=lay,
        write_claim=write_claim,
        claim_file="content/claims/{}.md",
        build=lambda root: command,
        rebuild=lambda root: cached,
        serve=lambda root, port: [*cached, "--listen", "--autoreload", "--bind=127.0.0.1", f"--port={port}"],
        cwd=lambda root: root,
        output="output",
        left=("output",),
        from_oldest=True,
    )
