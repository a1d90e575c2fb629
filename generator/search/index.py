"""The index: brought up to date with an output's pages, in one step with them."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build.progress import Progress
from generator.build.store import Store, Table
from generator.build.version import program
from generator.publish.output import Output
from generator.search import pagefind
from generator.search.extract import EVERY, document, searched
from generator.search.parts import FOLDER, LIST, SCRIPT, Part, count_of, in_order, is_page, part_of, place_of, shared


class _Parts(Struct, frozen=True):
    """How many parts there are, and the numbers of those that have pages."""

    count: int = 0
    filled: list[int] = []


class _Made(Struct, frozen=True):
    """A part, and its files' bytes by name."""

    part: Part
    files: dict[str, bytes]


class Index:
    """The search index of an output. `update` before that is committed, `keep` afterwards.

    `workspace` is the site's `.parallax/`, whose lock the caller holds. Kept there is what the index is of, and the
    digests of its files; the files themselves are in the output alone, and are made anew where they are not as kept.
    """

    def __init__(self, workspace: Path, language: str, jobs: int, progress: Progress) -> None:
        self.folder = workspace / ".search"
        self.language = language
        self.jobs = jobs
        self.progress = progress
        key = hashlib.sha256(f"{program()} {language}".encode()).hexdigest()
        self.store = Store(workspace, "search", key)
        self.parts: Table[Part] = Table(self.store, "part", Part)

    def update(self, output: Output) -> None:
        """Stage what changes in the index. Raises FaultError where Pagefind fails or is not there."""
        kept = self.store.get("parts", "")
        before = msgspec.msgpack.decode(kept, type=_Parts) if kept else _Parts()
        paths = [path for path in output.paths() if is_page(path)]
        count = count_of(len(paths))
        numbers = self._changed(output, count) if output.kept and before.count == count else list(range(count))
        self.progress.begin("Search", len(numbers))
        filled = set(before.filled) & set(range(count))
        pages = shared(paths, count) if numbers else []
        for number, made in self._made(output, numbers, pages):
            self._stage(output, number, made)
            (filled.add if made.files else filled.discard)(number)
            self.progress.advance(1)
        after = _Parts(count, sorted(filled))
        if after != before:
            for number in range(count, before.count):
                self.parts.put(f"{number}", None)
            self.store.put("parts", "", msgspec.msgpack.encode(after))
        self._list(output, after)
        if before.count != count:
            self._drop_all_else(output)

    def keep(self) -> None:
        """Keep for the next build what this index is of."""
        if self.store.changed():
            self.store.save()

    def _changed(self, output: Output, count: int) -> list[int]:
        """The parts with pages of which anything else is to be searched than before."""
        found: set[int] = set()
        for path in filter(is_page, output.touched()):
            number = part_of(path, count)
            if number not in found:
                part = self.parts.get(f"{number}") or Part()
                if _digest(self._searched(output, path)) != part.pages.get(path, ""):
                    found.add(number)
        return sorted(found)

    def _made(self, output: Output, numbers: list[int], pages: list[list[str]]) -> Iterator[tuple[int, _Made]]:
        """The parts of these `numbers`, each with its files."""
        known = {number: self.parts.get(f"{number}") or Part() for number in numbers}
        shutil.rmtree(self.folder, ignore_errors=True)  # a build that died left it
        self.folder.mkdir(parents=True, exist_ok=True)
        # Pagefind may outlive a build that was killed, and still write where that had it work.
        own = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            with ThreadPoolExecutor(self.jobs) as threads:
                for start in range(0, len(numbers), self.jobs):  # no more of them in memory than are worked on
                    some = numbers[start : start + self.jobs]
                    work = [(output, number, pages[number], known[number], own) for number in some]
                    yield from zip(some, threads.map(lambda job: self._make(*job), work), strict=True)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self, output: Output, number: int, paths: Iterable[str], known: Part, own: Path) -> _Made:
        found = {path: part for path in paths if (part := self._searched(output, path))}
        digests = {path: _digest(part) for path, part in found.items()}
        if digests == known.pages:
            there = {name: output.read(place_of(number, name)) or b"" for name in known.files}
            if all(_digest(data) == known.files[name] for name, data in there.items()):
                return _Made(known, there)
        pages = ((path, document(part, self.language)) for path, part in found.items())
        files = pagefind.indexed(pages, self.language, own / f"{number}")
        return _Made(Part(digests, {name: _digest(data) for name, data in files.items()}), files)

    def _stage(self, output: Output, number: int, made: _Made) -> None:
        known = self.parts.get(f"{number}") or Part()
        for name in in_order(made.files):
            if name != SCRIPT or not output.has_staged(place_of(number, name)):
                output.stage(place_of(number, name), made.files[name])
        for name in known.files.keys() - made.files.keys() - {SCRIPT}:
            output.drop(place_of(number, name))
        if made.part != known:
            self.parts.put(f"{number}", made.part)

    def _list(self, output: Output, parts: _Parts) -> None:
        """The list of the parts, which the browser asks for first."""
        if parts.filled:
            folders = [f"{number}/" for number in parts.filled]
            output.stage(LIST, json.dumps({"every": EVERY, "parts": folders}).encode() + b"\n")
        else:
            output.drop(LIST)
            output.drop(f"{FOLDER}{SCRIPT}")

    def _drop_all_else(self, output: Output) -> None:
        for path in output.before:
            if path.startswith(FOLDER) and not output.has_staged(path):
                output.drop(path)

    def _searched(self, output: Output, path: str) -> bytes:
        return searched(output.read(path) or b"") if output.has(path) else b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""
