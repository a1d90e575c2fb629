"""What the benchmark needs to know of a generator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench.corpus import Claim, Corpus

Command = list[str]


class Entrant(NamedTuple):
    """A generator, with its own way of writing the corpus. All its commands run in the folder `cwd`."""

    name: str
    lay: Callable[[Corpus, Path], None]
    """Writes the corpus as a site into a folder."""
    write_claim: Callable[[Claim, Path], None]
    """Writes one claim's file into a site."""
    claim_file: str
    """Where that file is: a pattern for the claim's id."""
    build: Callable[[Path], Command]
    rebuild: Callable[[Path], Command]
    """Builds again after an edit, from whatever the generator keeps between builds."""
    serve: Callable[[Path, int], Command]
    """Shows the site at a port of this machine, and follows edits."""
    cwd: Callable[[Path], Path]
    output: str
    """The folder of finished pages, below the site's."""
    left: tuple[str, ...]
    """What a build leaves in the site's folder: removed before a build from nothing."""
    from_oldest: bool
    """Whether a list's numbered pages count from the oldest entries (1 to the last, beside the list's own page), or on
    from the list's own page (2 to the last)."""
    incremental: bool = False
    """Whether builds with nothing changed and with one claim added are worth a row of their own."""
