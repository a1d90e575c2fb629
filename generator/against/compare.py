"""The whole comparison: problems for `check`, and a summary for whoever reviews the change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.against.articles import compare_articles
from generator.against.claims import compare_claims
from generator.against.renamed import renamed
from generator.against.revision import SETTINGS, Revision, read_revision
from generator.against.scale import compare_scale
from generator.against.texts import Texts
from generator.against.values import Findings, Side
from generator.against.wording import list_told, others_told
from generator.history.git import Git
from generator.problems import Problem
from generator.read.content import Content
from generator.report import printable

_SHORT = 10
_STORY = ("title", "summary", "date", "introduction", "aliases")
_PAGE = ("title", "body")


class Comparison(Struct, frozen=True):
    """`problems` are what must not change unsaid; `summary` has lines for people, without ends."""

    problems: tuple[Problem, ...]
    summary: tuple[str, ...]


def compare(root: Path, name: str, content: Content) -> Comparison:
    """The site in `root`, read as `content`, against the revision of this name. Raises FaultError where it has none."""
    git = Git(root, "check --against", "")
    revision, now = read_revision(git, name, content)
    found = Findings(revision.commit[:_SHORT])
    then = revision.side
    compare_claims(then, now, found)
    compare_articles(then, now, found, Texts(git, then))
    compare_scale(then, now, found)
    _compare_texts(then, now, found)
    _compare_files(revision, then, now, found)
    notes = _notes(git, name, revision, then, now)
    return Comparison(tuple(found.problems), tuple(_summary(name, found, notes)))


def without_doubles(problems: Iterable[Problem], comparison: Comparison) -> list[Problem]:
    """All problems, each cause once: a text that is not as it was says more than that its SHA-256 is another."""
    changed = {problem.path for problem in comparison.problems if problem.code == "G001"}
    kept = [problem for problem in problems if problem.code != "A001" or problem.path not in changed]
    return sorted([*kept, *comparison.problems])


def _compare_texts(then: Side, now: Side, found: Findings) -> None:
    """Stories and pages: for the summary alone."""
    for kind, folder, fields in (("story", "stories", _STORY), ("page", "pages", _PAGE)):
        before, after = getattr(then, folder), getattr(now, folder)
        heirs = renamed(now).stories if kind == "story" else {}
        followed = {new for old, new in heirs.items() if old in before}
        for id in sorted(before.keys() | after.keys()):
            old, new = before.get(id), after.get(id)
            if new is None:
                new = after.get(heirs.get(id, ""))
            if old is not None and new is not None:
                if old is not new:
                    corrections = list_told("correction", old.corrections, new.corrections)
                    found.tell(
                        kind,
                        id,
                        f"renamed {new.id}" if new.id != id else "",
                        others_told(old, new, fields),
                        corrections,
                    )
            elif new is None and id not in now.known[folder]:
                found.tell(kind, id, "removed")
            elif old is None and id not in then.known[folder] and id not in followed:
                found.tell(kind, id, "added")


def _compare_files(revision: Revision, then: Side, now: Side, found: Findings) -> None:
    """Files that are no records: texts under seeds/, images, templates."""
    for path in revision.changed:
        if path.startswith(("seeds/", "templates/", "content/media/")):
            how = "added" if path not in then.names else "changed" if path in now.names else "removed"
            found.tell("file", path, how)


def _notes(git: Git, name: str, revision: Revision, then: Side, now: Side) -> list[str]:
    """What whoever reads the summary has to know of how far it goes."""
    notes = []
    if SETTINGS not in then.names:
        notes.append(f"There was no {SETTINGS} in this folder at {name}: everything here is new.")
    notes += [f"{path} cannot be understood as it was at {name}, so it is not compared." for path in revision.unread]
    if now.settings is None:
        notes.append(f"{SETTINGS} cannot be read now, so the scale is not compared.")
    if git.lacks(revision.commit):
        notes.append(
            f"{name} has commits that are not in this branch: what they added looks removed here. "
            f"Bring them in (git merge {name}), or compare with where this branch began: "
            f"check --against $(git merge-base {name} HEAD)"
        )
    return notes


def _summary(name: str, found: Findings, notes: list[str]) -> list[str]:
    """Lines that begin with no content, since hosts of builds read commands there."""
    about = f"{printable(name)} ({found.commit})"
    lines = [f"  {printable(change.line)}" for change in sorted(found.changes)]
    head = f"Changed since {about}:" if lines else f"Nothing changed since {about}."
    return [head, *lines, *(f"Note: {printable(note)}" for note in notes)]
