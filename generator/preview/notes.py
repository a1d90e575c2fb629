"""What an editor is told on a page of the preview, and no reader: what a draft lacks, what a share image shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from generator.preview.images import image_on
from generator.preview.missing import draft_at, missing
from generator.preview.told import Note, shown
from generator.problems import FaultError, Problem
from generator.search.parts import LIST

_SEARCH = ("/search/", "/search/index.html")


def notes_of(root: Path, folder: Path, address: str) -> tuple[Note, ...]:
    """The notes on the page at `address` of the site in `root`, whose preview is in `folder`."""
    if address in _SEARCH and (folder / "search" / "index.html").is_file():
        return (_of_search(root),)
    try:
        return (*_of_draft(root, address), *_of_image(root, address))
    except (OSError, ValueError, FaultError):  # a file that changes just now: the build after that is told of again
        return ()


def _of_draft(root: Path, address: str) -> Iterator[Note]:
    draft = draft_at(root, address)
    if draft is None:
        return
    problems = missing(root, draft)
    if problems:
        yield Note("What is missing before this can be published", shown(problems, root))
        return
    here = Problem(draft.path, *draft.place("status"), "R006", "to publish it, take this line out")
    (line,) = shown([here], root)
    yield Note("Nothing is missing before this can be published", (replace(line, severity="note", code=""),))


def _of_image(root: Path, address: str) -> Iterator[Note]:
    image = image_on(root, address)
    if image:
        yield Note("Share image: what is seen where this claim is shared", image=image)


def _of_search(root: Path) -> Note:
    if (root / "build" / LIST).is_file():
        return Note(
            "Search looks in the last build",
            text="The preview makes no index of its own: what is found here is as build/ has it. "
            "“parallax build” brings it up to date.",
        )
    return Note(
        "Search has nothing to look in",
        text="The preview makes no index of its own, and build/ has none yet. “parallax build” makes one, and then "
        "this page looks in it.",
    )
