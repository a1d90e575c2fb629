"""The corpus as a Hugo site: claims and articles in sections, and all that they are listed by as taxonomies."""

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
from tests.bench.tools import python_packages, python_version

HOUSE = Path(__file__).parent / "hugo"


def lay(corpus: Corpus, root: Path) -> None:
    """Write the corpus into the folder `root`, with the settings and layouts of tests/bench/hugo/."""
    shutil.copytree(HOUSE, root, dirs_exist_ok=True)
    content = root / "content"
    for claim in corpus.claims:
        write_claim(claim, root)
    for article in corpus.articles:
        write(content / "articles" / f"{article.id}.md", article_text(article, taxonomies=True))
    terms = {f"stories/{story.id}": story_text(story) for story in corpus.stories}
    terms |= {f"verdicts/{id}": text for id, text in verdict_texts().items()}
    terms |= {f"people/{person_id(name)}": titled(name) for name in corpus.people}
    for folder, text in terms.items():
        write(content / folder / "_index.md", text)
    for folder in ("claims", "articles", "stories", "publishers", "tags", "verdicts", "people"):
        write(content / folder / "_index.md", titled(folder.capitalize()))
    for id, title in TEXT_PAGES.items():
        write(content / f"{id}.md", page_text(title))
    write(root / "static/assets/site.css", STYLE.read_text("utf-8"))


def write_claim(claim: Claim, root: Path) -> None:
    write(root / "content/claims" / f"{claim.id}.md", claim_text(claim, taxonomies=True))


def hugo() -> Entrant:
    """Hugo, installed; a build after an edit is the same command again."""
    # The program itself: what the package puts on the path is a script that starts it.
    requirements = HOUSE / "requirements.txt"
    (program,) = python_packages("hugo", requirements).glob("lib/*/site-packages/hugo/binaries/hugo")
    return Entrant(
        name=f"Hugo {python_version('hugo', requirements)}",
        lay=lay,
        write_claim=write_claim,
        claim_file="content/claims/{}.md",
        build=lambda root: [str(program), "--quiet"],
        rebuild=lambda root: [str(program), "--quiet"],
        serve=lambda root, port: [str(program), "server", "--quiet", f"--port={port}"],
        cwd=lambda root: root,
        output="public",
        left=("public", "resources", ".hugo_build.lock"),
        from_oldest=False,
    )
