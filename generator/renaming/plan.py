"""Planning: all that a renaming changes, worked out and looked at before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from generator.examine import prepare_content
from generator.link.nearest import nearest_name
from generator.plan.addresses import (
    article_address,
    claim_address,
    page_address,
    person_address,
    publisher_address,
    story_address,
    tag_address,
    verdict_address,
)
from generator.problems import ContentError, FaultError, Problem, errors
from generator.read.content import TYPES, Content, parse_record, read_content, read_layout, read_settings
from generator.read.files import Files, require_site
from generator.records import Article, Claim, FileRecord, Story
from generator.renaming.links import Move, link_edits
from generator.renaming.spans import Edit, Steps, edited, replaced, spans_of, with_first_of_list
from generator.scaffold.names import FOLDERS, path_of, require_free

REFERENCES: dict[str, dict[type[FileRecord], tuple[str, ...]]] = {
    "claim": {Claim: ("related/*",)},
    "article": {
        Claim: ("quotes/*/article", "quotes/*/origin/*", "silent/*", "sources/*/article"),
        Article: ("origin/*",),
    },
    "story": {Claim: ("story",), Article: ("story", "story/*")},
}
"""Where ids of each kind stand in other files."""

OTHER_KINDS: dict[str, Callable[[str], str]] = {
    "person": lambda id: (
        f"“{id}” is a person's id, which only their address shows. Readers see the name: change that under "
        f"[people.{id}] in site.toml, and {person_address(id)} stays where it is"
    ),
    "verdict": lambda id: (
        f"“{id}” is a verdict's id, which only its address shows. Readers see the label: change that in site.toml, "
        f"with a correction there, and {verdict_address(id)} stays where it is"
    ),
    "publisher": lambda name: (
        f"a publisher's address is made of its name: change “publisher” in each of its articles. "
        f"{publisher_address(name)} is gone then, and links to it from other sites lead nowhere"
    ),
    "topic": lambda name: (
        f"a topic's address is made of its name: change “tags” in each of its claims. "
        f"{tag_address(name)} is gone then, and links to it from other sites lead nowhere"
    ),
}
"""Why what has no file of its own is not renamed, and what to do instead; by what may be typed before the colon."""
OTHER_KINDS["tag"] = OTHER_KINDS["topic"]
_FRONT_MATTER = re.compile(r"---(?:\r\n|\r|\n).*?(?:\r\n|\r|\n)---(?:\r\n|\r|\n|\Z)", re.DOTALL)
_ADDRESSES: dict[str, Callable[[str], str]] = {
    "claims": claim_address,
    "articles": article_address,
    "stories": story_address,
    "pages": page_address,
}
_BOM = "\ufeff"


class Change(Struct, frozen=True):
    """A file that is changed, and maybe moved. Paths are in the site; `count` is how many references it has."""

    path: str
    new_path: str
    before: bytes
    after: bytes
    count: int


class Renaming(Struct, frozen=True):
    """What a renaming does: the file that is renamed comes first. `move` has what it is called in addresses."""

    kind: str
    move: Move
    changes: tuple[Change, ...]


class _File(Struct, frozen=True):
    folder: str
    id: str
    path: str
    data: bytes
    record: FileRecord


def plan_renaming(root: Path, old: str, new: str) -> Renaming:
    """All that giving `old` (an id, or `claim:ID` and the like) the id `new` changes.

    Raises FaultError, which says what to type, where it cannot be, and ContentError with the problems of files that
    cannot be read, or with those that there would be.
    """
    require_site(root)
    kind, old = _kind_of(root, old)
    content = read_content(root)
    files = _read(root, old)
    folder = FOLDERS[kind]
    target = next(file for file in files if (file.folder, file.id) == (folder, old))
    if old == new:
        raise FaultError(f"“{new}” is its id already: nothing to do")
    require_free(root, kind, new, but=old)
    if kind == "article":
        _require_no_agency(files, new)
    move = Move(folder, old, new, content.settings.url if content.settings else "")
    work = _Work(kind, move)
    changes = [change for file in files if (change := work.change(file, file is target)) is not None]
    changes.sort(key=lambda change: (change.path != target.path, change.path))
    _look(root, content, kind, move, changes)
    return Renaming(kind, move, tuple(changes))


def _kind_of(root: Path, typed: str) -> tuple[str, str]:
    """What `typed` names, by kind and id."""
    known = read_layout(root).paths
    given, colon, id = typed.rpartition(":")
    if given in OTHER_KINDS:
        raise FaultError(OTHER_KINDS[given](id))
    if colon and given not in FOLDERS:
        raise FaultError(f"“{given}” cannot be renamed: write claim:{id}, article:{id} or story:{id}")
    kinds = [kind for kind in ([given] if colon else FOLDERS) if id in known[FOLDERS[kind]]]
    if len(kinds) > 1:
        named = " and ".join(f"{'an' if kind == 'article' else 'a'} {kind}" for kind in kinds)
        choices = " or ".join(f"{kind}:{id}" for kind in kinds)
        raise FaultError(f"there is {named} of this id: write {choices}")
    if kinds:
        return kinds[0], id
    settings = read_settings(Files(root), []) if not given else None
    if settings is not None and id in settings.people:
        raise FaultError(OTHER_KINDS["person"](id))
    if settings is not None and any(id == verdict.id for verdict in settings.verdicts):
        raise FaultError(OTHER_KINDS["verdict"](id))
    near = nearest_name(id, {each for kind in ([given] if colon else FOLDERS) for each in known[FOLDERS[kind]]})
    what = given or "claim, article or story"
    raise FaultError(f"there is no {what} “{id}”" + (f": did you mean {near}?" if near else ""))


def _read(root: Path, old: str) -> list[_File]:
    """Every file of content/. Raises ContentError where one that may name `old` cannot be read whole."""
    files = Files(root)
    layout = read_layout(root)
    problems: list[Problem] = errors(layout.problems)
    found = []
    for folder, paths in layout.paths.items():
        for id, path in paths.items():
            data = files.read(path)
            if isinstance(data, Problem):
                problems.append(data)
                continue
            record, wrong = parse_record(TYPES[folder], id, path, data)
            if record is None or id == old or old.encode() in data:
                problems += errors(wrong)
            if record is not None:
                found.append(_File(folder, id, path, data, record))
    if problems:
        raise ContentError(problems)
    return found


def _require_no_agency(files: list[_File], new: str) -> None:
    for file in files:
        origins = [*(getattr(file.record, "origin", None) or ())]
        origins += [name for quote in getattr(file.record, "quotes", ()) for name in quote.origin or ()]
        if new in map(str.casefold, origins):
            message = f"“{new}” stands as the name of an agency in {file.path}, and would then name this article"
            raise FaultError(f"{message}: choose another id, such as {new}-2")


class _Work:
    """Finds and makes the edits of one renaming."""

    def __init__(self, kind: str, move: Move) -> None:
        self.kind = kind
        self.move = move

    def change(self, file: _File, renamed: bool) -> Change | None:
        """What changes in a file, or None. Raises FaultError where it cannot be changed with certainty."""
        if not renamed and self.move.old.encode() not in file.data and b"\\" not in file.data:
            return None
        whole = file.data.decode()
        mark = _BOM if whole.startswith(_BOM) else ""
        text = whole[len(mark) :]
        edits = [*self.references(file, text), *self.links(file, text)]
        if not edits and not renamed:
            return None
        id = self.move.new if renamed else file.id
        path = path_of(self.kind, id) if renamed else file.path
        for after in self.ways(file, edited(text, edits), renamed):
            data = (mark + after).encode()
            record, problems = parse_record(type(file.record), id, path, data)
            if record is not None and not problems and self.as_expected(file.record, record, renamed):
                return Change(file.path, path, file.data, data, len(edits))
        raise FaultError(
            f"{file.path} cannot be changed with certainty, so nothing was: take “{self.move.old}” out of it first, "
            "or rename by hand"
        )

    def ways(self, file: _File, text: str, renamed: bool) -> list[str]:
        """Texts to try for a file: what is renamed keeps its earlier id as an alias."""
        if not renamed or not isinstance(file.record, Article | Claim | Story):
            return [text]
        old, new = self.move.old, self.move.new
        spans = spans_of(text)
        if new in file.record.aliases:  # it gets an earlier id back
            span = spans.values[("aliases", file.record.aliases.index(new))]
            return [edited(text, [replaced(text, span, new, old)])]
        return with_first_of_list(text, spans, "aliases", old)

    def references(self, file: _File, text: str) -> Iterator[Edit]:
        patterns = REFERENCES[self.kind].get(type(file.record), ())
        if not patterns:
            return
        for steps, span in spans_of(text).values.items():
            if span.value.strip() == self.move.old and _place(steps) in patterns:
                yield replaced(text, span, self.move.old, self.move.new)

    def links(self, file: _File, text: str) -> list[Edit]:
        page = _ADDRESSES[file.folder](file.id)
        if file.folder == "pages":
            matter = _FRONT_MATTER.match(text)
            start = matter.end() if matter else len(text)
            return link_edits(text, start, len(text), page, self.move, lambda whole: whole[start:])
        name = type(file.record).markdown
        span = spans_of(text).values.get((name,)) if name else None
        if span is None:
            return []
        return link_edits(text, span.start, span.end, page, self.move, partial(_value, name))

    def as_expected(self, before: FileRecord, after: FileRecord, renamed: bool) -> bool:
        """Whether a file says what it said, with the new id for the old one. (Links in Markdown were looked at.)"""
        wanted, found = _plain(before), _plain(after)
        self.move_all(wanted, (), REFERENCES[self.kind].get(type(before), ()))
        if renamed and isinstance(before, Article | Claim | Story):
            kept = [alias for alias in before.aliases if alias != self.move.new]
            wanted["aliases"], found["aliases"] = sorted([*kept, self.move.old]), sorted(found["aliases"])
        for name in (type(before).markdown, "body"):
            wanted.pop(name, None)
            found.pop(name, None)
        return wanted == found

    def move_all(self, value: Any, steps: Steps, patterns: tuple[str, ...]) -> None:
        """Put the new id for the old one in what `_plain` gives."""
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in list(pairs):
            if isinstance(inner, dict | list):
                self.move_all(inner, (*steps, key), patterns)
            elif inner == self.move.old and _place((*steps, key)) in patterns:
                value[key] = self.move.new


def _place(steps: Steps) -> str:
    return "/".join("*" if isinstance(step, int) else step for step in steps)


def _value(name: str, text: str) -> str:
    """The Markdown in the field `name` of a file's text; empty where the text is no longer YAML."""
    try:
        span = spans_of(text).values.get((name,))
    except yaml.YAMLError:
        return ""
    return span.value if span is not None else ""


