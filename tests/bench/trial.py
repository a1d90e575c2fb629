"""An entrant's site in a work folder: built from nothing, after edits, and shown in a preview, each measured."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tests.bench.check import differences, edit_differences, pages_with
from tests.bench.corpus import Corpus
from tests.bench.entrant import Entrant
from tests.bench.measure import Failed, Times, peak_memory, preview_times, timed

NOTHING, UNCHANGED, EDITED, ADDED = "from nothing", "nothing changed", "one claim edited", "one claim added"


class Trial:
    def __init__(self, entrant: Entrant, corpus: Corpus, root: Path) -> None:
        self.entrant = entrant
        self.corpus = corpus
        self.root = root
        self.claim = corpus.claims[len(corpus.claims) // 2]
        """The claim that is edited."""
        self.times: dict[str, list[Times]] = defaultdict(list)
        self.previews: list[float] = []
        self.peak = 0
        """The peak of memory of a build from nothing, in bytes."""
        self.size = 0
        """Of all that it publishes, in bytes."""
        self.found: list[str] = []
        """What is not equivalent."""
        self._edits = 0

    def prepare(self) -> None:
        """Lay the site and build it once, untimed: its peak of memory, and whether it shows what it should."""
        self.root.mkdir()
        self.entrant.lay(self.corpus, self.root)
        self.peak = peak_memory(self.entrant.build(self.root), self._folder)
        self.size = sum(file.stat().st_size for file in self._output.rglob("*") if file.is_file())
        self.found += differences(self.corpus, self._output, self.entrant.from_oldest)
        if self.entrant.rebuild(self.root) != self.entrant.build(self.root):
            timed(self.entrant.rebuild(self.root), self._folder)  # what it keeps between builds is made

    def round(self) -> None:
        """Each kind of build once."""
        self._clear()
        self._measure(NOTHING, self.entrant.build(self.root))
        again = self.entrant.rebuild(self.root)
        if self.entrant.incremental:
            self._measure(UNCHANGED, again)
        self._edit()
        self._measure(EDITED, again)
        if self.entrant.incremental:
            added = self._add()
            self._measure(ADDED, again)
            added.unlink()
        self.entrant.write_claim(self.claim, self.root)

    def look_at_an_edit(self) -> None:
        """Whether the pages that should show an edit do, and nothing else has changed its words."""
        rebuild = self.entrant.rebuild(self.root)
        timed(rebuild, self._folder)
        before = pages_with(self._output, self.claim.summary)
        words = self._edit()
        timed(rebuild, self._folder)
        found = edit_differences(self.corpus, self._output, self.claim, before, self.claim.summary, words)
        self.found += [f"after the edit: {each}" for each in found]

    def preview(self, edits: int) -> None:
        """Time from a save until the preview shows the words, `edits` times."""
        try:
            self.previews = preview_times(
                lambda port: self.entrant.serve(self.root, port),
                self._folder,
                f"/claims/{self.claim.id}/",
                [self._next_edit() for _ in range(edits)],
            )
        except Failed as fault:  # the other figures stand
            self.found.append(f"the preview failed: {fault}")

    @property
    def _folder(self) -> Path:
        return self.entrant.cwd(self.root)

    @property
    def _output(self) -> Path:
        return self.root / self.entrant.output

    def _measure(self, what: str, command: list[str]) -> None:
        self.times[what].append(timed(command, self._folder))

    def _clear(self) -> None:
        for name in self.entrant.left:
            path = self.root / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _edit(self) -> str:
        """Give the claim a summary that it has not had yet; returns it."""
        save, words = self._next_edit()
        save()
        return words

    def _next_edit(self) -> tuple[Callable[[], None], str]:
        """What saves the next edit, and the words that it brings."""
        self._edits += 1
        words = f"Edit number {self._edits} has words that nothing else has."
        claim = self.claim._replace(summary=words)
        return lambda: self.entrant.write_claim(claim, self.root), words

    def _add(self) -> Path:
        """Write a claim that is newer than all others; returns its file."""
        claim = self.claim._replace(id="claim-added", claim="A claim that was added.", checked="2025-12-31")
        self.entrant.write_claim(claim, self.root)
        return self.root / self.entrant.claim_file.format(claim.id)
