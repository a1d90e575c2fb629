"""Parallax, with its own templates and with plain ones, and the others."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import parallax_site
from tests.bench.corpus import Claim, Corpus
from tests.bench.eleventy_site import eleventy
from tests.bench.entrant import Entrant
from tests.bench.front_matter import write
from tests.bench.hugo_site import hugo
from tests.bench.pelican_site import pelican
from tests.bench.tools import NotInstalled

ROOT = Path(__file__).resolve().parents[2]


def parallax() -> Entrant:
    """This checkout, with the templates that come with it."""
    return _parallax("Parallax", parallax_site.lay)


def plain_parallax() -> Entrant:
    """This checkout, with templates that show what the others' do."""
    return _parallax("Parallax, plain templates", parallax_site.lay_plain)


def _parallax(name: str, lay: Callable[[Corpus, Path], None]) -> Entrant:
    command = [sys.executable, "-m", "generator"]
    return Entrant(
        name=name,
        lay=lay,
        write_claim=_write_claim,
        claim_file="content/claims/{}.yaml",
        build=lambda root: [*command, "build", "--site", str(root)],
        rebuild=lambda root: [*command, "build", "--site", str(root)],
        serve=lambda root, port: [*command, "serve", "--site", str(root), "--port", str(port)],
        cwd=lambda root: ROOT,
        output="build",
        left=("build", ".parallax"),
        from_oldest=True,
        incremental=True,
    )


def _write_claim(claim: Claim, root: Path) -> None:
    write(root / "content/claims" / f"{claim.id}.yaml", parallax_site.claim_yaml(claim))


ALL: dict[str, Callable[[], Entrant]] = {
    "parallax": parallax,
    "plain": plain_parallax,
    "hugo": hugo,
    "eleventy": eleventy,
    "pelican": pelican,
}


def installed(names: list[str]) -> list[Entrant]:
    """The entrants of these names; one that can't be installed is left out, and why is said."""
    entrants = []
    for name in names:
        try:
            entrants.append(ALL[name]())
        except NotInstalled as fault:
            print(f"{name} is left out: {fault}", file=sys.stderr)
    return entrants