def _plain(record: FileRecord) -> dict[str, Any]:
    """A record's fields as dictionaries and lists."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return {name: value for name, value in made.items() if name not in ("id", "path", "source", "begins", "body_line")}


def _look(root: Path, content: Content, kind: str, move: Move, changes: list[Change]) -> None:
    """Raises ContentError with the errors that the site would have, and has not now."""
    after = content
    for change in changes:
        folder = change.path.split("/")[1]
        records = dict(getattr(after, folder))
        id = change.path.rpartition("/")[2].rpartition(".")[0]
        new_id = move.new if change.path != change.new_path else id
        records.pop(id)
        record, _ = parse_record(TYPES[folder], new_id, change.new_path, change.after)
        assert record is not None
        records[new_id] = record
        ids = frozenset(after.known[folder] - {id} | {new_id})
        ordered = {folder: dict(sorted(records.items())), "known": {**after.known, folder: ids}}
        after = replace(after, **ordered)
    broken = errors(prepare_content(root, after).problems)
    if not broken:
        return
    moved = {change.path: change.new_path for change in changes}
    had = Counter(
        (moved.get(problem.path, problem.path), problem.code)
        for problem in errors(prepare_content(root, content).problems)
    )
    new = []
    for problem in broken:
        had[(problem.path, problem.code)] -= 1
        if had[(problem.path, problem.code)] < 0:
            new.append(problem)
    if new:
        raise WouldBreakError(new)


class WouldBreakError(ContentError):
    """A renaming would bring errors that the site does not have."""
